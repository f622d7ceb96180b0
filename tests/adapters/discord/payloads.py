"""Payloads of Discord's renderer, for tests: taken apart, dumped, held against the limits."""

from adapters.discord import limits
from adapters.discord.presses import too_long
from adapters.discord.render import render
from briefs.message import Person
from tests.adapters.discord.reader import plain, read
from tests.gallery import APPROVED, texts

# What the renderer itself puts in bold.
LABELS = ("We say", "Source says", "Our retelling", "Kept", "Line 1 of 1", "▸ 1", "2")
MOMENT = str(int(APPROVED.timestamp()))


def shorts_of(message, *, marked=False):
    return {line: f"short-{number:016}" for number, line in enumerate(too_long(message, marked=marked))}


def payload(message, mark=""):
    return render(message, shorts=shorts_of(message, marked=bool(mark)), mark=mark).to_components()


def walk(components):
    for component in components:
        yield component
        yield from walk([*component.get("components", ()), *([component["accessory"]] if "accessory" in component else ())])


def kind(components, number):
    return [component for component in walk(components) if component["type"] == number]


def markdown(components):
    return [component["content"] for component in kind(components, 10)]


def buttons(components):
    return kind(components, 2)


def menus(components):
    return kind(components, 3)


def dump(components, indent=""):
    """The payload as lines to look at; "+" begins a text display."""
    lines = []
    for part in components:
        match part["type"]:
            case 10:
                first, *rest = part["content"].split("\n")
                lines += [f"{indent}+ {first}", *(f"{indent}| {line}" for line in rest)]
            case 2:
                lines.append(f"{indent}[{part['label']}]  {part['custom_id']}")
            case 3:
                lines.append(f"{indent}{part['placeholder']} ▾  {part['custom_id']}")
                lines += [f"{indent}  {o['label']} / {o.get('description', '')}  {o['value']}" for o in part["options"]]
            case number:
                lines.append(f"{indent}{ {1: 'row', 9: 'section', 17: 'container'}[number] }")
                lines += dump([*part["components"], *([part["accessory"]] if "accessory" in part else ())], indent + "  ")
    return lines


def broken(components):
    """The limits that a payload passes, by name."""
    everything = list(walk(components))
    ids = [part["custom_id"] for part in everything if "custom_id" in part]
    rules = {
        "components": len(everything) <= limits.COMPONENTS_MAX,
        "text": sum(limits.size(text) for text in markdown(components)) <= limits.TEXT_MAX,
        "blank text": all(text.strip() for text in markdown(components)),
        "ids": len(set(ids)) == len(ids),
        "id": all(0 < limits.size(custom_id) <= limits.CUSTOM_ID_MAX for custom_id in ids),
        "label": all(b["label"].strip() and limits.size(b["label"]) <= limits.BUTTON_LABEL_MAX for b in buttons(components)),
        "row": all(row_holds(row["components"]) for row in kind(components, 1)),
        "section": all(section_holds(section) for section in kind(components, 9)),
        "container": [part["type"] for part in components] == [17] and bool(components[0]["components"]),
        "menu": all(menu_holds(menu) for menu in menus(components)),
    }
    return [name for name, kept in rules.items() if not kept]


def row_holds(parts):
    types = [part["type"] for part in parts]
    return types == [3] or (set(types) == {2} and len(types) <= limits.ROW_BUTTONS_MAX)


def section_holds(section):
    return 1 <= len(section["components"]) <= limits.SECTION_TEXTS_MAX and section["accessory"]["type"] == 2


def menu_holds(menu):
    options = menu["options"]
    return (
        1 <= len(options) <= limits.OPTIONS_MAX
        and len({option["value"] for option in options}) == len(options)
        and all(0 < limits.size(option["value"]) <= limits.OPTION_VALUE_MAX for option in options)
        and all(option["label"].strip() and limits.size(option["label"]) <= limits.OPTION_LABEL_MAX for option in options)
        and all(0 < limits.size(option.get("description", "-")) <= limits.OPTION_DESCRIPTION_MAX for option in options)
        and 0 < limits.size(menu.get("placeholder", "-")) <= limits.PLACEHOLDER_MAX
    )


def unseen(message, components):
    """The texts of a message that a reader does not find in its payload."""
    names = [part["label"] for menu in menus(components) for part in menu["options"]] + [b["label"] for b in buttons(components)]
    seen = "\n".join([plain(read(text).text) for text in markdown(components)] + names)
    called = {block.name for block in spans_in(message.blocks) if isinstance(block, Person) and block.user.isdigit()}
    return [text for text in texts(message.blocks) if text.strip() not in seen and text not in called]


def spans_in(value):
    if isinstance(value, tuple):
        return [found for part in value for found in spans_in(part)]
    names = getattr(type(value), "__dataclass_fields__", {})
    return [value] + [found for name in names for found in spans_in(getattr(value, name))]


def squeezed(text):
    return "".join(plain(text).split())


def foreign(part, components):
    """What acts in a payload of `hostile` and is not ours: another kind, moment or person, or a style on words it is not for."""
    said = texts(part.blocks)
    forms = ("{}", "{}:", "1 · {}", "[{}]")  # as it is, as a label, as a headline, as a citation
    styled = {squeezed(form.format(text)) for form in forms for text in (*said, *LABELS)}
    found = []
    for shown in markdown(components):
        for kind, what in read(shown).acts:
            match kind:
                case "moment":
                    right = what == MOMENT
                case "mention":
                    right = what == "<@7>"  # the one person that `hostile` names
                case "bold" | "italic" | "code" | "block" | "heading":
                    right = squeezed(what) in styled
                case _:
                    right = kind in {"list", "quote", "small print"}
            found += [] if right else [(kind, what)]
    return found
