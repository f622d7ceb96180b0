"""Logs: one line each, without tokens or what people wrote; beside the store for a terminal, to standard error for a service."""

import logging
from pathlib import Path


def set_up(level: str, file: Path | None) -> None:
    """Log from that level on, libraries only from warning on.

    Args:
        file: where to; None: standard error.
    """
    # A log that cannot be written must not disturb whoever reads the answers.
    logging.raiseExceptions = False
    handler = logging.StreamHandler() if file is None else logging.FileHandler(file, encoding="utf-8", delay=True)
    handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=logging.WARNING, force=True)
    for package in ("briefs", "adapters", "bot"):
        logging.getLogger(package).setLevel(level.upper())


def beside(database: str) -> Path:
    """The log file of a store: its name with `.log`."""
    return Path(database).expanduser().with_suffix(".log")
