"""Posts that readers made of answers: remembered, so that what is corrected is put right there, too."""

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from briefs.desk.catching_up import OUT_OF_REACH, CatchingUp
from briefs.desk.compose import mark_of
from briefs.digest import Delivery, Place, Sent
from briefs.errors import BriefsError
from briefs.message import Message
from briefs.pages.shared import briefs_shown
from briefs.ports import Storage

log = logging.getLogger(__name__)


def shares_of(user: str) -> str:
    """What the ledger's keys of the posts begin with that this person shared."""
    return f"share:{user}:"


def is_share(delivery: Delivery) -> bool:
    """Whether it is a post that somebody shared."""
    return delivery.key.startswith("share:")


@dataclass(frozen=True, slots=True)
class SharedPosts:
    """Remembers what was shared.

    Args:
        clock: the present moment, aware, UTC.
        wake: called with a platform when something is owed there at once.
    """

    storage: Storage
    clock: Callable[[], datetime]
    wake: Callable[[str], object] = lambda _: None

    async def remember(self, place: Place, user: str, answer: Message, posts: Sequence[tuple[Message, str]], asked: datetime) -> None:
        """Note the posts that an answer was shared in; what was corrected in it meanwhile is put right at once.

        Whatever goes wrong is logged: the answer is there, and whoever shared it has nothing to do.

        Args:
            posts: what each of them says, with its receipt; empty where nobody can change it later.
            asked: when the answer was asked for: it has what was corrected before.
        """
        try:
            carries = await self._carries(answer, asked)
            if carries:
                await self._note(place, user, posts, carries)
        except BriefsError as error:
            log.warning("a post that was shared could not be noted: %s", error)

    async def shared(self, space: str, user: str) -> int:
        """How many posts that this person shared in that space are remembered."""
        return await self.storage.ledger.noted(space, shares_of(user))

    async def forget(self, space: str, user: str) -> int:
        """Forget them: they stay where they are, and are put right no longer; how many."""
        return await self.storage.ledger.forget_posts(space, shares_of(user))

    async def _carries(self, answer: Message, asked: datetime) -> tuple[str, ...]:
        """Slugs of the briefs an answer is about, and marks of what was corrected in them before it was asked for."""
        carries: list[str] = []
        for slug in briefs_shown(answer):
            if brief := await self.storage.shelf.brief(slug):
                known = [one for one in brief.mended if not isinstance(one.at, datetime) or one.at < asked]
                carries += [slug, *(mark_of(brief, one) for one in known)]
        return tuple(carries)

    async def _note(self, place: Place, user: str, posts: Sequence[tuple[Message, str]], carries: tuple[str, ...]) -> None:
        now, made = self.clock(), list[tuple[Delivery, Sent]]()
        for message, receipt in posts:
            known = receipt or f"{OUT_OF_REACH}{uuid4().hex}"
            made.append((Delivery(f"{shares_of(user)}{known}", place, "", now.date(), now, now, message, carries), Sent(known)))
        await self.storage.ledger.note_posts(made, now)
        if await CatchingUp(self.storage, self.clock).arrived([(delivery, sent.receipt) for delivery, sent in made]):
            self.wake(place.platform)
