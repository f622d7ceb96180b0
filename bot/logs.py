"""Logs: an event a line, without tokens or what people wrote; beside the store for a terminal, to standard error for a service."""

import json
import logging
import re
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final, Self
from urllib.parse import quote

from bot.settings import Settings

HIDDEN: Final = "[hidden]"
SECRET_MIN: Final = 6  # characters; what is shorter is in half of all words, and keeps nobody out
FIELDS: Final = "fields"  # of a record: what belongs to its event, by name
# What opens something and is in no setting: tokens of either platform, and addresses that are as good as one.
_TOKENS: Final = re.compile(
    r"\bx(?:ox[a-z]|app)-[\w-]{6,}"
    r"|\b[\w-]{23,28}\.[\w-]{6,7}\.[\w-]{27,}"
    r"|(?<=/webhooks/)\d+/[\w.:-]+|(?<=/interactions/)\d+/[\w.:-]+"
    r"|(?<=hooks\.slack\.com/)\S+|(?<=ticket=)[\w%-]+"
)


class Redaction:
    """Takes out of a text whatever must not be in a log.

    Args:
        secrets: values of the settings.
    """

    def __init__(self, secrets: Iterable[str]) -> None:
        plain = [secret for secret in secrets if len(secret) >= SECRET_MIN]
        spelled = {form for secret in plain for form in (secret, quote(secret, safe=""), repr(secret)[1:-1])}
        self._known = re.compile("|".join(re.escape(form) for form in sorted(spelled, key=len, reverse=True)) or r"(?!)")

    @classmethod
    def of(cls, settings: Settings) -> Self:
        """That of all secrets of the settings."""
        return cls(settings.secret_values())

    def __call__(self, text: str) -> str:
        """The text without them."""
        return _TOKENS.sub(HIDDEN, self._known.sub(HIDDEN, text))


class JsonLines(logging.Formatter):
    """An event as one JSON object: time (UTC), level, logger, event, whatever belongs to it, and the fault's traceback."""

    def __init__(self, redact: Redaction) -> None:
        super().__init__()
        self._redact = redact

    def format(self, record: logging.LogRecord) -> str:
        """One line; never raises for what is logged."""
        told: dict[str, Any] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
            **getattr(record, FIELDS, {}),
        }
        if record.exc_info:
            told["fault"] = self.formatException(record.exc_info)
        shown = {name: self._redact(value) if isinstance(value, str) else value for name, value in told.items()}
        # ASCII alone: a line separator of Unicode would break the line in some readers' eyes.
        return json.dumps(shown, default=lambda value: self._redact(str(value)))


class TextLines(logging.Formatter):
    """An event as a line for people, its fields behind it; a fault's traceback comes below."""

    def __init__(self, redact: Redaction) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")
        self._redact = redact

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 the library's own name
        """The line itself; what would end it, or move the terminal's cursor, is spelled out."""
        fields = "".join(f" {name}={value}" for name, value in getattr(record, FIELDS, {}).items())
        line = super().formatMessage(record) + fields
        return "".join(c if c.isprintable() else c.encode("unicode_escape").decode() for c in line)

    def format(self, record: logging.LogRecord) -> str:
        """All of it."""
        return self._redact(super().format(record))


def set_up(settings: Settings, file: Path | None) -> None:
    """Log from the settings' level on, libraries only from warning on.

    Args:
        file: where to, as text; None: standard error, in the form of the settings.
    """
    # A log that cannot be written must not disturb whoever reads the answers.
    logging.raiseExceptions = False
    handler = logging.StreamHandler() if file is None else logging.FileHandler(file, encoding="utf-8", delay=True)
    as_json = file is None and (settings.log_format == "json" or (settings.log_format == "auto" and not sys.stderr.isatty()))
    handler.setFormatter((JsonLines if as_json else TextLines)(Redaction.of(settings)))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for package in ("briefs", "adapters", "bot"):
        logging.getLogger(package).setLevel(settings.log_level.upper())


def beside(database: str) -> Path:
    """The log file of a store: its name with `.log`."""
    return Path(database).expanduser().with_suffix(".log")
