"""The port of a platform that posts."""

from datetime import timedelta
from enum import StrEnum
from typing import Final, Protocol

from briefs.digest import Again, Later, Place, Refused, Sent, Unknown
from briefs.message import Message

POSTED_WITHIN: Final = timedelta(seconds=90)  # from the beginning of a post to its end, or of a look
LOOKED_BACK: Final = timedelta(hours=24)  # what was posted longer ago is not looked for


class Absent(StrEnum):
    """What looking in a channel for a post can say when it finds none."""

    ABSENT = "absent"
    CANNOT_TELL = "cannot tell"


class Publisher(Protocol):
    """Posts to the channels of one platform."""

    @property
    def at_once(self) -> int:
        """How many posts are worth having under way at a time: about what its pace lets through while one waits its turn.

        What is under way when the bot is killed has to be looked for, one channel after the other; never less than 1.
        """
        ...

    async def publish(self, channel: Place, message: Message, key: str) -> Sent | Refused | Again | Unknown:
        """Post the message where everyone in the channel sees it, silently and without mentioning anyone.

        The key is put where `find` finds it. Whatever goes wrong is returned, not raised. It has ended within 90 seconds
        (`POSTED_WITHIN`), all waits for turns included: what cannot be sent early enough for that is not sent, which is
        `Again`. The platform may still carry out what is `Unknown`.
        """
        ...

    async def find(self, channel: Place, key: str) -> Sent | Absent | Later:
        """Look in the channel for the post of that key. Whatever goes wrong is returned, not raised.

        CANNOT_TELL where the channel cannot be read: never "absent" by guess. `Later` where what keeps us from reading
        passes by itself: the platform is down, or asks to wait. ABSENT says that it was not posted within the last day
        (`LOOKED_BACK`), and nothing of what was posted before. It has ended within 90 seconds, too.
        """
        ...

    async def edit(self, channel: Place, receipt: str, message: Message) -> Sent | Refused | Again:
        """Put the message in the place of a post of ours, given its receipt; as silently as `publish`, and mentioning nobody.

        What the post is found by stays. The same edit twice leaves the same post, so one whose answer was lost is `Again`.
        `Refused` where the post is gone, or cannot be changed any more, or ever on this platform: its readers have to be
        told otherwise. Whatever goes wrong is returned, not raised. It has ended within 90 seconds (`POSTED_WITHIN`).
        """
        ...

    async def direct(self, person: str) -> Place | None:
        """The channel in which that person is told something privately; None where the platform or the person has none.

        What is published there reaches nobody else, and is found again like any post.

        Args:
            person: as the settings name people ("slack:T1/U1"); a role is no person. Never raises.
        """
        ...

    def address(self, channel: Place, receipt: str) -> str:
        """Where a post can be seen, given its receipt: an https address; empty where the platform has none, or it is no receipt."""
        ...

    def split(self, message: Message) -> tuple[Message, ...]:
        """The message in as many as it takes on this platform, in order; never empty, and one where it fits.

        Broken between blocks and between lines; every line keeps its citations.
        """
        ...

    async def tell(self, space: str, user: str, message: Message) -> bool:
        """Tell one person of a space privately; False where the platform or the person will not have it. Never raises."""
        ...
