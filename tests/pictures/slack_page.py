"""A payload of Slack's (Block Kit) as HTML that looks plainly like Slack."""

import re
from html import escape, unescape
from typing import Any

DATE = re.compile(r"<!date\^\d+\^[^|]+\|([^>]+)>")
BOLD = re.compile(r"\*([^*]+)\*")
STYLE = """
body { background: #fff; color: #1d1c1d; font: 15px/1.42 "DejaVu Sans", sans-serif; }
h2 { font-size: 18px; margin: 4px 0 8px; } p { margin: 4px 0; white-space: pre-line; } small { color: #616061; font-size: 12.5px; }
ul { margin: 3px 0; padding-left: 24px; } li { margin: 2px 0; }
code { background: #f6f6f6; border: 1px solid #ddd; border-radius: 3px; color: #c01343;
font: 12.5px "DejaVu Sans Mono", monospace; padding: 0 3px; }
blockquote { border-left: 4px solid #ddd; margin: 4px 0; padding-left: 12px; white-space: pre-line; }
.row { display: flex; flex-wrap: wrap; gap: 8px; margin: 8px 0; } .side { display: flex; gap: 14px; } .side > p { flex: 1; }
button { background: #fff; border: 1px solid #bbb; border-radius: 4px; padding: 6px 12px;
font: bold 13px "DejaVu Sans", sans-serif; color: #1d1c1d; }
.menu { border: 1px solid #bbb; border-radius: 4px; padding: 6px 12px; font-size: 13px; color: #616061; }
.name { background: #e8e8e8; color: #616061; border-radius: 3px; font-size: 10px; padding: 1px 4px; margin-left: 4px; }
"""


def drawn(blocks: list[dict[str, Any]]) -> str:
    """The blocks of a message."""
    return "".join(_block(block) for block in blocks)


def _block(block: dict[str, Any]) -> str:
    match block["type"]:
        case "header":
            return f"<h2>{_text(block['text'])}</h2>"
        case "section":
            text = f"<p>{_text(block['text'])}</p>"
            return f'<div class="side">{text}<div>{_control(block["accessory"])}</div></div>' if "accessory" in block else text
        case "context":
            return f"<p><small>{' '.join(map(_text, block['elements']))}</small></p>"
        case "actions":
            return f'<div class="row">{"".join(map(_control, block["elements"]))}</div>'
        case "rich_text":
            return "".join(map(_part, block["elements"]))
        case other:
            raise ValueError(f"no picture is known of block {other}")


def _part(part: dict[str, Any]) -> str:
    match part["type"]:
        case "rich_text_list":
            return f"<ul>{''.join(f'<li>{_elements(item)}</li>' for item in part['elements'])}</ul>"
        case "rich_text_quote":
            return f"<blockquote>{_elements(part)}</blockquote>"
        case "rich_text_preformatted":
            return f"<pre>{_elements(part)}</pre>"
        case _:
            return f"<p>{_elements(part)}</p>"


def _elements(part: dict[str, Any]) -> str:
    return "".join(map(_element, part["elements"]))


def _element(element: dict[str, Any]) -> str:
    shown = escape(element["fallback"] if element["type"] == "date" else element["text"])
    for style, tag in (("code", "code"), ("bold", "b"), ("italic", "i")):
        if element.get("style", {}).get(style):
            shown = f"<{tag}>{shown}</{tag}>"
    return shown


def _text(text: dict[str, Any]) -> str:
    """A text object: plain, or of the mrkdwn that our renderer writes (bold and dates)."""
    if text["type"] == "plain_text":
        return escape(text["text"])
    return BOLD.sub(r"<b>\1</b>", escape(unescape(DATE.sub(r"\1", text["text"])), quote=False))


def _control(control: dict[str, Any]) -> str:
    if control["type"] == "button":
        return f"<button>{escape(control['text']['text'])}</button>"
    return f'<div class="menu">{escape(control["placeholder"]["text"])} ▾</div>'
