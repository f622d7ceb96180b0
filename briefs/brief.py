"""A brief: the curated summary of one article, section by section."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from briefs.article import Approval, CitedLine
from briefs.errors import Ungrounded

BOTTOM_LINE_WORDS_MAX = 30
STANDARD_LINES_MAX = 12  # the bottom line and the key points of the standard size; the rest waits behind Full brief


class Section(StrEnum):
    """The parts of a brief, in the order readers see; one without a line is left out, never filled."""

    WHAT_HAPPENED = "What happened"
    WHY_IT_MATTERS = "Why it matters"
    FIGURES = "Figures not to be confused"
    NOT_KNOWN = "What is not known"
    WHATS_NEXT = "What's next"
    NOT_THE_SAME = "Not the same"


class Size(StrEnum):
    """How much of a brief is shown: short (a digest's), standard (at most 12 lines), full."""

    SHORT = "short"
    STANDARD = "standard"
    FULL = "full"

    def shows(self, needed: "Size") -> bool:
        """Whether a brief of this size shows a line that first appears at `needed`."""
        return self is Size.FULL or needed is Size.SHORT or self is needed


class State(StrEnum):
    """Where a brief stands; readers only ever see approved ones."""

    DRAFT = "draft"
    APPROVED = "approved"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class KeyPoint:
    """One line of a brief, the section it stands in, and the smallest size that shows it."""

    section: Section
    line: CitedLine
    size: Size = Size.STANDARD


@dataclass(frozen=True, slots=True)
class Step:
    """One dated step of a timeline.

    Args:
        when: the date as the article gives it ("2003", "in January, year not given").
        dated: whether `when` can be put on a calendar; an undated step says so.
        entities: slugs of those it concerns.
    """

    when: str
    dated: bool
    line: CitedLine
    entities: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Correction:
    """What changed in a brief after readers had it; where neither `line` nor `was` is given, the whole brief was withdrawn.

    Args:
        at: the day, or the moment (aware).
        line: as it stands now, one of the brief's lines; None where it was taken out.
        was: the words readers had; empty where the whole brief was withdrawn.
        why: what was wrong, as a sentence or a part of one; may be empty.
        by: the curator; empty where it is not said.
        back: the line had been taken out and stands again, with the words it had.
        made: what it made of the line, where that was changed again since; None: what `line` says.
        undone: when it was taken back, the day or the moment (aware); None: it never was.

    Raises:
        Ungrounded: a line that stands now without the words it had, or one that is back and is not there.
    """

    at: date | datetime
    line: CitedLine | None = None
    was: str = ""
    why: str = ""
    by: str = ""
    back: bool = False
    made: CitedLine | None = None
    undone: date | datetime | None = None

    def __post_init__(self) -> None:
        """Refuse a correction that does not say what was corrected."""
        if self.line is not None and not self.was.strip():
            raise Ungrounded(f"A correction says what the line was: “{self.line.text}”")
        if self.back and self.became is None:
            raise Ungrounded(f"A line that is back stands there: “{self.was}”")

    @property
    def became(self) -> CitedLine | None:
        """What it made of the line, whatever was made of that since; None where it took the line out."""
        return self.made or self.line

    @property
    def withdraws(self) -> bool:
        """Whether the whole brief was withdrawn."""
        return not self.was


@dataclass(frozen=True, slots=True)
class Brief:
    """The curated summary of one article.

    Args:
        slug: short name people type ("iraq"), unique on the installation; also its article's handle.
        article: the article's id.
        headline: at most a line; cited as all else.
        bottom_line: at most 30 words, no stronger than its sentence.
        points: in the order of sections and, within one, of importance.
        timeline: oldest first, undated steps last.
        oddities: the curator's notes on what is odd in the source, shown to readers.
        entities: slugs of everyone named, in order of importance.
        topics: tags a curator puts on it, lower case.
        outlet: empty where the source does not say; `published` is None there.
        approval: present exactly when the state is APPROVED or WITHDRAWN.
        sample: it belongs to the bundled SAMPLE.
        corrections: newest last.
        updates: slug of the brief that it continues; empty where it continues none.
        difference: what is new since that one, as the curator states it; present exactly when `updates` is.
        also: ids of other articles that tell the same, as a curator found: more sources than one.

    Raises:
        Ungrounded: a bottom line that is too long, too many lines at the standard size, a state without its approval, or
            an update that does not say what is new.
    """

    slug: str
    article: str
    headline: CitedLine
    bottom_line: CitedLine
    points: tuple[KeyPoint, ...]
    timeline: tuple[Step, ...] = ()
    oddities: tuple[CitedLine, ...] = ()
    entities: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    outlet: str = ""
    published: date | datetime | None = None
    state: State = State.DRAFT
    approval: Approval | None = None
    sample: bool = False
    corrections: tuple[Correction, ...] = ()
    updates: str = ""
    difference: CitedLine | None = None
    also: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a brief that breaks its own promises."""
        if bool(self.updates) != (self.difference is not None):
            raise Ungrounded("A brief that continues another one says what is new, and cites it.")
        words = len(self.bottom_line.text.split())
        if words > BOTTOM_LINE_WORDS_MAX:
            raise Ungrounded(f"The bottom line has {words} words; at most {BOTTOM_LINE_WORDS_MAX}.")
        lines = 1 + len(self.shown(Size.STANDARD))
        if lines > STANDARD_LINES_MAX:
            raise Ungrounded(f"{lines} lines at the standard size; at most {STANDARD_LINES_MAX}: mark some as full.")
        if (self.state is State.DRAFT) != (self.approval is None):
            raise Ungrounded("An approved or withdrawn brief names who approved it and when; a draft does not.")

    @property
    def lines(self) -> tuple[CitedLine, ...]:
        """Every line of the full brief in the order shown: headline, what is new, bottom line, section by section, oddities."""
        new = (self.difference,) if self.difference else ()
        return (self.headline, *new, self.bottom_line, *(p.line for p in self.shown(Size.FULL)), *self.oddities)

    @property
    def mended(self) -> tuple[Correction, ...]:
        """The corrections that readers are told, newest last: of an approved brief its lines', of a withdrawn one its end alone."""
        if self.state is State.APPROVED:
            return tuple(correction for correction in self.corrections if not correction.withdraws)
        if self.state is not State.WITHDRAWN or self.approval is None:
            return ()
        # One that was withdrawn without a word bears whoever withdrew it, and when, as its approval.
        ends = [correction for correction in self.corrections if correction.withdraws]
        return (ends[-1] if ends else Correction(self.approval.at, by=self.approval.by),)

    def shown(self, size: Size) -> tuple[KeyPoint, ...]:
        """The key points that `size` shows, section by section."""
        return tuple(p for s in Section for p in self.points if p.section is s and size.shows(p.size))
