"""A post put right: the line as it stands now, what it was, and since when; a line or a story that was taken out, or is back."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, date
from typing import Final

from briefs.article import CitedLine
from briefs.brief import Brief, Correction, Size, State
from briefs.brief_lines import gone
from briefs.message import Block, Button, Buttons, Heading, Label, Line, Message, Notice, Rich, Section, Story, Words
from briefs.pages.brief import story
from briefs.pages.corrected_answer import answer_corrected, answer_returned, answer_withdrawn, put_for
from briefs.pages.corrections import ENDS, dated, day_of, sentence
from briefs.pages.presses import press
from briefs.pages.wording import both_forms, day, line

Edit = Callable[[Message], Message | None]

_CHECK: Final = "Check every line"


def mended_message(message: Message, before: Brief, after: Brief, today: date) -> Message | None:
    """The post as it reads once the brief stands as it does after its last correction; None where it says nothing of it.

    Args:
        message: as it stands in the channel.
        today: the day a story that was withdrawn came back, where it did.
    """
    if before.state is State.WITHDRAWN:
        return restored_message(message, after, before.corrections[-1], today)
    made = after.corrections[-1]
    if after.state is State.WITHDRAWN:
        return _either(
            message, lambda post: withdrawn_message(post, before, made), lambda post: answer_withdrawn(post, before, _notice(before, made))
        )
    if made.back and made.line is not None:
        line_ = made.line
        taken = next((one for one in reversed(before.corrections) if one.line is None and one.was == made.was), made)
        back = _either(
            message,
            lambda post: returned_message(post, after, line_, taken, made),
            lambda post: answer_returned(post, note(taken), note(made)),
        )
        return _told_undone(back, before, after)
    old = gone(before, after, made.was)
    if old is None:
        return None
    mended = _either(
        message, lambda post: corrected_message(post, after, old, made), lambda post: answer_corrected(post, old, made.line, note(made))
    )
    return _told_undone(mended, before, after)


def _either(message: Message, in_stories: Edit, elsewhere: Edit) -> Message | None:
    """The message mended in its stories, and in whatever else it shows; None where nothing of it was to be."""
    mended = in_stories(message)
    return elsewhere(mended or message) or mended


def _told_undone(message: Message | None, before: Brief, after: Brief) -> Message | None:
    """The post saying of a correction that has just been taken back that it was, in the place where it told of it."""
    if message is None:
        return None
    undone = {note(was): note(now) for was, now in zip(before.corrections, after.corrections, strict=False) if now.undone != was.undone}
    blocks = [
        replace(block, lines=tuple(undone.get(told, told) for told in block.lines)) if isinstance(block, Story | Section) else block
        for block in message.blocks
    ]
    return replace(message, blocks=tuple(blocks))


def corrected_message(message: Message, brief: Brief, old: CitedLine, correction: Correction) -> Message | None:
    """The post with the line as it stands now and a dated CORRECTION below the story; None where it does not carry the line.

    Args:
        message: as it stands in the channel.
        brief: as it is now.
        old: the line that was corrected.
    """
    told = tuple(_mended(block, old, correction) if isinstance(block, Story) and _of(block, brief) else block for block in message.blocks)
    if told == message.blocks:
        return None
    summary = message.summary
    if correction.line is not None:
        summary = put_for(summary, both_forms(old), both_forms(correction.line))
    return replace(message, summary=summary, blocks=told)


def returned_message(message: Message, brief: Brief, line_: CitedLine, taken: Correction, correction: Correction) -> Message | None:
    """The post with a line that was taken out where it stood, and that it stands again; None where it never lost the line.

    Args:
        brief: as it is now, with the line.
        taken: the correction that took the line out, of which the post says so.
    """
    lost = note(taken)
    told = tuple(
        _returned(block, brief, line_, correction) if isinstance(block, Story) and _of(block, brief) and lost in block.lines else block
        for block in message.blocks
    )
    return None if told == message.blocks else replace(message, blocks=told)


def withdrawn_message(message: Message, brief: Brief, correction: Correction) -> Message | None:
    """The post with a dated WITHDRAWN in the place of the story; None where it has no such story."""
    if not any(isinstance(block, Story) and _of(block, brief) for block in message.blocks):
        return None
    headline = both_forms(brief.headline)
    notice = _notice(brief, correction)
    blocks = [notice if isinstance(block, Story) and _of(block, brief) else _without(block, brief.slug) for block in message.blocks]
    return replace(message, summary=put_for(message.summary, headline, f"withdrawn: {headline}"), blocks=tuple(blocks))


def _notice(brief: Brief, correction: Correction) -> Notice:
    """That a brief was withdrawn, since when and why."""
    why = f" {sentence(correction.why)}" if correction.why.strip() else ""
    head = f"WITHDRAWN {day(day_of(correction, UTC))}:"
    return Notice((Label(head), Words(f" “{brief.headline.text}”.{why} What stood here is not to be relied on.")))


def restored_message(message: Message, brief: Brief, withdrawn: Correction, today: date) -> Message | None:
    """The post with the story again in the place of the notice that it was withdrawn; None where there is no such notice.

    Args:
        today: the day it came back.
    """
    head = Label(f"WITHDRAWN {day(day_of(withdrawn, UTC))}:")
    places = [
        at for at, block in enumerate(message.blocks) if isinstance(block, Notice) and block.spans[:1] == (head,) and _names(block, brief)
    ]
    if not places:
        return None
    headline = both_forms(brief.headline)
    before = sum(isinstance(block, Story) for block in message.blocks[: places[0]])
    back = story(before + 1, brief, today=today)
    mended = [note(one) for one in brief.mended]
    back = replace(back, lines=(*back.lines, *mended, Line((Label(f"BACK {day(today)}:"), Words(" it was withdrawn, and stands again.")))))
    blocks = [back if at == places[0] else _with(block, brief) for at, block in enumerate(message.blocks)]
    return replace(message, summary=message.summary.replace(f"withdrawn: {headline}", headline), blocks=tuple(blocks))


def _names(notice: Notice, brief: Brief) -> bool:
    return any(isinstance(span, Words) and brief.headline.text in span.text for span in notice.spans)


def _of(block: Story, brief: Brief) -> bool:
    return block.open.command == press("", "brief", brief.slug).command


def _mended(block: Story, old: CitedLine, correction: Correction) -> Story:
    now = correction.line
    lines = list(block.lines)
    hit = False
    for at, told in enumerate(block.lines):
        if not _says(told, old):
            continue
        hit = True
        if now is not None:
            fresh = line(now)
            lines[at] = Line((*_labels(told.spans), *fresh.spans), fresh.cites)
    if now is None and hit:
        lines = [told for told in lines if not _says(told, old)]
    headline = block.headline
    if headline == both_forms(old) and now is not None:
        headline, hit = both_forms(now), True
    return replace(block, headline=headline, lines=(*lines, note(correction))) if hit else block


def _returned(block: Story, brief: Brief, lost: CitedLine, correction: Correction) -> Story:
    """The story with the line behind the nearest it stands behind in the brief."""
    if any(_says(told, lost) for told in block.lines):
        return block
    whole = story(block.number, brief, Size.FULL).lines
    at = next((at for at, told in enumerate(whole) if _says(told, lost)), None)
    if at is None:
        return block
    ahead = {_plain(told.spans).casefold() for told in whole[:at]}
    place = 1 + max((where for where, told in enumerate(block.lines) if _plain(told.spans).casefold() in ahead), default=-1)
    return replace(block, lines=(*block.lines[:place], whole[at], *block.lines[place:], note(correction)))


def note(correction: Correction) -> Line:
    """What was corrected, as the post says below the story."""
    why = f" {sentence(correction.why)}" if correction.why.strip() else ""
    gone = " The line was taken out." if correction.became is None else ""
    cites = line(correction.became).cites if correction.became else ()
    # Under words that stand there again, they would read as what was wrong.
    between = correction.undone is not None and correction.became is not None and not correction.back
    told = correction.became.text if between and correction.became else correction.was
    what = "In between" if between else "Stands again" if correction.back else "Was"
    said = f"“{told}”{'' if told[-1] in ENDS else '.'}"
    return Line((Label(f"CORRECTION {dated(correction)}:"), Words(f"{why} {what}: {said}{gone}")), cites)


def _says(told: Line, old: CitedLine) -> bool:
    """Whether a line of a post is that line; after a label its first letter may have lost its capital."""
    shown = _plain(told.spans[len(_labels(told.spans)) :])
    return shown.casefold() == _plain(line(old).spans).casefold()


def _labels(spans: Rich) -> Rich:
    """The label a line begins with, and the blank behind it."""
    if spans and isinstance(spans[0], Label):
        return spans[:2] if len(spans) > 1 and isinstance(spans[1], Words) and not spans[1].text.strip() else spans[:1]
    return ()


def _plain(spans: Rich) -> str:
    return "".join(span.text for span in spans if hasattr(span, "text"))


def _without(block: Block, slug: str) -> Block:
    """The buttons without the brief that is gone."""
    return replace(block, buttons=tuple(_less(block.buttons, slug))) if isinstance(block, Buttons) else block


def _with(block: Block, brief: Brief) -> Block:
    """The buttons with the brief that is back, and the headline of an answer about it."""
    slug, headline = brief.slug, both_forms(brief.headline)
    if isinstance(block, Heading):
        return replace(block, text=block.text.replace(f"withdrawn: {headline}", headline))
    if not isinstance(block, Buttons) or not any(button.command == press("", "digest list").command for button in block.buttons):
        return block
    old = next((button for button in block.buttons if button.label == _CHECK), None)
    slugs = [*(old.command.removeprefix("/source ").split(",") if old else ()), slug]
    others = tuple(button for button in block.buttons if button is not old)
    return replace(block, buttons=(press(_CHECK, "source", ",".join(dict.fromkeys(slugs))), *others))


def _less(row: Sequence[Button], slug: str) -> Sequence[Button]:
    kept = []
    for button in row:
        if button.label != _CHECK:
            kept.append(button)
        elif left := [one for one in button.command.removeprefix("/source ").split(",") if one != slug]:
            kept.append(press(_CHECK, "source", ",".join(left)))
    return kept
