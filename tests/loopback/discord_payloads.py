"""The loopback Discord's things as Discord writes them in JSON."""

from datetime import UTC, datetime
from itertools import count
from typing import Any

from tests.loopback.discord_form import walked
from tests.loopback.discord_world import DM, EPOCH, FORUM, FORUMS, THREAD, USUAL, Bot, Channel, Guild, World

PERSON = "900"  # the id of the person who presses and types, unless another is named


def moment(snowflake: str) -> str:
    """When an id was made."""
    return datetime.fromtimestamp(((int(snowflake) >> 22) + EPOCH) / 1000, UTC).isoformat()


def user(user_id: str, *, bot: bool = False) -> dict[str, Any]:
    """A user."""
    return {"id": user_id, "username": f"user-{user_id}", "discriminator": "0", "avatar": None, "global_name": None, "bot": bot}


def member(user_id: str, *, bot: bool = False, **more: Any) -> dict[str, Any]:
    """A member of a server, without roles of their own."""
    joined = "2026-01-01T00:00:00+00:00"
    return {"user": user(user_id, bot=bot), "roles": [], "joined_at": joined, "deaf": False, "mute": False, "flags": 0, **more}


def application(bot: Bot) -> dict[str, Any]:
    """The application of a bot."""
    return {
        "id": bot.application,
        "name": "Standfirst",
        "description": "",
        "icon": None,
        "bot_public": True,
        "bot_require_code_grant": False,
        "owner": user("1"),
        "verify_key": "00",
        "flags": 0,
        "team": None,
    } | bot.setup


def guild(told: Guild) -> dict[str, Any]:
    """A server, as it is fetched."""
    roles = [
        {"id": role_id, "name": name, "permissions": str(told.bits), "position": position, "color": 0, "hoist": False}
        | {"managed": False, "mentionable": False, "flags": 0, "colors": {"primary_color": 0}}
        for position, (role_id, name) in enumerate({told.id: "@everyone", **told.roles}.items())
    ]
    return {"id": told.id, "name": told.name, "owner_id": told.owner, "roles": roles, "emojis": [], "features": [], "stickers": []}


def guild_created(world: World, bot: Bot, told: Guild, *, joined: bool = False) -> dict[str, Any]:
    """A server, as the gateway tells of it: with its channels, threads and the bot itself.

    Args:
        joined: the bot was just added, and it did not only become available.
    """
    here = [c for c in world.channels.values() if c.guild == told.id]
    known = {} if joined else {"unavailable": False}
    return (
        guild(told)
        | known
        | {
            "member_count": 2,
            "members": [member(bot.id, bot=True)],
            "channels": [channel(world, c) for c in here if c.kind != THREAD],
            "threads": [channel(world, c) for c in here if c.kind == THREAD and not c.archived],
            "presences": [],
            "voice_states": [],
            "joined_at": "2026-01-01T00:00:00+00:00",
            "large": False,
        }
    )


def channel(world: World, told: Channel) -> dict[str, Any]:
    """A channel, thread or DM."""
    basics: dict[str, Any] = {"id": told.id, "type": told.kind, "last_message_id": told.messages[-1]["id"] if told.messages else None}
    if told.kind == DM:
        return basics | {"recipients": [user(told.person)]}
    basics |= {"guild_id": told.guild, "name": told.name, "parent_id": told.parent or None, "position": 0}
    if told.kind == THREAD:
        return basics | {
            "owner_id": told.owner,
            "message_count": max(len(told.messages) - 1, 0),
            "member_count": 1,
            "thread_metadata": {
                "archived": told.archived,
                "auto_archive_duration": 1440,
                "archive_timestamp": datetime.fromtimestamp(told.archived_at, UTC).isoformat(),
                "locked": told.locked,
            },
        }
    deny = USUAL & ~told.bits
    overwrite = {"id": told.guild, "type": 0, "allow": str(told.bits), "deny": str(deny)}
    basics |= {"permission_overwrites": [overwrite], "nsfw": False, "topic": None}
    if told.kind in FORUMS:
        basics |= {"available_tags": [], "default_reaction_emoji": None, "default_sort_order": None, "flags": 16 * told.needs_tag}
        basics |= {"default_forum_layout": 0} if told.kind == FORUM else {}
    return basics


def message(world: World, author: dict[str, Any], channel_id: str, given: dict[str, Any], *, age: float = 0.0) -> dict[str, Any]:
    """A message, made of the body of a request."""
    made = world.snowflake(age)
    return {
        "id": made,
        "channel_id": channel_id,
        "type": 0,
        "author": author,
        "content": given.get("content") or "",
        "components": numbered(given.get("components") or []),
        "embeds": given.get("embeds") or [],
        "flags": given.get("flags") or 0,
        "timestamp": moment(made),
        "edited_timestamp": None,
        "tts": False,
        "mention_everyone": False,
        "mentions": [],
        "mention_roles": [],
        "attachments": [],
        "pinned": False,
    } | ({"nonce": given["nonce"]} if given.get("nonce") else {})


def numbered(components: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The components, each with the `id` that Discord gives to those that have none."""
    numbers = count(1)
    for component in walked(components):
        component.setdefault("id", next(numbers))
    return components
