"""What to offer for an option while somebody types it."""

from datetime import UTC, date, timedelta
from typing import Final

from briefs.commands.ask import Asker, Role
from briefs.commands.dates import parse_date
from briefs.commands.registry import SUGGESTIONS_MAX, Suggestion
from briefs.desk.desk import Desk
from briefs.desk.status import Status
from briefs.errors import BadInput
from briefs.pages.history import Past, out_of_turn
from briefs.review import Stage
from briefs.zones import suggest_zones

DRAFTS_MAX: Final = 200  # that wait, among which the typed one is looked for


async def briefs(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """Slugs of approved briefs, with their headlines."""
    found = await desk.lookup.shelf.suggest_briefs(typed, sample=await desk.lookup.shows_sample(), limit=SUGGESTIONS_MAX)
    return tuple(Suggestion(brief.slug, brief.headline.text) for brief in found)


async def drafts(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """Short names of drafts that wait, with their headlines; for curators alone."""
    if Role.CURATOR not in asker.roles:
        return ()
    waiting = await desk.curate.deciding.curation.queue((Stage.WAITING, Stage.HELD), DRAFTS_MAX)
    sought = typed.casefold()
    named = [one for one in waiting if sought in one.review.slug or sought in one.brief.headline.text.casefold()]
    return tuple(Suggestion(one.review.slug, one.brief.headline.text) for one in named[:SUGGESTIONS_MAX])


async def briefs_and_drafts(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """Briefs first, then, for curators, drafts."""
    return (*await briefs(typed, asker, desk), *await drafts(typed, asker, desk))[:SUGGESTIONS_MAX]


async def entities(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """Labels of entities, which name exactly one; the tail says which alias matched where it was not the name."""
    found = await desk.lookup.shelf.suggest_entities(typed, sample=await desk.lookup.shows_sample(), limit=SUGGESTIONS_MAX)
    return tuple(Suggestion(s.entity.label, _tail(s.entity.kind.value, s.entity.name, s.matched)) for s in found)


async def briefs_and_entities(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """Briefs first, then entities."""
    return (*await briefs(typed, asker, desk), *await entities(typed, asker, desk))[:SUGGESTIONS_MAX]


async def briefs_and_days(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """Briefs; behind a digit, first the local dates on which this channel had editions, newest first."""
    days: list[Suggestion] = []
    if typed[:1].isdigit():
        had = await Status(desk.subscribe).dates(asker.place, desk.now().date())
        days = [
            Suggestion(day.isoformat(), f"{day:%A}: {', '.join(names)}") for day, names in had.items() if day.isoformat().startswith(typed)
        ]
    return (*days[:SUGGESTIONS_MAX], *await briefs(typed, asker, desk))[:SUGGESTIONS_MAX]


async def entity_names(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """As `entities`, for the last of several names with commas between; those before it stay as they are."""
    done, comma, last = typed.rpartition(";" if ";" in typed else ",")
    before = f"{done}{comma} " if comma else ""
    return tuple(Suggestion(f"{before}{found.value}", found.tail) for found in await entities(last.strip(), asker, desk))


async def days_ahead(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """The date that what is typed means, or some usual ones."""
    today = desk.now().astimezone(asker.zone or UTC).date()
    if typed:
        try:
            return (_day(parse_date(typed, today, option="until")),)
        except BadInput:
            return ()
    usual = ((1, "tomorrow"), ((-today.weekday() - 1) % 7 + 1, "Monday"), (7, "in a week"), (14, "in two weeks"), (28, "in four weeks"))
    found = {(today + timedelta(days=ahead)).isoformat(): told for ahead, told in reversed(usual)}
    return tuple(Suggestion(day, found[day]) for day in sorted(found))


async def days_to_resend(typed: str, asker: Asker, desk: Desk) -> tuple[Suggestion, ...]:
    """Local dates of editions that can be sent again, newest first, with their names and what became of them."""
    status, found = Status(desk.subscribe), dict[date, Past]()
    for subscription, _ in await desk.subscribe.all(asker.place):
        lately = await status.lately(asker.place, subscription.name)
        found.update({past.meant_for: past for past in lately if past.wanting and not out_of_turn(past, lately)})
    days = sorted(found, reverse=True)
    return tuple(
        Suggestion(d.isoformat(), f"{d:%A}, {found[d].name}: {found[d].fate.value}") for d in days if d.isoformat().startswith(typed)
    )


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


def _day(day: date) -> Suggestion:
    return Suggestion(day.isoformat(), f"{day:%A}")


def _tail(kind: str, name: str, matched: str) -> str:
    return kind if matched.casefold() in name.casefold() else f"{kind}, also {matched}"
