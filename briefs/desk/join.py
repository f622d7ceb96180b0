"""Coming into a space and leaving it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from briefs.message import Message
from briefs.pages.hello import hello_page
from briefs.ports import Spaces, Subscriptions

HELLO: Final = "hello"
REMOVED: Final = "the bot was removed from this space"


@dataclass(frozen=True, slots=True)
class Join:
    """What happens when the bot is added to a server or workspace, and when it is removed."""

    spaces: Spaces
    subscriptions: Subscriptions

    async def joined(self, space: str) -> Message | None:
        """The one hello for a space; None where it has had it, however often the platform says that we joined."""
        if not await self.spaces.note_once(space, HELLO, "said"):
            return None
        return hello_page(sum(bool(subscription.paused) for subscription, _ in await self.subscriptions.of_space(space)))

    async def left(self, space: str, now: datetime) -> int:
        """Let the space's editions rest and forget its notes; how many editions rested."""
        rested = await self.subscriptions.pause_space(space, REMOVED, now)
        await self.spaces.forget(space)
        return rested
