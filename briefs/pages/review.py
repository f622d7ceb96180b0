"""A draft that waits for a curator, as the curators are told of it."""

from typing import Final

from briefs.article import Level
from briefs.brief import Brief
from briefs.decision import Act, Decision
from briefs.message import Block, Buttons, Heading, Label, Line, Message, Moment, Notice, Section, SmallPrint, Words, words
from briefs.pages.presses import press
from briefs.pages.wording import SEPARATOR, both_forms, line, plural
from briefs.review import Review, Stage

LINES_MAX: Final = 8  # of the draft, told at once: a glance, which fits one message on every platform


_DID: Final = {Act.HELD: "Held", Act.RELEASED: "Released", Act.REJECTED: "Rejected", Act.APPROVED: "Approved", Act.UNDID: "Taken back"}
_STANDS: Final = {
    Stage.WAITING: "It waits for a curator again.",
    Stage.HELD: "Nobody approves it meanwhile.",
    Stage.REJECTED: "Readers do not see it.",
    Stage.APPROVED: "Readers have it.",
}


def review_decided_page(brief: Brief, review: Review | None, made: Decision) -> Message:
    """What the request for a review says once somebody has decided: what, who, when, and how the draft stands now.

    Args:
        review: as it is now; None: it is gone with its draft.
    """
    if review is None:
        stands = "There is no such draft any more."
    elif made.act is Act.APPROVED and review.stage is Stage.WAITING:
        stands = "It takes one more curator's eyes."
    else:
        stands = _STANDS[review.stage]
    together = review is not None and review.stage is Stage.APPROVED and made.act is Act.APPROVED
    by = " and ".join(eye.by for eye in review.eyes) if together and review else made.by
    did = f"{_DID.get(made.act, made.act.value.capitalize())} by {by}"
    why = f": {made.reason}{'' if made.reason[-1] in '.!?…' else '.'}" if made.reason else "."
    row = (press("Open", "curate open", brief.slug),) if review is not None else ()
    blocks: tuple[Block, ...] = (
        Heading(f"Draft: {brief.headline.text}"),
        Notice((Label(f"{did}{why}"), Words(f" {stands}"))),
        SmallPrint((Words(f"{brief.slug}{SEPARATOR}"), Moment(made.at))),
        Buttons((*row, press("What was decided", "curate log", brief.slug))),
    )
    return Message(f"{did}: {brief.headline.text}", blocks, only_asker=False)


def review_page(draft: Brief, review: Review) -> Message:
    """Ask for a review: the draft's lines with their sentences, how far each is from its own, and what is to be decided."""
    lines = [draft.bottom_line, *(point.line for point in draft.points)]
    told = SEPARATOR.join(f"{count} {level.value}" for level in Level if (count := sum(one.level is level for one in lines)))
    about = f"{plural(len(lines), 'line')}: {told}"
    if review.merges:
        about += f"{SEPARATOR}{plural(len(review.merges), 'name')} to decide on"
    shown: tuple[Line, ...] = tuple(line(one) for one in lines[:LINES_MAX])
    by = f" {review.given_by} gave the article." if review.given_by else ""
    blocks: tuple[Block, ...] = (
        Heading(f"Draft: {both_forms(draft.headline)}"),
        Notice((Label("Waits for a curator."), Words(f" No reader sees it, and no digest carries it, before it is approved.{by}"))),
        Section("Its lines", shown),
        SmallPrint(words(f"{draft.slug}{SEPARATOR}{about}{SEPARATOR}[n] = sentence n of the article")),
        Buttons((press("Open", "curate open", draft.slug), press("Queue", "curate queue"))),
    )
    return Message(f"A draft waits for a curator: {both_forms(draft.headline)}", blocks, only_asker=False)
