"""What the gate knows of English words: plain forms, words that may stand for one another, words that turn a line round."""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from importlib.resources import files
from typing import Final


def row(words: str) -> frozenset[str]:
    """The words of a list that is written with blanks between."""
    return frozenset(words.split())


# Words that come and go with any rewording and say nothing of their own.
LIGHT: Final = row(
    "a an the of to in on at by for with as that which who whom whose where and it its they them their theirs he him his she her hers "
    "we us our ours i me my mine you your yours this these those there here such be is am are was were been being have has had having "
    "do does did doing done so then also too own very just 's 're 've 'd 'm s ' it's that's there's he's she's itself themselves himself "
    "herself one ones other others another into onto upon both not_only what how why when while itself out up off away via per than like"
)

# Small words that turn what is said. Those of a row may stand for one another.
_LOADED: Final = (
    "after following afterwards once later subsequently since then",
    "before earlier previously prior until till ago",
    "because since",
    "despite although though notwithstanding",
    "during amid throughout",
    "but however yet although though",
    "while whereas",
    "if provided whether",
    "unless",
    "or",
    "nor neither",
    "either",
    "over above",
    "under below beneath underneath",
    "against versus",
    "from",
    "between among",
    "towards toward",
    "through across",
    "outside beyond",
    "inside within",
    "more",
    "less fewer",
    "most",
    "least fewest",
    "all every each entire whole everyone everybody everything",
    "any anyone anybody anything",
    "some someone somebody",
    "many numerous",
    "few",
    "much",
    "several various",
    "half",
    "only solely exclusively merely",
    "first",
    "last final previous past",
    "next coming upcoming",
    "second",
    "third",
    "again",
    "still",
    "already",
    "always constantly",
    "often frequently",
    "sometimes occasionally",
    "rarely seldom hardly scarcely barely",
    "never",
    "not n't cannot",
    "no none nobody nothing",
    "without lacking",
    "almost nearly",
    "about around roughly approximately some circa",
    "instead rather",
    "alone",
    "partly partially",
    "even",
    "too_much",
    "except",
    "may might could can",
    "will 'll shall",
    "would",
    "should must ought",
    "up_to",
    "reportedly allegedly supposedly purportedly",
    "possibly perhaps maybe potentially",
    "probably likely",
    "apparently seemingly",
    "mainly mostly largely chiefly",
    "generally usually normally typically",
    "exactly precisely",
    "certainly surely definitely clearly evidently",
)
LOADED: Final = row(" ".join(_LOADED))

_COMMENT: Final = "#"
_VOWELS: Final = frozenset("aeiouy")
_SUFFIXES: Final = (
    "ations",
    "ation",
    "ments",
    "ment",
    "ions",
    "ion",
    "ances",
    "ance",
    "ences",
    "ence",
    "ities",
    "ity",
    "ness",
    "ally",
    "ly",
    "als",
    "al",
    "ur",
)
_STEM_MIN: Final = 4  # letters of a word that must be left when an ending is taken from it


def _lines(name: str) -> Iterator[list[str]]:
    source = files("briefs.drafting").joinpath("data", name).read_text("utf-8")
    return (line.split() for line in source.splitlines() if line.strip() and not line.startswith(_COMMENT))


@cache
def irregular_verbs() -> dict[str, str]:
    """Forms of verbs that no rule makes, each with its plain word."""
    return {form: line[0] for line in _lines("irregular_verbs.txt") for form in line}


@cache
def _irregular() -> dict[str, str]:
    return irregular_verbs() | {form: line[0] for line in _lines("irregular_others.txt") for form in line}


@lru_cache(maxsize=8_192)
def lemma(plain: str) -> str:
    """The plain form of a word without case ("threatened" → "threaten"); rules guess where no table knows.

    Two forms of one word have one plain form; it need not be a word itself ("moved" and "move" are both "mov").
    """
    if found := _irregular().get(plain):
        return _bare(found)
    if len(plain) < _STEM_MIN or not plain.isalpha():
        return plain
    for ending, instead in (("ies", "y"), ("ied", "y"), ("sses", "ss"), ("shes", "sh"), ("ches", "ch"), ("xes", "x"), ("zes", "z")):
        if plain.endswith(ending) and len(plain) > len(ending) + 1:
            return plain.removesuffix(ending) + instead
    for ending in ("ings", "ing", "ed"):
        rest = plain.removesuffix(ending)
        if rest != plain and len(rest) > 2 and _VOWELS & set(rest) and not plain.endswith("eed"):
            return _bare(rest)
    if plain.endswith("s") and not plain.endswith(("ss", "us", "is")):
        return _bare(plain[:-1])
    return _bare(plain)


def _bare(word: str) -> str:
    """Without a doubled last consonant and a last e, which the endings -ed and -ing make and take."""
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "aeo":
        return word[:-1]
    return word[:-1] if len(word) > 3 and word[-1] == "e" else word


@lru_cache(maxsize=8_192)
def stem(base: str) -> str:
    """What a word and those derived from it share ("negotiation" and "negotiate" are both "negoti")."""
    for ending in _SUFFIXES:
        rest = base.removesuffix(ending)
        if rest != base and len(rest) >= _STEM_MIN:
            base = rest
            break
    return base.removesuffix("at") if base.endswith("at") and len(base) > _STEM_MIN + 1 else base.removesuffix("e")


# --- words that may stand for one another


def _written(entry: str) -> str:
    """An entry as a word of a text is looked up: "US" is not "us"."""
    return entry.casefold() + "." if re.fullmatch("[A-Z]{2,3}", entry) else entry.casefold()


@cache
def _groups() -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]]:
    single: dict[str, list[str]] = {}
    joined: dict[tuple[str, ...], list[str]] = {}
    rows = [*_lines("synonyms.txt"), *(words.split() for words in _LOADED)]
    for number, written in enumerate(rows):
        for entry in map(_written, written):
            parts = tuple(map(lemma, entry.split("_")))
            if len(parts) > 1:
                joined.setdefault(parts, []).append(f"#{number}")
            else:
                single.setdefault(entry if entry in LOADED or entry.endswith(".") else lemma(entry), []).append(f"#{number}")
    multi: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for parts, keys in sorted(joined.items(), key=lambda pair: -len(pair[0])):
        multi.setdefault(parts[0], []).append((parts[1:], tuple(keys)))
    return {word: tuple(keys) for word, keys in single.items()}, {first: tuple(rest) for first, rest in multi.items()}


def groups(word: str) -> tuple[str, ...]:
    """The keys of the groups of a word, given as written without case or in its plain form; may be empty."""
    return _groups()[0].get(word, ())


def phrases() -> dict[str, tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]]:
    """Phrases that mean one word: first word → (the other words, keys of their groups), longest first; plain forms all."""
    return _groups()[1]


@cache
def opposites() -> dict[str, frozenset[str]]:
    """Plain form → the plain forms that turn a line round when they stand in its place."""
    found: dict[str, set[str]] = {}
    for one, other in _lines("antonyms.txt"):
        for a, b in ((one, other), (other, one)):
            found.setdefault(lemma(a), set()).add(lemma(b))
    return {word: frozenset(others) for word, others in found.items()}
