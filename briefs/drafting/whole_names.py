"""Names as they are written, whole: two names that share a word are two unless one is a shorter form of the other."""

from collections.abc import Iterator, Sequence, Set
from typing import Final

from briefs.drafting.lexicon import row
from briefs.drafting.verbs import AUXILIARIES, is_verb
from briefs.drafting.words import Sort, Word
from briefs.folding import fold
from briefs.reading.given_names import given_names
from briefs.reading.nouns import is_plural
from briefs.reading.places import places
from briefs.reading.titles import OFFICES, ROLES, TITLES

PERSONS: Final = TITLES | OFFICES | ROLES
CALENDAR: Final = row(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october "
    "november december"
)
APART: Final = row("north south east west northern southern eastern western new old upper lower greater inner outer")
NONE: Final[frozenset[str]] = frozenset()
_NO_NAME_ENDS: Final = ("s", "ing", "day", "ly", "ed")
_NO_NAMES: Final = row("yesterday today tomorrow meanwhile later earlier")  # before a name at the beginning of a sentence


def spans(text: Sequence[Word]) -> Iterator[range]:
    """Names as they are written: words with capitals side by side."""
    start: int | None = None
    for at in range(len(text) + 1):
        inside = at < len(text) and text[at].sort is Sort.NAME and text[at].plain not in CALENDAR
        if inside and start is not None and (text[at].before.strip(" ") or text[at].at == 0):
            yield range(start, at)
            start = at
        elif inside and start is None:
            start = at
        elif not inside and start is not None:
            yield range(start, at)
            start = None


def whole_names(text: Sequence[Word], known: Set[str] = NONE, common: Set[str] = NONE) -> tuple[range, ...]:
    """The names of a text, those with "of" between in one: "the Council of Brekke".

    Args:
        known: words without case that are names elsewhere, and so where a sentence begins with them.
        common: words that stand elsewhere without a capital, and so are no names there.
    """
    found: list[range] = []
    for span in _with_first_words(text, known, common):
        first = span.start
        joined = bool(found) and found[-1].stop == first - 1 and text[first - 1].plain == "of" and text[first].at > 0
        if joined and not text[first].before.strip(" ") and not text[first - 1].before.strip(" "):
            found[-1] = range(found[-1].start, span.stop)
        else:
            found.append(span)
    return tuple(found)


def _with_first_words(text: Sequence[Word], known: Set[str], common: Set[str]) -> Iterator[range]:
    """The names, and those of which a sentence's first word is all or part, and which has its capital for its place too."""
    found = {span.start: span for span in spans(text)}
    for at, word in enumerate(text):
        if word.at or not word.capital or word.sort is not Sort.CONTENT or word.plain in _NO_NAMES:
            continue
        follows = found.get(at + 1)
        if follows is not None and text[at + 1].at and not text[at + 1].before.strip(" "):
            del found[at + 1]
            found[at] = range(at, follows.stop)
        elif word.plain in known or (word.plain not in common and (_is_known(word) or _acts(text, at))):
            found[at] = range(at, at + 1)
    return iter(sorted(found.values(), key=lambda span: span.start))


def _is_known(word: Word) -> bool:
    return any(key.startswith("@") for key in word.keys) or fold(word.plain) in given_names() or fold(word.plain) in places().named


def _acts(text: Sequence[Word], at: int) -> bool:
    """Whether a first word stands right before a verb or "'s" without an article, and is no plural."""
    if at + 1 >= len(text) or text[at + 1].before.strip(" ") or is_plural(text[at].plain) or text[at].plain.endswith(_NO_NAME_ENDS):
        return False
    return text[at + 1].plain in AUXILIARIES or text[at + 1].plain == "'s" or is_verb(text, at + 1)


def name_words(text: Sequence[Word]) -> frozenset[str]:
    """The words of a text that are names for certain, without case."""
    return frozenset(text[at].plain for span in spans(text) for at in span)


def same_name(one: Sequence[Word], other: Sequence[Word]) -> bool:
    """Whether two names may be one's: but for titles, the words of the shorter one all stand in the longer."""
    short, long = sorted((_bare(one), _bare(other)), key=len)
    return bool(short) and all(any(word.keys & there.keys for there in long) for word in short)


def _bare(name: Sequence[Word]) -> list[Word]:
    heavy = [word for word in name if word.heavy]
    return [word for word in heavy if fold(word.plain) not in PERSONS] or heavy


def told_apart(short: Sequence[Word], long: Sequence[Word]) -> bool:
    """Whether the longer of two names that may be one's has a word that tells it from the shorter: no title and no given name."""
    more = [word for word in long if word.heavy and not any(word.keys & there.keys for there in short)]
    return any(word.plain in APART or not _is_titular(fold(word.plain)) for word in more)


def _is_titular(word: str) -> bool:
    return word in PERSONS or word in given_names()
