"""What the contracts ask of subscriptions and ledger again and again."""

from collections.abc import Collection
from datetime import datetime

from briefs.digest import Place, Slot, Subscription
from briefs.ports import Ledger, Subscriptions

ALL = frozenset({"console", "discord", "slack", "s"})  # the platforms of the places in these tests


async def due(
    subscriptions: Subscriptions, now: datetime, limit: int, platforms: Collection[str] = ALL
) -> tuple[tuple[Subscription, Slot], ...]:
    """What is due, without how far its readers have read."""
    return tuple((one.subscription, one.slot) for one in await subscriptions.due(now, limit, platforms))


async def carried(ledger: Ledger, place: Place, name: str) -> set[str]:
    """What an edition has carried so far."""
    return set((await ledger.progress([(place, name)]))[place, name].carried)


async def begun(ledger: Ledger, place: Place, name: str) -> datetime | None:
    """When the first edition was due."""
    return (await ledger.progress([(place, name)]))[place, name].since
