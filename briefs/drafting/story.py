"""An article with all that drafting looks at again and again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final, TypeVar

from briefs.article import Article, CitedLine, Sentence
from briefs.drafting.grounding import Verdict
from briefs.drafting.select import SENTENCES_MAX
from briefs.drafting.words import words
from briefs.entity import Kind, Mention
from briefs.errors import BrokenArticle
from briefs.reading import grammar as g
from briefs.reading.gathering import Gathered, gather
from briefs.reading.nouns import is_plural
from briefs.reading.tokens import tokens
from briefs.reading.wordlist import words as word_list

WORDS_MIN: Final = 4  # a line of fewer says nothing by itself
WORDS_MAX: Final = 120  # of a sentence that can be one; more is a table or a text without stops
ENGLISH_SHARE: Final = 0.1  # of the words of a text that are among the commonest of English
LATIN_SHARE: Final = 0.6  # of its letters that are Latin
CAPTION_MAX: Final = 240  # characters of a sentence that may be a caption, where a credit stands in its paragraph
_ENOUGH: Final = 20  # words below which a text has too few to tell its language
_COMMON: Final = word_list(
    "the of and to is was were that for with by from has have had this are be it its not but they their which who will would he she"
)
_BOILERPLATE: Final = re.compile(
    r"\bnewsletter|\bsubscri(?:be|ption)|\bsign up\b|\bsign in\b|©|\ball rights reserved\b|\bcookies?\b|\bprivacy policy\b"
    r"|\bterms of (?:use|service)\b"
    r"|\badvertis(?:ement|ing)\b|\bread more\b|\bclick here\b|\brelated (?:articles?|stories|news)\b|\bfollow us\b|\bshare this\b"
    r"|\((?:left|right|centre|center|pictured|above|below)\)"
    r"|\b(?:Image|Photo|Photograph|Picture|Credit|Video|Map|Source|Caption)s?(?: credit)?\s?:|\bfile photo\b|\(Photo by|\bGetty Images\b",
    re.IGNORECASE,
)
_CREDIT: Final = re.compile(
    r"(?:^|[.!?”] )(?:Image|Photo|Photograph|Picture|Credit|Video|Map)s?(?: credit)?\s?:|\(Photo by|\bGetty Images\b"
)
_BLANK: Final = re.compile(r"[^\S ]")
_ENDED: Final = (".", "!", ".”", '."', "!”", '!"', ".’", ".'", ".)", "”.", '".', "’.", "…")

T = TypeVar("T", Sentence, Mention)


@dataclass(frozen=True, slots=True)
class Drafted:
    """A line, what the gate said of it, and the number of the sentence it was made of."""

    line: CitedLine
    verdict: Verdict
    number: int


@dataclass(frozen=True, slots=True)
class Story:
    """An article, each of whose sentences stands on one line, and what is known of them.

    Args:
        names: for each sentence the mentions in it, in reading order.
        gathered: the groups of all mentions.
        group_of: for each mention the place of its group.
        before: for each sentence the stems of all words of the sentences before it.
        usable: numbers of the sentences a line may be made of, in reading order.
        lines: what was made of sentences already, by what was asked for (`lines.line_of`).
    """

    article: Article
    names: tuple[tuple[Mention, ...], ...]
    gathered: Gathered
    group_of: dict[Mention, int]
    before: tuple[frozenset[str], ...]
    usable: tuple[int, ...]
    lines: dict[tuple[int, int, int, int], Drafted | None] = field(default_factory=dict)

    def sentence(self, number: int) -> Sentence:
        """The sentence of that number, which is there."""
        return self.article.sentences[number - 1]

    def named(self, number: int, text: str) -> list[tuple[str, Kind | None]]:
        """The names of a sentence that a form of it still has."""
        return [(mention.text, mention.kind) for mention in self.names[number - 1] if mention.text in text]

    def groups(self, number: int) -> list[int]:
        """The groups named in a sentence, in order, each once."""
        return list(dict.fromkeys(self.group_of[mention] for mention in self.names[number - 1]))


def story_of(article: Article, mentions: Sequence[Mention]) -> Story:
    """Look through an article once.

    Args:
        mentions: the names in it, as `names.mentions` returned them.

    Raises:
        BrokenArticle: it is not English, or has no sentence that a line could be made of.
    """
    sentences = tuple(_on_one_line(one) for one in article.sentences[:SENTENCES_MAX])
    refuse_other_languages(" ".join(sentence.text for sentence in sentences))
    here = tuple(_on_one_line(one) for one in mentions if one.sentence <= len(sentences))
    gathered = gather([sentence.text for sentence in sentences], here)
    names: list[list[Mention]] = [[] for _ in sentences]
    for mention in here:
        names[mention.sentence - 1].append(mention)
    stems = [frozenset(word.stem for word in words(sentence.text) if word.heavy) for sentence in sentences]
    captions = {sentence.paragraph for sentence in sentences if _CREDIT.search(sentence.text)}
    nothing: frozenset[str] = frozenset()
    usable = tuple(one.number for one in sentences if is_usable(one) and (one.paragraph not in captions or len(one.text) > CAPTION_MAX))
    if not usable:
        raise BrokenArticle("No line could be drafted: it has no whole sentence that says something by itself.")
    return Story(
        replace(article, sentences=sentences),
        tuple(map(tuple, names)),
        gathered,
        {mention: at for at, group in enumerate(gathered.groups) for mention in group.mentions},
        tuple(accumulate(stems[:-1], frozenset.union, initial=nothing)),
        usable,
    )


def _on_one_line(one: T) -> T:
    """The same with its line ends as blanks; every character stays in its place, so that marks do too."""
    return replace(one, text=_BLANK.sub(" ", one.text)) if _BLANK.search(one.text) else one


def refuse_other_languages(text: str) -> None:
    """Let English through, and what is too short to tell.

    Raises:
        BrokenArticle: the text is in another language or script.
    """
    letters = [char for char in text if char.isalpha()]
    latin = sum(char < "\u0250" for char in letters)
    found = [word.strip(".,;:!?\"'“”‘’()").casefold() for word in text.split()]
    common = sum(word in _COMMON for word in found)
    if latin < LATIN_SHARE * len(letters) or (len(found) >= _ENOUGH and common < ENGLISH_SHARE * len(found)):
        raise BrokenArticle("No line could be drafted: it does not read as English, and other languages are not understood yet.")


def is_usable(sentence: Sentence) -> bool:
    """Whether a line can be made of a sentence: whole, no caption, no question, no part of a longer quotation."""
    text = sentence.text.strip()
    if not (text[:1].isupper() or text[:1].isdigit() or text[:1] in "“\"'‘") or not text.endswith(_ENDED):
        return False
    count = len(text.split())
    if not WORDS_MIN <= count <= WORDS_MAX or _BOILERPLATE.search(text):
        return False
    if any(quote.start == 0 or quote.end >= len(sentence.text) for quote in sentence.quotes):
        return False  # a piece of a quotation that began before or goes on
    if text.count("“") != text.count("”") or text.count('"') % 2 or text.count("(") != text.count(")"):
        return False
    return has_verb(text) and not is_order(text)


def has_verb(text: str) -> bool:
    """Whether a word of the text is a verb with a subject to all appearance."""
    found = tokens(text)
    for at, token in enumerate(found):
        small = token.text[0].islower() or token.text[0] in "'’"
        if small and (g.is_finite(token.plain) or (at and g.is_plain_verb(token.plain) and _can_act(found[at - 1].plain))):
            return True
    return False


def _can_act(word: str) -> bool:
    return word in g.SUBJECTS or is_plural(word)


def is_order(text: str) -> bool:
    """Whether it tells the reader to do something ("Wait until …")."""
    first, second = (*(token.plain for token in tokens(text)[:2]), "", "")[:2]
    return g.is_plain_verb(first) and (second in g.SMALL or second in g.OBJECTS)
