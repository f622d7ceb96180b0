"""What is drawn: real answers of a real bot on the bundled SAMPLE, and on one article of our own."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from bot.settings import Settings
from bot.wiring import build
from briefs.commands.ask import Ask, Asker, Attached, Role
from briefs.digest import Progress, Slot, Subscription
from briefs.message import Message
from briefs.pages.digest import digest_page

LONDON = ZoneInfo("Europe/London")
FERRY = Path(__file__).parents[2] / "docs" / "how-to" / "ferry.txt"
EDITION = date(2026, 11, 23)
NEXT = Slot(datetime(2026, 11, 24, 7, 30, tzinfo=UTC), date(2026, 11, 24))


async def messages(folder: Path) -> Mapping[str, Message]:
    """The messages by name, as a reader in a channel gets them; `folder` takes the store and is empty."""
    bot = await build(Settings(database=str(folder / "standfirst.db"), zone="Europe/London", secrets=folder))
    try:
        reader = Asker("console", "main", "anna", frozenset(), LONDON, name="anna", others=True, may_write=True)
        curator = replace(reader, roles=frozenset(Role), principal="console:anna")
        await bot.commands.answer(Ask(curator, "curate add", {"file": FERRY.name}, Attached(FERRY.name, FERRY.read_bytes())))
        brief = await bot.storage.shelf.brief("iraq")
        assert brief is not None
        subscription = Subscription("console", "main", time(7, 30), LONDON, "anna")
        digest = digest_page(subscription, EDITION, [brief], waiting=0, progress=Progress(), then=NEXT, test=False)
        return {
            "brief": await bot.commands.answer_line("/brief iraq", reader),
            "check": await bot.commands.answer_line("/source iraq page:2", reader),
            "digest": digest,
            "desk": await bot.commands.answer_line("/curate open ferry", curator),
        }
    finally:
        await bot.close()
