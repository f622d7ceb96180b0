"""Letting Discord know the commands: only where they changed, because each time replaces them all."""

import json
from hashlib import sha256
from typing import Any, Final

import discord
from discord import app_commands

from briefs.errors import BadInput
from briefs.ports import Spaces

SPACE: Final = "discord"  # what is noted here belongs to the installation, not to a server


def payload_hash(tree: app_commands.CommandTree[Any]) -> str:
    """A hash of the commands as Discord would be told them; it changes exactly when they do."""
    payload = [command.to_dict(tree) for command in tree.get_commands()]
    return sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()


async def sync(tree: app_commands.CommandTree[Any], spaces: Spaces, *, force: bool = False) -> bool:
    """Tell Discord the commands where they are not those it was told last; whether it was told.

    Args:
        force: tell it even so.

    Raises:
        BadInput: Discord would not take them.
    """
    name = f"commands:{tree.client.application_id}"
    fresh = payload_hash(tree)
    if not force and await spaces.noted(SPACE, name) == fresh:
        return False
    try:
        await tree.sync()
    except (discord.HTTPException, app_commands.AppCommandError) as error:
        code = f" (code {error.code})" if isinstance(error, discord.HTTPException) else ""
        raise BadInput(f"Discord did not take the commands{code}. Try again later with: standfirst discord sync") from error
    await spaces.note(SPACE, name, fresh)
    return True
