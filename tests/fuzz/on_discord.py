"""Discord as it takes or refuses a message and as its reader sees one: a model that knows nothing of the adapter's.

Figures are those of docs.discord.com/developers (resources/message, components/reference), written down a second time.
"""

import json
import re
from collections.abc import Iterator
from typing import Any

from discord import http

from adapters.discord.answering import NOBODY
from adapters.discord.layout import shortened
from adapters.discord.limits import THREAD_NAME_MAX
from adapters.discord.presses import too_long
from adapters.discord.render import fits, render
from briefs.message import Line, Message, Story, title_of
from briefs.message.split import split
from tests.adapters.discord.payloads import squeezed
from tests.adapters.discord.reader import read
from tests.fuzz.signs import Named, hidden, named, parts_of
from tests.gallery import texts

MARK = "edition-mark-000000001"
OURS = ("We say", "Source says", "Our retelling", "Kept")  # labels that the renderer itself puts in bold
NUMBERED = re.compile(r"Line\d+of\d+|▸?\d+")
Payload = dict[str, Any]


def findings(message: Message, *, marked: bool = False) -> list[str]:
    """What is wrong with a message as it is posted; empty: nothing."""
    found: list[str] = []
    for part in split(message, lambda part: fits(part, marked=marked)):
        shorts = {line: f"short-{number:016}" for number, line in enumerate(too_long(part, marked=marked))}
        with http.handle_message_parameters(
            view=render(part, shorts=shorts, mark=MARK if marked else ""), allowed_mentions=NOBODY, nonce=MARK
        ) as given:
            found += refused(given.payload) + acting(part, given.payload, named(message))
    title = shortened(title_of(message), THREAD_NAME_MAX)
    found += [f"thread's name: {sign}" for sign in hidden(title, line_ends=False)]
    return found + ["thread's name: too long"] * (units(title) > 100)


def refused(payload: Payload) -> list[str]:
    """The rules of Discord's that a request breaks."""
    try:
        json.dumps(payload, ensure_ascii=False).encode()
    except UnicodeEncodeError:
        return ["no UTF-8"]
    everything = list(walk(payload["components"]))
    texts = [part["content"] for part in everything if part["type"] == 10]
    ids = [part["custom_id"] for part in everything if "custom_id" in part]
    rules = {
        "calls somebody": payload["allowed_mentions"] == {"parse": []},
        "another flag": payload["flags"] == 32768,
        "content beside components": not payload.get("content") and not payload.get("embeds"),
        "nonce": len(payload["nonce"]) <= 25,
        "components": 1 <= len(everything) <= 40,
        "text in all": sum(map(units, texts)) <= 4000,
        "no text": all(text.strip() for text in texts),
        "two of one id": len(set(ids)) == len(ids),
        "length of an id": all(1 <= units(one) <= 100 for one in ids),
    }
    found = [name for name, kept in rules.items() if not kept]
    return found + [f"{_KINDS.get(part['type'], 'unknown')}: {wrong}" for part in everything for wrong in _wrong(part)]


def acting(part: Message, payload: Payload, named: Named) -> list[str]:
    """What acts in what is shown and is not ours, and what must not be there at all."""
    everything = list(walk(payload["components"]))
    found = [f"hidden: {sign}" for one in everything for text in _strings(one) for sign in hidden(text)]
    found += ["forged lines in a label" for one in everything if one["type"] == 2 and "\n" in one["label"]]
    styled = {squeezed(form.format(text)) for form in ("{}", "{}:", "[{}]") for text in (*texts(part.blocks), *OURS)}
    styled |= {squeezed(f"{one.number} · {one.headline}") for one in parts_of(part) if isinstance(one, Story)}
    styled |= {squeezed(f"[{', '.join(one.cites)}]") for one in parts_of(part) if isinstance(one, Line)}
    calls = {f"<@{user}>" for user in named.people} | {f"<#{channel}>" for channel in named.channels}
    for one in everything:
        for kind, what in read(_without_our_links(one["content"], named)).acts if one["type"] == 10 else ():
            match kind:
                case "moment":
                    right = int(what) in named.moments
                case "mention":
                    right = what in calls
                case "bold" | "italic" | "code" | "block" | "heading":
                    right = squeezed(what) in styled or bool(NUMBERED.fullmatch(squeezed(what)))
                case _:
                    right = kind in {"list", "quote", "small print"}
            found += [] if right else [f"acts: {kind}"]
    return found


def _without_our_links(shown: str, named: Named) -> str:
    """The text with the labels alone of those links that lead where the message itself says."""
    for address in named.addresses:
        if address.startswith("https://"):
            shown = re.sub(rf"(?<!\\)((?:\\\\)*)\[((?:\\.|[^\[\]\\])*)\]\({re.escape(address)}\)", r"\1\2", shown)
    return shown


def walk(components: list[Payload]) -> Iterator[Payload]:
    """Every component, nested ones, too."""
    for component in components:
        yield component
        yield from walk([*component.get("components", ()), *([component["accessory"]] if "accessory" in component else ())])


def units(text: str) -> int:
    """Code points or UTF-16 units, whichever are more."""
    return max(len(text), len(text.encode("utf-16-le", "surrogatepass")) // 2)


_KINDS = {1: "row", 2: "button", 3: "menu", 9: "section", 10: "text", 17: "container"}


def _wrong(part: Payload) -> list[str]:
    """The rules that one component breaks."""
    match part["type"]:
        case 1:
            kinds = [one["type"] for one in part["components"]]
            rules = {"holds": kinds == [3] or (set(kinds) == {2} and len(kinds) <= 5)}
        case 2:
            rules = {"label": bool(part["label"].strip()) and units(part["label"]) <= 80, "url": "url" not in part}
        case 3:
            options = part["options"]
            rules = {
                "options": 1 <= len(options) <= 25,
                "two of one value": len({option["value"] for option in options}) == len(options),
                "value": all(1 <= units(option["value"]) <= 100 for option in options),
                "label": all(option["label"].strip() and units(option["label"]) <= 100 for option in options),
                "description": all(1 <= units(option.get("description") or "-") <= 100 for option in options),
                "placeholder": units(part.get("placeholder") or "") <= 150,
            }
        case 9:
            rules = {"texts": 1 <= len(part["components"]) <= 3, "accessory": part["accessory"]["type"] == 2}
        case 17:
            rules = {"holds": bool(part["components"])}
        case 10:
            rules = {}
        case _:
            rules = {"kind": False}
    return [name for name, kept in rules.items() if not kept]


def _strings(part: Payload) -> Iterator[str]:
    for name, value in part.items():
        if isinstance(value, str):
            yield value
        elif name == "options":
            yield from (text for option in value for text in option.values() if isinstance(text, str))
