"""When an edition comes and what for, in the words that every page about editions uses."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from briefs.brief import Size
from briefs.digest import EVERY_DAY, WEEKDAYS, Empty, Slot, Subscription
from briefs.message import Line, Words
from briefs.pages.presses import press
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


def joined_names(names: Sequence[str]) -> str:
    """Names as `/digest subscribe` reads them, a comma between or, where one has a comma of its own, a semicolon."""
    return "; ".join([*names, ""]) if any("," in name for name in names) else ", ".join(names)


def subscribe_line(subscription: Subscription, labels: Mapping[str, str] = NAMELESS) -> str:
    """The command line that asks for exactly this edition.

    Args:
        labels: what its entities are called where typed, by slug; one that is lacking is called by its slug.
    """
    days = {} if subscription.days == EVERY_DAY else {"days": ",".join(WEEKDAYS[d] for d in sorted(subscription.days))}
    topics = {"topics": ",".join(subscription.topics)} if subscription.topics else {}
    named = [labels.get(slug, slug) for slug in subscription.entities]
    return press(
        "",
        "digest subscribe",
        at=f"{subscription.at:%H:%M}",
        tz=subscription.zone.key,
        name=subscription.name,
        **days,
        **topics,
        **({"entities": joined_names(named)} if named else {}),
        size=subscription.size.value,
        empty=subscription.empty.value,
    ).command


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
