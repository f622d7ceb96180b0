"""From a payload of Slack's to who asks, from where, and what."""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any, Final, TypeAlias

Payload: TypeAlias = Mapping[str, Any]

_TAG: Final = re.compile(r"<([^<>]*)>")
_ENTITIES: Final = (("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&"))  # the ampersand last, or "&amp;lt;" would be undone twice


@dataclass(frozen=True, slots=True)
class Came:
    """Where something came from, and how it may be answered.

    Args:
        team: the workspace the bot is installed in, not the one the person comes from.
        channel: empty for what was pressed on the Home tab.
        name: the person's, as the payload has it; may be empty.
        trigger: opens one view within three seconds.
        url: the response_url; empty where there is none.
        thread: the thread whatever was pressed stands in; empty: none.
        whispered: what was pressed is for its presser alone, so that the answer may take its place.
    """

    team: str
    user: str
    channel: str = ""
    name: str = ""
    trigger: str = ""
    url: str = ""
    thread: str = ""
    whispered: bool = False


def came_by_command(team: str, body: Payload) -> Came:
    """Where a slash command came from."""
    return Came(
        team=team,
        user=_text(body, "user_id"),
        channel=_text(body, "channel_id"),
        name=_text(body, "user_name"),
        trigger=_text(body, "trigger_id"),
        url=_text(body, "response_url"),
    )


def came_by_press(team: str, body: Payload) -> Came:
    """Where a press, a pick, or a form came from; a form knows no channel of its own."""
    user, container = _part(body, "user"), _part(body, "container")
    return Came(
        team=team,
        user=_text(user, "id"),
        channel=_text(_part(body, "channel"), "id") or _text(container, "channel_id"),
        name=_text(user, "name") or _text(user, "username"),
        trigger=_text(body, "trigger_id"),
        url=_text(body, "response_url"),
        thread=_text(container, "thread_ts"),
        whispered=container.get("is_ephemeral") is True,
    )


def line_of(body: Payload, verbs: Collection[str]) -> str:
    """The command line of a slash command, as its user typed it.

    Args:
        verbs: ours; a name such as `/news-brief` stands for the verb behind its hyphen, where a workspace has it so.
    """
    name = _text(body, "command").lstrip("/")
    verb = name.rpartition("-")[2]
    return f"/{verb if verb in verbs else name} {plain(_text(body, 'text'))}".strip()


def plain(text: str) -> str:
    """The text as it was typed, where Slack has made mentions, channels and links of parts of it."""
    return unescaped(_TAG.sub(_untagged, text))


def unescaped(text: str) -> str:
    """The text with Slack's three entities undone."""
    for entity, character in _ENTITIES:
        text = text.replace(entity, character)
    return text


def pressed_value(body: Payload) -> tuple[str, str]:
    """The `action_id` and the value of what was pressed or picked; empty where there is none."""
    actions = body.get("actions")
    action = actions[0] if isinstance(actions, list) and actions and isinstance(actions[0], dict) else {}
    return _text(action, "action_id"), _text(action, "value") or _text(_part(action, "selected_option"), "value")


def form_values(view: Payload) -> dict[str, str]:
    """What was typed and picked in a modal, by the `action_id` of each field."""
    found: dict[str, str] = {}
    for block in _part(_part(view, "state"), "values").values():
        for name, field in block.items() if isinstance(block, dict) else ():
            if isinstance(field, dict):
                typed, picked = field.get("value"), _part(field, "selected_option").get("value")
                found[str(name)] = unescaped(str(typed or picked or ""))
    return found


def _untagged(tag: "re.Match[str]") -> str:
    """The words of a mention, a channel or a link: its label, where it has one."""
    target, _, label = tag[1].partition("|")
    return label or target.removeprefix("mailto:").lstrip("@#!")


def _part(body: Payload, name: str) -> Payload:
    found = body.get(name)
    return found if isinstance(found, dict) else {}


def _text(body: Payload, name: str) -> str:
    found = body.get(name)
    return found if isinstance(found, str) else ""
