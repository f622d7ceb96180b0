"""The app's manifest, printed from the registry: what to paste when the app is made, each right explained."""

import json
import re
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import Any, Final, Literal

from adapters.slack.http import PATH
from adapters.slack.limits import COMMAND_HINT_MAX, COMMAND_NAME_MAX, COMMANDS_MAX
from briefs.commands.registry import Command
from briefs.errors import BadInput

APP_NAME: Final = "Standfirst"
BOT_NAME: Final = "standfirst"
DESCRIPTION: Final = "Briefings you can check: every line rests on sentences of its source"

# Least rights, and what each is for.
SCOPES: Final[Mapping[str, str]] = {
    "commands": "offer the slash commands",
    "chat:write": "post digests and what is shared, in channels it was invited to",
    "channels:history": "look whether a digest has arrived before it is posted again, in public channels",
    "groups:history": "the same in private channels",
    "im:write": "tell one person something privately: a curator that a draft waits, a reader what came of a report",
    "im:history": "look whether that has arrived before it is sent again",
    "files:read": "read the text file that a curator attaches to a form, and nothing else",
    "users:read": "know workspace admins, who manage digests, and people's time zones",
}
EVENTS: Final = ("app_home_opened", "app_uninstalled", "tokens_revoked")

# Slack's own commands, so never ours. Which of them make Slack refuse a manifest is not published: all that are known are left alone.
RESERVED: Final = frozenset(
    re.findall(
        r"\w+",
        """active apps archive away call collapse dm dnd expand feed feedback giphy help invite join keys leave me msg mute open pref prefs
        remind remove rename search shortcuts shrug star status tableflip topic unmute who""",
    )
)

Mode = Literal["socket", "http"]


def manifest(catalogue: Sequence[Command], *, mode: Mode = "socket", url: str = "", prefix: str = "") -> str:
    """The manifest as YAML.

    Args:
        mode: how Slack reaches the bot.
        url: in HTTP mode, the public address of the bot with its path, https://….
        prefix: put before each command with a hyphen, for workspaces where a name is taken: news → /news-brief.

    Raises:
        BadInput: a command has a name of Slack's own, there are too many, or the address is not one.
    """
    if mode == "http" and not (url.startswith("https://") and url.endswith(PATH) and url.isprintable() and " " not in url):
        raise BadInput(
            "HTTP mode needs the address at which Slack reaches the bot, and that it listens on: https://example.org/slack/events."
        )
    address = url if mode == "http" else ""
    commands = [_command(verb, list(group), address, prefix) for verb, group in groupby(catalogue, key=lambda command: command.path[0])]
    if len(commands) > COMMANDS_MAX:
        raise BadInput(f"Slack takes at most {COMMANDS_MAX} commands of one app; these are {len(commands)}.")
    return "\n".join([*_head(mode), *_features(commands), *_rights(), *_settings(mode, address)]) + "\n"


def _head(mode: Mode) -> list[str]:
    way = (
        "Socket Mode: no public address is needed"
        if mode == "socket"
        else "HTTP mode: Slack calls the address below, and signs what it sends"
    )
    return [
        f"# {APP_NAME} on Slack. {way}.",
        "# Paste it at api.slack.com/apps: Create New App, From a manifest.",
        "_metadata:",
        "  major_version: 2",
        "  minor_version: 1",
        "display_information:",
        f"  name: {_quoted(APP_NAME)}",
        f"  description: {_quoted(DESCRIPTION)}",
    ]


def _features(commands: Sequence[Mapping[str, Any]]) -> list[str]:
    rows = []
    for command in commands:
        first, *rest = (f"{name}: {_quoted(value)}" for name, value in command.items())
        rows += [f"    - {first}", *(f"      {line}" for line in rest)]
    return [
        "features:",
        "  app_home:",
        "    home_tab_enabled: true",
        "    messages_tab_enabled: true",
        "    messages_tab_read_only_enabled: true",
        "  bot_user:",
        f"    display_name: {_quoted(BOT_NAME)}",
        "    always_online: false",
        "  slash_commands:",
        *rows,
    ]


def _rights() -> list[str]:
    scopes = [f"      - {_quoted(scope)} # {why}" for scope, why in SCOPES.items()]
    return ["oauth_config:", "  scopes:", "    bot:", *scopes]


def _settings(mode: Mode, address: str) -> list[str]:
    """Interactivity carries presses, forms, and what menus of a form offer while somebody types."""
    called = [f"    request_url: {_quoted(address)}"] if address else []
    menus = [f"    message_menu_options_url: {_quoted(address)}"] if address else []
    return [
        "settings:",
        "  event_subscriptions:",
        *called,
        "    bot_events:",
        *(f"      - {_quoted(event)}" for event in EVENTS),
        "  interactivity:",
        "    is_enabled: true",
        *called,
        *menus,
        f"  socket_mode_enabled: {'true' if mode == 'socket' else 'false'}",
        "  org_deploy_enabled: false",
        "  token_rotation_enabled: false",
    ]


def _command(verb: str, commands: Sequence[Command], address: str, prefix: str) -> dict[str, Any]:
    # /standfirst answers any line, and is what is left where the others' names are taken.
    name = f"{prefix}-{verb}" if prefix and verb != APP_NAME.casefold() else verb
    if name in RESERVED:
        raise BadInput(f"/{name} is a command of Slack's own. Give ours a prefix, for example news.")
    if len(name) >= COMMAND_NAME_MAX or name != name.casefold() or not name.replace("-", "").isalnum():
        raise BadInput(f"“{prefix}” is no prefix: it is one short word of letters and digits.")
    only = commands[0] if len(commands[0].path) == 1 else None
    about = only.help if only else f"{APP_NAME}: {', '.join(command.path[1] for command in commands)}"
    hint = only.form.partition(" ")[2] if only else "|".join(command.path[1] for command in commands)
    row: dict[str, Any] = {"command": f"/{name}"}
    if address:
        row["url"] = address
    return row | {"description": about, "usage_hint": f"{hint} | help".strip()[:COMMAND_HINT_MAX], "should_escape": True}


def _quoted(value: object) -> str:
    """The value as YAML reads it: JSON is a part of it."""
    return json.dumps(value, ensure_ascii=False)
