"""The few `key: value` lines that may stand before an article's text."""

import re
from typing import Final

from briefs.errors import BrokenArticle

_FENCE: Final = "---"
_LINE_END: Final = re.compile(r"\r\n|\r|\n")
_FIELD: Final = re.compile(r"\s*([A-Za-z][\w-]*)\s*:(?!//)\s*(.*)")
_QUOTES: Final = ('"', "'")
_KNOWN: Final = frozenset(("id", "handle", "wording", "title", "outlet", "byline", "published", "licence", "link"))
_OTHER_LINE_ENDS: Final = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


def line_ends(text: str) -> str:
    """The text with LF for every line end: vertical tab, form feed and Unicode's line and paragraph ends are some too."""
    return _OTHER_LINE_ENDS.sub("\n", text)


def front_matter(text: str) -> tuple[dict[str, str], str, int]:
    """Part a text from its front matter: `key: value` lines between two lines of `---` at its very beginning.

    Args:
        text: a file's or a paste's; line ends of any kind.

    Returns:
        The fields, their keys in lower case and their values without quotes; the body as it stands; the number of the
        line the body begins on, counted from 1. Without front matter: no fields, the whole text, 1. A line of `---`
        that no `key: value` line follows opens no front matter: it is a rule across the page. (A first line that is none
        but stands among some, with a line of `---` below them, is a slip.)

    Raises:
        BrokenArticle: front matter that is never closed, a line in it that is no `key: value`, or a key given twice.
    """
    text = text.removeprefix("\ufeff")
    lines = _LINE_END.split(text)
    if lines[0].rstrip() != _FENCE or not _opens(lines):
        return {}, text, 1
    fields: dict[str, str] = {}
    for number, line in enumerate(lines[1:], start=2):
        if line.rstrip() == _FENCE:
            return fields, _after(text, number), number + 1
        _take(line, number, fields)
    raise BrokenArticle(_unclosed(len(lines)), 1)


def _opens(lines: list[str]) -> bool:
    told = [line.rstrip() for line in lines[1:] if line.strip() and not line.startswith("#")]
    if not told or told[0] == _FENCE or _FIELD.fullmatch(told[0]):
        return bool(told)
    among = told[1 : told.index(_FENCE)] if _FENCE in told else []
    fields = [match[1].lower() for match in map(_FIELD.fullmatch, among) if match]
    return bool(fields) and (len(fields) == len(among) or not _KNOWN.isdisjoint(fields))


def _take(line: str, number: int, fields: dict[str, str]) -> None:
    if not line.strip() or line.startswith("#"):
        return
    match = _FIELD.fullmatch(line)
    if match is None:
        raise BrokenArticle(
            f"Line {number} stands in the front matter but is no “key: value” line. Mend it, or close the front matter "
            "before it with a line that is only ---.",
            number,
        )
    key = match[1].lower()
    if key in fields:
        raise BrokenArticle(f"The front matter gives “{key}” twice, the second time on line {number}. Keep one.", number)
    fields[key] = _unquoted(match[2].strip())


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] in _QUOTES and value[-1] == value[0]:
        return value[1:-1].replace(f"\\{value[0]}", value[0])
    return value


def _after(text: str, lines: int) -> str:
    """The text after that many lines."""
    ends = [match.end() for match in _LINE_END.finditer(text)]
    return text[ends[lines - 1] :] if lines <= len(ends) else ""


def _unclosed(lines: int) -> str:
    return f"The front matter begins on line 1 and never ends ({lines} lines read). Close it with a line that is only ---."
