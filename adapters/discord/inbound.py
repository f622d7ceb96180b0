"""From an interaction of Discord's to who asks, from where, and what."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import discord

from briefs.commands.ask import Asker
from briefs.commands.rights import Rights

PLATFORM: Final = "discord"

# What posting takes, in the words of Discord's own settings.
NEEDED: Final[Mapping[str, str]] = {
    "view_channel": "View Channel",
    "send_messages": "Send Messages",
    "read_message_history": "Read Message History",
}


def space_of(guild_id: int | None, channel_id: int | None) -> str:
    """The space an interaction comes from: the server, or a conversation outside any server, which is a space of its own."""
    return f"{PLATFORM}:{guild_id}" if guild_id is not None else f"{PLATFORM}:dm-{channel_id}"


def asker_of(interaction: discord.Interaction[Any], rights: Rights) -> Asker:
    """Who asks, with what the platform says they may do at this moment."""
    user, member = interaction.user, isinstance(interaction.user, discord.Member)
    own_dm = interaction.context.dm_channel
    names = [f"{PLATFORM}:{user.id}"]
    if isinstance(user, discord.Member):
        names += [f"{PLATFORM}:{role.id}" for role in user.roles]
    permissions = interaction.permissions
    in_thread = isinstance(interaction.channel, discord.Thread)
    writes = permissions.send_messages_in_threads if in_thread else permissions.send_messages
    return Asker(
        space=space_of(interaction.guild_id, interaction.channel_id),
        channel=str(interaction.channel_id),
        user=str(user.id),
        roles=rights.roles(names, manages=own_dm, administers=member and permissions.manage_guild),
        locale=str(interaction.locale),
        name=user.display_name,
        others=not own_dm,
        may_write=writes if member else True,
        threads=member and not in_thread and permissions.create_public_threads and interaction.app_permissions.create_public_threads,
        hindrance=_hindrance(interaction.app_permissions, in_thread=in_thread) if member else "",
        principal=names[0],
    )


def _hindrance(ours: discord.Permissions, *, in_thread: bool) -> str:
    """What we lack to post in the channel and find the post again, and where it is given."""
    needed = dict(NEEDED)
    if in_thread:
        needed["send_messages_in_threads"] = "Send Messages in Threads"
        del needed["send_messages"]
    missing = [words for name, words in needed.items() if not getattr(ours, name)]
    if not missing:
        return ""
    return f"I may not post here as things stand. Give me {' and '.join(missing)} in this channel's settings, under Permissions."


def form_values(interaction: discord.Interaction[Any]) -> dict[str, str]:
    """What was typed and picked in a modal, by the id of each field."""
    data: Any = interaction.data or {}
    return dict(_values(data.get("components", [])))


def _values(components: Any) -> Iterator[tuple[str, str]]:
    for component in components:
        if "value" in component:
            yield str(component.get("custom_id", "")), str(component["value"] or "")
        elif "values" in component:
            yield str(component.get("custom_id", "")), ",".join(map(str, component["values"]))
        inner = component.get("components", [])
        yield from _values([*inner, component["component"]] if "component" in component else inner)
