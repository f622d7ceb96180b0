"""The parts of a line, as Discord's markdown: what is quoted styles nothing, calls nobody, links nowhere."""

import re
from collections.abc import Iterable
from datetime import UTC
from typing import Final, assert_never

from briefs.message import Channel, Hedged, Label, Line, Link, Moment, Person, Rich, Said, Span, Typed, Words

# What begins something in the middle of a line: styles, spoilers, code, masked links, and, by "<" and "@", mentions,
# timestamps and emoji. A colon before a blank stays as it is; before anything else it could make ":name:" an emoji or
# "https://…" a link. Escaped, an address is shown letter for letter, yet nothing is clicked or previewed: an address in
# an article is its author's to vouch for, not ours. The slash is what an invitation without "https:" is known by.
_LIVE: Final = re.compile(r"[\\*_~|`<@\[]|:(?!\s)|(?<!\s)/(?!\s)")
# What makes a heading, small print, a quotation or a list, at the beginning of a line only.
_BEGINS: Final = re.compile(r"\s*(?:(?=[#>+-])|\d+(?=\.))")
# A run of right-to-left words, with the blanks and marks between them; digits stay outside.
_RTL: Final = "\u0590-\u065f\u066a-\u06ef\u06fa-\u07bf\u07ca-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL_RUN: Final = re.compile(f"[{_RTL}](?:[^\\w\\u2066-\\u2069]*[{_RTL}\u200c\u200d])*")
_ISOLATED: Final = "\u2068\\g<0>\u2069"
_ADDRESS: Final = re.compile(r"https://[A-Za-z0-9.:/_-]+")  # of a post: nothing in it could end the link
_FENCES: Final = ("`", "``")  # three open a block of code
_TICKS: Final = re.compile("`+")


def isolated(text: str) -> str:
    """The text with each run of right-to-left words set apart, so that it cannot reorder what stands around it."""
    return text if text.isascii() else _RTL_RUN.sub(_ISOLATED, text)


def escape(text: str) -> str:
    """The text so that Discord shows it letter for letter, wherever it stands; by backslashes alone."""
    return begun(_LIVE.sub(r"\\\g<0>", isolated(text)))


def begun(markdown: str) -> str:
    """Markdown that may stand at the beginning of a line, and make no heading, list or quotation there."""
    found = _BEGINS.match(markdown)
    return markdown if found is None else f"{markdown[: found.end()]}\\{markdown[found.end() :]}"


def bold(text: str) -> str:
    """The text in bold; nothing where there is nothing to read."""
    return _styled(text, "**")


def italic(text: str) -> str:
    """The text in italics; nothing where there is nothing to read."""
    return _styled(text, "*")


def heading(text: str, level: int) -> str:
    """The text as a heading of level 1 to 3; nothing where there is nothing to read.

    Discord leaves out "#" at the end of a heading ("C#"): one that ends so is put in bold, which a heading is anyway.
    """
    text = text.strip()
    return f"{'#' * level} {bold(text) if text.endswith('#') else escape(text)}" if text else ""


def labelled(label: str, rest: str) -> str:
    """A label in bold before what it names: "**Kind:** rest"; one of the two alone where the other is empty."""
    return f"**{escape(label.strip())}:**{' ' * bool(rest)}{rest}" if label.strip() else rest


def code(text: str) -> str:
    """The text as typed, in a fence that it does not break; escaped where no fence holds it."""
    runs = {len(run) for run in _TICKS.findall(text)}
    fence = next((fence for fence in _FENCES if len(fence) not in runs), "")
    if not fence or not text.strip():
        return escape(text)
    bare = text.strip(" ")  # Discord takes one blank away between the fence and a backtick
    return f"{fence}{' ' * bare.startswith('`')}{text}{' ' * bare.endswith('`')}{fence}"


def code_block(text: str) -> str:
    """The text in a block of its own with a button to copy it; within the line where it would end the block."""
    if not text.strip():
        return ""
    return code(text) if "```" in text else f"```\n{text}\n```"


def cited(cites: Iterable[str]) -> str:
    """The sentences a line rests on: `[4, 5]`; nothing where there are none."""
    listed = ", ".join(cites)
    return code(f"[{listed}]") if listed else ""


def with_citations(line: Line) -> str:
    """The line and behind it the sentences it rests on."""
    return " ".join(filter(None, (told(line.spans), cited(line.cites))))


def told(spans: Rich) -> str:
    """The spans as one line of markdown, fit to begin a line."""
    pieces: list[str] = []
    last = ""  # the mark that the piece before ended with: two marks that touch are read as one
    for span in spans:
        piece = _span(span)
        mark = piece[-1:] if isinstance(span, Said | Hedged | Label | Typed) else ""
        if last and piece.startswith(last) and mark:
            piece, mark = escape(_plain(span)), ""
        if piece:
            pieces.append(piece)
            last = mark if mark in {"*", "`"} else ""
    return begun("".join(pieces))


def told_plainly(line: Line) -> str:
    """The words of a line without markdown, for where Discord reads none; moments in UTC."""
    text = "".join(map(_plain, line.spans))
    return f"{text} [{', '.join(line.cites)}]".lstrip() if line.cites else text


def _styled(text: str, mark: str) -> str:
    """A mark beside a blank is shown, not read: blanks at the ends stay outside."""
    core = text.strip()
    if not core:
        return text
    at = text.index(core)
    return f"{text[:at]}{mark}{escape(core)}{mark}{text[at + len(core) :]}"


def _span(span: Span) -> str:  # noqa: PLR0911 one branch a span
    match span:
        case Words(text):
            return escape(text)
        case Said(text):
            return italic(text)
        case Hedged(text) | Label(text):
            return bold(text)
        case Typed(text):
            return code(text)
        case Moment(at):
            return f"<t:{int(at.timestamp())}:f>"
        case Link(text, address):
            # A bracket within the label would end it, and what stands behind it could be read as where the link leads.
            label = escape(text).replace("]", "\\]")
            return f"[{label}]({address})" if _ADDRESS.fullmatch(address) and text.strip() else escape(text)
        case Person(user, name):
            return f"<@{user}>" if user.isascii() and user.isdigit() else escape(name)
        case Channel(channel):
            return f"<#{channel}>" if channel.isascii() and channel.isdigit() else escape(channel)
        case _:
            assert_never(span)


def _plain(span: Span) -> str:
    match span:
        case Words(text) | Said(text) | Hedged(text) | Label(text) | Typed(text) | Link(text):
            return text
        case Moment(at):
            return f"{at.astimezone(UTC):%Y-%m-%d %H:%M} UTC"
        case Person(name=name):
            return name
        case Channel(channel):
            return channel
        case _:
            assert_never(span)
