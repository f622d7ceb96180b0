"""The curators' desk in lists: what waits, what was decided, and what a decision did."""

from collections.abc import Sequence
from typing import Final

from briefs.brief import Brief
from briefs.brief_lines import Numbered, numbered
from briefs.decision import Decision
from briefs.message import (
    Block,
    Button,
    Buttons,
    Channel,
    Choice,
    Choices,
    Heading,
    Label,
    Line,
    Message,
    Moment,
    Prose,
    Section,
    SmallPrint,
    Span,
    Typed,
    Words,
    words,
)
from briefs.pages.presses import press, turn
from briefs.pages.wording import SEPARATOR, line, plural
from briefs.review import Dossier, Stage

LOG_A_PAGE: Final = 10


def queue_page(waiting: Sequence[Dossier], *, more: bool) -> Message:
    """Drafts that wait, the longest waiting first; how to give an article where none does.

    Args:
        more: others wait behind them.
    """
    if not waiting:
        text = "No draft waits for a curator."
        return Message(text, (Prose((Words(f"{text} Give an article with "), Typed("/curate add"), Words("."))),))
    blocks: list[Block] = [Heading("Drafts that wait"), Choices("Which one?", tuple(map(_choice, waiting)))]
    if more:
        blocks.append(SmallPrint(words("The others come up as these are decided on.")))
    return Message(f"{plural(len(waiting), 'draft')} {'waits' if len(waiting) == 1 else 'wait'} for a curator.", tuple(blocks))


def _choice(on: Dossier) -> Choice:
    brief, review = on.brief, on.review
    parts = ["held" if review.stage is Stage.HELD else "waiting", plural(len(numbered(brief)), "line")]
    parts += [f"{plural(len(review.merges), 'name')} to decide on"] if review.merges else []
    parts += [f"given by {review.given_by}"] if review.given_by else []
    return Choice(brief.headline.text, review.slug, press("", "curate open", review.slug).command, Line(words(SEPARATOR.join(parts))))


def decided_page(
    done: str, number: int, slug: str, *, shown: Numbered | None = None, verdict: str = "", row: Sequence[Button] = ()
) -> Message:
    """What a decision did, and how to take it back.

    Args:
        done: a sentence.
        slug: the draft's or brief's; empty: it was about none.
        shown: a line as it stands now, with its verdict.
        row: what to do next.
    """
    blocks: list[Block] = [Prose(words(done))]
    if shown is not None:
        blocks.append(Section(f"Line {shown.number}{SEPARATOR}{shown.title}", (line(shown.line),)))
    if verdict:
        blocks.append(SmallPrint(words(verdict)))
    opened = (press("The draft", "curate open", slug),) if slug and not row else ()
    blocks.append(Buttons((*row, *opened, press("Undo", "curate undo", str(number)))))
    return Message(done, tuple(blocks))


def log_page(decisions: Sequence[Decision], about: str, *, before: int, more: bool) -> Message:
    """What was decided, the newest first: who, when, what, why.

    Args:
        about: the slug asked for; empty: everything.
        before: what is shown begins below that number; 0: with the newest.
        more: there are older ones.
    """
    where = f" on “{about}”" if about else ""
    if not decisions:
        text = f"Nothing{' older' if before else ''} has been decided{where} yet."
        return Message(text, (Prose(words(text)),))
    lines = tuple(_told(one, about) for one in decisions)
    blocks: list[Block] = [Heading(f"Decisions{where}"), Section("The newest first", lines)]
    row = [turn("Older ▶", "curate log", about, before=decisions[-1].number)] if more else []
    if row:
        blocks.append(Buttons(tuple(row)))
    blocks.append(
        SmallPrint(
            (
                Words("One is taken back with "),
                Typed(f"/curate undo {decisions[0].number}"),
                Words(f"{SEPARATOR}all of them in a file: "),
                Typed("standfirst log"),
            )
        )
    )
    return Message(f"{plural(len(decisions), 'decision')}{where}, the newest first.", tuple(blocks))


def _told(one: Decision, about: str) -> Line:
    spans: list[Span] = [Label(f"{one.number}"), Words(" "), Moment(one.at), Words(f"{SEPARATOR}{one.by} {one.act.value}")]
    spans.append(Words(f"{'' if about or not one.about else f' “{one.about}”'}{f': {one.told}' if one.told else ''}"))
    if one.reason:
        spans.append(Words(f"{SEPARATOR}{one.reason}"))
    if one.undoes:
        spans.append(Words(f" (decision {one.undoes})"))
    return Line(tuple(spans))


def here_page(channel: str, number: int) -> Message:
    """From now on reviews go to this channel."""
    said = "From now on drafts to review, and what readers find wrong, come to this channel"
    blocks = (Prose((Words(f"{said}: "), Channel(channel), Words("."))), Buttons((press("Undo", "curate undo", str(number)),)))
    return Message(f"{said}.", blocks)


def added_page(slug: str, told: str, remarks: Sequence[str], *, drafted: bool, like: Sequence[str] = ()) -> Message:
    """What became of an article that was given.

    Args:
        told: a sentence.
        remarks: what whoever gave it should look at.
        drafted: there is a draft of it to open.
        like: handles of articles that tell the same.
    """
    blocks: list[Block] = [Prose(words(told))]
    if like:
        text = f" {', '.join(like)} {'tells' if len(like) == 1 else 'tell'} the same in much the same words."
        blocks.append(Prose((Label("Told before:"), Words(text))))
    if remarks:
        blocks.append(Section("Please look at", tuple(Line(words(remark)) for remark in remarks)))
    row = [press("Open the draft", "curate open", slug)] if drafted else [press("Its first sentence", "source", f"{slug}:1")]
    row += [press(f"Another source of {handle}", "curate also", slug, of=handle) for handle in like[:2]] if drafted else []
    return Message(told, (*blocks, Buttons(tuple(row))))


def undecided_question(on: Dossier) -> Message:
    """Whether a draft is really to be approved with names in doubt: which they are, and what becomes of them."""
    names, review = len(on.review.merges), on.review
    text = (
        f"{'One question about names is' if names == 1 else f'{names} questions about names are'} not decided on. "
        f"Approved all the same, the names stay apart, and can still be decided on afterwards: /curate open {review.slug}."
    )
    told = tuple(Line(words(f"“{one.one}” and “{one.other}”: {one.reason}")) for one in review.merges)
    row = (
        press("Decide first", "curate open", review.slug),
        press("Approve all the same", "curate approve", review.slug, v=review.version, sure="yes"),
    )
    return Message(text, (Prose(words(text)), Section("Names to decide on", told), Buttons(row)))


def together_question(draft: str, name: str, other: str, sentence: str, version: int) -> Message:
    """Whether two names that stand side by side in a sentence are really to be one.

    Args:
        draft: its slug, or an approved brief's; empty for cards of the shelf.
        sentence: it has both.
        version: the draft's that was seen; 0: none.
    """
    text = f"“{name}” and “{other}” stand side by side in one sentence, as two do. Are they one thing all the same?"
    seen: dict[str, str | int] = {"v": version} if version else {}
    both: dict[str, str | int] = {"name": name, "other": other, **seen}
    row = (press("One all the same", "curate merge", draft, **both, sure="yes"), press("Two", "curate apart", draft, **both))
    return Message(text, (Prose(words(text)), Section("The sentence", (Line(words(sentence)),)), Buttons(row)))


def withdraw_question(brief: Brief, why: str, channels: int) -> Message:
    """Whether a brief is really to be taken back, with what that does."""
    had = (
        f" Posts in {plural(channels, 'channel')} have carried it; those that can be changed will say that it was withdrawn."
        if channels
        else ""
    )
    text = f"Withdraw “{brief.headline.text}”? Readers do not see it any more, and the list of corrections names it.{had}"
    row = (press("Withdraw it", "curate withdraw", brief.slug, why=why, sure="yes"), press("The brief", "brief", brief.slug))
    return Message(text, (Prose(words(text)), Buttons(row)))
