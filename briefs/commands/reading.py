"""Reading commands: briefs, cards, sentences, timelines, search. Everyone may."""

import asyncio
import re
from collections.abc import Iterable, Sequence
from datetime import UTC, date
from typing import Final

from briefs.article import Article
from briefs.brief import Brief, Size
from briefs.commands import completers
from briefs.commands.ask import Ask, Role
from briefs.commands.dates import ISO, parse_date, read_date
from briefs.commands.registry import Command, Option
from briefs.desk.desk import Desk
from briefs.desk.lookup import Lookup, Several, Told, names_a_sentence
from briefs.desk.status import Status
from briefs.entity import EntityCard
from briefs.errors import BadInput, NotFound, shown
from briefs.message import Message
from briefs.pages.brief import brief_choice_page, brief_page, briefs_page, no_briefs_page
from briefs.pages.card import card_page, compare_page, entity_choice_page, who_page
from briefs.pages.check import Claim, check_page, claims_of, line_citation_page, line_page, sentence_citation_page, sentence_page
from briefs.pages.found import found_page
from briefs.pages.kept import kept_page, no_edition_page
from briefs.pages.timeline import brief_timeline_page, entity_timeline_page
from briefs.quoting import WHOLE

HITS_MAX: Final = 15  # hits on one page
BRIEFS_ON_A_CARD: Final = 3  # the newest that name the entity
BRIEFS_MAX: Final = 5  # briefs whose lines one check can go through
NEAREST_MAX: Final = 2  # dates offered for one without an edition
PARTS: Final = ("timeline",)


async def _brief(ask: Ask, desk: Desk) -> Message:
    size = Size(ask.options.get("size", Size.STANDARD))
    if asked := ask.options.get("brief"):
        today = await _today(ask, desk)
        if (ISO.fullmatch(asked) or read_date(asked, today, past=True)) and await desk.lookup.shelf.brief(asked.strip().casefold()) is None:
            return await _old_editions(asked, today, ask, desk)
        found = await desk.lookup.brief(asked)
        return await _brief_told(found, size, desk) if isinstance(found, Told) else brief_choice_page(shown(asked), found)
    newest = await desk.lookup.today(ask.asker.place)
    if not newest:
        return no_briefs_page()
    if len(newest) == 1:
        told = await desk.lookup.told(newest[0])
        return await _brief_told(told, size, desk)
    return briefs_page(newest)


async def _brief_told(told: Told, size: Size, desk: Desk) -> Message:
    cards = await desk.lookup.shelf.entities(told.brief.entities)
    return brief_page(told.brief, told.article, size, cards=len(cards))


async def _today(ask: Ask, desk: Desk) -> date:
    """The local date in the channel: in the zone of its first edition, else in the asker's."""
    zones = [subscription.zone for subscription, _ in await desk.subscribe.all(ask.asker.place)]
    return desk.now().astimezone(zones[0] if zones else ask.asker.zone or UTC).date()


async def _old_editions(asked: str, today: date, ask: Ask, desk: Desk) -> Message:
    """The channel's editions of that local date, as they were posted, and what was corrected in them since."""
    place, status = ask.asker.place, Status(desk.subscribe)
    day = parse_date(asked, today, option="brief", past=True)
    if found := await status.of_day(place, day):
        zones = {subscription.name: subscription.zone.key for subscription, _ in await desk.subscribe.all(place)}
        carried = {slug for past in found for record in past.records for slug in record.delivery.briefs}
        corrected = await desk.lookup.shelf.corrected(min(past.due for past in found), sample=True)
        since = [(brief, correction) for brief, correction in corrected if brief.slug in carried]
        return kept_page(found, zones.get(found[0].name, "UTC"), since)
    had = await status.dates(place, today)
    nearest = sorted(sorted(had.keys() - {day}, key=lambda other: abs(other - day))[:NEAREST_MAX])  # that day's is only owed
    return no_edition_page(day, nearest)


async def _entity(ask: Ask, desk: Desk) -> Message:
    asked, compare = ask.options.get("name", ""), ask.options.get("compare", "")
    if not asked:
        if compare:
            raise BadInput("Name both, for example /entity Houthis compare:Reuters.")
        return who_page(*await desk.lookup.who(ask.options.get("in") or await _newest(ask, desk)))
    left = await desk.lookup.entity(asked)
    if isinstance(left, Several):
        return entity_choice_page(shown(asked), left.entities, exact=left.exact, compare=compare)
    if compare:
        right = await desk.lookup.other_entity(compare, left.entity)
        if isinstance(right, Several):
            return entity_choice_page(shown(compare), right.entities, exact=right.exact, first=left.entity.label)
        if right.entity.slug == left.entity.slug:
            raise BadInput(f"“{shown(asked)}” and “{shown(compare)}” are the same entry. Name two different ones.")
        return compare_page(left, right, await _handles(desk.lookup, left, right))
    handles, briefs, others = await asyncio.gather(
        _handles(desk.lookup, left),
        desk.lookup.briefs_naming(left.entity.slug, BRIEFS_ON_A_CARD),
        desk.lookup.shelf.entities([n.other for n in left.not_the_same]),
    )
    return card_page(left, handles, briefs, {entity.slug: entity for entity in others})


async def _source(ask: Ask, desk: Desk) -> Message:
    what, citation = ask.options["what"].strip(), ask.options.get("as") == "citation"
    if names_a_sentence(what):
        cited = await desk.lookup.sentence(what, drafts=Role.CURATOR in ask.asker.roles)
        most = (await _most(ask, desk, (cited.article,))).get(cited.article.id, WHOLE)
        if citation:
            return sentence_citation_page(cited.article, cited.sentence, most)
        return sentence_page(cited.article, cited.sentence, cited.brief, most)
    found = await claims_asked(what, ask, desk.lookup)
    if isinstance(found, Several):
        return entity_choice_page(shown(what), found.entities, exact=found.exact, verb="source")
    title, claims = found
    articles = await desk.lookup.articles([c.article for claim in claims for c in claim.line.citations])
    part, all_most = ask.options.get("part", ""), await _most(ask, desk, tuple(articles.values()))
    if "line" in ask.options:
        position = number_within(ask.options["line"], "line", len(claims))
        if citation:
            return line_citation_page(claims[position - 1], articles)
        return line_page(title, what, claims, articles, position=position, part=part, most=all_most)
    if citation:
        raise BadInput(f"Name the sentence or the line to cite, for example /source {shown(what)} line:1 as:citation.")
    page = number_within(ask.options.get("page", "1"), "page", 10_000)
    return check_page(title, what, claims, articles, page=page, part=part, most=all_most)


async def _most(ask: Ask, desk: Desk, articles: Sequence[Article]) -> dict[str, int]:
    """How many words of each article's sentences the asker is shown in a row; curators see them whole."""
    if Role.CURATOR in ask.asker.roles:
        return {}
    return {article.id: await desk.lookup.quotes.most(article) for article in articles}


async def _timeline(ask: Ask, desk: Desk) -> Message:
    asked = ask.options.get("what") or await _newest(ask, desk)
    if brief := await desk.lookup.shelf.brief(asked.strip().casefold()):
        return brief_timeline_page(brief)
    try:
        found = await desk.lookup.entity(asked)
    except NotFound:
        try:
            told = await desk.lookup.brief(asked)
        except NotFound as error:
            raise NotFound("brief or entity", asked, error.nearest, hint="List them with /brief and /entity.") from error
        return brief_timeline_page(told.brief) if isinstance(told, Told) else brief_choice_page(shown(asked), told)
    if isinstance(found, Several):
        return entity_choice_page(shown(asked), found.entities, exact=found.exact, verb="timeline")
    steps = await desk.lookup.steps_of(found.entity.slug)
    articles = await desk.lookup.articles([c.article for _, step in steps for c in step.line.citations])
    return entity_timeline_page(found.entity, steps, _by_id(articles.values()))


async def _find(ask: Ask, desk: Desk) -> Message:
    query = ask.options["words"]
    hits = await desk.lookup.find(query, drafts=Role.CURATOR in ask.asker.roles, limit=HITS_MAX)
    most = WHOLE if Role.CURATOR in ask.asker.roles else desk.lookup.quotes.words
    return found_page(shown(query), hits, limit=HITS_MAX, most=most)


async def _newest(ask: Ask, desk: Desk) -> str:
    today = await desk.lookup.today(ask.asker.place)
    if not today:
        raise NotFound("brief", "newest", hint="None has been approved yet.")
    return today[0].slug


async def claims_asked(what: str, ask: Ask, lookup: Lookup) -> tuple[str, list[Claim]] | Several:
    """What is to be checked: the lines of one brief or of several, of a timeline, or of a card; and its title.

    Several entities where the name is a name of several.
    """
    part = ask.options.get("part", "")
    slugs = list(dict.fromkeys(slug.strip().casefold() for slug in what.split(",")))[:BRIEFS_MAX]
    briefs = [brief for slug in slugs if (brief := await lookup.shelf.brief(slug))]
    if briefs and len(briefs) == len(slugs):
        return "; ".join(b.headline.text for b in briefs), [claim for b in briefs for claim in _lines(b, part)]
    article = await lookup.shelf.article(what.casefold())
    if article is not None and Role.CURATOR in ask.asker.roles:
        raise NotFound("brief", what, [f"{article.handle}:1"], hint="The article is there, without a brief yet; only curators see it.")
    try:
        card = await lookup.entity(what)
    except NotFound:
        told = await lookup.brief(what)
        if isinstance(told, Told):
            return told.brief.headline.text, _lines(told.brief, part)
        raise BadInput(f"Several briefs fit “{shown(what)}”: {', '.join(b.slug for b in told)}. Name one.") from None
    if isinstance(card, EntityCard):
        return card.entity.label, [Claim(line, card.approval, note=line in card.notes) for line in card.lines]
    return card


def _lines(brief: Brief, part: str) -> list[Claim]:
    lines = [step.line for step in brief.timeline] if part == "timeline" else brief.lines
    if not lines:
        raise NotFound("timeline", brief.slug, hint="That brief has none.")
    return claims_of(brief, lines)


async def _handles(lookup: Lookup, *cards: EntityCard) -> dict[str, str]:
    cited = [c.article for card in cards for line in card.lines for c in line.citations]
    return _by_id((await lookup.articles(cited)).values())


def _by_id(articles: Iterable[Article]) -> dict[str, str]:
    return {article.id: article.handle for article in articles}


def number_within(typed: str, name: str, most: int) -> int:
    """A number from 1 up to `most`, as typed.

    Raises:
        BadInput: it is none.
    """
    if not re.fullmatch(r"[0-9]{1,6}", typed) or not 1 <= int(typed) <= most:
        upto = f" from 1 to {most}" if most < 10_000 else ""
        raise BadInput(f"{name}: is a number{upto}, for example {name}:1; “{shown(typed)}” is not.")
    return int(typed)


BRIEF: Final = Command(
    path=("brief",),
    help="The newest briefs, or the one you name, every line with its sentence",
    answer=_brief,
    options=(
        Option(
            "brief",
            "A short name, words of a headline, or a day, for this channel's old digest",
            positional=True,
            complete=completers.briefs_and_days,
        ),
        Option("size", "How much of it: short, standard (at most 12 lines) or full", choices=tuple(Size)),
    ),
    examples=("/brief", "/brief iraq size:full"),
    shared=True,
)
ENTITY: Final = Command(
    path=("entity",),
    help="The card of a person, organisation or place; or two side by side",
    answer=_entity,
    options=(
        Option("name", "A name or another spelling of it; nothing: everyone in a brief", positional=True, complete=completers.entities),
        Option("compare", "A second name, to see the two side by side", complete=completers.entities),
        Option("in", "A brief's short name: everyone it names", complete=completers.briefs),
    ),
    examples=("/entity Kataeb Hezbollah", '/entity "Kataeb Hezbollah" compare:"Hezbollah · Lebanon"', "/entity in:iraq"),
    shared=True,
)
SOURCE: Final = Command(
    path=("source",),
    help="Check: a sentence with its neighbours, or every line of a brief beside its sentence",
    answer=_source,
    options=(
        Option(
            "what",
            "A sentence (iraq:12), a brief (iraq) or an entity",
            positional=True,
            required=True,
            complete=completers.briefs_and_entities,
        ),
        Option("line", "Only the line of that number, as /source without line: counts them", number=True),
        Option("page", "Which page, counted from 1", number=True),
        Option("part", "Only that part of the brief", choices=PARTS),
        Option("as", "Make a citation to copy", choices=("citation",)),
    ),
    examples=("/source iraq:12", "/source iraq", "/source iraq line:8", "/source iraq:12 as:citation"),
    shared=True,
)
TIMELINE: Final = Command(
    path=("timeline",),
    help="Dated steps of a brief or about an entity, each with its sentence",
    answer=_timeline,
    options=(Option("what", "A brief or an entity; nothing: the newest brief", positional=True, complete=completers.briefs_and_entities),),
    examples=("/timeline iraq", '/timeline "Qasem Soleimani"'),
    shared=True,
)
FIND: Final = Command(
    path=("find",),
    help="Search briefs, entities and sentences for words",
    answer=_find,
    options=(Option("words", "One or more words; all of them must stand there", positional=True, required=True),),
    examples=("/find missiles", "/find nuclear talks"),
    shared=True,
)
