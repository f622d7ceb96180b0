"""Something wrong? A reader says so, curators answer."""

from dataclasses import replace
from typing import Final

from briefs.article import Citation, CitedLine, Level
from briefs.commands.ask import Ask, Role
from briefs.commands.curate import curator_of, number_of
from briefs.commands.reading import claims_asked, number_within
from briefs.commands.registry import Command, Option
from briefs.desk.desk import Desk
from briefs.desk.lookup import Several, names_a_sentence
from briefs.desk.reporting import OPEN_MAX
from briefs.errors import BadInput, NotFound, shown
from briefs.message import Message, Prose, words
from briefs.pages.card import entity_choice_page
from briefs.pages.reports import own_reports_page, report_page, reported_page, reports_page

NUMBER: Final = Option("number", "The report's number", positional=True, required=True, number=True, meant=True)


async def _wrong(ask: Ask, desk: Desk) -> Message:
    what, said = ask.options["what"], ask.options["said"]
    asker = ask.asker
    if names_a_sentence(what):
        cited = await desk.lookup.sentence(what, drafts=False)
        ref = f"{cited.article.handle}:{cited.sentence.number}"
        line = CitedLine(cited.sentence.text, (Citation(cited.article.id, cited.sentence.number),), Level.VERBATIM)
        number = await desk.reporting.report(asker.place, asker.user, cited.article.handle, line, (ref,), said)
        return reported_page(number, f"Sentence {cited.sentence.number} of “{cited.article.handle}”", line, (ref,), cited.article.handle)
    found = await claims_asked(what, ask, desk.lookup)
    if isinstance(found, Several):
        return entity_choice_page(shown(what), found.entities, exact=found.exact, verb="source")
    _, claims = found
    if "line" not in ask.options:
        raise BadInput(f"Say which line: line:3 is the one that /source {shown(what)} numbers 3.")
    place = number_within(ask.options["line"], "line", len(claims))
    claim = claims[place - 1]
    articles = await desk.lookup.articles([c.article for c in claim.line.citations])
    refs = tuple(f"{articles[c.article].handle}:{c.sentence}" for c in claim.line.citations if c.article in articles)
    where = claim.of.slug if claim.of else what
    number = await desk.reporting.report(asker.place, asker.user, where, claim.line, refs, said)
    part = ask.options.get("part", "")
    title = f"Line {place} of {f'the {part} of ' if part else ''}“{shown(what)}”"
    return reported_page(number, title, claim.line, refs, what, part)


WRONG: Final = Command(
    path=("standfirst", "wrong"),
    help="Tell the curators that something is wrong with a line or a sentence",
    answer=_wrong,
    options=(
        Option("what", "A brief, a name, or a sentence (iraq:12)", positional=True, required=True, meant=True),
        Option("line", "Which line of it, by the number that /source shows", number=True),
        Option("part", "A part of a brief", choices=("timeline",)),
        Option("said", "What is wrong, in your words", required=True, long=True),
    ),
    examples=('/standfirst wrong iraq line:3 said:"It was not Reuters."', '/standfirst wrong iraq:12 said:"A word is missing."'),
)


async def _reported(ask: Ask, desk: Desk) -> Message:
    return own_reports_page(await desk.reporting.own(ask.asker.space, ask.asker.user))


REPORTED: Final = Command(
    path=("standfirst", "reported"),
    help="What you found wrong, and what came of it",
    answer=_reported,
    examples=("/standfirst reported",),
)


async def _reports(ask: Ask, desk: Desk) -> Message:
    if "number" not in ask.options:
        found = await desk.reporting.open()
        return reports_page(found[:OPEN_MAX], more=len(found) > OPEN_MAX)
    number = number_of(ask.options["number"], "number")
    if (one := await desk.reporting.reports.report(number)) is None:
        raise NotFound("report", str(number), hint="List those that are open with /curate reports.")
    # What the channel of the curators is told, here for whoever asks alone.
    return replace(report_page(one, await desk.reporting.line_of(one)), only_asker=True)


REPORTS: Final = Command(
    path=("curate", "reports"),
    help="What readers find wrong and nobody has answered, or one report",
    answer=_reports,
    options=(Option("number", "The report's number", positional=True, number=True),),
    examples=("/curate reports",),
    who=Role.CURATOR,
)


async def _answer(ask: Ask, desk: Desk) -> Message:
    number = number_of(ask.options["number"], "number")
    done = await desk.reporting.answer(curator_of(ask.asker), number, ask.options["text"])
    how = "The reader was told." if done.told else "The reader could not be told privately, and sees it with /standfirst reported."
    return Message(how, (Prose(words(how)),))


ANSWER: Final = Command(
    path=("curate", "answer"),
    help="Tell a reader what came of a report",
    answer=_answer,
    options=(NUMBER, Option("text", "What came of it", required=True, long=True)),
    examples=('/curate answer 12 text:"You are right, it is corrected. Thank you."',),
    who=Role.CURATOR,
)
