"""Where the sentences of a text begin and end."""

import re
from typing import Final

from briefs.errors import BrokenArticle

PARAGRAPH_MAX: Final = 20_000  # characters segmented at once; a longer paragraph has no sentences worth finding

_OPENING: Final = "(\\[{\uff5f\uff5b\uff3b\uff08\ufe5d\ufe5b\ufe59\ufd3e\u301a\u3018\u2985\u2983\u2329"  # the splitter's brackets
_IN_BRACKETS: Final = rf"\([^)\]}}{_OPENING}]*\)|\[[^)\]}}{_OPENING}]*\]"
_CLOSED_BRACKETS: Final = re.compile(_IN_BRACKETS)
_BRACKET: Final = re.compile(f"[{_OPENING}]")
_WORD: Final = "[^\\W_]+(?:['’,-][^\\W_]+)*,?"
# What stands in brackets, all of which the splitter looks at; and words that neither follow nor precede a sign that could end a sentence.
_AMID_WORDS: Final = re.compile(rf"{_IN_BRACKETS}|(?<=[^\W_] )(?P<words>{_WORD}(?: {_WORD})+)(?= {_WORD} [^\W_])")


def split(text: str) -> tuple[tuple[int, int, int], ...]:
    """The sentences of a text: (paragraph, start, end).

    Args:
        text: with LF line ends. Where blank lines stand between paragraphs, single line ends within one do not end it;
            otherwise every line is a paragraph.

    Returns:
        In reading order; paragraphs counted from 1, `start` and `end` character offsets into `text` without
        surrounding blank space. Empty where the text has no words.
    """
    found: list[tuple[int, int, int]] = []
    for number, (start, end) in enumerate(_paragraphs(text), start=1):
        found += [(number, start + a, start + b) for a, b in _sentences(text[start:end])]
    return tuple(found)


def _paragraphs(text: str) -> list[tuple[int, int]]:
    lines: list[tuple[int, int, bool]] = []  # start, end, without surrounding blanks; whether it has words
    at = 0
    for line in text.split("\n"):
        start = at + len(line) - len(line.lstrip())
        lines.append((start, at + len(line.rstrip()), any(c.isalnum() for c in line)))
        at += len(line) + 1
    inner = range(1, len(lines) - 1)
    by_blank_lines = any(not text[lines[i][0] : lines[i][1]] for i in inner)
    spans: list[tuple[int, int]] = []
    open_paragraph = False
    for start, end, has_words in lines:
        if open_paragraph and by_blank_lines and start < end:
            spans[-1] = (spans[-1][0], end)
        elif has_words:
            spans.append((start, end))
        open_paragraph = start < end and (has_words or open_paragraph)
    return spans


def _sentences(paragraph: str) -> list[tuple[int, int]]:
    # syntok and our patterns take 0.03 s to load, and a cold answer does not need them.
    from syntok import segmenter

    from briefs.reading.borders import mend

    if len(paragraph) > PARAGRAPH_MAX:
        return [(0, len(paragraph))]
    spans = [
        (sentence[0].offset, sentence[-1].offset + len(sentence[-1].value))
        for part in segmenter.analyze(without_inner_words(paragraph))
        for sentence in map(list, part)
        if sentence
    ]
    if not spans:
        raise BrokenArticle("A paragraph of the text has no sentence in it.")
    return mend(paragraph, spans)


def without_inner_words(paragraph: str) -> str:
    """The paragraph with blanks for the words on which no border depends: the splitter, which is slow, has a third of them to read.

    Every other character stands where it was, and the splitter sets the same borders.
    """
    if _BRACKET.search(_CLOSED_BRACKETS.sub("", paragraph)):
        return paragraph
    return _AMID_WORDS.sub(lambda match: " " * len(match[0]) if match["words"] else match[0], paragraph)
