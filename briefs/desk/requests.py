"""Where reviews go, and asking for one: the curators' channel, else each curator's own chat."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from briefs.brief import Brief
from briefs.decision import Act, Change, Decision, Shelved
from briefs.desk.deciding import Curator
from briefs.digest import Delivery, Place, review_key
from briefs.message import Message
from briefs.pages.review import review_decided_page, review_page
from briefs.ports import Curation, Ledger, Publisher, Spaces
from briefs.ports.spaces import INSTALLATION
from briefs.review import Dossier, Review, Stage

REVIEWS: Final = "reviews"  # the installation's note of the channel
OWN_CHAT: Final = "chat of "  # begins the name of its note of a curator's own chat
WORTH: Final = timedelta(days=7)  # a request that could not be posted for so long is worth no more
WAITING_MAX: Final = 10  # drafts that somebody is asked for at once
ASKED_MAX: Final = timedelta(days=60)  # a post that asked longer ago is left as it is


def about_review(slug: str) -> str:
    """What the request to review that draft is found by in the ledger; no slug has a colon."""
    return f"review:{slug}"


def about_report(number: int) -> str:
    """What the post that tells curators of that report is found by in the ledger."""
    return f"report:{number}"


@dataclass(frozen=True, slots=True)
class Requests:
    """Asks curators for something, once.

    Args:
        publishers: by platform.
        curators: people as the settings name them.
        set: the channel the settings name; what was said in a channel goes before it.
        clock: the present moment, aware, UTC.
        wake: called with a platform when something is owed there at once.
    """

    curation: Curation
    ledger: Ledger
    spaces: Spaces
    publishers: Mapping[str, Publisher]
    curators: Collection[str]
    set: Place | None
    clock: Callable[[], datetime]
    wake: Callable[[str], object] = lambda _: None

    async def channel(self) -> Place | None:
        """The channel reviews go to; None where they go to the curators' own chats."""
        return channel_of(await self.curation.note(REVIEWS)) or self.set

    async def places(self) -> tuple[Place, ...]:
        """Where curators are reached now; empty where nobody can be."""
        channel = await self.channel()
        if channel is not None:
            return (channel,)
        found = [await self._own_chat(person) for person in sorted(self.curators)]
        return tuple(dict.fromkeys(place for place in found if place is not None))

    async def acquaint(self) -> None:
        """Look for the curators' own chats, so that whoever serves no platform can owe something there, too.

        Somebody whose chat was not known yet is asked for what waits already and was not asked for there.
        """
        # First: what comes in from here on is either asked for by whoever takes it in, or told to nobody.
        waiting = await self.curation.queue((Stage.WAITING,), WAITING_MAX)
        if await self.channel() is not None:
            return
        owed: list[Delivery] = []
        for person in sorted(self.curators):
            known = await self.spaces.noted(INSTALLATION, f"{OWN_CHAT}{person}")
            place = await self._own_chat(person)
            if place is not None and not known:
                owed += [delivery for one in waiting for delivery in await self._asking(one, place)]
        if owed:
            await self.owe(owed)

    async def _asking(self, on: Dossier, place: Place) -> tuple[Delivery, ...]:
        """What is owed so that somebody is asked there for a review that waits; nothing where it was asked for there already."""
        now, about = self.clock(), about_review(on.brief.slug)
        if any(post.delivery.place == place for post in await self.ledger.posts_carrying(about, now - ASKED_MAX)):
            return ()
        key = review_key(on.brief.slug, f"{on.brief.article[:12]}:waiting")
        return (Delivery(key, place, "", now.date(), now, now + WORTH, review_page(on.brief, on.review), (about,)),)

    async def _own_chat(self, person: str) -> Place | None:
        """Found by whoever serves the platform, and remembered for whoever does not: a command at the console, say."""
        publisher = self.publishers.get(person.partition(":")[0])
        known = await self.spaces.noted(INSTALLATION, f"{OWN_CHAT}{person}")
        if publisher is None:
            return channel_of(known)
        place = await publisher.direct(person)
        if place is not None and known != _note_of(place):
            await self.spaces.note(INSTALLATION, f"{OWN_CHAT}{person}", _note_of(place))
        return place

    async def owed(self, key: str, message: Message, about: str = "") -> tuple[Delivery, ...]:
        """What is owed to whoever curates: the message, under a key that is asked for once in each place.

        Args:
            about: what it asks about, by which `edited` finds it again; see `about_review` and `about_report`.
        """
        now = self.clock()
        carries = (about,) if about else ()
        return tuple(Delivery(key, place, "", now.date(), now, now + WORTH, message, carries) for place in await self.places())

    async def edited(self, about: str, message: Message, mark: str) -> tuple[Delivery, ...]:
        """What is owed so that every post that asks about it says this message instead.

        Args:
            mark: tells this edit of a post from its others; each is made once.
        """
        now = self.clock()
        posts = await self.ledger.posts_carrying(about, now - ASKED_MAX)
        return tuple(
            Delivery(
                f"edit:{post.delivery.key}:{mark}",
                post.delivery.place,
                "",
                now.date(),
                now,
                now + WORTH,
                message,
                post.delivery.briefs,
                edits=post.receipt,
            )
            for post in posts
        )

    async def decided(self, curator: Curator, act: Act, brief: Brief, review: Review | None, reason: str = "") -> tuple[Delivery, ...]:
        """What is owed so that the posts that ask for this review say what was decided, by whom and when.

        Args:
            review: as the decision leaves it; None: it is gone with its draft.
        """
        now = self.clock()
        message = review_decided_page(brief, review, Decision(act, brief.slug, curator.name, curator.person, now, reason=reason))
        # With the moment: a decision that is taken back gives its version to the next one.
        mark = f"v{review.version if review else 0}:{now:%Y%m%dT%H%M%S.%f}"
        return await self.edited(about_review(brief.slug), message, mark)

    async def owe(self, owed: Sequence[Delivery]) -> None:
        """Owe them, and have them posted at once; what was owed before is left as it is."""
        await self.ledger.owe(owed)
        self.hurry(owed)

    def hurry(self, owed: Sequence[Delivery]) -> None:
        """Have what is owed now posted without waiting for the next tick."""
        for platform in {delivery.place.platform for delivery in owed}:
            self.wake(platform)

    async def here(self, curator: Curator, place: Place) -> int:
        """From now on reviews go to that channel; the decision's number."""
        before = await self.curation.note(REVIEWS)
        after = _note_of(place)
        decision = Decision(
            Act.SET,
            "",
            curator.name,
            curator.person,
            self.clock(),
            told="where reviews go",
            changes=(Change(Shelved.NOTE, REVIEWS, before or None, after),),
        )
        return await self.curation.decide(decision)


def _note_of(place: Place) -> str:
    return f"{place.space}/{place.channel}"


def channel_of(note: str) -> Place | None:
    """The channel that the installation's note names; None where it names none."""
    space, _, channel = note.rpartition("/")
    return Place(space, channel) if space else None
