"""What was on its way while it was corrected arrives as it was made: it is put right like any other post."""

import logging
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from briefs.brief import Brief, Correction
from briefs.decision import Act, Decision, Shelved
from briefs.desk.compose import mark_of, untold
from briefs.digest import Delivery, Place
from briefs.errors import StorageDown
from briefs.message import Message
from briefs.pages.corrected import mended_message
from briefs.ports import Storage

WORTH: Final = timedelta(days=2)  # an edit that could not be made for so long is told in the next edition alone
DECIDED_MAX: Final = 100  # decisions on one brief, among which those that corrected it meanwhile are looked for

OUT_OF_REACH: Final = "out-of-reach:"  # begins the receipt of a post that the platform lets nobody change later

log = logging.getLogger(__name__)

Post = tuple[Delivery, str]  # as it stands in its channel, with its receipt


def within_reach(receipt: str) -> bool:
    """Whether the post can be changed at all."""
    return not receipt.startswith(OUT_OF_REACH)


def edit_of(post: Post, message: Message, act: Act, marks: Sequence[str], now: datetime) -> Delivery:
    """The edit that puts the message in the place of a post; it is made once, however often it is owed.

    Args:
        marks: those of the corrections it tells, the newest last.
    """
    delivery, receipt = post
    key = f"edit:{delivery.key}:{act.value}:{marks[-1]}"
    carries = tuple(dict.fromkeys((*delivery.briefs, *marks)))
    return Delivery(key, delivery.place, "", now.date(), now, now + WORTH, message, carries, edits=receipt)


@dataclass(frozen=True, slots=True)
class CatchingUp:
    """Finds posts that say what was corrected before they were known to be there, and owes their edits.

    A correction itself owes an edit of each post that is known to be there; see `Afterwards`.
    """

    storage: Storage
    clock: Callable[[], datetime]

    async def arrived(self, posts: Sequence[Post]) -> int:
        """Owe the edits of posts that have just come to be known; how many are new.

        Raises:
            StorageDown: the store cannot be reached. Whatever else goes wrong is logged, and keeps no news from going out.
        """
        made = [(delivery, receipt) for delivery, receipt in posts if receipt and not delivery.edits]
        return await self._put_right(made) if made else 0

    async def begin(self) -> int:
        """As `arrived`, for the posts of the last days: a process may have died before it came to it."""
        return await self._put_right(None)

    async def _put_right(self, arrived: Sequence[Post] | None) -> int:
        try:
            corrected = await self._corrected()
            return await self._owe(await self._lately(corrected) if arrived is None else arrived, corrected)
        except StorageDown:
            raise
        except Exception:
            log.exception("posts that missed a correction could not be put right")
            return 0

    async def _lately(self, corrected: Sequence[tuple[Brief, Correction]]) -> Sequence[Post]:
        """The posts of the last days that carry any of those briefs, as they stand."""
        posts: dict[tuple[Place, str], Post] = {}
        for slug in dict.fromkeys(brief.slug for brief, _ in corrected):
            for record in await self.storage.ledger.posts_carrying(slug, self.clock() - WORTH):
                posts[record.delivery.place, record.delivery.key] = (record.delivery, record.receipt)
        return list(posts.values())

    async def _corrected(self) -> Sequence[tuple[Brief, Correction]]:
        return await self.storage.shelf.corrected(self.clock() - WORTH, sample=True)

    async def _owe(self, posts: Sequence[Post], corrected: Sequence[tuple[Brief, Correction]]) -> int:
        # A post carries the marks of what was corrected when it was made.
        late = [
            (post, missed)
            for post in posts
            if within_reach(post[1]) and (missed := {mark_of(*one) for one in untold(corrected, post[0].briefs)})
        ]
        if not late:
            return 0
        decided = [one for slug in dict.fromkeys(brief.slug for brief, _ in corrected) for one in await self._decisions(slug)]
        decided.sort(key=lambda decision: decision.number)
        owed = [edit for post, missed in late if (edit := self._edit(post, missed, decided))]
        return await self.storage.ledger.owe(owed)

    async def _decisions(self, slug: str) -> Sequence[Decision]:
        """What was corrected in the brief, or that it was withdrawn, with what stood before and after."""
        log = await self.storage.curation.log(about=slug, limit=DECIDED_MAX)
        numbers = [one.number for one in log if one.act in (Act.CORRECTED, Act.WITHDREW) and self.clock() - one.at < WORTH]
        found = [await self.storage.curation.decision(number) for number in numbers]
        return [one for one in found if one is not None]

    def _edit(self, post: Post, missed: Collection[str], decided: Sequence[Decision]) -> Delivery | None:
        """The edit that makes up for the corrections it has missed; None where none of them is of what it says."""
        message, told, act = post[0].message, list[str](), Act.CORRECTED
        for decision in decided:
            for change in decision.changes:
                before, after = change.before, change.after
                if change.kind is not Shelved.BRIEF or not isinstance(before, Brief) or not isinstance(after, Brief):
                    continue
                mark = mark_of(after, after.corrections[-1])
                if mark in missed and (mended := mended_message(message, before, after, self.clock().date())):
                    message, act = mended, decision.act
                    told.append(mark)
        return edit_of(post, message, act, told, self.clock()) if told else None
