"""Tables of the README and `.env.example`, printed from the code so that they cannot be wrong."""

from collections.abc import Callable
from typing import Final

from bot import settings
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.operating import usage


def commands() -> str:
    """The registry as a Markdown table, in the order of help."""
    rows = [f"| `{_cell(u.form)}` | {_cell(u.does)} | {u.who} |" for u in map(usage, CATALOGUE)]
    return "\n".join(["| command | does | who |", "|---|---|---|", *rows])


def settings_table() -> str:
    """Every setting as a Markdown table."""
    rows = [f"| `{name}` | {f'`{default}`' if default else '(empty)'} | {_cell(meaning)} |" for name, default, meaning in settings.rows()]
    return "\n".join(["| setting | default | meaning |", "|---|---|---|", *rows])


def env_example() -> str:
    """What `.env.example` holds: every setting, commented out, at its default."""
    head = "# Settings of Standfirst: copy to .env and take the # away from what you change.\n"
    return head + "\n".join(f"\n# {meaning}\n# {name}={default}" for name, default, meaning in settings.rows()) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


TABLES: Final[dict[str, Callable[[], str]]] = {"commands": commands, "settings": settings_table, "env": env_example}
