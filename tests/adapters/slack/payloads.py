"""What a reader and Slack see of a payload: a model of mrkdwn, a walk over every object, a dump for people."""

import html
import re

from adapters.slack import limits
from adapters.slack.text import size

DATE = re.compile(r"<!date\^\d+\^\{date_short\} \{time\}\|([\w :./+-]+)>")
EMOJI = re.compile(r"[:：][\w+＋'-]+[:：]")
STYLES = [re.compile(rf"(?<!\w){mark}(?=\S)(.*?)(?<=\S){mark}(?!\w)") for mark in ("[*＊]", "[_＿]", "[~～]")] + [
    re.compile("[`｀](.+?)[`｀]")
]
MARKS = {"bold": "*", "italic": "_", "code": "`"}


def without_isolates(text):
    return text.replace("\u2068", "").replace("\u2069", "")


def acting(text):
    """A model of mrkdwn, written apart from the renderer and quicker to see syntax than Slack is: what would act."""
    left = DATE.sub("", text)
    found = re.findall(r"<[@!#]|<\w+:|[<>]|&(?!amp;|lt;|gt;)", left)
    found += [match[0] for pattern in (EMOJI, *STYLES) for match in pattern.finditer(html.unescape(left))]
    found += re.findall(r"(?i)@(?:here|channel|everyone)", left)
    return found + re.findall(r"^\s*(?:&gt;|＞)", left)


def read(element):
    """What a reader sees of a text object; in mrkdwn the model's styles and dates are taken away."""
    text = element["text"]
    if element["type"] == "mrkdwn":
        assert element["verbatim"] is True
        assert not re.search(r"(?i)@(?:here|channel|everyone)|^\s*(?:&gt;|＞)", text)
        text = DATE.sub(r"\1", text)
        assert not re.search("[<>]|&(?!amp;|lt;|gt;)", text)
        text = html.unescape(text)
        assert not EMOJI.search(text)
        for pattern in STYLES:
            text = pattern.sub(r"\1", text)
    else:
        assert element["emoji"] is False
    assert text
    return without_isolates(text)


def walk(value):
    """Every object of a payload."""
    if isinstance(value, dict):
        yield value
    for part in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from walk(part)


def visible(blocks):
    """Every text a reader can see, in order, marks of ours taken away."""
    seen = []
    for thing in walk(blocks):
        if thing.get("type") in {"plain_text", "mrkdwn"}:
            seen.append(read(thing))
        elif thing.get("type") == "text":
            seen.append(without_isolates(thing["text"]))
        elif thing.get("type") == "date":
            seen.append(thing["fallback"])
    return "".join(seen)


def dump(rendered):
    """A payload as a person reads it: what Slack sets in bold, italics and code between marks."""
    lines = [f"text     {rendered.text}"]
    for block in rendered.blocks:
        lines.append(block["type"])
        lines += [f"         {row}" for row in _rows(block)]
    return "\n".join(lines) + "\n"


def _rows(block):
    match block["type"]:
        case "header" | "section":
            return [f"{_text(block['text'])}{_control(block['accessory']) if 'accessory' in block else ''}"]
        case "context":
            return [" | ".join(map(_text, block["elements"]))]
        case "actions":
            return [_control(control).strip() for control in block["elements"]]
        case "rich_text":
            return [row for part in block["elements"] for row in _part(part)]


def _part(part):
    if part["type"] == "rich_text_list":
        return ["  " * part["indent"] + "• " + row for item in part["elements"] for row in _part(item)]
    told = "".join(_rich(element) for element in part["elements"]).split("\n")
    lead = {"rich_text_quote": "> ", "rich_text_preformatted": "``` "}.get(part["type"], "")
    return [lead + row for row in told]


def _rich(element):
    if element["type"] == "date":
        return f"<date {element['timestamp']} {element['format']}|{element['fallback']}>"
    mark = "".join(MARKS[style] for style in element.get("style", {}))
    return f"{mark}{element['text']}{mark}"


def _text(text):
    return f"{text['text']}" if text["type"] == "mrkdwn" else f"“{text['text']}”"


def _control(control):
    if control["type"] == "button":
        return f"   [{control['text']['text']}] {control['action_id']} {control['value']}"
    options = [f"{o['text']['text']} ({o.get('description', {}).get('text', '')}) {o['value']}" for o in control["options"]]
    return f"   [▾ {control['placeholder']['text']}] {control['action_id']}: " + "; ".join(options)


def beyond_limits(rendered):
    """Every limit of Slack's that a payload breaks, read from the payload alone."""
    found = []

    def most(what, text, limit):
        if not 0 < size(text) <= limit:
            found.append(f"{what}: {size(text)}")

    blocks = rendered.blocks
    if not 0 < len(blocks) <= limits.MESSAGE_BLOCKS_MAX:
        found.append(f"{len(blocks)} blocks")
    most("text", rendered.text.replace("&amp;", "a").replace("&lt;", "a").replace("&gt;", "a"), limits.UPDATE_TEXT_MAX)
    ids = [b["block_id"] for b in blocks] + [c["action_id"] for c in walk(blocks) if "action_id" in c]
    if len(set(ids)) != len(ids) or any(len(one) > limits.BLOCK_ID_MAX for one in ids):
        found.append("ids")
    total = 0
    for thing in walk(blocks):
        match thing:
            case {"type": "plain_text" | "mrkdwn", "text": text}:
                most("text object", text, limits.TEXT_MAX)
                if thing.get("emoji", thing.get("verbatim")) is not (thing["type"] == "mrkdwn"):
                    found.append("emoji or verbatim")
                total += size(text)
            case {"type": "text", "text": text} | {"type": "date", "fallback": text}:
                most("rich text", text, limits.TEXT_MAX)
                total += size(text)
            case {"type": "header", "text": text}:
                most("header", text["text"], limits.HEADER_MAX)
            case {"type": "context" | "actions", "elements": elements}:
                room = limits.CONTEXT_ELEMENTS_MAX if thing["type"] == "context" else limits.ACTIONS_ELEMENTS_MAX
                if not 0 < len(elements) <= room:
                    found.append(f"{len(elements)} elements")
            case {"type": "button", "text": text, "value": value}:
                most("button", text["text"], limits.BUTTON_TEXT_MAX)
                most("button's value", value, limits.BUTTON_VALUE_MAX)
            case {"type": "static_select", "options": options, "placeholder": placeholder}:
                most("placeholder", placeholder["text"], limits.PLACEHOLDER_MAX)
                if not 0 < len(options) <= limits.SELECT_OPTIONS_MAX or len({o["value"] for o in options}) < len(options):
                    found.append("options")
                for option in options:
                    most("option", option["text"]["text"], limits.OPTION_TEXT_MAX)
                    most("option's value", option["value"], limits.OPTION_VALUE_MAX)
                    most("description", option.get("description", {"text": "-"})["text"], limits.OPTION_DESCRIPTION_MAX)
            case {"type": str(kind), "elements": []} if kind.startswith("rich_text"):
                found.append(f"an empty {kind}")
    if total > limits.BLOCK_TEXT_SEEN_MAX:
        found.append(f"{total} characters")
    return found
