"""When an edition comes and what for, in the words that every page about editions uses."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from briefs.brief import Size
from briefs.digest import EVERY_DAY, WEEKDAYS, Empty, Slot, Subscription
from briefs.message import Line, Words
from briefs.pages.wording import SEPARATOR, clock

NAMELESS: Final[Mapping[str, str]] = {}


@dataclass(frozen=True, slots=True)
class Standing:
    """An edition that a channel has asked for, as it stands.

    Args:
        slot: it is next due at.
        held: a manager lets it rest until then.
    """

    subscription: Subscription
    slot: Slot
    held: bool = False

    @property
    def runs(self) -> bool:
        """Whether it comes at its usual time."""
        return not self.subscription.paused and not self.held


def terms(subscription: Subscription, names: Mapping[str, str] = NAMELESS) -> str:
    """When and what a subscription is for, all of it.

    Args:
        names: what its entities are called, by slug; one that is lacking is called by its slug.
    """
    return f"{subscription.at:%H:%M}, {subscription.zone.key}{_days(subscription)}{_extras(subscription, names)}"


def local(slot: Slot, subscription: Subscription) -> str:
    """When a slot is, in the channel's own time: Mon 23 Nov 2026, 07:30 Europe/London."""
    return f"{clock(slot.utc.astimezone(subscription.zone))} {subscription.zone.key}"


def slot_line(slot: Slot, subscription: Subscription) -> Line:
    """As `local`, as a line."""
    return Line((Words(local(slot, subscription)),))


def _days(subscription: Subscription) -> str:
    if subscription.days == EVERY_DAY:
        return ", every day"
    if subscription.days == frozenset(range(5)):
        return ", Monday to Friday"
    return ", on " + ", ".join(WEEKDAYS[d].capitalize() for d in sorted(subscription.days))


def _extras(subscription: Subscription, names: Mapping[str, str]) -> str:
    topics = ", ".join(subscription.topics)
    entities = ", ".join(names.get(slug, slug) for slug in subscription.entities)
    only = f"{topics}, or what names {entities}" if topics and entities else topics or (f"what names {entities}" if entities else "")
    empty = f"{SEPARATOR}says so when there is nothing" if subscription.empty is Empty.SAY else ""
    size = f"{SEPARATOR}{subscription.size.value} size" if subscription.size is not Size.SHORT else ""
    return (f"{SEPARATOR}only {only}" if only else "") + size + empty
