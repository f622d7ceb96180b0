"""The port of a platform that posts."""

from enum import StrEnum
from typing import Protocol

from briefs.digest import Again, Place, Refused, Sent, Unknown
from briefs.message import Message


class Absent(StrEnum):
    """What looking in a channel for a post can say when it finds none."""

    ABSENT = "absent"
    CANNOT_TELL = "cannot tell"


class Publisher(Protocol):
    """Posts to the channels of one platform."""

    async def publish(self, channel: Place, message: Message, key: str) -> Sent | Refused | Again | Unknown:
        """Post the message where everyone in the channel sees it, silently and without mentioning anyone.

        The key is put where `find` finds it. Whatever goes wrong is returned, not raised.
        """
        ...

    async def find(self, channel: Place, key: str) -> Sent | Absent:
        """Look in the channel for the post of that key.

        CANNOT_TELL where the channel cannot be read: never "absent" by guess.
        """
        ...

    def split(self, message: Message) -> tuple[Message, ...]:
        """The message in as many as it takes on this platform, in order; never empty, and one where it fits.

        Broken between blocks and between lines; every line keeps its citations.
        """
        ...

    async def tell(self, space: str, user: str, message: Message) -> bool:
        """Tell one person of a space privately; False where the platform or the person will not have it. Never raises."""
        ...
