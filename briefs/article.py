"""A source text, its numbered sentences, and the cited lines that rest on them."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from briefs.day import LineDate
from briefs.errors import Ungrounded

CITATIONS_MAX = 3  # sentences one line may rest on; more is a paragraph, not a line


@dataclass(frozen=True, slots=True, order=True)
class Citation:
    """A place in an article.

    Args:
        article: the article's id, 64 hexadecimal digits.
        sentence: the sentence's number, counted from 1 within the article.
    """

    article: str
    sentence: int


@dataclass(frozen=True, slots=True)
class Hedge:
    """Words that say how surely ("an estimated"), and the words of the same sentence they weaken ("50,000").

    Args:
        start, end: where `words` stand in the sentence's text; both 0 where a curator marked it by hand.
    """

    words: str
    of: str
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it. Nested ones are one entry each, outermost first; an inner one stands within the outer one's content.

    Args:
        words: what any line that repeats the content must keep, for example "Reuters reported".
        who: the speaker, for example "Reuters"; empty where nobody is named ("reportedly").
        of: words of the sentence that mark the content ("airstrikes"); a line that has them must keep `words`.
        cue: the words of saying as written ("reported", "according to"); empty where a curator marked it by hand.
        start, end: where the content stands in the sentence's text; both 0 where a curator marked it by hand.
        nominal: the cue is a noun ("a statement by", "the claim that").
    """

    words: str
    who: str
    of: str
    cue: str = ""
    start: int = 0
    end: int = 0
    nominal: bool = False


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written, with all that keeps it from being another number.

    Args:
        value: as in the sentence, for example "50,000".
        noun: what is counted ("fighters").
        unit: "%", "km" and the like; empty where the noun is the unit.
        hedge: as in the sentence ("an estimated"); empty where the number is stated flatly.
        whose: whose figure it is; empty where the article does not say.
        start, end: where `value` stands in the sentence's text; both 0 where a curator marked it by hand.
    """

    value: str
    noun: str
    unit: str = ""
    hedge: str = ""
    whose: str = ""
    start: int = 0
    end: int = 0


@dataclass(frozen=True, slots=True)
class Quote:
    """Words in quotation marks.

    Args:
        start, end: where they stand in the sentence's text, inside the marks.
        who: who said them, as written; empty where nobody is named.
    """

    start: int
    end: int
    who: str = ""


class ModalKind(StrEnum):
    """What keeps an act from being done, or a state from being so."""

    CONSIDERS = "considers"  # considering, weighing, in talks about
    INTENDS = "intends"  # plans to, vows to, will, is to, is prepared to
    THREATENS = "threatens"
    OFFERS = "offers"
    DEMANDS = "demands"
    ASKS = "asks"
    MAY = "may"  # may, might, could, can
    SHOULD = "should"  # should, must, ought to, has to
    WOULD = "would"  # what follows from something that is not so yet
    CONDITION = "condition"  # if, unless, in case
    EXPECTS = "expects"  # is expected to, is likely to, hopes
    WANTS = "wants"  # wants to, hopes to, in the hope of
    TRIES = "tries"  # attempts to, seeks to
    BEGINS = "begins"  # has begun emptying, which is not having emptied
    AGREES = "agrees"  # has agreed to, which is not yet having done it
    ALLOWS = "allows"  # lets, permits, enables


@dataclass(frozen=True, slots=True)
class Modal:
    """Words that say an act is not done, or not yet ("are considering"), and what they govern.

    Args:
        words: the cue as written ("are considering", "will", "if").
        start, end: where the cue stands in the sentence's text.
        of: what it governs as far as it can be seen ("disarming"); empty where nothing follows.
    """

    words: str
    kind: ModalKind
    start: int
    end: int
    of: str = ""


@dataclass(frozen=True, slots=True)
class Negation:
    """A word that denies ("not", "nor", "without"), and where it stands in the sentence's text.

    Args:
        of: the words it denies as far as they can be seen ("acknowledged"); empty where nothing follows.
    """

    words: str
    start: int
    end: int
    of: str = ""


@dataclass(frozen=True, slots=True)
class DateMark:
    """Words that name a time ("20 August", "last year", "Thursday").

    Args:
        start, end: where they stand in the sentence's text.
        resolved: "2025-03-20", "2025-03" or "2025", where that follows from the words alone or with a known
            publication date; else empty.
        relative: the words need a day to count from.
        past: the words around it tell of what has happened, so that a bare "Thursday" is the one before.
        quoted: somebody's own words, which count from the day they were spoken, not from the day of publication.
    """

    words: str
    start: int
    end: int
    resolved: str = ""
    relative: bool = False
    past: bool = False
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article.

    Args:
        number: counted from 1 within the article.
        paragraph: counted from 1 within the article.
        start, end: character offsets into the article's text; both 0 in a retelling, which has no text. Marks, below,
            count theirs from the sentence's own first character, so that a retelling's have places too.
    """

    number: int
    paragraph: int
    text: str
    start: int = 0
    end: int = 0
    hedges: tuple[Hedge, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    figures: tuple[Figure, ...] = ()
    quotes: tuple[Quote, ...] = ()
    modals: tuple[Modal, ...] = ()
    negations: tuple[Negation, ...] = ()
    dates: tuple[DateMark, ...] = ()


class Wording(StrEnum):
    """Whose words an article's sentences are."""

    ORIGINAL = "original"
    RETELLING = "retelling"


@dataclass(frozen=True, slots=True)
class Article:
    """A source text, never changed, or our own retelling of one that is not attached.

    Args:
        id: `article_id` of the original text, 64 hexadecimal digits; a retelling bears the original's.
        handle: the short name people type, unique on the installation ("iraq" in `iraq:12`).
        title, outlet, byline, licence, link: empty where not given; a link is an https address, and is shown as text only.
        published: None where not given; a datetime is aware.
        text: the untouched text the offsets point into; empty for a retelling.
        sentences: in reading order, numbered 1, 2, 3 …; never empty.
        sample: the article belongs to the bundled SAMPLE.
    """

    id: str
    handle: str
    sentences: tuple[Sentence, ...]
    wording: Wording = Wording.ORIGINAL
    title: str = ""
    outlet: str = ""
    byline: str = ""
    published: date | datetime | None = None
    licence: str = ""
    text: str = ""
    sample: bool = False
    link: str = ""

    @property
    def paragraphs(self) -> int:
        """How many paragraphs the article has."""
        return max(sentence.paragraph for sentence in self.sentences)

    def sentence(self, number: int) -> Sentence | None:
        """The sentence of that number, counted from 1; None where there is none."""
        return self.sentences[number - 1] if 1 <= number <= len(self.sentences) else None


def article_id(text: str) -> str:
    """The id of an article: SHA-256 over its UTF-8 text with LF line ends, without surrounding blank space.

    Args:
        text: the body, after any front matter.

    Returns:
        64 hexadecimal digits. The same text is always the same article, however its lines were ended.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    return hashlib.sha256(plain.encode("utf-8", "surrogatepass")).hexdigest()


class Level(StrEnum):
    """What the gate says of a line beside its own cited sentences."""

    VERBATIM = "verbatim"  # the sentence's own words
    CUT = "cut"  # own words in their own order, parts left out
    REWORDED = "reworded"  # our words, the hard checks pass, a curator approved
    REFUSED = "refused"  # never shown


@dataclass(frozen=True, slots=True)
class CitedLine:
    """One line readers see, and the sentences it rests on.

    Args:
        text: one sentence, or a phrase in a card.
        citations: one to three, never none.
        level: how far its words are from its sentences'.
        attributions: parts of `text` that say who said it ("Reuters reported").
        hedges: parts of `text` that say how surely ("an estimated").
        kept: what the curator took care to keep, for the check ("the condition").
        dates: the relative dates of `text` that the day of publication makes certain, in reading order.

    Raises:
        Ungrounded: no citation, more than three, REFUSED, or a marked part that `text` does not have.
    """

    text: str
    citations: tuple[Citation, ...]
    level: Level = Level.REWORDED
    attributions: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    dates: tuple[LineDate, ...] = ()

    def __post_init__(self) -> None:
        """Refuse a line that rests on nothing: no later check would have anything to hold it to."""
        if not self.text.strip():
            raise Ungrounded("A line without words cannot be shown.")
        if not self.citations:
            raise Ungrounded(f"A line needs the sentence it rests on: “{self.text}”")
        if len(self.citations) > CITATIONS_MAX:
            raise Ungrounded(f"A line rests on at most {CITATIONS_MAX} sentences: “{self.text}”")
        if self.level is Level.REFUSED:
            raise Ungrounded(f"A refused line is never shown: “{self.text}”")
        for part in (*self.attributions, *self.hedges):
            if part not in self.text:
                raise Ungrounded(f"“{part}” is marked but does not stand in “{self.text}”")
        ends = (0, *(place for date in self.dates for place in (date.start, date.end)), len(self.text))
        if list(ends) != sorted(ends):
            raise Ungrounded(f"A date is marked where none stands in “{self.text}”")

    def beside(self, articles: Mapping[str, Article]) -> tuple[tuple[Article, Sentence], ...]:
        """The sentences it cites, each with its article; of articles, by id, and sentences that are there."""
        there = ((articles[c.article], c.sentence) for c in self.citations if c.article in articles)
        return tuple((article, found) for article, number in there if (found := article.sentence(number)) is not None)


@dataclass(frozen=True, slots=True)
class Approval:
    """Which curator stands behind lines that readers see, and since when (aware)."""

    by: str
    at: datetime
