"""The terms of an edition as managers type them, and as a line that asks for it again."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Final
from zoneinfo import ZoneInfo

from briefs.commands.ask import Ask
from briefs.commands.form import line_with
from briefs.commands.grammar import LINE_MAX
from briefs.commands.registry import Command
from briefs.desk.desk import Desk
from briefs.desk.lookup import Lookup, Several
from briefs.digest import DAILY, EVERY_DAY, WEEKDAYS, Subscription
from briefs.entity import Entity
from briefs.errors import BadInput, NotFound, shown
from briefs.message import Message
from briefs.pages import terms
from briefs.pages.editions import which_entity_page
from briefs.zones import parse_zone

TOPICS_MAX: Final = 200  # characters: the whole line has to come back by a press
ENTITIES_MAX: Final = 10  # names
NAME: Final = re.compile(r"[a-z0-9][a-z0-9-]{0,23}")
_SPANS: Final = {"weekdays": frozenset(range(5)), "weekend": frozenset({5, 6}), "daily": EVERY_DAY, "all": EVERY_DAY}


def edition_name(ask: Ask) -> str:
    """The name of the edition asked for.

    Raises:
        BadInput: it is not one word.
    """
    name = ask.options.get("name", DAILY).casefold()
    if not NAME.fullmatch(name):
        raise BadInput(f"name: is one word of letters, digits and hyphens, at most 24, for example mena; “{shown(name)}” is not.")
    return name


def zone_of(ask: Ask) -> ZoneInfo:
    """The zone asked for, or else the asker's own.

    Raises:
        BadInput: there is no such zone, or nobody knows the asker's.
    """
    if typed := ask.options.get("tz"):
        return parse_zone(typed)
    if ask.asker.zone is not None:
        return ask.asker.zone
    raise BadInput("Which time zone? Name it, for example tz:Europe/London.")


def parse_days(typed: str) -> frozenset[int]:
    """Days of the week as people write them: `weekdays`, `weekend`, `all`, `mon,thu`, `monday tuesday`.

    Raises:
        BadInput: a word that is no day.
    """
    days: set[int] = set()
    for word in re.split(r"[,\s]+", typed.strip().casefold()):
        if word in _SPANS:
            days |= _SPANS[word]
        elif word[:3] in WEEKDAYS and len(word) >= 3:
            days.add(WEEKDAYS.index(word[:3]))
        else:
            raise BadInput(f"days: does not know “{shown(word)}”. Write weekdays, weekend, all, or days like mon,thu.")
    return frozenset(days)


def parse_topics(typed: str) -> tuple[str, ...]:
    """Topics with commas between, each once.

    Raises:
        BadInput: there are so many that no button could repeat them.
    """
    if len(typed) > TOPICS_MAX:
        raise BadInput(f"topics: are {len(typed)} characters; name fewer, at most {TOPICS_MAX} characters in all.")
    return tuple(dict.fromkeys(t.strip().casefold() for t in typed.split(",") if t.strip()))


def split_names(typed: str) -> tuple[str, ...]:
    """Names with commas between, each once, as they were typed; with semicolons, where a name has a comma of its own.

    Raises:
        BadInput: there are too many.
    """
    between = ";" if ";" in typed else ","
    names = tuple(dict.fromkeys(name.strip() for name in typed.split(between) if name.strip()))
    if len(names) > ENTITIES_MAX:
        raise BadInput(f"entities: are {len(names)} names; name at most {ENTITIES_MAX}.")
    return names


async def entities_named(ask: Ask, command: Command, lookup: Lookup) -> tuple[Entity, ...] | Message:
    """The entities an edition is to be about; a choice where a name is one of several.

    Raises:
        BadInput: there are too many.
        NotFound: nothing bears one of the names, and nothing is near.
    """
    names = split_names(ask.options.get("entities", ""))
    found: dict[str, Entity] = {}
    for place, name in enumerate(names):
        try:
            named = await lookup.entity(name)
        except NotFound as error:
            raise NotFound("entity", name, hint="entities: takes names as /entity shows them, with commas between.") from error
        if isinstance(named, Several):
            lines = [_with_name(ask, command, names, place, entity.label) for entity in named.entities]
            return which_entity_page(shown(name), named.entities, lines, exact=named.exact)
        found[named.entity.slug] = named.entity
    return tuple(found.values())


def _with_name(ask: Ask, command: Command, names: Sequence[str], place: int, label: str) -> str:
    """The line that was asked, with another name in that place."""
    changed = (*names[:place], label, *names[place + 1 :])
    return line_with(command, {**ask.options, "entities": terms.joined_names(changed)})


@dataclass(frozen=True, slots=True)
class Names:
    """What entities are called, by slug.

    Args:
        shown: in sentences: “Hezbollah (Lebanon)”.
        labels: where typed, each names exactly one: “Hezbollah · Lebanon”.
    """

    shown: Mapping[str, str]
    labels: Mapping[str, str]


async def names_in(desk: Desk, subscriptions: Collection[Subscription]) -> Names:
    """What the entities of those subscriptions are called; those that are on the shelf no more are left out."""
    slugs = list(dict.fromkeys(slug for subscription in subscriptions for slug in subscription.entities))
    found = await desk.lookup.shelf.entities(slugs) if slugs else ()
    return Names({e.slug: f"{e.name} ({e.tail})" if e.tail else e.name for e in found}, {e.slug: e.label for e in found})


def subscribe_line(subscription: Subscription, names: Names) -> str:
    """The command line that asks for exactly this edition: what Undo asks."""
    return terms.subscribe_line(subscription, names.labels)


def check_room(line: str) -> None:
    """Refuse an edition that no button could ask for again.

    Raises:
        BadInput: its line is too long.
    """
    if len(line) > LINE_MAX:
        raise BadInput(f"That is too much for one edition ({len(line)} characters, at most {LINE_MAX}). Name fewer topics or entities.")
