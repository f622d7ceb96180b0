"""What the core asks of the world: Protocols whose docstrings are contracts, each sentence with a test.

Times are aware; what a method returns is UTC. Every method may raise `StorageDown` or, for a publisher, nothing.
What belongs to the installation (articles, briefs, entities) takes no space; what belongs to a space takes a `Place`
or a space and never touches another's.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Protocol

from briefs.article import Article, Wording
from briefs.brief import Brief
from briefs.digest import Again, Delivery, Place, Planned, Record, Refused, Sent, Settlement, Slot, Subscription, Unknown
from briefs.entity import Entity, EntityCard
from briefs.hit import Hit
from briefs.message import Message


class Stored(StrEnum):
    """What storing an article did."""

    NEW = "new"
    SAME = "same"  # it was there already, word for word
    ATTACHED = "attached"  # only a retelling was there; now the original is


class Shelf(Protocol):
    """The installation's articles, briefs and cards.

    Where a method takes `sample`, False leaves out whatever is marked SAMPLE. Only approved briefs, and only articles
    and sentences of approved briefs, are returned, unless `drafts` is given.
    """

    async def put_article(self, article: Article) -> Stored:
        """Store an article; the same text twice is the same article and changes nothing.

        An original whose retelling is there is attached to it: handle, title, outlet and dates stay where they were
        given. A handle that another article has gets "-2", "-3" … appended.
        """
        ...

    async def article(self, ref: str, *, wording: Wording | None = None) -> Article | None:
        """The article of that id, handle, or beginning of an id (8 digits or more); None where there is none.

        The original where it is attached, else the retelling, unless `wording` names one.
        """
        ...

    async def put_brief(self, brief: Brief) -> None:
        """Store a brief as a curator's: it replaces the one of that slug, and no library will ever overwrite it."""
        ...

    async def put_card(self, card: EntityCard) -> None:
        """Store a card as a curator's: it replaces the one of that slug, and no library will ever overwrite it."""
        ...

    async def library_edition(self, library: str) -> str:
        """The edition of the named library loaded last; empty where it never was."""
        ...

    async def load_library(self, library: "Library", now: datetime) -> None:
        """Put a library on the shelf in one commit, replacing what an earlier edition of it brought.

        A brief that was there before came to the shelf when it first did; the others come at `now`.

        What a curator has put stays as the curator left it, whatever bears the same name in a library. What another
        library has brought gives way: of two briefs or cards of one slug, or two wordings of one text, the one loaded
        last is on the shelf; of two articles of one handle, the one loaded last has it and the other gets "-2".

        What the new edition no longer has goes, unless a curator has put it or what a curator has put rests on it. What
        had given way to it comes back when its own library is loaded again. An attached original stays attached.
        """
        ...

    async def brief(self, slug: str) -> Brief | None:
        """The approved brief of that slug, SAMPLE or not; None where there is none."""
        ...

    async def briefs(self, *, sample: bool, limit: int, topics: Sequence[str] = (), since: datetime | None = None) -> tuple[Brief, ...]:
        """The newest approved briefs first, at most `limit`; only those with one of `topics` where any is given.

        With `since`, only those that came to the shelf later than that, the latest to come first. A curator's brief came
        when it was approved, a library's when it was first loaded.
        """
        ...

    async def briefs_naming(self, slug: str, *, sample: bool, limit: int) -> tuple[Brief, ...]:
        """The newest approved briefs that name the entity of that slug, at most `limit`."""
        ...

    async def has_own_briefs(self) -> bool:
        """Whether an approved brief that is not SAMPLE is on the shelf."""
        ...

    async def brief_of_article(self, article: str) -> Brief | None:
        """The approved brief made from the article of that id; None where there is none."""
        ...

    async def card(self, slug: str) -> EntityCard | None:
        """The card of that slug; None where there is none."""
        ...

    async def entities(self, slugs: Sequence[str]) -> tuple[Entity, ...]:
        """The entities of those slugs, in that order; those that do not exist are left out."""
        ...

    async def named(self, words: str, *, sample: bool, limit: int) -> tuple[Entity, ...]:
        """The entities that have `words` as a run of whole words in their name or an alias, or as their whole label.

        Case, accents, apostrophes and invisible characters do not count. Exact names first, then by name.
        """
        ...

    async def suggest_entities(self, typed: str, *, sample: bool, limit: int) -> tuple["Suggested", ...]:
        """Entities for a half-typed name, each once, best first.

        Those with a name or alias that begins with it, then those with a later word that does, then, where these are
        fewer than `limit`, those with a name within reach of a typing error or another spelling. An empty `typed` gives
        the first ones by name.
        """
        ...

    async def suggest_briefs(self, typed: str, *, sample: bool, limit: int) -> tuple[Brief, ...]:
        """Approved briefs for a half-typed slug or word of a headline, newest first; then those within a typing error.

        An empty `typed` gives the newest.
        """
        ...

    async def find(self, query: str, *, sample: bool, drafts: bool, limit: int) -> tuple[Hit, ...]:
        """What has all the words of the query, best first, at most `limit`; the last word may be half-typed.

        Nothing in the query is syntax. Of very many matches only the newest 300 of each kind are ranked.

        Raises:
            BadInput: the query has more than twelve words.
        """
        ...


@dataclass(frozen=True, slots=True)
class Suggested:
    """An entity offered for what was typed, the name or alias that matched, and how near it is (0…100; 100 is exact)."""

    entity: Entity
    matched: str
    score: float


@dataclass(frozen=True, slots=True)
class Library:
    """A library as read from its files.

    Args:
        name: "sample" for the bundled one.
        edition: changes whenever a file of it does.
    """

    name: str
    edition: str
    articles: tuple[Article, ...]
    briefs: tuple[Brief, ...]
    cards: tuple[EntityCard, ...]


class Subscriptions(Protocol):
    """The editions channels have asked for. A space never sees another's.

    One that cannot be read (its zone exists no longer) is logged and left out, and the others are not kept from coming.
    It is looked at again within the hour, and comes at its old slot once it can be read.
    """

    async def put(self, subscription: Subscription, next_slot: Slot) -> None:
        """Store it, replacing the one of the same place and name; it is next due at `next_slot`."""
        ...

    async def remove(self, place: Place, name: str, now: datetime) -> bool:
        """Forget it; False where there was none.

        In the same commit, what the ledger owes of it and nobody holds is settled as skipped: "unsubscribed". All else
        the ledger has of it stays.
        """
        ...

    async def of(self, place: Place) -> tuple[tuple[Subscription, Slot], ...]:
        """The channel's subscriptions with the slot each is next due at, by name."""
        ...

    async def due(self, now: datetime, limit: int) -> tuple[tuple[Subscription, Slot], ...]:
        """Those whose slot is at or before `now`, in any space, longest due first."""
        ...

    async def next_due(self) -> datetime | None:
        """The moment the next one, in any space, is due (or looked at again); None where there is none."""
        ...


class Ledger(Protocol):
    """Deliveries owed and what became of them."""

    async def plan(self, planned: Sequence[Planned], now: datetime) -> None:
        """Owe the deliveries and move each subscription on to its next slot, in one commit.

        A key that is in the ledger already is left as it is: the same edition is never owed twice. Only where it stands
        as skipped, and a delivery of it is owed now, that delivery takes its place. A subscription that was changed or
        removed since it was read is not moved.
        """
        ...

    async def claim(self, worker: str, now: datetime, lease: timedelta, limit: int, platforms: Collection[str]) -> tuple[Delivery, ...]:
        """Take up to `limit` deliveries that may be posted at `now` and that nobody holds; may be empty.

        Only those of `platforms`, the part of a space before its colon ("console", "discord"); in the order they were due.

        Two callers never get the same delivery while a lease runs. When a lease ends without `settle`, the delivery
        may be claimed again and its `attempt` is one higher. A delivery that cannot be read is logged and settled as
        failed, and the others are claimed. One commit.
        """
        ...

    async def settle(self, settled: Sequence[tuple[Delivery, Settlement]], worker: str, now: datetime) -> None:
        """Record what became of claimed deliveries, in one commit.

        `Again` puts a delivery back to pending, to be claimed after its delay; nothing was posted, so the attempt does
        not count. The moment it was due stays what it was.
        A delivery whose lease went to another worker meanwhile is left as it is.
        """
        ...

    async def next_due(self, platforms: Collection[str]) -> datetime | None:
        """The moment the next delivery of those platforms may be claimed, or its lease ends; None where none is owed."""
        ...

    async def carried(self, place: Place, name: str) -> frozenset[str]:
        """Slugs of the briefs that editions of that name, owed or sent, have carried to that channel."""
        ...

    async def begun(self, place: Place, name: str) -> datetime | None:
        """The moment the first edition of that name in that channel was due; None where none is owed or was sent yet.

        One that failed or was skipped does not count: nobody has read it.
        """
        ...

    async def last(self, place: Place, name: str, limit: int) -> tuple[Record, ...]:
        """The newest entries of that edition in that channel, newest first; one whose message cannot be read says so."""
        ...


class Asks(Protocol):
    """Command lines too long for a platform's button, under a short id. A space never sees another's."""

    async def keep(self, space: str, line: str) -> str:
        """A short id (at most 22 characters of A–Z a–z 0–9 - _) for the line; the same line always gets the same id."""
        ...

    async def recall(self, space: str, short: str) -> str | None:
        """The line kept under that id in that space; None where there is none."""
        ...


class Storage(Protocol):
    """Everything that is remembered."""

    @property
    def shelf(self) -> Shelf:
        """Articles, briefs, cards."""
        ...

    @property
    def subscriptions(self) -> Subscriptions:
        """Who asked for which edition."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Deliveries."""
        ...

    @property
    def asks(self) -> Asks:
        """Long command lines."""
        ...

    async def close(self) -> None:
        """Let go of every connection; nothing may be asked afterwards."""
        ...


class Absent(StrEnum):
    """What looking in a channel for a post can say when it finds none."""

    ABSENT = "absent"
    CANNOT_TELL = "cannot tell"


class Publisher(Protocol):
    """Posts to the channels of one platform."""

    async def publish(self, channel: str, message: Message, key: str) -> Sent | Refused | Again | Unknown:
        """Post the message where everyone in the channel sees it, silently and without mentioning anyone.

        The key is put where `find` finds it. Whatever goes wrong is returned, not raised.
        """
        ...

    async def find(self, channel: str, key: str) -> Sent | Absent:
        """Look in the channel for the post of that key.

        CANNOT_TELL where the channel cannot be read: never "absent" by guess.
        """
        ...
