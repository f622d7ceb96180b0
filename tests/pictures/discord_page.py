"""A payload of Discord's (Components V2) as HTML that looks plainly like Discord."""

import re
from datetime import UTC, datetime
from html import escape
from typing import Any
from zoneinfo import ZoneInfo

CONTAINER, SECTION, ROW, TEXT, BUTTON, MENU = 17, 9, 1, 10, 2, 3
LONDON = ZoneInfo("Europe/London")
# Of Discord's Markdown only what our renderer writes; a backslash makes the sign behind it a plain one.
INLINE = re.compile(
    r"\\(?P<plain>.)|`(?P<code>[^`]+)`|<t:(?P<moment>\d+):\w>|\*\*(?P<bold>(?:\\.|[^*\\])+)\*\*|\*(?P<italic>(?:\\.|[^*\\])+)\*", re.DOTALL
)
STYLE = """
body { background: #313338; color: #dbdee1; font: 15px/1.38 "DejaVu Sans", sans-serif; }
.box { background: #2b2d31; border: 1px solid #3f4147; border-radius: 8px; padding: 14px 16px; }
h2 { font-size: 20px; margin: 2px 0 6px; color: #f2f3f5; } h3 { font-size: 16px; margin: 10px 0 2px; color: #f2f3f5; }
p { margin: 3px 0; } li { margin: 2px 0; } ul { margin: 2px 0; padding-left: 22px; } small { color: #949ba4; font-size: 12.5px; }
code { background: #1e1f22; border-radius: 3px; padding: 0 3px; font: 12.5px "DejaVu Sans Mono", monospace; }
blockquote { border-left: 4px solid #4e5058; margin: 3px 0; padding-left: 10px; }
.text { margin: 0 0 8px; } .row { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0 0; }
.side { display: flex; gap: 14px; align-items: flex-start; } .side > .text { flex: 1; }
button { background: #4e5058; color: #fff; border: 0; border-radius: 6px; padding: 8px 14px; font: 13px "DejaVu Sans", sans-serif; }
.menu { flex: 1; background: #1e1f22; border-radius: 6px; padding: 9px 12px; color: #949ba4; font-size: 13px; }
.name { background: #5865f2; color: #fff; border-radius: 4px; font-size: 10px; padding: 1px 5px; margin-left: 4px; }
"""


def drawn(components: list[dict[str, Any]]) -> str:
    """The parts of a message, nested ones inside."""
    return "".join(_part(part) for part in components)


def _part(part: dict[str, Any]) -> str:
    match part["type"]:
        case 17:
            return f'<div class="box">{drawn(part["components"])}</div>'
        case 9:
            return f'<div class="side"><div class="text">{drawn(part["components"])}</div>{_part(part["accessory"])}</div>'
        case 1:
            return f'<div class="row">{drawn(part["components"])}</div>'
        case 10:
            return f'<div class="text">{"".join(map(_line, part["content"].splitlines()))}</div>'
        case 2:
            return f"<button>{escape(part['label'])}</button>"
        case 3:
            return f'<div class="menu">{escape(part.get("placeholder", ""))} ▾</div>'
        case other:
            raise ValueError(f"no picture is known of part {other}")


def _line(line: str) -> str:
    for mark, tag in (("## ", "h2"), ("### ", "h3"), ("-# ", "small"), ("> ", "blockquote")):
        if line.startswith(mark):
            inner = _inline(line.removeprefix(mark))
            return f"<p><small>{inner}</small></p>" if tag == "small" else f"<{tag}>{inner}</{tag}>"
    if line.startswith("- "):
        return f"<ul><li>{_inline(line.removeprefix('- '))}</li></ul>"
    return f"<p>{_inline(line)}</p>"


def _inline(text: str) -> str:
    found, at = [], 0
    for match in INLINE.finditer(text):
        found += [escape(text[at : match.start()]), _styled(match)]
        at = match.end()
    return "".join([*found, escape(text[at:])])


def _styled(match: re.Match[str]) -> str:
    match match.lastgroup, match[match.lastgroup or 0]:
        case "plain", sign:
            return escape(sign)
        case "code", text:
            return f"<code>{escape(text)}</code>"
        case "moment", seconds:
            return f"{datetime.fromtimestamp(int(seconds), UTC).astimezone(LONDON):%-d %B %Y %H:%M}"
        case "bold", text:
            return f"<b>{_inline(text)}</b>"
        case _, text:
            return f"<i>{_inline(text)}</i>"
