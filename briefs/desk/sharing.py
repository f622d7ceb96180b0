"""Sharing an answer with the channel: whether a space wants it, and how often somebody may."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from briefs.desk.pace import Pace
from briefs.desk.shared_posts import SharedPosts
from briefs.digest import Place
from briefs.errors import NotAllowed, TooSoon
from briefs.ports import Spaces

SHARING: Final = "sharing"
OFF: Final = "off"
KNOWN_FOR: Final = timedelta(minutes=1)
KNOWN_MAX: Final = 10_000  # spaces; then all are read anew


@dataclass(frozen=True, slots=True)
class Sharing:
    """What a space has decided about sharing, and the cooldown of each person in each channel.

    Args:
        posts: what was shared, remembered.
        allowed: False: switched off for the whole installation.
        known: what was read lately of each space, and until when it holds: every answer asks for it.
    """

    spaces: Spaces
    pace: Pace
    posts: SharedPosts
    allowed: bool = True
    known: dict[str, tuple[bool, datetime]] = field(default_factory=dict)

    async def on(self, space: str, now: datetime) -> bool:
        """Whether answers may be shared in that space; what another process decided is known a minute later."""
        if not self.allowed:
            return False
        known = self.known.get(space)
        if known is not None and now < known[1]:
            return known[0]
        noted = await self.spaces.noted(space, SHARING) != OFF
        if self.known.get(space) is known:  # else it was switched while we looked
            self._know(space, now, on=noted)
        return self.known[space][0]

    async def switch(self, space: str, now: datetime, *, on: bool) -> None:
        """Let people of the space share, or not.

        Raises:
            NotAllowed: it is switched off for the whole installation.
        """
        if not self.allowed:
            raise NotAllowed("Sharing is switched off for this installation; whoever runs it can switch it on.")
        await self.spaces.note(space, SHARING, "" if on else OFF)
        self._know(space, now, on=on)

    def _know(self, space: str, now: datetime, *, on: bool) -> None:
        if len(self.known) >= KNOWN_MAX:
            self.known.clear()
        self.known[space] = (on, now + KNOWN_FOR)

    async def take(self, place: Place, user: str, now: datetime) -> None:
        """Use up one share of that person in that channel.

        Raises:
            NotAllowed: the space has sharing switched off.
            TooSoon: the last one was a moment ago.
        """
        if not await self.on(place.space, now):
            raise NotAllowed("Sharing is switched off here; an admin can switch it on with /standfirst sharing on.")
        if wait := self.pace.take((place, user), now):
            raise TooSoon("You shared something a moment ago.", wait)
