"""An article with all that drafting looks at again and again."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import Final, TypeVar

from briefs.article import Article, CitedLine, Sentence
from briefs.drafting.duplicates import stems
from briefs.drafting.grounding import Verdict
from briefs.drafting.select import SENTENCES_MAX
from briefs.drafting.verbal import has_verb
from briefs.entity import Kind, Mention
from briefs.errors import BrokenArticle
from briefs.reading import grammar as g
from briefs.reading.cues import SAYING
from briefs.reading.gathering import Gathered, gather
from briefs.reading.scope import lowered
from briefs.reading.tokens import tokens
from briefs.reading.wordlist import words as word_list

WORDS_MIN: Final = 4  # a line of fewer says nothing by itself
WORDS_MAX: Final = 120  # of a sentence that can be one; more is a table or a text without stops
LINE_WORDS_MAX: Final = 45  # of a line; a longer one than this is none
ENGLISH_SHARE: Final = 0.1  # of the words of a text that are among the commonest of English
LATIN_SHARE: Final = 0.6  # of its letters that are Latin
CAPTION_MAX: Final = 240  # characters of a sentence that may be a caption, where a credit stands in its paragraph
_ENOUGH: Final = 20  # words below which a text has too few to tell its language
_COMMON: Final = word_list(
    "the of and to is was were that for with by from has have had this are be it its not but they their which who will would he she"
)
_BOILERPLATE: Final = re.compile(  # of the sentence in small letters
    r"\b(?:newsletter|subscri(?:be|ption)|sign up\b|sign in\b|all rights reserved\b|cookies?\b|privacy policy\b|terms of (?:use|service)\b"
    r"|advertis(?:ement|ing)\b|read more\b|click here\b|related (?:articles?|stories|news)\b|follow us\b|share this\b"
    r"|(?:image|photo|photograph|picture|credit|video|map|source|caption)s?(?: credit)?\s?:|file photo\b|getty images\b)"
    r"|©|\((?:(?:left|right|centre|center|pictured|above|below)\)|photo by)"
)
_CREDIT: Final = re.compile(
    r"(?:^|[.!?”] )(?:Image|Photo|Photograph|Picture|Credit|Video|Map)s?(?: credit)?\s?:|\(Photo by|\bGetty Images\b"
)
_NOT_LATIN: Final = re.compile("[^\0-\u024f]")
_BLANK: Final = re.compile(r"[^\S ]")
_STRAY: Final = re.compile(r'^[^"]*(?:"[^"]*"[^"]*)*," ')  # a mark that should open a quotation and stands as if it closed one
_LEADS_ON: Final = re.compile(r":\s*$")
_LED_WORDS: Final = 8  # of a sentence before a colon that says something by itself
LED_IN: Final = 10  # characters before a quotation in which somebody can be named who says it
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
        longest: words of a line at most.
        lines: what was made of sentences already, by what was asked for (`lines.line_of`).
        told: what lines below sentences may point at, as far as it was asked for (`above.above`).
    """

    article: Article
    names: tuple[tuple[Mention, ...], ...]
    gathered: Gathered
    group_of: dict[Mention, int]
    before: tuple[frozenset[str], ...]
    usable: tuple[int, ...]
    longest: int = LINE_WORDS_MAX
    lines: dict[tuple[int, int, int, int, bool], Drafted | None] = field(default_factory=dict)
    told: dict[int, frozenset[str]] = field(default_factory=dict)

    def sentence(self, number: int) -> Sentence:
        """The sentence of that number, which is there."""
        return self.article.sentences[number - 1]

    def named(self, number: int, text: str) -> list[tuple[str, Kind | None]]:
        """The names of a sentence that a form of it still has."""
        return [(mention.text, mention.kind) for mention in self.names[number - 1] if mention.text in text]

    def groups(self, number: int) -> list[int]:
        """The groups named in a sentence, in order, each once."""
        return list(dict.fromkeys(self.group_of[mention] for mention in self.names[number - 1]))


def story_of(article: Article, mentions: Sequence[Mention], longest: int = LINE_WORDS_MAX) -> Story:
    """Look through an article once.

    Args:
        mentions: the names in it, as `names.mentions` returned them.
        longest: words in a row that a line may take from it.

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
    spoken_of = [stems(sentence.text) for sentence in sentences]
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
        tuple(accumulate(spoken_of[:-1], frozenset.union, initial=nothing)),
        usable,
        longest,
    )


def _on_one_line(one: T) -> T:
    """The same with its line ends as blanks; every character stays in its place, so that marks do too."""
    return replace(one, text=_BLANK.sub(" ", one.text)) if _BLANK.search(one.text) else one


def refuse_other_languages(text: str) -> None:
    """Let English through, and what is too short to tell.

    Raises:
        BrokenArticle: the text is in another language or script.
    """
    foreign = sum(map(str.isalpha, _NOT_LATIN.findall(text)))
    letters = sum(map(str.isalpha, text)) if foreign else 0
    found = [word.strip(".,;:!?\"'“”‘’()").casefold() for word in text.split()]
    common = sum(word in _COMMON for word in found)
    if letters - foreign < LATIN_SHARE * letters or (len(found) >= _ENOUGH and common < ENGLISH_SHARE * len(found)):
        raise BrokenArticle("No line could be drafted: it does not read as English, and other languages are not understood yet.")


def is_usable(sentence: Sentence) -> bool:
    """Whether a line can be made of a sentence: whole, no caption, no question, no part of a longer quotation."""
    text = said_whole(sentence).strip()
    if not (text[:1].isupper() or text[:1].isdigit() or text[:1] in "“\"'‘") or not text.endswith(_ENDED):
        return False
    count = len(text.split())
    if not WORDS_MIN <= count <= WORDS_MAX or _BOILERPLATE.search(lowered(text)):
        return False
    if any(quote.start == 0 or (quote.end >= len(sentence.text) and text == sentence.text.strip()) for quote in sentence.quotes):
        return False  # a piece of a quotation that began before or goes on
    if '," ' in text and _STRAY.search(text):
        return False
    if text.count("“") != text.count("”") or text.count('"') % 2 or text.count("(") != text.count(")"):
        return False
    return has_verb(text) and not is_order(text)


def said_whole(sentence: Sentence) -> str:
    """The sentence with what its paragraph ends elsewhere ended in it.

    A quotation that goes on in the next sentence is closed where somebody who says it stands before it; a colon before what
    is told in the next paragraph becomes a stop. Any other sentence is returned as it is.
    """
    text = sentence.text
    open_quote = next((quote for quote in sentence.quotes if quote.who and quote.start > LED_IN and quote.end >= len(text.rstrip())), None)
    if open_quote is not None:
        mark = text[open_quote.start - 1]
        return text.rstrip() + {"“": "”", "‘": "’"}.get(mark, mark) if text.rstrip()[-1] not in "”’\"'" else text
    led = _LEADS_ON.search(text)
    return f"{text[: led.start()]}." if led and len(text.split()) >= _LED_WORDS and _tells_before_colon(text) else text


def _tells_before_colon(text: str) -> bool:
    """Whether what was said stands before the colon ("denied the claims:"), and not only that somebody spoke ("wrote on Monday:")."""
    found = [token.plain for token in tokens(text)]
    said = max((at for at in range(1, len(found)) if found[at] in SAYING and found[at - 1] not in g.DETERMINERS), default=None)
    return said is None or found[said + 1] in g.DETERMINERS


def is_order(text: str) -> bool:
    """Whether it tells the reader to do something ("Wait until …")."""
    first, second = (*(token.plain for token in tokens(text)[:2]), "", "")[:2]
    return g.is_plain_verb(first) and (second in g.SMALL or second in g.OBJECTS)
