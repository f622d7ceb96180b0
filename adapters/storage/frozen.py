"""Editions frozen once: the message as text under its hash, with the briefs it carries; rows of the ledger point to it."""

from collections.abc import Collection, Iterable, Mapping
from contextlib import suppress
from hashlib import sha256
from json import dumps
from threading import Lock
from typing import Final, TypeVar

from sqlalchemy import BindParameter, Connection, bindparam, select

from adapters.storage.inserts import insert_new
from adapters.storage.tables import EDITION, EDITION_BRIEF
from briefs.message import Message
from briefs.message_json import from_json, to_json

RENDERER: Final = "1"  # raise it when the same Message would be posted otherwise, so that a frozen one is told apart
HASH_LENGTH: Final = 32  # characters: 128 bits, so that two editions never share one; every row of the ledger bears it
KEPT: Final = 512  # editions kept in memory: more than a wave has different ones at a time

_B = EDITION_BRIEF.c
_HASHES: Final[BindParameter[list[str]]] = bindparam("hashes", expanding=True)
_MESSAGES: Final = select(EDITION.c.hash, EDITION.c.message).where(EDITION.c.hash.in_(_HASHES))
_CARRIED: Final = select(_B.edition, _B.slug).where(_B.edition.in_(_HASHES)).order_by(_B.edition, _B.place)

K = TypeVar("K")
V = TypeVar("V")
Carried = tuple[str, ...]  # slugs of briefs, and marks of corrections


class Frozen:
    """The last editions, written out and read once: a wave hands over, and takes back, the same ones again and again."""

    def __init__(self) -> None:
        self._written: dict[tuple[int, Carried], tuple[Message, str, str]] = {}
        self._known: dict[str, tuple[Message, Carried]] = {}
        self._stored: dict[str, None] = {}
        self._changing = Lock()  # several threads do

    def of(self, message: Message, carried: Carried) -> tuple[str, str]:
        """The hash of a message with what it carries, and its text."""
        key = (id(message), carried)
        kept = self._written.get(key)
        if kept is None or kept[0] is not message:
            text = to_json(message)
            digest = sha256(f"{RENDERER}\n{dumps(carried)}\n{text}".encode()).hexdigest()[:HASH_LENGTH]
            # With the message itself: while it is kept, no other one can come to bear its id.
            kept = (message, digest, text)
            self._remember(self._written, {key: kept})
            self._remember(self._known, {digest: (message, carried)})
        return kept[1:]

    def unsure(self, editions: Mapping[str, tuple[str, Carried]]) -> dict[str, tuple[str, Carried]]:
        """Those of the editions of which it is not known that the store has them."""
        return {digest: edition for digest, edition in editions.items() if digest not in self._stored}

    def stored(self, hashes: Iterable[str]) -> None:
        """The store has those editions for good: what kept them is committed."""
        self._remember(self._stored, dict.fromkeys(hashes))

    def dropped(self, hashes: Iterable[str]) -> None:
        """The store has those editions no longer; whoever wrote them out writes them again."""
        with self._changing:
            for digest in hashes:
                self._stored.pop(digest, None)
                self._known.pop(digest, None)

    def holds(self, digest: str) -> bool:
        """Whether that edition is relied on to be in the store."""
        return digest in self._stored

    def read(self, connection: Connection, hashes: Collection[str]) -> Mapping[str, tuple[Message, Carried]]:
        """Message and what it carries of each of those hashes, without those that cannot be read."""
        found = {digest: known for digest in hashes if (known := self._known.get(digest))}
        if len(found) < len(hashes):
            missing = editions(connection, [digest for digest in hashes if digest not in found])
            self._remember(self._known, missing)
            found.update(missing)
        return found

    def _remember(self, kept: dict[K, V], new: Mapping[K, V]) -> None:
        with self._changing:
            kept.update(new)
            while len(kept) > KEPT:
                del kept[next(iter(kept))]


def keep(connection: Connection, frozen: Mapping[str, tuple[str, Carried]]) -> None:
    """Keep messages as text, and what they carry, under their hashes; those that are there stay as they are."""
    messages = [{"hash": digest, "renderer": RENDERER, "message": text} for digest, (text, _) in frozen.items()]
    insert_new(connection, EDITION, messages)
    of = [(digest, place, slug) for digest, (_, slugs) in frozen.items() for place, slug in enumerate(slugs)]
    insert_new(connection, EDITION_BRIEF, [{"edition": digest, "place": place, "slug": slug} for digest, place, slug in of])


def editions(connection: Connection, hashes: Collection[str]) -> dict[str, tuple[Message, Carried]]:
    """As `Frozen.read`, from the store."""
    asked = {"hashes": sorted(set(hashes) - {""})}
    carried: dict[str, Carried] = {}
    for edition, slug in connection.execute(_CARRIED, asked):
        carried[edition] = (*carried.get(edition, ()), slug)
    found: dict[str, tuple[Message, Carried]] = {}
    for digest, text in connection.execute(_MESSAGES, asked):
        with suppress(ValueError):
            found[digest] = (from_json(text), carried.get(digest, ()))
    return found
