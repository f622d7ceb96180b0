"""The curators' desk: the lines of a draft mended."""

from datetime import UTC
from typing import Final

from briefs.brief import Section, Size
from briefs.brief_lines import numbered
from briefs.commands import completers
from briefs.commands.ask import Ask, Role
from briefs.commands.curate import DRAFT, VERSION, curator_of, number_of, version_of
from briefs.commands.dates import parse_date
from briefs.commands.registry import Command, Option
from briefs.desk.deciding import Decided
from briefs.desk.desk import Desk
from briefs.desk.redact import Terms
from briefs.errors import BadInput
from briefs.message import Message
from briefs.pages.curating import decided_page
from briefs.pages.dossier import page_of
from briefs.pages.presses import press
from briefs.pages.wording import day

LINE: Final = Option("line", "The line's number, as /curate open shows it", required=True, number=True, meant=True)
CITES: Final = Option("cites", "The sentences it rests on: 12,13", in_form=True)
NONE: Final = "none"
TOPIC_MAX: Final = 40  # characters

_SECTIONS: Final = {
    "happened": Section.WHAT_HAPPENED,
    "matters": Section.WHY_IT_MATTERS,
    "figures": Section.FIGURES,
    "unknown": Section.NOT_KNOWN,
    "next": Section.WHATS_NEXT,
    "apart": Section.NOT_THE_SAME,
}
SECTION: Final = Option("section", "Where it stands", choices=tuple(_SECTIONS))


def _mended(decided: Decided, number: int, done: str) -> Message:
    """The line as it stands now, with its verdict."""
    brief = decided.dossier.brief
    one = numbered(brief)[number - 1]
    row = (press("The draft", "curate open", brief.slug, page=page_of(number)),)
    return decided_page(done, decided.number, brief.slug, shown=one, verdict=one.line.level.value.upper(), row=row)


async def _edit(ask: Ask, desk: Desk) -> Message:
    number = number_of(ask.options["line"], "line")
    decided = await desk.curate.redact.edit(
        curator_of(ask.asker),
        ask.options["draft"],
        number,
        ask.options["text"],
        cites=ask.options.get("cites", ""),
        version=version_of(ask),
    )
    return _mended(decided, number, "Saved. The line passes beside its sentences.")


EDIT: Final = Command(
    path=("curate", "edit"),
    help="Other words for a line; the gate answers at once, and a refused line is not saved",
    answer=_edit,
    options=(DRAFT, LINE, Option("text", "The line as it should be", required=True, long=True), CITES, VERSION),
    examples=('/curate edit ferry line:3 text:"The ferry sank on Sunday, its owner said." cites:1',),
    who=Role.CURATOR,
)


async def _swap(ask: Ask, desk: Desk) -> Message:
    number = number_of(ask.options["line"], "line")
    decided = await desk.curate.redact.swap(
        curator_of(ask.asker), ask.options["draft"], number, ask.options["cites"], version=version_of(ask)
    )
    return _mended(decided, number, "Saved. The line rests on that now.")


SWAP: Final = Command(
    path=("curate", "swap"),
    help="Have a line rest on another sentence; its words become that one's where they must",
    answer=_swap,
    options=(DRAFT, LINE, Option("cites", "The sentences it is to rest on: 12,13", required=True), VERSION),
    examples=("/curate swap ferry line:3 cites:4",),
    who=Role.CURATOR,
)


async def _point(ask: Ask, desk: Desk) -> Message:
    section = _SECTIONS[ask.options.get("section", "happened")]
    decided = await desk.curate.redact.point(
        curator_of(ask.asker),
        ask.options["draft"],
        ask.options["cites"],
        text=ask.options.get("text", ""),
        section=section,
        version=version_of(ask),
    )
    points = [one.number for one in numbered(decided.dossier.brief) if one.title == section.value]
    return _mended(decided, points[-1], "Added.")


POINT: Final = Command(
    path=("curate", "point"),
    help="One more line: a sentence's own words, or yours beside it",
    answer=_point,
    options=(
        DRAFT,
        Option("cites", "The sentences it rests on: 12,13", required=True),
        SECTION,
        Option("text", "Its words; left out: the sentence's own", long=True, in_form=True),
        VERSION,
    ),
    examples=("/curate point ferry cites:5 section:unknown",),
    who=Role.CURATOR,
)


async def _drop(ask: Ask, desk: Desk) -> Message:
    number = number_of(ask.options["line"], "line")
    decided = await desk.curate.redact.drop(curator_of(ask.asker), ask.options["draft"], number, version=version_of(ask))
    brief = decided.dossier.brief
    row = (press("The draft", "curate open", brief.slug, page=page_of(min(number, len(numbered(brief))))),)
    return decided_page(f"Taken out: line {number}. The lines behind it count one less now.", decided.number, brief.slug, row=row)


DROP: Final = Command(
    path=("curate", "drop"),
    help="Take a line out of a draft",
    answer=_drop,
    options=(DRAFT, LINE, VERSION),
    examples=("/curate drop ferry line:3",),
    who=Role.CURATOR,
)


async def _move(ask: Ask, desk: Desk) -> Message:
    number = number_of(ask.options["line"], "line")
    size = ask.options.get("size")
    decided = await desk.curate.redact.move(
        curator_of(ask.asker),
        ask.options["draft"],
        number,
        before=number_of(ask.options.get("before", "0"), "before"),
        section=_SECTIONS[ask.options["section"]] if "section" in ask.options else None,
        size=Size(size) if size else None,
        version=version_of(ask),
    )
    moved = decided.dossier.brief
    return decided_page(f"Moved: {decided.told}.", decided.number, moved.slug)


MOVE: Final = Command(
    path=("curate", "move"),
    help="Put a key point before another one, into another section, or only into the full brief",
    answer=_move,
    options=(
        DRAFT,
        LINE,
        Option("before", "The number of the line it is to stand before", number=True),
        SECTION,
        Option("size", "The smallest size that shows it", choices=tuple(size.value for size in Size)),
        VERSION,
    ),
    examples=("/curate move ferry line:5 before:3", "/curate move ferry line:5 section:next", "/curate move ferry line:5 size:full"),
    who=Role.CURATOR,
)


async def _set(ask: Ask, desk: Desk) -> Message:
    given = ask.options
    today = desk.now().astimezone(ask.asker.zone or UTC).date()
    date = parse_date(given["date"], today, option="date", past=True) if "date" in given else None
    if date is not None and date > today:
        raise BadInput(f"date: is the day it was published, and {day(date)} is still to come.")
    terms = Terms(
        topics=_topics(given["topics"]) if "topics" in given else None,
        outlet=_or_none(given["outlet"]) if "outlet" in given else None,
        licence=_or_none(given["licence"]) if "licence" in given else None,
        published=date,
        updates=_or_none(given["updates"].casefold()) if "updates" in given else None,
        difference=given.get("new", ""),
        cites=given.get("cites", ""),
    )
    decided = await desk.curate.redact.set(curator_of(ask.asker), given["draft"], terms, version=version_of(ask))
    return decided_page(f"Set: {decided.told}.", decided.number, decided.dossier.brief.slug)


def _or_none(typed: str) -> str:
    return "" if typed.casefold() == NONE else typed


def _topics(typed: str) -> tuple[str, ...]:
    found = [topic.strip().casefold() for topic in _or_none(typed).split(",")]
    if any(len(topic) > TOPIC_MAX for topic in found):
        raise BadInput(f"A topic has at most {TOPIC_MAX} characters; put commas between several.")
    return tuple(dict.fromkeys(topic for topic in found if topic))


SET: Final = Command(
    path=("curate", "set"),
    help="Topics, outlet, date and licence of a draft, and which brief it continues with what is new",
    answer=_set,
    options=(
        DRAFT,
        Option("topics", "With commas between; none: none", in_form=True),
        Option("outlet", "Who published it; none: not given", in_form=True),
        Option("date", "When it was published: 2026-11-22", in_form=True),
        Option("licence", "What may be done with the article: CC BY 4.0; none: not known", in_form=True),
        Option("updates", "The brief it continues; none: none", complete=completers.briefs),
        Option("new", "What is new since then, one sentence"),
        Option("cites", "The sentences that rests on: 12,13"),
        VERSION,
    ),
    examples=(
        "/curate set ferry topics:shipping,accidents",
        '/curate set ferry updates:harbour new:"Nobody was hurt in the harbour." cites:2',
    ),
    who=Role.CURATOR,
)
