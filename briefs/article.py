"""A source text, its numbered sentences, and the cited lines that rest on them."""

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

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
    """Words that say how surely ("an estimated"), and the words of the same sentence they weaken ("50,000")."""

    words: str
    of: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who says it.

    Args:
        words: what any line that repeats the content must keep, for example "Reuters reported".
        who: the speaker, for example "Reuters".
        of: words of the sentence that mark the content ("airstrikes"); a line that has them must keep `words`.
    """

    words: str
    who: str
    of: str


@dataclass(frozen=True, slots=True)
class Figure:
    """A number as written, with all that keeps it from being another number.

    Args:
        value: as in the sentence, for example "50,000".
        noun: what is counted ("fighters").
        unit: "%", "km" and the like; empty where the noun is the unit.
        hedge: as in the sentence ("an estimated"); empty where the number is stated flatly.
        whose: whose figure it is; empty where the article does not say.
    """

    value: str
    noun: str
    unit: str = ""
    hedge: str = ""
    whose: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence of an article.

    Args:
        number: counted from 1 within the article.
        paragraph: counted from 1 within the article.
        start, end: character offsets into the article's text; both 0 in a retelling, which has no text.
    """

    number: int
    paragraph: int
    text: str
    start: int = 0
    end: int = 0
    hedges: tuple[Hedge, ...] = ()
    attributions: tuple[Attribution, ...] = ()
    figures: tuple[Figure, ...] = ()


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
        title, outlet, byline, licence: empty where not given.
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

    Raises:
        Ungrounded: no citation, more than three, REFUSED, or a marked part that `text` does not have.
    """

    text: str
    citations: tuple[Citation, ...]
    level: Level = Level.REWORDED
    attributions: tuple[str, ...] = ()
    hedges: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()

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


@dataclass(frozen=True, slots=True)
class Approval:
    """Which curator stands behind lines that readers see, and since when (aware)."""

    by: str
    at: datetime
