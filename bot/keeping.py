"""`standfirst backup` and `standfirst restore`."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from adapters.storage.backup import back_up
from adapters.storage.files import Contents
from adapters.storage.restore import put_back
from adapters.storage.storage import file_of
from bot.settings import Settings
from bot.started import as_started
from briefs.pages.wording import plural

_NOT_IN_IT: Final = (
    "Not in it: .env with your tokens and settings, a library folder of your own (STANDFIRST_LIBRARY), and the console's channel\n"
    "and history beside the database. Copy those yourself; keep .env where only you can read it."
)
_MOMENT: Final = "%d %b %Y %H:%M UTC"


def backup(settings: Settings, to: str, *, force: bool) -> int:
    """Make a backup of the store, and say what is in it and what is not.

    Args:
        to: a file or a folder; with a slash at its end it is a folder, whether it is there or not.
    """
    made = back_up(file_of(settings.database), Path(to), datetime.now(UTC), force=force, folder=to.endswith("/"))
    print(f"Backed up to {made.file}: {_size(made.size)}, as of {made.made:{_MOMENT}}; read again, and whole.")
    print(f"In it: {_told(made.contents)}.")
    if made.astray:
        print(f"{plural(made.astray, 'row')} in the database name another that is not there; they are kept as they are.")
    print(_NOT_IN_IT)
    print(as_started("Put it back with: standfirst restore"), made.file)
    return 0


def restore(settings: Settings, backup: Path) -> int:
    """Put a backup in the place of the store, and say what becomes of what may have been posted since."""
    done = put_back(backup, file_of(settings.database), datetime.now(UTC))
    print(f"Restored {done.file} as it was on {done.made:{_MOMENT}}.")
    print(f"In it: {_told(done.contents)}. Whatever was asked for, changed or approved after that is not.")
    print(f"What was there before is kept in {done.aside}." if done.aside else "There was no database there before.")
    if done.contents.owed or done.due:
        owed, due = plural(done.contents.owed, "delivery", "deliveries"), plural(done.due, "edition")
        print(f"{owed} {'was' if done.contents.owed == 1 else 'were'} still owed then, and {due} {_have(done.due)} come due since.")
    print(
        "What may have been posted since, up to today's editions, is looked for in its channel before it is posted, so that nothing\n"
        "comes twice. Where the bot may not read the history, /digest status shows it as unknown, with a press to send it again."
    )
    print("Before you start it, see that no other copy of the bot runs with the same tokens.")
    return 0


def _have(number: int) -> str:
    return "has" if number == 1 else "have"


def _told(kept: Contents) -> str:
    deliveries = plural(kept.deliveries, "delivery", "deliveries")
    states = [f"{kept.owed} still owed"] * bool(kept.owed) + [f"{kept.unknown} unknown"] * bool(kept.unknown)
    return ", ".join(
        [
            plural(kept.articles, "article"),
            plural(kept.briefs, "brief") + (f" ({plural(kept.drafts, 'draft')})" if kept.drafts else ""),
            plural(kept.cards, "card"),
            f"{plural(kept.subscriptions, 'edition')} of {plural(kept.channels, 'channel')}" if kept.subscriptions else "no editions yet",
            deliveries + (f" ({', '.join(states)})" if states else ""),
        ]
    )


def _size(size: int) -> str:
    """Bytes as people say them."""
    for unit, many in (("GB", 10**9), ("MB", 10**6), ("kB", 10**3)):
        if size >= many:
            return f"{size / many:.1f} {unit}"
    return f"{size} bytes"
