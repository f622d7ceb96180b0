"""The ports of what a space asked for and was sent: subscriptions, the ledger."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Protocol

from briefs.digest import Delivery, Due, Place, Planned, Progress, Record, Sent, Settlement, Slot, Subscription


class Subscriptions(Protocol):
    """The editions channels have asked for. A space never sees another's.

    One that is paused rests: it is stored, and not due.

    One that cannot be read (its zone exists no longer) is logged and left out, and the others are not kept from coming.
    It is looked at again within the hour, and comes at its old slot once it can be read.
    """

    async def put(self, subscription: Subscription, next_slot: Slot) -> None:
        """Store it as it is given, replacing the one of the same place and name; it is next due at `next_slot`.

        One that was paused therefore runs again where the new one is not, and rests where the new one is.
        """
        ...

    async def remove(self, place: Place, name: str, now: datetime) -> bool:
        """Forget it; False where there was none.

        In the same commit, what the ledger owes of it and nobody holds is settled as skipped: "unsubscribed"; as unknown
        where an earlier try was cut off, for it may have arrived. All else the ledger has of it stays; see
        `Ledger.settle` and `Ledger.claim` for what is held.
        """
        ...

    async def pause(self, place: Place, reason: str, now: datetime, name: str | None = None) -> tuple[Subscription, ...]:
        """From now on every subscription of the channel rests, for that reason; those that rest newly, as they were, by name.

        With a name, only the one of that name. One that rests already keeps its own reason. In the same commit, what the
        ledger owes of those that rest newly and nobody holds is settled as skipped: "paused: " and the reason; as unknown
        where an earlier try was cut off, for it may have arrived. All else the ledger has of them stays. One that cannot
        be read rests too, and is not among those returned.

        Raises:
            ValueError: the reason is empty.
        """
        ...

    async def pause_space(self, space: str, reason: str, now: datetime) -> int:
        """As `pause`, for every channel of the space; how many rest newly, with those that cannot be read.

        Raises:
            ValueError: the reason is empty.
        """
        ...

    async def resume(self, place: Place, name: str, next_slot: Slot) -> bool:
        """Let the one of that name run again, next due at `next_slot`; False where there is none, and none is made.

        One that runs already keeps its slot.
        """
        ...

    async def of(self, place: Place) -> tuple[tuple[Subscription, Slot], ...]:
        """The channel's subscriptions, resting ones too, with the slot each is next due at, by name."""
        ...

    async def of_space(self, space: str) -> tuple[tuple[Subscription, Slot], ...]:
        """The subscriptions of every channel of the space, resting ones too, by channel, then by name."""
        ...

    async def due(self, now: datetime, limit: int, platforms: Collection[str], after: Due | None = None) -> tuple[Due, ...]:
        """Up to `limit` that do not rest and whose slot is at or before `now`, in any space, longest due first.

        With `after`, only those behind that one: of one slot they come by space, channel and name.

        Only those of `platforms`, the part of a space before its colon ("console", "discord"). With how far its readers
        have read, as the last `Ledger.plan` was told; None where that no longer holds: the subscription was put anew or
        paused since, or an edition that was planned has failed, was skipped or is sent again.
        """
        ...

    async def all(self, after: tuple[Place, str] | None, limit: int) -> tuple[tuple[Subscription, Slot], ...]:
        """The next `limit` that do not rest, by space, channel and name, beginning after that one (None: with the first)."""
        ...

    async def move(self, moved: Sequence[tuple[Subscription, Slot, Slot]]) -> int:
        """Move subscriptions from the slot they were read with to another, in one commit; how many were.

        One that rests, or is not in all its terms and its slot as it was read, is not moved.
        """
        ...

    async def forget(self, space: str, user: str) -> int:
        """Forget who asked for those of the space that this person asked for, resting ones too; how many.

        Their `by` is empty from then on; they come as before.
        """
        ...

    async def next_due(self, platforms: Collection[str]) -> datetime | None:
        """The moment the next one of those platforms that does not rest is due (or looked at again); None where none is."""
        ...


class Ledger(Protocol):
    """Deliveries owed and what became of them."""

    async def plan(
        self, planned: Sequence[Planned], now: datetime, *, worker: str = "", lease: timedelta = timedelta(), limit: int = 0
    ) -> tuple[Delivery, ...]:
        """Owe the deliveries and move each subscription on to its next slot and progress, in one commit; what was taken.

        Of what is owed now, up to `limit` first parts that are due at `now` are taken by `worker` in the same commit, in the
        order given, as `claim` takes them; all else is for `claim`.

        Of a subscription that rests, or is not in all its terms and its slot as it was read (removed, changed, paused or
        moved on since), nothing is owed, nothing recorded, and it is not moved.

        An edition, a name in a channel on a local date, is never owed twice, in however many parts: where any of it is
        pending, sending, sent or unknown, nothing is added. Where all of it was skipped or failed, nobody has read it, and
        an edition that is owed now takes the place of all its parts; one that is skipped now does not.

        A delivery that has an attempt already keeps it, and is not taken at once: it is looked for before it is posted.
        """
        ...

    async def owe(self, deliveries: Sequence[Delivery]) -> int:
        """Owe deliveries that belong to no edition (review requests, edits of posts), in one commit; how many are new.

        One whose key that channel has in the ledger already, in whatever state, is left as it is.

        A new one that edits a post takes the place of an earlier edit of that post that is pending: this is settled as
        skipped, "overtaken by a later one".
        """
        ...

    async def resend(self, place: Place, name: str, meant_for: date, now: datetime, until: datetime) -> int:
        """Owe again what that channel has not had for certain of that edition; how many parts.

        Those that are unknown, failed or skipped and whose message is there become pending at `now`, until `until`, and
        are `insisted` until they are tried. One that is unknown, or was settled before the store was `restored`, keeps an
        attempt: it is looked for before it is posted.
        Where the subscription is gone or rests nothing is owed.
        """
        ...

    async def adopt(self, worker: str, now: datetime, settle: timedelta, platforms: Collection[str]) -> int:
        """Free what other workers hold, all of whom are dead, for claiming at `now` + `settle`; how many deliveries.

        Whenever it would have been free otherwise, for a worker that died may have been about to post. They stay `sending`:
        whether they arrived has to be looked for. What nobody holds is left as it is.
        """
        ...

    async def claim(self, worker: str, now: datetime, lease: timedelta, limit: int, platforms: Collection[str]) -> tuple[Delivery, ...]:
        """Take up to `limit` deliveries that may be posted at `now` and that nobody holds; may be empty.

        Only those of `platforms`, the part of a space before its colon ("console", "discord"); in the order they were due.

        Two callers never get the same delivery while a lease runs. When a lease ends without `settle`, the delivery
        may be claimed again and its `attempt` is one higher. A delivery that cannot be read is logged and settled as
        failed (as unknown where its lease ended), and the others are claimed. One commit.

        Nothing is claimed of an edition that was removed or rests; what belongs to none is. Where its lease ended without
        `settle`, it is settled as unknown: whoever claims it would post it where it does not find it, nobody wants it
        posted any more, and calling it skipped would let it be owed anew although it may have arrived.

        A part of an edition is claimed once all those before it are sent, and not otherwise. An edit of a post is not
        claimed while another edit of that post is sending.
        """
        ...

    async def settle(self, settled: Sequence[tuple[Delivery, Settlement]], worker: str, now: datetime) -> None:
        """Record what became of claimed deliveries, in one commit.

        `Again` puts a delivery back to pending, to be claimed after its delay; nothing was posted, so the attempt does
        not count. The moment it was due stays what it was. `Later` leaves it sending and held by nobody, to be claimed
        after its delay with an attempt one higher. Of an edition that was removed or rests, either is settled instead as
        what the ledger owes of it was when that happened: as skipped, or as unknown where a try may have arrived.
        `Again` for an edit of a post that a later edit waits for is settled as overtaken by that one, see `owe`.

        A delivery whose lease went to another worker meanwhile is left as it is. Of an edition of which a part is settled
        as anything but sent or to be tried again, the parts behind it are settled too: as skipped, or as unknown where they
        may have arrived.
        """
        ...

    async def restored(self) -> datetime | None:
        """When the store was last put back from a backup, or lost what was written to it last; None: never.

        What was posted between the backup and that moment it does not know. What it owed then has an attempt, so that it
        is looked for before it is posted, and nothing of it is insisted on.
        """
        ...

    async def next_due(self, platforms: Collection[str]) -> datetime | None:
        """The moment the next delivery of those platforms may be claimed, or its lease ends; None where none is owed."""
        ...

    async def owed(self, now: datetime, platforms: Collection[str]) -> Mapping[str, int]:
        """How many deliveries of each of those platforms are being sent, or could be claimed at `now` but for parts before them."""
        ...

    async def progress(self, editions: Collection[tuple[Place, str]]) -> Mapping[tuple[Place, str], Progress]:
        """How far the readers of each of those editions (a channel and a name) have read, as what was owed or sent tells.

        What failed or was skipped does not count: nobody has read it. One of which nothing was owed yet has none since, none
        carried and no last date. `carried` has what the editions of the last days carried (see `kept_since`); days without news are not
        counted here.
        """
        ...

    async def carrying(self, editions: Collection[tuple[Place, str]], marks: Collection[str]) -> Mapping[tuple[Place, str], frozenset[str]]:
        """Which of those slugs and marks each of those editions has carried, or may have; one that has none may be left out."""
        ...

    async def had(self, place: Place, name: str, since: date) -> frozenset[date]:
        """The local dates, that one and later, on which that channel has had the edition of that name, or may have.

        Those of which any part is pending, sending, sent or unknown.
        """
        ...

    async def last(self, place: Place, name: str, limit: int) -> tuple[Record, ...]:
        """The entries of that edition's newest `limit` local dates in that channel, newest date first, parts in order.

        One whose message cannot be read says so in its place.
        """
        ...

    async def of_day(self, place: Place, meant_for: date) -> tuple[Record, ...]:
        """What that channel has been sent, or may have, of all its editions of that local date: by name, parts in order."""
        ...

    async def posts_carrying(self, slug: str, since: datetime) -> tuple[Record, ...]:
        """What was sent in any space at `since` or later and carries the brief of that slug, the newest first; no edits.

        Each with its receipt, and with the message that stands in the channel, or will once what is owed has gone out: that
        of the newest edit of the post that neither failed nor was skipped, else its own. With what it carries, it has what
        that edit carries, too. One of which no message can be read is left out.
        """
        ...

    async def note_posts(self, posts: Sequence[tuple[Delivery, Sent]], now: datetime) -> None:
        """Note posts that nobody owed (what readers shared) as sent at `now`, in one commit; they belong to no edition.

        One whose key that channel has in the ledger already is left as it is.
        """
        ...

    async def noted(self, space: str, begins: str) -> int:
        """How many posts that belong to no edition that space has in the ledger whose key begins so; its edits have other keys."""
        ...

    async def forget_posts(self, space: str, begins: str) -> int:
        """Delete those posts from the ledger, with their edits; how many posts. The posts themselves stay where they are.

        Their messages go in the same commit, but for those that other entries point to.
        """
        ...

    async def expire(self, before: datetime, limit: int) -> int:
        """Delete up to `limit` of what was settled before then and is needed no longer; how many. 0: nothing more is to go.

        Of an edition what nobody has had, and what its channel has had before its last 14 local dates: `progress` and what
        comes next stay what they are, and no date that can still be owed is forgotten. Of what belongs to no edition, all.
        What is pending or sending stays. Once no entry is left to go, those messages that none points to any more,
        but for the last ones this process has written.

        What was carried that long ago is no longer `carrying`: where it is corrected, no edition says so.
        """
        ...
