"""The file that came with an interaction: fetched from where Discord keeps it, and from nowhere else."""

import asyncio
from typing import Any, Final

import aiohttp
import discord
from yarl import URL

from briefs.commands.ask import Attached
from briefs.errors import BadInput, shown

FILE_MAX: Final = 5_000_000  # bytes, where the settings say nothing else
CDN: Final = frozenset({"cdn.discordapp.com", "media.discordapp.net"})  # (reference, CDN endpoints)
FETCH_MAX: Final = 30.0  # seconds


async def fetch(attachment: discord.Attachment, most: int) -> Attached:
    """What the file holds.

    Args:
        most: bytes.

    Raises:
        BadInput: it is too large, it cannot be had, or it lies where Discord keeps none.
    """
    name, address = shown(attachment.filename), URL(attachment.url)
    if attachment.size > most:
        raise BadInput(f"“{name}” has {attachment.size:,} bytes, and at most {most:,} are taken. Shorten it and attach it again.")
    if address.scheme != "https" or address.host not in CDN:
        raise BadInput(f"“{name}” lies where Discord keeps no files. Attach it again, or paste its text instead.")
    try:
        async with asyncio.timeout(FETCH_MAX):
            content = await attachment.read()
    except (discord.DiscordException, aiohttp.ClientError, OSError) as error:
        raise BadInput(f"“{name}” could not be fetched from Discord. Attach it again, or paste its text instead.") from error
    if len(content) > most:
        raise BadInput(f"“{name}” has more than the {most:,} bytes that are taken. Shorten it and attach it again.")
    return Attached(attachment.filename, content)


def uploaded(interaction: discord.Interaction[Any], field: str) -> discord.Attachment | None:
    """The file given in that field of a form; None where none was."""
    data: Any = interaction.data or {}
    files = (data.get("resolved") or {}).get("attachments") or {}
    given: Any = next((component for component in _components(data) if component.get("custom_id") == field), {})
    found = next((files[str(file)] for file in given.get("values") or () if str(file) in files), None)
    return None if found is None else discord.Attachment(data=found, state=interaction._state)


def _components(data: Any) -> list[Any]:
    return [component.get("component") or {} for component in data.get("components") or ()]
