"""The ports of looking whether all is well: at the whole installation, and at the bot on one platform."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

from briefs.digest import Place
from briefs.finding import Finding
from briefs.ports.publisher import Publisher


class Checks(Protocol):
    """Looking at the whole installation."""

    async def findings(self) -> tuple[Finding, ...]:
        """All that was looked at, in the order it is best read; never empty.

        Nothing is changed, made or posted by it, no token stands in it, and it never raises: what could not be looked at
        is a finding as well.
        """
        ...


@dataclass(frozen=True, slots=True)
class Reach:
    """A channel, and whether the bot can do its work there.

    Args:
        label: how people call it, as far as the platform tells.
        lacks: what keeps the bot from posting there and finding its post again, a sentence; empty where nothing does.
        mend: what to do about that, a sentence; empty with `lacks`, and never without.
    """

    place: Place
    label: str
    lacks: str = ""
    mend: str = ""


class PlatformChecks(Protocol):
    """What can be asked of a platform about the bot there. Only the publisher and `remove` change anything.

    Every method raises `BadInput` where the platform cannot be reached or does not answer as it should.
    """

    @property
    def account(self) -> str:
        """As whom the token is known, in words."""
        ...

    @property
    def ahead(self) -> timedelta | None:
        """By how much this machine's clock is ahead of the platform's; None where the platform did not tell its time."""
        ...

    @property
    def publisher(self) -> Publisher:
        """Posts with that token."""
        ...

    @property
    def invitation(self) -> str:
        """How the bot is brought to where it is to post, lines of text that say what to click or type."""
        ...

    async def standing(self) -> tuple[Finding, ...]:
        """What the app may and may not, and how it is reached, beside what it needs; never empty."""
        ...

    async def commands(self) -> Finding:
        """Whether the platform knows the commands as the registry has them."""
        ...

    async def channels(self) -> tuple[Reach, ...]:
        """Channels for plain posts that the bot sees, in the platform's order; empty where the platform does not tell them."""
        ...

    async def reach(self, place: Place) -> Reach:
        """One channel; one that is not there, or of another platform's space, lacks that."""
        ...

    def principal(self, typed: str) -> str:
        """A person or role as settings name them, of what the platform lets one copy; empty where it is nothing of the kind."""
        ...

    async def place(self, typed: str) -> Place | None:
        """The channel of an id or a link as the platform lets one copy it; None where it is none, or is not there."""
        ...

    async def called(self, principal: str) -> str:
        """How the platform calls a person or role that settings name; empty where it knows none of that name."""
        ...

    async def owner(self) -> str:
        """Whoever made the app, as settings name people; empty where the platform does not tell."""
        ...

    async def remove(self, place: Place, receipt: str) -> bool:
        """Take the bot's own post away again; False where that could not be done."""
        ...
