"""Slack as it takes or refuses a message and as its reader sees one: a model that knows nothing of the adapter's.

Figures are those of docs.slack.dev (reference/block-kit, reference/methods/chat.postMessage), written down a second time.
"""

import html
import json
import re
from collections.abc import Iterator
from typing import Any

from adapters.slack.presses import too_long
from adapters.slack.render import Rendered, fits, render
from briefs.message import Message
from briefs.message.split import split
from tests.fuzz.signs import Named, hidden, named

MARK = "edition-mark-000000001"
DATE = re.compile(r"<!date\^(\d+)\^\{date_short\} \{time\}\|[\w :./+-]+>")
EMOJI = re.compile(r"[:：][\w+＋'-]+[:：]")
CALLS = re.compile(r"(?i)(?<!\w)@(?:here|channel|everyone)")
Payload = dict[str, Any]


def findings(message: Message, *, marked: bool = False) -> list[str]:
    """What is wrong with a message as it is posted; empty: nothing."""
    found: list[str] = []
    for part in split(message, fits):
        shorts = {line: f"{number:022}" for number, line in enumerate(too_long(part))}
        rendered = render(part, shorts=shorts, mark=MARK if marked else "")
        found += refused(rendered) + acting(rendered, named(message))
    return found


def refused(rendered: Rendered) -> list[str]:
    """The rules of Slack's that a message breaks."""
    try:
        json.dumps(rendered.blocks, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return ["no UTF-8"]
    blocks, things = rendered.blocks, list(walk(rendered.blocks))
    ids = [block.get("block_id", "") for block in blocks]
    actions = [thing["action_id"] for thing in things if "action_id" in thing]
    shown = sum(units(text) for text in _shown(things))
    rules = {
        "blocks": 1 <= len(blocks) <= 50,
        "text": 1 <= len(rendered.text) <= 40_000 and units(html.unescape(rendered.text)) <= 4_000,
        "block ids": len(set(ids)) == len(ids) and all(1 <= len(one) <= 255 for one in ids),
        "action ids": len(set(actions)) == len(actions) and all(1 <= len(one) <= 255 for one in actions),
        "text in all": shown <= 13_200,
    }
    found = [name for name, kept in rules.items() if not kept]
    return found + [f"{thing.get('type', 'option')}: {wrong}" for thing in things for wrong in _wrong(thing)]


def acting(rendered: Rendered, named: Named) -> list[str]:
    """What acts in what is shown and is not ours, and what must not be there at all."""
    things = list(walk(rendered.blocks))
    found = [f"hidden: {sign}" for text in (rendered.text, *_strings(rendered.blocks)) for sign in hidden(text)]
    found += [f"text: {what}" for what in _live(rendered.text)] + [f"text: {what}" for what in EMOJI.findall(rendered.text)]
    found += ["text: a style"] * bool(re.search(r"[*_~`]", rendered.text))
    for thing in things:
        match thing:
            case {"type": "mrkdwn", "text": text}:
                found += [f"mrkdwn: {what}" for what in (*_live(DATE.sub("", text)), *EMOJI.findall(DATE.sub("", text)))]
                found += ["mrkdwn: another moment" for at in DATE.findall(text) if int(at) not in named.moments]
                found += ["mrkdwn: read for links"] * (thing.get("verbatim") is not True)
            case {"type": "plain_text"}:
                found += ["plain text: read for emoji"] * (thing.get("emoji") is not False)
            case {"type": "link", "url": url}:
                found += ["a link to elsewhere"] * (url not in named.addresses or not url.startswith("https://"))
            case {"type": "channel", "channel_id": channel}:
                found += ["another channel"] * (channel not in named.channels)
            case {"type": "date", "timestamp": at}:
                found += ["another moment"] * (at not in named.moments)
            case {"type": "user" | "usergroup" | "broadcast" | "emoji" | "team" as kind}:
                found.append(f"calls: {kind}")
            case _:
                found += ["a link"] * ("url" in thing or "image_url" in thing)
    return found


def walk(value: object) -> Iterator[Payload]:
    """Every object of a payload."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(part)


def units(text: str) -> int:
    """The longer of code points and UTF-16 units, once & < > are written as Slack has them."""
    escaped = html.escape(html.unescape(text) if "&" in text and not re.search("[<>]", text) else text, quote=False)
    return max(len(escaped), len(escaped.encode("utf-16-le", "surrogatepass")) // 2)


def _live(text: str) -> list[str]:
    """What is no text in escaped mrkdwn."""
    return re.findall(r"<[^>]*>?|>|&(?!amp;|lt;|gt;)", text) + CALLS.findall(text) + re.findall(r"(?m)^\s*(?:&gt;|＞)", text)


def _shown(things: list[Payload]) -> Iterator[str]:
    for thing in things:
        match thing:
            case {"type": "plain_text" | "mrkdwn" | "text" | "link", "text": str(text)} | {"type": "date", "fallback": str(text)}:
                yield text


def _strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _strings(part)


def _within(text: str, most: int) -> bool:
    return bool(text.strip()) and units(text) <= most


def _wrong(thing: Payload) -> list[str]:
    """The rules that one block, element or object breaks."""
    match thing:
        case {"type": "plain_text" | "mrkdwn", "text": text}:
            return [] if _within(text, 3_000) else ["length"]
        case {"type": "header", "text": {"type": kind, "text": text}}:
            return [] if kind == "plain_text" and _within(text, 150) else ["text"]
        case {"type": "section"}:
            return [] if "text" in thing else ["no text"]
        case {"type": "context", "elements": elements}:
            return [] if 1 <= len(elements) <= 10 else ["elements"]
        case {"type": "actions", "elements": elements}:
            return [] if 1 <= len(elements) <= 25 else ["elements"]
        case {"type": "button", "text": label, "value": value}:
            rules = {"label": _within(label["text"], 75), "value": 1 <= len(value) <= 2_000 and units(value) <= 2_000}
        case {"type": "static_select", "options": options}:
            rules = {
                "options": 1 <= len(options) <= 100,
                "two of one value": len({option["value"] for option in options}) == len(options),
                "placeholder": _within(thing["placeholder"]["text"], 150),
            }
        case {"value": value, "text": {"text": label}}:
            about = thing.get("description", {"text": "-"})["text"]
            rules = {"value": 1 <= units(value) <= 75, "label": _within(label, 75), "description": _within(about, 75)}
        case {"type": "text" | "link", "text": text}:
            rules = {"empty": bool(text), "length": units(text) <= 3_000}
        case {"type": "rich_text" | "rich_text_list" | "rich_text_section" | "rich_text_quote" | "rich_text_preformatted"}:
            rules = {"empty": bool(thing["elements"])}
        case {"type": "date" | "channel"} | {"bold": True} | {"italic": True} | {"code": True}:
            rules = {}
        case _:
            rules = {"kind": False}
    return [name for name, kept in rules.items() if not kept]
