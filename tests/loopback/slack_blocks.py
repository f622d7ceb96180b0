"""Block Kit's limits as Slack enforces them: a judge of its own, which knows nothing of the renderer it judges.

Sources: the Block Kit reference; where sources disagree, the smaller figure. Lengths are UTF-16 units, the larger count.
"""

from collections.abc import Iterator
from typing import Any

TEXT_MAX = 3_000
BLOCKS_TEXT_MAX = 13_200  # characters over all blocks of a message; seen by others, never published
MESSAGE_BLOCKS, VIEW_BLOCKS = 50, 100
ID_MAX = 255
RICH_PARTS = {"rich_text_section", "rich_text_list", "rich_text_quote", "rich_text_preformatted"}
RICH_LEAVES = {"text", "link", "emoji", "date", "user", "usergroup", "channel", "broadcast", "color"}
OPTIONS_MAX = {"static_select": 100, "multi_static_select": 100, "overflow": 5, "radio_buttons": 10, "checkboxes": 10}


def wrong_with(blocks: Any, most: int = MESSAGE_BLOCKS) -> list[str]:
    """What Slack would refuse in these blocks; empty where it would take them."""
    if not isinstance(blocks, list) or not all(isinstance(block, dict) for block in blocks):
        return ["blocks is no list of objects"]
    found = [f"{len(blocks)} blocks"] if len(blocks) > most else []
    for place, block in enumerate(blocks):
        found += [f"block {place}: {what}" for what in _block(block)]
    for name in ("block_id", "action_id"):
        ids = [value for value in _every(blocks, name) if value]
        found += [f"{name} {twice!r} more than once" for twice in {i for i in ids if ids.count(i) > 1}]
        found += [f"{name} too long" for i in ids if _units(i) > ID_MAX]
    return found


def text_of(blocks: Any) -> int:
    """Characters of all texts in the blocks."""
    return sum(_units(value) for value in _every(blocks, "text") if isinstance(value, str))


def _block(block: dict[str, Any]) -> Iterator[str]:
    match block.get("type"):
        case "header":
            yield from _text(block.get("text"), 150, plain=True)
        case "section":
            yield from _section(block)
        case "context":
            yield from _several(block.get("elements"), 10)
            for element in block.get("elements", ()):
                yield from _image(element) if element.get("type") == "image" else _text(element, TEXT_MAX)
        case "actions":
            yield from _several(block.get("elements"), 25)
            for element in block.get("elements", ()):
                yield from _element(element)
        case "rich_text":
            yield from _rich(block)
        case "markdown":
            yield from _length("markdown", block.get("text"), 12_000)
        case "image":
            yield from _image(block)
        case "input":
            yield from _text(block.get("label"), 2_000, plain=True)
            if "hint" in block:
                yield from _text(block["hint"], 2_000, plain=True)
            yield from _element(block.get("element", {}), asked=True)
        case "divider":
            return
        case other:
            yield f"no block is called {other!r}"


def _section(block: dict[str, Any]) -> Iterator[str]:
    if "text" not in block and "fields" not in block:
        yield "a section without text and fields"
    if "text" in block:
        yield from _text(block["text"], TEXT_MAX)
    if "fields" in block:
        yield from _several(block["fields"], 10)
        for one in block["fields"]:
            yield from _text(one, 2_000)
    if "accessory" in block:
        yield from _image(block["accessory"]) if block["accessory"].get("type") == "image" else _element(block["accessory"])


def _rich(block: dict[str, Any]) -> Iterator[str]:
    yield from _several(block.get("elements"), 1_000)
    for part in block.get("elements", ()):
        if part.get("type") not in RICH_PARTS:
            yield f"rich_text has no {part.get('type')!r}"
        elif part["type"] == "rich_text_list":
            yield from _several(part.get("elements"), 1_000)
            yield from () if part.get("style") in {"bullet", "ordered"} else ("a list without a style",)
            for line in part.get("elements", ()):
                yield from _leaves(line)
        else:
            yield from _leaves(part)


def _leaves(part: dict[str, Any]) -> Iterator[str]:
    yield from _several(part.get("elements"), 1_000)
    for leaf in part.get("elements", ()):
        if leaf.get("type") not in RICH_LEAVES:
            yield f"{part.get('type')} has no {leaf.get('type')!r}"
        elif leaf["type"] == "text":
            yield from _length("rich text", leaf.get("text"), BLOCKS_TEXT_MAX)
            if not set(leaf.get("style", {})) <= {"bold", "italic", "strike", "code", "underline"}:
                yield "a style that is none"
        elif leaf["type"] == "date":
            yield from () if isinstance(leaf.get("timestamp"), int) and leaf.get("format") else ("a date without timestamp or format",)


def _element(element: dict[str, Any], *, asked: bool = False) -> Iterator[str]:
    match element.get("type"):
        case "button":
            yield from _text(element.get("text"), 75, plain=True)
            yield from _length("value", element.get("value", "x"), 2_000)
            yield from _length("url", element.get("url", "x"), 3_000)
            yield from _length("accessibility_label", element.get("accessibility_label", "x"), 75)
            if element.get("style", "primary") not in {"primary", "danger"}:
                yield "a style that is none"
        case "static_select" | "multi_static_select" | "overflow" | "radio_buttons" | "checkboxes" as kind:
            yield from _select(element, OPTIONS_MAX[kind])
        case "external_select":
            yield from _text(element.get("placeholder"), 150, plain=True)
            if "initial_option" in element:
                yield from _select({"options": [element["initial_option"]]}, 1)
        case "plain_text_input":
            most = element.get("max_length", 3_000)
            if not 1 <= most <= 3_000:
                yield "an input of none or more than 3000"
            if _units(element.get("initial_value", "")) > most:
                yield "an initial value that the input does not hold"
        case "file_input" if asked:
            if not 1 <= element.get("max_files", 10) <= 10:
                yield "an input of no file or more than 10"
        case other:
            yield f"no element is called {other!r}"


def _select(element: dict[str, Any], most: int) -> Iterator[str]:
    if "placeholder" in element:
        yield from _text(element["placeholder"], 150, plain=True)
    groups = element.get("option_groups")
    lists = [group.get("options") for group in groups] if groups else [element.get("options")]
    for options in lists:
        yield from _several(options, most)
        for option in options or ():
            yield from _text(option.get("text"), 75)
            yield from _length("an option's value", option.get("value"), 75)
            if "description" in option:
                yield from _text(option["description"], 75)


def _image(image: dict[str, Any]) -> Iterator[str]:
    yield from _length("image_url", image.get("image_url"), 3_000)
    yield from _length("alt_text", image.get("alt_text"), 2_000)


def _text(text: Any, most: int, *, plain: bool = False) -> Iterator[str]:
    if not isinstance(text, dict) or text.get("type") not in ({"plain_text"} if plain else {"plain_text", "mrkdwn"}):
        yield "a text object is missing or of the wrong type"
        return
    if set(text) - {"type", "text", "emoji" if text["type"] == "plain_text" else "verbatim"}:
        yield f"a {text['type']} object with {sorted(text)}"
    yield from _length("text", text.get("text"), most)


def _length(name: str, value: Any, most: int) -> Iterator[str]:
    if not isinstance(value, str) or not 1 <= _units(value) <= most:
        yield f"{name} is not a text of 1 to {most} characters"


def _several(values: Any, most: int) -> Iterator[str]:
    if not isinstance(values, list) or not 1 <= len(values) <= most:
        yield f"not 1 to {most} elements"


def _every(value: Any, name: str) -> Iterator[Any]:
    if isinstance(value, dict):
        if name in value:
            yield value[name]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _every(part, name)


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
