"""The curators' desk: what readers have is put right, or taken back."""

from typing import Final

from briefs.brief import State
from briefs.commands import completers
from briefs.commands.ask import Ask, Role
from briefs.commands.curate import curator_of, number_of
from briefs.commands.curate_lines import CITES, LINE
from briefs.commands.registry import Command, Option
from briefs.desk.afterwards import Told
from briefs.desk.compose import CORRECTED_MAX
from briefs.desk.desk import Desk
from briefs.errors import BadInput
from briefs.message import Message
from briefs.pages.corrections import corrections_page
from briefs.pages.curating import decided_page, withdraw_question
from briefs.pages.presses import press
from briefs.pages.wording import plural

YES: Final = "yes"
LISTED: Final = 15
CARDS_MAX: Final = 5  # of a withdrawn brief, a press for each
BRIEF: Final = Option("brief", "The approved brief's short name", positional=True, required=True, complete=completers.briefs, meant=True)


def _told(told: Told, done: str) -> Message:
    tail = _posts(told)
    if told.cards:
        tail += f" What its article says still stands on {plural(len(told.cards), 'card')}, which can be taken away one by one."
    row = (press("Brief", "brief", told.brief.slug),) if told.brief.state is State.APPROVED else ()
    cards = tuple(press(label, "curate card", name=label) for label in told.cards[:CARDS_MAX])
    return decided_page(f"{done} {tail}", told.number, told.brief.slug, row=(*row, *cards))


def _posts(told: Told) -> str:
    """What becomes of the posts that carry it."""
    parts = []
    if told.posts:
        parts.append(f"{_carrying(told.posts, 'post')} put right now, and the next edition there says so, too.")
    if told.shared:
        parts.append(f"{_carrying(told.shared, 'shared post')} put right{'' if told.posts else ' now'}.")
    if told.left:
        whose, them = ("that channel", "it") if told.left == 1 else ("those channels", "them")
        parts.append(f"{_carrying(told.left, 'shared post')} out of the bot's reach; whoever manages {whose} can delete {them}.")
    return " ".join(parts) or "No post carries it."


def _carrying(count: int, what: str) -> str:
    return f"{plural(count, what)} that {'carries it is' if count == 1 else 'carry it are'}"


async def _correct(ask: Ask, desk: Desk) -> Message:
    given = ask.options
    drop = given.get("drop") == YES
    if not drop and not given.get("text", "").strip():
        raise BadInput('Write the line as it should be, text:"…", or drop:yes to take it out.')
    told = await desk.curate.afterwards.correct(
        curator_of(ask.asker),
        given["brief"],
        number_of(given["line"], "line"),
        given.get("text", ""),
        cites=given.get("cites", ""),
        why=given["why"],
        drop=drop,
    )
    return _told(told, "Corrected." if not drop else "Taken out.")


CORRECT: Final = Command(
    path=("curate", "correct"),
    help="Put a line of an approved brief right: posts that carry it are corrected, readers are told",
    answer=_correct,
    options=(
        BRIEF,
        LINE,
        Option("why", "What was wrong", required=True),
        Option("text", "The line as it should be", long=True, in_form=True),
        CITES,
        Option("drop", "Yes: take the line out", choices=(YES,)),
    ),
    examples=('/curate correct ferry line:3 why:"it was another ferry" text:"The ferry sank on Sunday, its owner said." cites:1',),
    who=Role.CURATOR,
)


async def _withdraw(ask: Ask, desk: Desk) -> Message:
    brief = await desk.curate.afterwards.brief(ask.options["brief"])
    why = ask.options["why"]
    if ask.options.get("sure") != YES:
        return withdraw_question(brief, why, await desk.curate.afterwards.carried(brief.slug))
    return _told(await desk.curate.afterwards.withdraw(curator_of(ask.asker), brief.slug, why), f"Withdrawn: “{brief.headline.text}”.")


WITHDRAW: Final = Command(
    path=("curate", "withdraw"),
    help="Take an approved brief back, and say why: posts that carry it say so; it asks first",
    answer=_withdraw,
    options=(BRIEF, Option("why", "What was wrong", required=True), Option("sure", "Yes: without asking first", choices=(YES,))),
    examples=('/curate withdraw ferry why:"the outlet took the report back"',),
    who=Role.CURATOR,
)


async def _corrections(ask: Ask, desk: Desk) -> Message:
    found = await desk.lookup.shelf.corrected(desk.now() - CORRECTED_MAX, sample=await desk.lookup.shows_sample())
    newest = tuple(reversed(found))
    return corrections_page(newest[:LISTED], more=len(newest) > LISTED)


CORRECTIONS: Final = Command(
    path=("standfirst", "corrections"),
    help="What was corrected or withdrawn in the last thirty days",
    answer=_corrections,
    examples=("/standfirst corrections",),
    shared=True,
)
