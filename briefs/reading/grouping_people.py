"""Which names of people are one person: full names that agree, and a surname or given name that only one of them has."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from briefs.folding import fold
from briefs.reading.given_names import Sex, sex_of
from briefs.reading.grouping_forms import Clusters, Form
from briefs.reading.titles import HONORIFICS, NAME_TITLES, NOBLE, PORTFOLIOS, REGAL, TITLES
from briefs.reading.word_lists import word_set

_GENERATIONS: Final = {"jr": "jr", "junior": "jr", "sr": "sr", "senior": "sr"}
_NUMERAL: Final = re.compile(r"[IVX]+")
_OF: Final = frozenset({"of", "for"})
_OFFICE_WORDS: Final = PORTFOLIOS - NAME_TITLES
_OFFICE_LAST: Final = TITLES - NAME_TITLES - word_set("sen rep gov gen col maj capt lt sgt adm cmdr gen")  # Hun Sen is a man
_ARTICLES: Final = frozenset({"al", "el", "ul"})
PARTICLES: Final = word_set(
    """
    van von der den de del della di da du dos das la le bin ibn ben bint abu al el ul as ter ten zu af y e st mac
    """
)
_SET_OFF: Final = re.compile(r"\([^)]*\)|[“\"][^”\"]*[”\"]|,.*")
_OWNER: Final = re.compile(r"^.*['’]s\s+(?=\S)")
_FROM: Final = re.compile(r"\s(?:of|from|at|by|for)\s.*")
_SEVERAL: Final = re.compile(r"\s(?:and|with|featuring|&|or|vs\.?)\s")
# Family names that stand first, so that the first word alone is the name people go by.
FAMILY_FIRST: Final = word_set(
    """
    xi li wang zhang mao deng hu wen zhou chen zhao jiang liu yang huang wu lin kim lee park moon ban yoon roh choi chung nguyen
    tran pham tsai ma han cho kang jang shin
    """
)


@dataclass(frozen=True, slots=True)
class Person:
    """The parts of a person's name.

    Args:
        words: folded, in order, without titles and the Arabic article; may be empty.
        written: of how many words as written, hyphenated ones counting once.
        generation: "jr", "sr" or a numeral ("ii"), else empty.
        regal: named with a title that goes with a given name (king, pope, prince).
        sex: as told by an honorific, a title or the given name.
        knighted: named with "Sir" or "Dame", which go with a given name as well as with a full one.
        saint: named with "Saint", which makes another of the name.
    """

    words: tuple[str, ...]
    written: int = 0
    generation: str = ""
    regal: bool = False
    sex: Sex = Sex.UNKNOWN
    knighted: bool = False
    saint: bool = False

    @property
    def is_full(self) -> bool:
        """Whether it has a given name and a surname; "Abu Bakr" and "van Dijk" are one of them, "Abu Bakr al-Baghdadi" both."""
        return self.written > 1 and (self.words[0] not in PARTICLES or sum(word not in PARTICLES for word in self.words) > 1)


@lru_cache(maxsize=4_096)
def person(text: str) -> Person:
    """Take a person's name apart: titles, offices, employers and nicknames away. Of several people, or an office, no word is left."""
    if _SEVERAL.search(text):
        return Person(())
    text = _OWNER.sub("", _SET_OFF.sub("", text)).strip()
    if len(_FROM.sub("", text).split()) > 1:
        text = _FROM.sub("", text)
    words = [word for word in text.split() if any(char.isalnum() for char in word)]
    titles, words = _without_titles(words)
    if words and titles & NOBLE and fold(words[0]) in PARTICLES:
        return Person(())  # a count of somewhere, and no family name
    if words and ((words[0][0].islower() and fold(words[0]) not in PARTICLES and "-" not in words[0]) or _is_office(words)):
        return Person(())
    generation = ""
    while len(words) > 1 and (found := _generation(words[-1])):
        generation = found
        words.pop()
    folded = tuple(part for word in words for part in fold(word.replace(".", " ")).split())
    kept = tuple(word for word in folded if word not in _ARTICLES) or folded
    return Person(kept, len(words), generation, bool(titles & REGAL), _sex(titles, kept), bool(titles & {"sir", "dame"}), "saint" in titles)


def _without_titles(words: list[str]) -> tuple[set[str], list[str]]:
    """What stands before the name (folded), and the name."""
    start = 0
    for number, word in enumerate(words[:-1]):
        folded = fold(word)
        before = number == start
        is_office = folded in TITLES and (before or folded not in NAME_TITLES)
        is_plain = word[0].islower() and folded not in PARTICLES and "-" not in word and folded != "the"
        of_office = number == start and number > 1 and folded in PORTFOLIOS and words[number - 1] in _OF
        if is_office or is_plain or of_office or (before and folded in HONORIFICS):
            start = number + 1
    rest = words[start:]
    if all(_generation(word) for word in rest):  # "Elizabeth II" has no title to lose
        return set(), words
    return {fold(word) for word in words[:start]}, rest


def _is_office(words: list[str]) -> bool:
    """Whether the words are an office without its holder ("Home Secretary", "State Department Spokesperson")."""
    last = fold(words[-1])
    if len(words) == 1:
        return last in _OFFICE_LAST or last in _OFFICE_WORDS
    return last in _OFFICE_LAST or all(fold(word) in _OFFICE_WORDS for word in words)


def _generation(word: str) -> str:
    folded = fold(word)
    if folded in _GENERATIONS:
        return _GENERATIONS[folded]
    return folded if len(word) > 1 and _NUMERAL.fullmatch(word.strip(".,")) else ""


def _sex(titles: set[str], words: tuple[str, ...]) -> Sex:
    for title in titles:
        if title in HONORIFICS and HONORIFICS[title] is not Sex.UNKNOWN:
            return HONORIFICS[title]
    return sex_of(words[0]) if len(words) > 1 else Sex.UNKNOWN


def agree(a: Person, b: Person) -> bool:
    """Whether two full names can be one person's: same surname, same given name or its initial, no middle name against."""
    if a.generation != b.generation or a.sex.against(b.sex):
        return False
    if a.words == b.words:
        return True
    if a.words[-1] != b.words[-1]:
        return False
    if not _same_word(a.words[0], b.words[0]):
        return _ends(a.words, b.words) or _ends(b.words, a.words)
    return _middles_agree(a.words[1:-1], b.words[1:-1])


def _middles_agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether middle names agree: each initial or name has its like, or one side has initials only where the other has none.

    A middle name in full that the other lacks may be another person's: father and son often differ in nothing else.
    """
    if len(a) == len(b):
        return all(_same_word(one, two) for one, two in zip(a, b, strict=True))
    return not (a and b) and all(len(word) == 1 for word in a or b)


def _same_word(a: str, b: str) -> bool:
    return a == b or (min(len(a), len(b)) == 1 and a[0] == b[0])


def _ends(long: tuple[str, ...], short: tuple[str, ...]) -> bool:
    """Whether the short name is the long one without its first two words ("Suu Kyi"); without one, it may be a relative's."""
    return short[0] not in PARTICLES and 1 < len(short) < len(long) - 1 and long[-len(short) :] == short


def join_people(forms: Sequence[Form], numbers: Sequence[int], clusters: Clusters) -> None:
    """Join the forms of those numbers that are one person's.

    Full names first, each only where all that agree with it agree with one another; then short names, each only where
    exactly one person has it.
    """
    people = {n: person(forms[n].text) for n in numbers}
    _join_full(people, clusters)
    short = [n for n in numbers if people[n].words and not people[n].is_full]
    alone: dict[tuple[object, ...], list[int]] = {}
    for n in short:
        one = people[n]
        alone.setdefault((one.words, one.generation, one.saint), []).append(n)
        for m in _whose(one, people, numbers, clusters, n):
            clusters.join(m, n)
    for same in alone.values():
        # "Keller" is nobody's where both Mr and Mrs Keller are spoken of.
        if len({people[n].sex for n in same} - {Sex.UNKNOWN}) < 2:
            for n in same:
                clusters.join(same[0], n)


def _join_full(people: dict[int, Person], clusters: Clusters) -> None:
    by_surname: dict[str, list[int]] = {}
    for n, one in people.items():
        if one.is_full:
            by_surname.setdefault(one.words[-1], []).append(n)
    for namesakes in by_surname.values():
        alike = {n: [m for m in namesakes if agree(people[n], people[m])] for n in namesakes}
        one_person = {n for n in namesakes if all(agree(people[a], people[b]) for a in alike[n] for b in alike[n])}
        for n in namesakes:
            for m in alike[n]:
                if {n, m} <= one_person:
                    clusters.join(n, m)


def _whose(short: Person, people: dict[int, Person], numbers: Sequence[int], clusters: Clusters, own: int) -> Iterator[int]:
    """A form of the one person who bears a short name; nothing where there are none or several."""
    others = [n for n in numbers if n != own]
    # Whoever has the word as a given name is a rival for it, though never its bearer.
    rivals = [n for n in others if _bears(people[n], short) or (people[n].is_full and people[n].words[0] == short.words[0])]
    fitting = [n for n in rivals if not people[n].sex.against(short.sex)]
    if len(clusters.heads(fitting if short.sex is not Sex.UNKNOWN else rivals)) == 1 and fitting and _bears(people[fitting[0]], short):
        yield fitting[0]


def _bears(whole: Person, short: Person) -> bool:
    """Whether a short name is part of a longer one in a way that names it: its end, or its first word."""
    if whole.words == short.words:
        return short.regal and bool(whole.generation) and not short.generation and len(whole.words) == 1
    if not whole.is_full or short.generation:
        return False
    if short.regal and not whole.regal:
        return False
    size = len(short.words)
    at_end = whole.words[-size:] == short.words or (short.words[0] in PARTICLES and whole.words[-size + 1 :] == short.words[1:])
    first = short.words[0]
    # A given name alone may be a child's or a stranger's; a family name that stands first, or one after "Sir", is not.
    return at_end or (whole.words[:1] == short.words and (first in FAMILY_FIRST or short.knighted or short.regal))
