"""A form of the core's as a modal of Slack's, and what comes back of it."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from typing import Any, Final

from adapters.slack.inbound import Came
from adapters.slack.limits import (
    INPUT_LABEL_MAX,
    MODAL_BUTTON_MAX,
    MODAL_TITLE_MAX,
    OPTION_TEXT_MAX,
    OPTION_VALUE_MAX,
    PLACEHOLDER_MAX,
    PLAIN_INPUT_MAX,
    PRIVATE_METADATA_MAX,
    SELECT_OPTIONS_MAX,
)
from adapters.slack.text import Payload, plain_text, size
from briefs.commands.ask import Asker
from briefs.commands.form import Form
from briefs.commands.registry import Option, Suggestion

CALLBACK: Final = "form"
LINE_MAX: Final = min(500, PLAIN_INPUT_MAX)  # characters of a field; a command line has no more beside its long text
ROOM: Final = f"At most {PLAIN_INPUT_MAX:,} characters."
ATTACH: Final = "A longer text: attach it as a text file (.txt, .md) instead."
KEPT_LONG: Final = (
    "Your text of {} characters is kept as you gave it: it is longer than a form of Slack's holds. To give another one, attach a file."
)
_OPTION: Final = re.compile(r"\b([a-z]+):")


@dataclass(frozen=True, slots=True)
class Kept:
    """What a modal remembers until it is sent: the command line so far, or its short id, and where its answer goes."""

    line: str
    short: str
    channel: str
    url: str
    thread: str

    def came(self, form: Came) -> Came:
        """Where the answer to the form goes: to whoever sent it, where the command was asked."""
        return replace(form, channel=self.channel, url=self.url, thread=self.thread)


def kept(line: str, came: Came, short: str = "") -> str:
    """The `private_metadata` of a modal, 3,000 characters at most; the line is left out where its short id stands."""
    return json.dumps(asdict(Kept("" if short else line, short, came.channel, came.url, came.thread)))


def fits_in_modal(line: str, came: Came) -> bool:
    """Whether the line itself can stand in a modal."""
    return size(kept(line, came)) <= PRIVATE_METADATA_MAX


def kept_in(view: Mapping[str, Any]) -> Kept | None:
    """What a modal of ours remembers; None for any other."""
    try:
        found = json.loads(view.get("private_metadata") or "")
        return Kept(**{name: str(found[name]) for name in Kept.__dataclass_fields__})
    except (ValueError, TypeError, KeyError, RecursionError):
        return None


def roomy(form: Form) -> Form:
    """The form as Slack has room for it.

    A file can be attached wherever a long text is asked for, behind that text. A text that is longer than a field holds is
    not asked for: it is kept as it was given, for a field would cut it. A file that a line only names is forgotten.
    """
    long, file = form.command.long, form.command.file
    given = {name: value for name, value in form.given.items() if file is None or name != file.name}
    fields: list[Option] = []
    for option in form.fields:
        fields += [] if option == file or (option == long and too_long_for_a_field(given, option)) else [option]
        fields += [file] if option == long and file is not None else []
    return replace(form, given=given, fields=tuple(fields))


def too_long_for_a_field(given: Mapping[str, str], option: Option) -> bool:
    """Whether what is given for a long option is more than Slack lets anybody type into a field."""
    return size(given.get(option.name, "")) > PLAIN_INPUT_MAX


def modal(form: Form, asker: Asker, metadata: str, *, typed: Mapping[str, str] | None = None, problem: str = "") -> Payload:
    """The modal that asks for what the form lacks.

    Args:
        metadata: see `kept`.
        typed: what its fields held, where it is shown again.
        problem: what was wrong with that, a sentence.
    """
    values = {option.name: form.first_value(option, asker) for option in form.fields} | dict(typed or {})
    told = [_said(f"⚠ {problem}")] if problem else []
    long = form.command.long
    if long is not None and long not in form.fields and too_long_for_a_field(form.given, long):
        told.append(_said(KEPT_LONG.format(f"{len(form.given[long.name]):,}")))
    with_file = any(option.file for option in form.fields)
    return {
        "type": "modal",
        "callback_id": CALLBACK,
        "title": plain_text(f"/{form.command.name}", MODAL_TITLE_MAX),
        "submit": plain_text("Send", MODAL_BUTTON_MAX),
        "close": plain_text("Cancel", MODAL_BUTTON_MAX),
        "private_metadata": metadata,
        "blocks": [*told, *(_field(o, values[o.name], required=form.required(o, asker), with_file=with_file) for o in form.fields)],
    }


def block_of(option: str) -> str:
    """The `block_id` of an option's field."""
    return f"field:{option}"


def field_to_blame(form: Form, problem: str, typed: Mapping[str, str]) -> str:
    """The option that a sentence about what was typed speaks of; empty where that cannot be told."""
    names = [option.name for option in form.fields]
    if len(names) == 1:
        return names[0]
    named = [name for name in _OPTION.findall(problem) if name in names]
    if named:
        return str(named[0])
    quoted = [name for name in names if typed.get(name, "").strip() and f"“{typed[name].strip()}”" in problem]
    return quoted[0] if len(quoted) == 1 else ""


def options_for(typed: str, suggestions: tuple[Suggestion, ...]) -> list[Payload]:
    """What a menu offers while somebody types in it: what we suggest, and what they typed, which may be right as well."""
    offered = {s.value: s for s in suggestions if 0 < size(s.value) <= OPTION_VALUE_MAX}
    typed = typed.strip()
    if typed and size(typed) <= OPTION_VALUE_MAX and typed.casefold() not in {value.casefold() for value in offered}:
        offered[typed] = Suggestion(typed)
    return [_option(s) for s in list(offered.values())[:SELECT_OPTIONS_MAX]]


def _said(text: str) -> Payload:
    return {"type": "section", "text": plain_text(text)}


def _field(option: Option, value: str, *, required: bool, with_file: bool) -> Payload:
    field: Payload = {
        "type": "input",
        "block_id": block_of(option.name),
        "label": plain_text(option.help, INPUT_LABEL_MAX),
        "element": {"action_id": option.name, **_element(option, value)},
    }
    if option.long:
        field["hint"] = plain_text(f"{ROOM} {ATTACH}" if with_file else ROOM, INPUT_LABEL_MAX)
    return field if required else field | {"optional": True}


def _element(option: Option, value: str) -> Payload:
    if option.file:
        return {"type": "file_input", "max_files": 1}
    if option.long:
        # With a limit, Slack keeps the form open and says so where more was pasted; without one, it may cut.
        kept = {"initial_value": value} if value and size(value) <= PLAIN_INPUT_MAX else {}
        return {"type": "plain_text_input", "multiline": True, "max_length": PLAIN_INPUT_MAX, **kept}
    placeholder = {"placeholder": plain_text(option.name, PLACEHOLDER_MAX)}
    picked = {"initial_option": _option(Suggestion(value))} if value and size(value) <= OPTION_VALUE_MAX else {}
    if option.choices:
        offered = [_option(Suggestion(choice)) for choice in option.choices]
        return {"type": "static_select", "options": offered, **placeholder, **(picked if value in option.choices else {})}
    if option.complete is not None and (picked or not value):
        return {"type": "external_select", "min_query_length": 0, **placeholder, **picked}
    first = {"initial_value": value[:LINE_MAX]} if value else {}
    return {"type": "plain_text_input", "max_length": LINE_MAX, **first}


def _option(suggestion: Suggestion) -> Payload:
    told = f"{suggestion.value} · {suggestion.tail}" if suggestion.tail else suggestion.value
    return {"text": plain_text(told, OPTION_TEXT_MAX), "value": suggestion.value}
