"""What a reader of Discord sees of markdown, by rules of our own reading: the text, and everything in it that acts.

It errs on the safe side: a mark that neither acts nor is escaped counts as a stray one.
"""

import re
from dataclasses import dataclass, field

ISOLATES = str.maketrans("", "", "\u2068\u2069")
ESCAPE = re.compile(r"\\([^0-9A-Za-z\s])")
# At the beginning of a line; what they mark goes on to its end.
LINES = [
    ("small print", re.compile(r"-# +")),
    ("heading", re.compile(r"#{1,3}\s+(?!#)")),
    ("quote", re.compile(r" *>(?:>>)? ")),
    ("list", re.compile(r" *(?:[-*+]|\d+\.) +")),
]
# Anywhere; the group is what they show, which may hold more of them.
STYLES = [
    ("bold", re.compile(r"\*\*((?:\\.|[^\\])+?)\*\*(?!\*)", re.DOTALL)),
    ("underline", re.compile(r"__((?:\\.|[^\\])+?)__(?!_)", re.DOTALL)),
    ("italic", re.compile(r"\*(?!\s)((?:\\.|\*\*|[^*\\])+?)(?<!\s)\*(?!\*)", re.DOTALL)),
    ("italic", re.compile(r"_((?:\\.|__|[^_\\])+?)_(?!\w)", re.DOTALL)),
    ("strikethrough", re.compile(r"~~(.+?)~~", re.DOTALL)),
    ("spoiler", re.compile(r"\|\|(.+?)\|\|", re.DOTALL)),
    ("link", re.compile(r"\[((?:\[[^\]]*\]|[^\[\]])*)\]\([^)\s]*(?:\s[^)]*)?\)", re.DOTALL)),
]
# Anywhere; shown as something else, or pressed.
THINGS = [
    ("link", re.compile(r"(?:https?|steam|discord)://\S+", re.IGNORECASE)),
    ("link", re.compile(r"<[A-Za-z][A-Za-z+.-]*:[^\s>]+>")),
    ("invitation", re.compile(r"(?:discord\.gg|discord(?:app)?\.com/invite)/\S+", re.IGNORECASE)),
    ("mention", re.compile(r"<(?:@[!&]?|#)\d+>|<id:\w+>|@everyone|@here")),
    ("command", re.compile(r"</[^>]+:\d+>")),
    ("emoji", re.compile(r"<a?:\w+:\d+>|:[^\s:]+:")),
]
MOMENT = re.compile(r"<t:(-?\d+)(?::[tTdDfFsSR])?>")
CODE = re.compile(r"(`+)(.+?)(?<!`)\1(?!`)", re.DOTALL)
BLOCK = re.compile(r"```(?:[\w+.-]*\n)?(.*?[^\n].*?)```", re.DOTALL)


@dataclass
class Seen:
    """The text as shown, and what acts in it, by kind, in the order of its ends."""

    text: str = ""
    acts: list[tuple[str, str]] = field(default_factory=list)


def read(markdown: str, *, begins: bool = True) -> Seen:
    """What is seen of the markdown; `begins`: it stands at the beginning of a line."""
    seen = Seen()
    at = 0
    while at < len(markdown):
        begins = begins or markdown[at - 1 : at] == "\n"
        at, begins = step(markdown, at, seen, begins)
    return seen


def step(markdown: str, at: int, seen: Seen, begins: bool) -> tuple[int, bool]:
    """Read one thing; where the next one is, and whether it begins a line."""
    if found := ESCAPE.match(markdown, at):
        seen.text += found[1]
        return found.end(), False
    if begins and (found := first(LINES, markdown, at)):
        return mark_line(*found, markdown, seen)
    if found := BLOCK.match(markdown, at):
        shown(seen, "block", found[1].strip("\n"))
        return found.end(), False
    if found := CODE.match(markdown, at):
        shown(seen, "code", unpadded(found[2]))
        return found.end(), False
    if found := MOMENT.match(markdown, at):
        seen.acts.append(("moment", found[1]))
        return found.end(), False
    if named := first(THINGS, markdown, at):
        shown(seen, named[0], named[1][0])
        return named[1].end(), False
    if named := first(STYLES, markdown, at):
        inner = read(named[1][1], begins=begins)
        seen.acts += inner.acts
        shown(seen, named[0], inner.text)
        return named[1].end(), False
    char = markdown[at]
    if char in "*_~|`<[@\\":
        seen.acts.append(("stray", char))
    seen.text += char
    return at + 1, begins and char == " "


def mark_line(kind: str, found: re.Match[str], markdown: str, seen: Seen) -> tuple[int, bool]:
    """A line that begins with a mark: the mark is not shown, and what follows begins a line, too."""
    if kind != "heading":
        seen.acts.append((kind, ""))
        return found.end(), True
    end = markdown.find("\n", found.end())
    end = len(markdown) if end < 0 else end
    inner = read(markdown[found.end() : end].rstrip().rstrip("#").rstrip())
    seen.acts += inner.acts
    shown(seen, "heading", inner.text)
    return end, False


def first(rules: list[tuple[str, re.Pattern[str]]], markdown: str, at: int) -> tuple[str, re.Match[str]] | None:
    """The first rule that acts here, and what it takes."""
    return next(((kind, found) for kind, rule in rules if (found := rule.match(markdown, at))), None)


def shown(seen: Seen, kind: str, text: str) -> None:
    """Add what acts, and what is read of it."""
    seen.acts.append((kind, text))
    seen.text += text


def unpadded(inner: str) -> str:
    """Code without the blank that keeps a backtick from its fence."""
    bare = inner.strip(" ")
    inner = inner[1:] if bare.startswith("`") and inner.startswith(" ") else inner
    return inner[:-1] if bare.endswith("`") and inner.endswith(" ") else inner


def plain(text: str) -> str:
    """The text without the isolates around right-to-left words."""
    return text.translate(ISOLATES)
