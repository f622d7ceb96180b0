"""Who may do what beyond reading, as the settings say."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from briefs.commands.ask import Role
from briefs.errors import BadInput, shown

# discord:ID of a person or a role (Discord's ids are unique among all of them), slack:TEAM/USER.
_PRINCIPAL: Final = re.compile(r"discord:[0-9]{5,20}|slack:[A-Z0-9]{2,20}/[A-Z0-9]{2,20}|example:[a-z]+")
_DIGITS: Final = "17 to 20 digits"  # of Discord's ids, https://discord.com/developers/docs/reference#snowflakes


@dataclass(frozen=True, slots=True)
class Rights:
    """People and roles by the names the settings use: `discord:123`, `slack:T123/U123`."""

    curators: frozenset[str] = frozenset()
    managers: frozenset[str] = frozenset()
    operators: frozenset[str] = frozenset()

    def roles(self, names: Iterable[str], *, manages: bool, administers: bool) -> frozenset[Role]:
        """What somebody may do.

        Args:
            names: the person's, and those of the roles the platform says they have, now.
            manages: the platform or the settings let them manage the channel's digests.
            administers: the platform says that they manage the whole space.
        """
        own = frozenset(names)
        roles = {Role.MANAGER} if manages or administers or own & self.managers else set()
        roles |= {Role.ADMIN} if administers or own & self.managers else set()
        roles |= {Role.CURATOR} if own & self.curators else set()
        roles |= {Role.OPERATOR, Role.ADMIN, Role.MANAGER} if own & self.operators else set()
        return frozenset(roles)


def principals(typed: str) -> frozenset[str]:
    """Names of people and roles as a setting lists them, with commas or blanks between.

    Raises:
        BadInput: one is not such a name; the sentence says how to write it.
    """
    names = frozenset(re.split(r"[,\s]+", typed.strip())) - {""}
    for name in sorted(names):
        if not _PRINCIPAL.fullmatch(name):
            raise BadInput(_amiss(name))
    return names


def _amiss(name: str) -> str:
    """What is wrong with a name that is none, and how to write it."""
    platform, _, rest = name.partition(":")
    match platform:
        case "discord" if rest.isdecimal():
            return f"“{shown(name)}” is no id of Discord's: one has {_DIGITS}, this one has {len(rest)}. Copy it again with Copy ID."
        case "discord":
            return f"“{shown(name)}” is no id of Discord's: after discord: stand {_DIGITS} and nothing else. Copy them with Copy ID."
        case "slack":
            return f"“{shown(name)}” is no id of Slack's. Write slack:TEAM/USER in capitals and digits, as in slack:T0123/U0456."
        case _:
            return f"“{shown(name)}” names nobody. Write discord:ID for a person or role of Discord, slack:TEAM/USER for Slack."
