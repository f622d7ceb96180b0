"""What is kept of whoever asks, and that it is forgotten."""

from dataclasses import dataclass
from typing import Final

from briefs.message import Buttons, Heading, Line, Message, Prose, Section, words
from briefs.pages.presses import press
from briefs.pages.wording import plural

STAYS: Final = (
    "What you shared with a channel, and digests that were posted: the platform keeps them, and you or a manager can delete them there.",
    "Words of yours that a curator quoted in an answer or a correction.",
    "Backups and logs of whoever runs this bot: ask them.",
)


@dataclass(frozen=True, slots=True)
class Kept:
    """What is kept of a person: their reports, the digests they asked for and the posts they shared, in this space; what they decided."""

    reports: int
    digests: int
    decisions: int
    shared: int = 0


def forget_page(kept: Kept) -> Message:
    """What is kept of the asker, what forgetting does, what it cannot take back; it asks first."""
    told = _told(kept)
    if not told:
        text = "Nothing is kept of you here."
        return Message(text, (Prose(words(text)), _stays()))
    row = (press("Forget me", "standfirst forget", sure="yes"), press("What is stored", "standfirst privacy"))
    summary = "This is kept of you. Forget it?"
    return Message(summary, (Heading(summary), Section("Kept of you", tuple(told)), _stays(), Buttons(row)))


def forgotten_page(kept: Kept) -> Message:
    """What was forgotten."""
    parts = [
        *([plural(kept.reports, "report")] if kept.reports else []),
        *([f"that you asked for {plural(kept.digests, 'digest')}"] if kept.digests else []),
        *([f"that you shared {plural(kept.shared, 'post')}"] if kept.shared else []),
        *([f"that {plural(kept.decisions, 'decision')} {'was' if kept.decisions == 1 else 'were'} yours"] if kept.decisions else []),
    ]
    text = f"Forgotten: {'; '.join(parts)}." if parts else "Nothing was kept of you here."
    return Message(text, (Prose(words(text)), _stays()))


def _told(kept: Kept) -> list[Line]:
    lines = []
    if kept.reports:
        lines.append(f"{plural(kept.reports, 'report')} of something wrong: your words, and what came of them. Deleted.")
    if kept.digests:
        lines.append(f"That you asked for {plural(kept.digests, 'digest')} here: they come as before, but nobody is told when one stops.")
    if kept.shared:
        lines.append(
            f"What {plural(kept.shared, 'post')} that you shared {'says' if kept.shared == 1 else 'say'}, with your name: deleted here. "
            "They stay in their channels, and corrections do not reach them any more."
        )
    if kept.decisions:
        lines.append(
            f"{plural(kept.decisions, 'decision')} as a curator: they stay, with approvals and corrections, as those of “a curator”, "
            "and you can no longer undo them as your own last one."
        )
    return [Line(words(line)) for line in lines]


def _stays() -> Section:
    return Section("What we cannot take back", tuple(Line(words(line)) for line in STAYS))
