"""The link that adds the bot to a server, with the least it needs, each thing explained."""

from base64 import urlsafe_b64decode
from binascii import Error
from collections.abc import Mapping
from typing import Final

import discord

from briefs.errors import BadInput

ADDRESS: Final = "https://discord.com/oauth2/authorize"
SCOPES: Final[Mapping[str, str]] = {
    "bot": "be in the server, so that digests can be posted on time",
    "applications.commands": "offer the slash commands",
}
PERMISSIONS: Final[Mapping[str, tuple[str, str]]] = {
    "view_channel": ("View Channels", "see the channels it posts in"),
    "send_messages": ("Send Messages", "post digests, and the one hello"),
    "send_messages_in_threads": ("Send Messages in Threads", "post digests in a thread or forum post"),
    "read_message_history": ("Read Message History", "look whether a digest has arrived before it is posted again"),
}


def application_id(token: str) -> str:
    """The application a bot token belongs to: Discord's tokens begin with it.

    Raises:
        BadInput: the text is no bot token.
    """
    head = token.partition(".")[0]
    try:
        found = urlsafe_b64decode(head + "=" * (-len(head) % 4)).decode("ascii")
    except (Error, ValueError):
        found = ""
    if not found.isdigit():
        raise BadInput("STANDFIRST_DISCORD__TOKEN is no bot token. Copy it from your application's page, under Bot, Reset Token.")
    return found


def invite(token: str) -> str:
    """The link for the bot with that token; see `invitation`."""
    return invitation(application_id(token))


def invitation(application: str) -> str:
    """The link that adds an application's bot to a server, and what each part of it is for; several lines of text."""
    permissions = discord.Permissions(**dict.fromkeys(PERMISSIONS, True))
    scope = "+".join(SCOPES)
    link = f"{ADDRESS}?client_id={application}&scope={scope}&permissions={permissions.value}"
    asked = [f"  {name:<24} {why}" for name, why in SCOPES.items()]
    needed = [f"  {name:<24} {why}" for name, why in PERMISSIONS.values()]
    return "\n".join(
        [
            "Open this link to add the bot to a server you manage:",
            f"  {link}",
            "It asks for:",
            *asked,
            *needed,
            "It asks for no right to mention everyone or to manage anything, and reads no message but its own.",
        ]
    )
