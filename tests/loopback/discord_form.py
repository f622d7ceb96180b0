"""Whether Discord would take a message's form: a checker of its own, from the documents and not from the adapter."""

from collections.abc import Iterator
from typing import Any

V2 = 1 << 15
EPHEMERAL = 1 << 6
TAKEN = {4: "embeds suppressed", EPHEMERAL: "ephemeral", 4096: "silent", V2: "components V2"}
ROW, BUTTON, SELECT, SECTION, TEXT, SEPARATOR, CONTAINER = 1, 2, 3, 9, 10, 14, 17
TOP_LEVEL = {ROW, SECTION, TEXT, SEPARATOR, CONTAINER, 12, 13}


def faults(payload: dict[str, Any]) -> Iterator[str]:
    """What Discord would find wrong with the body of a message; nothing where it would take it."""
    flags = payload.get("flags") or 0
    if flags & ~sum(TAKEN):
        yield "flags: not allowed"
    if len(str(payload.get("nonce") or "")) > 25:
        yield "nonce: Must be 25 or fewer in length."
    if len(payload.get("content") or "") > 2000:
        yield "content: Must be 2000 or fewer in length."
    components = payload.get("components") or []
    if flags & V2:
        yield from _v2(payload, components)
    elif any(component["type"] != ROW for component in components):
        yield "components: needs the flag of components V2"
    every = list(walked(components))
    yield from _ids(every)
    for component in every:
        yield from _component(component)


def is_empty(payload: dict[str, Any]) -> bool:
    """Whether there is nothing in it."""
    return not any(payload.get(part) for part in ("content", "components", "embeds", "poll", "sticker_ids", "attachments"))


def _v2(payload: dict[str, Any], components: list[dict[str, Any]]) -> Iterator[str]:
    if any(payload.get(old) for old in ("content", "embeds", "poll", "sticker_ids")):
        yield "content: cannot be used with components V2"
    every = list(walked(components))
    if len(every) > 40:
        yield f"components: {len(every)} of at most 40"
    if sum(len(component["content"]) for component in every if component["type"] == TEXT) > 4000:
        yield "components: more than 4000 characters of text"
    if any(component["type"] not in TOP_LEVEL for component in components):
        yield "components: a kind that cannot stand at the top"


def _ids(components: list[dict[str, Any]]) -> Iterator[str]:
    ids = [component["custom_id"] for component in components if "custom_id" in component]
    if len(ids) != len(set(ids)):
        yield "custom_id: Component custom id cannot be duplicated"
    if any(not 1 <= len(given) <= 100 for given in ids):
        yield "custom_id: Must be between 1 and 100 in length."


def _component(component: dict[str, Any]) -> Iterator[str]:
    inner = component.get("components") or []
    match component["type"]:
        case 1 if not 1 <= len(inner) <= 5 or ({SELECT} & {c["type"] for c in inner} and len(inner) > 1):
            yield "row: 1 to 5 buttons or one menu"
        case 2 if len(component.get("label") or "") > 80 or not (component.get("label") or component.get("emoji")):
            yield "button: a label of 1 to 80 characters"
        case 2 if (component["style"] == 5) == ("custom_id" in component):
            yield "button: a link has a url, all others have a custom_id"
        case 3:
            options = component.get("options") or []
            if not 1 <= len(options) <= 25 or len({option["value"] for option in options}) != len(options):
                yield "menu: 1 to 25 options of different values"
            for option in options:
                lengths = [len(option["label"]), len(option["value"]), len(option.get("description") or "x")]
                if not all(1 <= length <= 100 for length in lengths):
                    yield "option: label, value and description of 1 to 100 characters"
            if len(component.get("placeholder") or "") > 150:
                yield "menu: a placeholder of at most 150 characters"
        case 9 if not 1 <= len(inner) <= 3 or "accessory" not in component:
            yield "section: 1 to 3 texts and an accessory"
        case 10 if not component["content"].strip():
            yield "text: Must be 1 or more in length."
        case 17 if not inner:
            yield "container: This field is required"


def walked(components: list[dict[str, Any]]) -> Iterator[dict[str, Any]]:
    """Every component, those within others too."""
    for component in components:
        yield component
        yield from walked(component.get("components") or [])
        if "accessory" in component:
            yield from walked([component["accessory"]])
