"""When corrections of briefs came to the shelf."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, delete, insert, select

from adapters.storage.bodies import micros, read
from adapters.storage.tables import BRIEF, BRIEF_CORRECTION
from briefs.brief import Brief, Correction

ASKED_MAX: Final = 500  # slugs named in one statement; for more, all there is is read
_AT = BRIEF_CORRECTION.c

# Put together once: every wave asks.
_SINCE = (
    select(BRIEF.c.body, _AT.number)
    .join(BRIEF, BRIEF.c.slug == _AT.slug)
    .where(_AT.arrived > bindparam("since"), BRIEF.c.sample <= bindparam("sample"))
    .order_by(_AT.arrived, _AT.slug, _AT.number)
)
_FORGET = delete(BRIEF_CORRECTION).where(_AT.slug == bindparam("of"), _AT.number == bindparam("which"))


def keep(connection: Connection, briefs: Collection[Brief], *, now: int | None) -> None:
    """Remember when the corrections of briefs came that are on the shelf from now on; those known already came when they did.

    Args:
        now: when those of a library come; None: a curator's come when they were made.
    """
    known = _known(connection, {brief.slug for brief in briefs})
    rows = {(brief.slug, number): _made(made) if now is None else now for brief in briefs for number, made in _numbered(brief).items()}
    if gone := known - rows.keys():
        connection.execute(_FORGET, [{"of": slug, "which": number} for slug, number in sorted(gone)])
    if new := [{"slug": slug, "number": number, "arrived": at} for (slug, number), at in rows.items() if (slug, number) not in known]:
        connection.execute(insert(BRIEF_CORRECTION), new)


def forget(connection: Connection, slug: str) -> None:
    """Nothing was corrected in the brief of that slug: it is gone, and another one may bear its name."""
    connection.execute(delete(BRIEF_CORRECTION).where(_AT.slug == slug))


def corrected(connection: Connection, since: datetime, *, sample: bool) -> tuple[tuple[Brief, Correction], ...]:
    """See the port."""
    found = connection.execute(_SINCE, {"since": micros(since), "sample": sample}).all()
    pairs: list[tuple[Brief, Correction]] = []
    for stored, number in found:
        brief = read(Brief, stored)
        if made := _numbered(brief).get(number):
            pairs.append((brief, made))
    return tuple(pairs)


def _known(connection: Connection, slugs: Collection[str]) -> set[tuple[str, int]]:
    query = select(_AT.slug, _AT.number)
    if len(slugs) <= ASKED_MAX:
        query = query.where(_AT.slug.in_(slugs))
    return {(slug, number) for slug, number in connection.execute(query) if slug in slugs}


def _numbered(brief: Brief) -> dict[int, Correction]:
    """What readers are told was corrected, by its place among the brief's corrections (from 1); 0 where it is not among them."""
    places = {id(correction): place for place, correction in enumerate(brief.corrections, start=1)}
    return {places.get(id(correction), 0): correction for correction in brief.mended}


def _made(correction: Correction) -> int:
    """When it was made; one that names but a day, when that day was over: no edition of the day may have passed it by."""
    at: date | datetime = correction.at
    over = at if isinstance(at, datetime) else datetime.combine(at, time.min, UTC) + timedelta(days=1)
    return micros(over)
