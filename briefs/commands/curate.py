"""The curators' desk: articles in, drafts looked at and decided on."""

import re
from asyncio import to_thread
from typing import Final

from briefs.brief_lines import numbered
from briefs.commands import completers
from briefs.commands.ask import Ask, Asker, Role
from briefs.commands.registry import Command, Option
from briefs.desk.deciding import Curator, Decided
from briefs.desk.desk import Desk
from briefs.desk.ingest import Ingested
from briefs.errors import BadInput, shown
from briefs.message import Button, Message
from briefs.pages.curating import LOG_A_PAGE, added_page, decided_page, here_page, log_page, queue_page, undecided_question
from briefs.pages.dossier import dossier_page
from briefs.pages.presses import press
from briefs.pages.wording import plural
from briefs.ports import Stored
from briefs.review import Stage

QUEUE_MAX: Final = 10
NOBODY_TOLD: Final = (
    "Nobody could be told of it: no channel is set for reviews, and no curator has a chat of their own here. "
    "It waits in /curate queue; /curate here, in a channel, has the next ones told there."
)
YES: Final = "yes"
_NUMBER: Final = re.compile(r"[0-9]{1,9}")

DRAFT: Final = Option("draft", "The draft's short name", positional=True, required=True, complete=completers.drafts, meant=True)
VERSION: Final = Option("v", "It is the version that was seen: a press on what was changed since does nothing", number=True, hidden=True)
REASON: Final = Option("reason", "Why, in your own words", required=True)


def curator_of(asker: Asker) -> Curator:
    """Who decides, as readers see it."""
    return Curator(f"@{asker.name}" if asker.name else "a curator", asker.principal or f"{asker.space}/{asker.user}")


def version_of(ask: Ask) -> int:
    """The version a press was made on; 0 where none is said."""
    return number_of(ask.options.get("v", "0"), "v")


def number_of(typed: str, option: str) -> int:
    """A whole number as typed.

    Raises:
        BadInput: it is none.
    """
    if not _NUMBER.fullmatch(typed):
        raise BadInput(f"{option}: takes a number, not “{shown(typed)}”.")
    return int(typed)


async def _add(ask: Ask, desk: Desk) -> Message:
    given = ask.attached.content if ask.attached else ask.options.get("text", "")
    fields = {name: ask.options[option] for name, option in _FIELDS.items() if option in ask.options}
    name = ask.options.get("slug") or (ask.attached.name if ask.attached else "")
    read = await to_thread(desk.source.read, given, name=name, fields=fields, now=desk.now())
    done = await desk.ingest.take_in(read.article, curator_of(ask.asker))
    return added_page(done.article.handle, _told(done), read.remarks, drafted=done.draft is not None, like=done.like)


_FIELDS: Final = {"title": "title", "outlet": "outlet", "published": "date", "licence": "licence", "link": "link"}


def _told(done: Ingested) -> str:
    article = done.article
    size = f"{plural(article.paragraphs, 'paragraph')}, {plural(len(article.sentences), 'sentence')}"
    match done.stored:
        case Stored.NEW:
            told = f"Stored as “{article.handle}”: {size}."
        case Stored.SAME:
            told = f"This article is here already, as “{article.handle}”."
        case Stored.ATTACHED:
            told = f"Attached to “{article.handle}”: evidence now shows the article's own words."
    if done.draft is None:
        anew = " Readers see nothing of it. If it is not the whole text, give that one: it becomes an article of its own."
        return f"{told} {done.why_not}{anew if done.stored is Stored.NEW else ''}".strip()
    made = done.draft
    lines = plural(len(numbered(made.brief)), "line")
    waiting = "Curators are asked for a review." if done.asked else NOBODY_TOLD
    return f"{told} The draft has {lines} and comes with {plural(len(made.cards), 'card')}. {waiting}"


ADD: Final = Command(
    path=("curate", "add"),
    help="Give an article: its text, or a text file; a draft of it is made at once",
    answer=_add,
    options=(
        Option("text", "The article's plain text", positional=True, required=True, rest=True, long=True),
        Option("file", "A text file (.txt, .md) in its place", file=True),
        Option("title", "Its title", in_form=True),
        Option("outlet", "Who published it", in_form=True),
        Option("date", "When it was published: 2026-11-22", in_form=True),
        Option("link", "Where it stands: https://…", in_form=True),
        Option("licence", "What may be done with it: CC BY 4.0"),
        Option("slug", "The short name readers type: ferry; left out: made of the file's name, the title or the first words"),
    ),
    examples=(
        "/curate add file:report.txt slug:ferry",
        '/curate add outlet:"Harbour News" date:2026-11-22 The ferry sank on Sunday. Nobody was hurt.',
    ),
    who=Role.CURATOR,
)


async def _queue(ask: Ask, desk: Desk) -> Message:
    found = await desk.curate.deciding.curation.queue((Stage.WAITING, Stage.HELD), QUEUE_MAX + 1)
    return queue_page(found[:QUEUE_MAX], more=len(found) > QUEUE_MAX)


QUEUE: Final = Command(
    path=("curate", "queue"),
    help="Drafts that wait for a curator",
    answer=_queue,
    examples=("/curate queue",),
    who=Role.CURATOR,
)


async def _open(ask: Ask, desk: Desk) -> Message:
    on = await desk.curate.deciding.any_dossier(ask.options["draft"])
    lines, article = await desk.curate.judged(on)
    problem = await desk.lookup.quotes.problem(on.brief, article) if article else ""
    return dossier_page(on, lines, article, page=number_of(ask.options.get("page", "1"), "page"), problem=problem)


OPEN: Final = Command(
    path=("curate", "open"),
    help="A draft line by line beside its sentences, with what is to be decided",
    answer=_open,
    options=(DRAFT, Option("page", "Four lines a page", number=True)),
    examples=("/curate open ferry", "/curate open ferry page:2"),
    who=Role.CURATOR,
)


async def _approve(ask: Ask, desk: Desk) -> Message:
    if ask.options.get("sure") != YES:
        on = await desk.curate.approve.approvable(ask.options["draft"], version=version_of(ask))
        if on.review.merges:
            return undecided_question(on)
    decided = await desk.curate.approve.approve(curator_of(ask.asker), ask.options["draft"], version=version_of(ask))
    brief, stage = decided.dossier.brief, decided.dossier.review.stage
    if stage is not Stage.APPROVED:
        return decided_page(f"Noted. “{brief.headline.text}” takes one more curator's eyes.", decided.number, brief.slug)
    cards = plural(len(decided.dossier.review.cards), "card")
    done = f"Approved: “{brief.headline.text}”, with {cards}. Readers have it now, and the next editions carry it."
    return decided_page(
        done,
        decided.number,
        brief.slug,
        row=(press("Brief", "brief", brief.slug), press("Its lines", "curate open", brief.slug), press("Queue", "curate queue")),
    )


APPROVE: Final = Command(
    path=("curate", "approve"),
    help="Let readers have a draft, with its cards; it asks first where names are not decided on",
    answer=_approve,
    options=(DRAFT, Option("sure", "Yes: although names are not decided on; they stay apart", choices=(YES,)), VERSION),
    examples=("/curate approve ferry",),
    who=Role.CURATOR,
)


async def _hold(ask: Ask, desk: Desk) -> Message:
    decided = await desk.curate.approve.hold(curator_of(ask.asker), ask.options["draft"], ask.options["reason"], version=version_of(ask))
    return _waits(decided, "Held")


async def _release(ask: Ask, desk: Desk) -> Message:
    decided = await desk.curate.approve.release(curator_of(ask.asker), ask.options["draft"], version=version_of(ask))
    return _waits(decided, "Released")


async def _reject(ask: Ask, desk: Desk) -> Message:
    decided = await desk.curate.approve.reject(curator_of(ask.asker), ask.options["draft"], ask.options["reason"], version=version_of(ask))
    return _waits(decided, "Rejected")


async def _also(ask: Ask, desk: Desk) -> Message:
    of = ask.options["of"]
    decided = await desk.curate.approve.also(curator_of(ask.asker), ask.options["draft"], of, version=version_of(ask))
    done = f"“{decided.dossier.brief.slug}” is now another source of “{shown(of)}”; its own draft is not needed and leaves the queue."
    return decided_page(done, decided.number, decided.dossier.review.slug, row=(press("Queue", "curate queue"),))


def _waits(decided: Decided, done: str) -> Message:
    brief = decided.dossier.brief
    row = (press("The draft", "curate open", brief.slug), press("Queue", "curate queue"))
    return decided_page(f"{done}: “{brief.headline.text}”.", decided.number, brief.slug, row=row)


HOLD: Final = Command(
    path=("curate", "hold"),
    help="Let a draft wait, and say why; nobody approves it meanwhile",
    answer=_hold,
    options=(DRAFT, REASON, VERSION),
    examples=('/curate hold ferry reason:"the owner is to call back"',),
    who=Role.CURATOR,
)
RELEASE: Final = Command(
    path=("curate", "release"),
    help="Let a held draft be decided on again",
    answer=_release,
    options=(DRAFT, VERSION),
    examples=("/curate release ferry",),
    who=Role.CURATOR,
)
REJECT: Final = Command(
    path=("curate", "reject"),
    help="Turn a draft down, and say why; undo brings it back",
    answer=_reject,
    options=(DRAFT, REASON, VERSION),
    examples=('/curate reject ferry reason:"an advertisement"',),
    who=Role.CURATOR,
)
ALSO: Final = Command(
    path=("curate", "also"),
    help="A draft's article is another source of a brief that is there; its own draft goes",
    answer=_also,
    options=(DRAFT, Option("of", "The brief it is another source of", required=True, complete=completers.briefs_and_drafts), VERSION),
    examples=("/curate also ferry-2 of:ferry",),
    who=Role.CURATOR,
)


async def _here(ask: Ask, desk: Desk) -> Message:
    if ask.asker.hindrance:
        raise BadInput(ask.asker.hindrance)
    return here_page(ask.asker.channel, await desk.curate.requests.here(curator_of(ask.asker), ask.asker.place))


HERE: Final = Command(
    path=("curate", "here"),
    help="Make this channel the one where drafts are reviewed",
    answer=_here,
    examples=("/curate here",),
    who=Role.CURATOR,
)


async def _undo(ask: Ask, desk: Desk) -> Message:
    number = number_of(ask.options.get("number", "0"), "number")
    undid = await desk.curate.undo.undo(curator_of(ask.asker), number)
    return decided_page(f"Taken back: {undid.told}.", undid.number, "", row=await _where(undid.about, desk))


async def _where(slug: str, desk: Desk) -> tuple[Button, ...]:
    """Where to look at what was decided on: the brief that readers have, or the draft; nothing for a card of the shelf."""
    if slug and await desk.lookup.shelf.brief(slug) is not None:
        return (press("Brief", "brief", slug),)
    return (press("The draft", "curate open", slug),) if slug and await desk.curate.deciding.curation.dossier(slug) else ()


UNDO: Final = Command(
    path=("curate", "undo"),
    help="Take a decision back: your last one, or the one of that number",
    answer=_undo,
    options=(Option("number", "Its number in /curate log", positional=True, number=True),),
    examples=("/curate undo", "/curate undo 12"),
    who=Role.CURATOR,
)


async def _log(ask: Ask, desk: Desk) -> Message:
    about, before = ask.options.get("about", "").casefold(), number_of(ask.options.get("before", "0"), "before")
    found = await desk.curate.deciding.curation.log(about=about, before=before, limit=LOG_A_PAGE + 1)
    return log_page(found[:LOG_A_PAGE], about, before=before, more=len(found) > LOG_A_PAGE)


LOG: Final = Command(
    path=("curate", "log"),
    help="What was decided, by whom, when and why",
    answer=_log,
    options=(
        Option("about", "The short name of a draft or brief", positional=True, complete=completers.briefs_and_drafts),
        Option("before", "Those with a lower number", number=True),
    ),
    examples=("/curate log", "/curate log ferry"),
    who=Role.CURATOR,
)
