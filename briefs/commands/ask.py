"""What somebody asks, as values every adapter makes and every command takes."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from zoneinfo import ZoneInfo

from briefs.digest import Place


class Role(StrEnum):
    """What somebody may do beyond reading."""

    MANAGER = "manager"  # change a channel's digests
    ADMIN = "admin"  # decide what holds in the whole space
    CURATOR = "curator"  # see and decide on drafts
    OPERATOR = "operator"  # run the installation


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, and from where.

    Args:
        space: the Discord server, Slack workspace or console.
        channel: the platform's id of the channel asked in.
        user: the platform's id of the person, unique within the platform.
        roles: what the platform or the settings say this person may do, read now.
        zone: the person's own, where the platform tells it.
        locale: the person's language, as a tag ("en-GB").
        name: as the platform shows it; may be anything.
        others: others read the channel, too.
        may_write: the person may write in the channel, now.
        hindrance: why the bot cannot post in the channel and what to do about it, a sentence; empty where it can, or
            nobody knows.
        threads: what is shared there can have a thread of its own.
        principal: the person, as the settings name people ("slack:T1/U1"), the same in every space; empty where the
            platform has no such names.
    """

    space: str
    channel: str
    user: str
    roles: frozenset[Role] = frozenset()
    zone: ZoneInfo | None = None
    locale: str = "en"
    name: str = ""
    others: bool = False
    may_write: bool = False
    hindrance: str = ""
    threads: bool = False
    principal: str = ""

    @property
    def place(self) -> Place:
        """The channel asked in."""
        return Place(self.space, self.channel)


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that came with an ask, as it came.

    Args:
        name: as the person's machine calls it; may be anything.
    """

    name: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Ask:
    """One command with its options, as typed; a press is one, too.

    Args:
        command: its words without the slash ("digest subscribe").
        options: by name, those given only; values are text, checked by the command.
        attached: the file given in the command's `file` option; None where none was.
    """

    asker: Asker
    command: str
    options: Mapping[str, str]
    attached: Attached | None = None
