"""What to offer for an option while somebody types it."""

from briefs.commands.ask import Asker
from briefs.commands.registry import SUGGESTIONS_MAX, Suggestion
from briefs.desk.desk import Desk
from briefs.zones import suggest_zones


async def briefs(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """Slugs of approved briefs, with their headlines."""
    found = await desk.lookup.shelf.suggest_briefs(typed, sample=await desk.lookup.shows_sample(), limit=SUGGESTIONS_MAX)
    return tuple(Suggestion(brief.slug, brief.headline.text) for brief in found)


async def entities(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """Labels of entities, which name exactly one; the tail says which alias matched where it was not the name."""
    found = await desk.lookup.shelf.suggest_entities(typed, sample=await desk.lookup.shows_sample(), limit=SUGGESTIONS_MAX)
    return tuple(Suggestion(s.entity.label, _tail(s.entity.kind.value, s.entity.name, s.matched)) for s in found)


async def briefs_and_entities(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """Briefs first, then entities."""
    return (*await briefs(typed, asker, desk), *await entities(typed, asker, desk))[:SUGGESTIONS_MAX]


async def zones(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """Names of time zones; the asker's own first while nothing is typed."""
    own = [asker.zone.key] if asker.zone and not typed else []
    return tuple(Suggestion(name) for name in dict.fromkeys([*own, *suggest_zones(typed, SUGGESTIONS_MAX)]))


async def editions(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """Names of this channel's editions, with their times."""
    found = await desk.subscribe.all(asker.place)
    return tuple(Suggestion(s.name, f"{s.at:%H:%M} {s.zone.key}") for s, _ in found if s.name.startswith(typed.casefold()))


async def times(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """Usual times of day."""
    usual = ("06:30", "07:00", "07:30", "08:00", "09:00", "12:00", "17:00", "18:00")
    return tuple(Suggestion(at) for at in usual if at.startswith(typed))


def _tail(kind: str, name: str, matched: str) -> str:
    return kind if matched.casefold() in name.casefold() else f"{kind}, also {matched}"
