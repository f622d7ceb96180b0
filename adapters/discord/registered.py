"""Whether Discord knows the commands as the registry has them."""

from collections.abc import Mapping, Sequence
from typing import Any, Final

import discord
from discord import app_commands

from adapters.discord.mount import mount
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.registry import Command, Option, Suggestion
from briefs.finding import Finding, fine, wrong

ABOUT: Final = "Discord commands"
MEND: Final = "Run standfirst discord sync --force (standfirst run does it too, where they have changed)."
# What of a command is its readers' business; Discord adds ids, versions and defaults of its own.
_TOLD: Final = ("name", "description", "type", "required", "autocomplete", "choices", "min_value")


def registered(client: discord.Client, known: Sequence[Mapping[str, Any]]) -> Finding:
    """Our commands beside those Discord knows of the app, as its API gives them."""
    tree = app_commands.CommandTree(client)
    ours = {made.name: _bare(made.to_dict(tree)) for made in mount(CATALOGUE, _asked, _completed)}
    theirs = {str(command["name"]): _bare(command) for command in known}
    wordings = {
        "does not know": [name for name in ours if name not in theirs],
        "knows otherwise than they are": [name for name in ours if name in theirs and ours[name] != theirs[name]],
        "knows, though they are gone": [name for name in theirs if name not in ours],
    }
    told = [f"{said}: {', '.join(f'/{name}' for name in names)}" for said, names in wordings.items() if names]
    if told:
        return wrong(ABOUT, f"Of the commands, Discord {'; '.join(told)}.", MEND)
    return fine(ABOUT, f"Discord knows all {len(ours)} as they are.")


def _bare(told: Mapping[str, Any]) -> dict[str, Any]:
    """A command or option without what is a default, and without what only Discord says."""
    kept = {name: told[name] for name in _TOLD if told.get(name)}
    if kept.get("choices"):
        kept["choices"] = [(choice["name"], choice["value"]) for choice in kept["choices"]]
    if told.get("options"):
        kept["options"] = [_bare(option) for option in told["options"]]
    return kept


async def _asked(_: discord.Interaction[Any], __: Command, ___: Mapping[str, str], ____: discord.Attachment | None) -> None:
    """Nobody asks: the commands are only looked at."""


async def _completed(_: discord.Interaction[Any], __: Command, ___: Option, ____: str) -> Sequence[Suggestion]:
    """Nobody types: the commands are only looked at."""
    return ()
