"""The console's channel: a file of posts, one JSON object a line, that outlives the process."""

import asyncio
import errno
import fcntl
import json
import os
import re
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Final

from briefs.digest import Again, Later, Place, Refused, Sent, Unknown
from briefs.message import Message
from briefs.message_json import from_json, to_json
from briefs.ports import Absent

RETRY: Final = timedelta(minutes=5)  # a full disk is seldom emptied sooner
PLATFORM: Final = "console"
LOCKED_MAX: Final = 10.0  # seconds another process may take to add its post; it takes milliseconds, unless it was stopped
_FOR_EVER: Final = frozenset(
    {errno.EACCES, errno.EPERM, errno.EROFS, errno.EISDIR, errno.ENOTDIR, errno.EEXIST, errno.ELOOP, errno.ENAMETOOLONG}
)

_RECEIPT: Final = re.compile(r"console:([0-9]{1,18})")
_NO_POST: Final = Refused("The console's channel has no such post any more.")


@dataclass(frozen=True, slots=True)
class Post:
    """A post in the channel, or what takes the place of one.

    Args:
        key: what it is found by; empty for what takes the place of an earlier one.
        receipt: of the post; what takes its place has the same.
        posted: aware, UTC.
        end: the place in the file, in bytes, where the next line begins.
    """

    key: str
    receipt: str
    posted: datetime
    message: Message
    end: int


class ConsoleChannel:
    """The channel in a file, and the console's `Publisher`. See the port.

    Lines are only ever added to the file, each with its line end in one write, under a lock, on the disk before `publish`
    returns; a line that a crash cut short is nobody's post and is passed over. Receipts are "console:" and the place of the
    line in the file, in bytes. An edit is one more line, which names the receipt of the post it takes the place of.

    Args:
        path: the file; made, for its owner alone, with the first post. What was shown is remembered in `<path>.seen`.
        on_post: called with every message this process posts.
    """

    def __init__(self, path: Path, on_post: Callable[[Message], None] | None = None) -> None:
        self.path = path
        self.on_post = on_post
        self._seen_path = path.with_name(f"{path.name}.seen")

    @property
    def at_once(self) -> int:
        """See the port: one file, one writer."""
        return 100

    async def publish(self, channel: Place, message: Message, key: str) -> Sent | Refused | Again | Unknown:
        """See the port."""
        post = {"channel": channel.channel, "key": key, "posted": datetime.now(UTC).isoformat(), "message": to_json(message)}
        outcome = await asyncio.to_thread(self._append, json.dumps(post).encode() + b"\n")
        if isinstance(outcome, Sent) and self.on_post is not None:
            self.on_post(message)
        return outcome

    async def find(self, channel: Place, key: str) -> Sent | Absent | Later:
        """See the port. All of the file is looked through."""
        return await asyncio.to_thread(self._find, channel.channel, key)

    async def edit(self, channel: Place, receipt: str, message: Message) -> Sent | Refused | Again:
        """See the port. The post's own line stays in the file; whoever reads the channel is shown the newest."""
        outcome = await asyncio.to_thread(self._edit, channel.channel, receipt, to_json(message))
        if isinstance(outcome, Sent) and self.on_post is not None:
            self.on_post(message)
        return outcome

    async def direct(self, person: str) -> Place | None:
        """See the port: the console's one reader reads its channel."""
        platform, _, name = person.partition(":")
        return Place(platform, "main") if platform == PLATFORM and name else None

    @staticmethod
    def address(channel: Place, receipt: str) -> str:  # noqa: ARG004 see the port
        """See the port: a file has none."""
        return ""

    def split(self, message: Message) -> tuple[Message, ...]:
        """See the port: a terminal scrolls."""
        return (message,)

    async def tell(self, space: str, user: str, message: Message) -> bool:
        """See the port: the console's one reader reads its channel."""
        return isinstance(await self.publish(Place(space, "main"), message, f"told:{user}"), Sent)

    def unseen(self) -> tuple[Post, ...]:
        """The posts that nobody has been shown yet, oldest first; none where the file cannot be read."""
        return self.posts_from(self.seen())

    def posts_from(self, start: int) -> tuple[Post, ...]:
        """The posts from that place in the file on, oldest first; none where the file cannot be read."""
        found: list[Post] = []
        with suppress(OSError):
            for place, end, line in self._lines(start):
                with suppress(ValueError, KeyError, TypeError):
                    post = json.loads(line)
                    message, posted = from_json(post["message"]), datetime.fromisoformat(post["posted"])
                    edits = str(post.get("edits", ""))
                    found.append(Post("" if edits else post["key"], edits or f"{PLATFORM}:{place}", posted, message, end))
        return tuple(found)

    def seen(self) -> int:
        """The place in the file up to which posts were shown; 0 where nothing is known, or the file was replaced."""
        with suppress(OSError, ValueError):
            place = int(self._seen_path.read_text(encoding="ascii"))
            if 0 <= place <= self.path.stat().st_size:
                return place
        return 0

    def mark_seen(self, post: Post) -> None:
        """Remember that the post, and with it all before it, was shown. It is shown again where that cannot be written."""
        if post.end <= self.seen():
            return
        fresh = self._seen_path.with_name(f"{self._seen_path.name}.new")
        with suppress(OSError):
            with open(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="ascii") as file:  # noqa: PTH123 a mode
                file.write(str(post.end))
            fresh.replace(self._seen_path)

    def _append(self, line: bytes) -> Sent | Refused | Again | Unknown:
        try:
            with self._locked() as file:
                return self._write(file, line)
        except OSError as error:
            return self._failed(error)

    def _write(self, file: int, line: bytes) -> Sent | Again | Unknown | Refused:
        """Add the line, or leave the file as it was."""
        size = os.fstat(file).st_size
        # What a crash cut short has no line end: without one our post would become the end of it.
        cut = size > 0 and os.pread(file, 1, size - 1) != b"\n"
        try:
            rest = b"\n" + line if cut else line
            while rest:
                rest = rest[os.write(file, rest) :]
            os.fsync(file)
        except OSError as error:
            try:
                os.ftruncate(file, size)
            except OSError:
                return Unknown(f"the console's channel could not be written to the end ({error.strerror})")
            return self._failed(error)
        if size == 0:
            self._keep_name()
        return Sent(f"{PLATFORM}:{size + cut}")

    def _edit(self, channel: str, receipt: str, message: str) -> Sent | Refused | Again:
        found = _RECEIPT.fullmatch(receipt)
        if found is None or not self.path.is_file():
            return _NO_POST
        edit = {"channel": channel, "edits": receipt, "posted": datetime.now(UTC).isoformat(), "message": message}
        try:
            with self._locked() as file:
                stands = self._standing(channel, receipt, int(found[1]))
                if stands is None:
                    return _NO_POST
                written = Sent(receipt) if stands == message else self._write(file, json.dumps(edit).encode() + b"\n")
        except OSError as error:
            return self._failed(error)
        match written:
            case Sent():
                return Sent(receipt)
            case Unknown(reason):
                return Again(RETRY, f"{reason[0].upper()}{reason[1:]}.")
            case _:
                return written

    def _standing(self, channel: str, receipt: str, place: int) -> str | None:
        """The message of the post as it was last edited; None where no post of the channel is in that place of the file."""
        message: str | None = None
        for start, _, line in self._lines(place):
            if start > place and (message is None or receipt.encode() not in line):
                continue
            with suppress(ValueError, KeyError, TypeError):
                post = json.loads(line)
                if post["channel"] == channel and (post["edits"] == receipt if start > place else "key" in post):
                    message = str(post["message"])
        return message

    @contextmanager
    def _locked(self) -> Iterator[int]:
        self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file = os.open(self.path, os.O_RDWR | os.O_APPEND | os.O_CREAT | os.O_CLOEXEC, 0o600)
        try:
            _lock(file)
            yield file
        finally:
            os.close(file)

    def _keep_name(self) -> None:
        """A new file's name is on the disk only once its folder is."""
        with suppress(OSError):
            folder = os.open(self.path.parent, os.O_RDONLY)
            try:
                os.fsync(folder)
            finally:
                os.close(folder)

    def _failed(self, error: OSError) -> Refused | Again:
        reason = f"The console's channel, {self.path}, cannot be written: {error.strerror or error}."
        return Refused(reason) if error.errno in _FOR_EVER else Again(RETRY, reason)

    def _find(self, channel: str, key: str) -> Sent | Absent | Later:
        quoted = json.dumps(key).encode()
        try:
            for start, _, line in self._lines(0):
                if quoted not in line:  # a key is rare, and reading JSON is slow
                    continue
                with suppress(ValueError, KeyError, TypeError):
                    post = json.loads(line)
                    if post["key"] == key and post["channel"] == channel:
                        return Sent(f"{PLATFORM}:{start}")
        except FileNotFoundError:
            return Absent.ABSENT
        except OSError as error:
            if error.errno in _FOR_EVER:
                return Absent.CANNOT_TELL
            return Later(RETRY, f"The console's channel, {self.path}, cannot be read: {error.strerror or error}.")
        return Absent.ABSENT

    def _lines(self, start: int) -> Iterator[tuple[int, int, bytes]]:
        """Where each line begins, where the next one does, and the line."""
        with self.path.open("rb") as file:
            file.seek(start)
            for line in file:
                yield start, start + len(line), line
                start += len(line)


def _lock(file: int) -> None:
    """Wait until nobody else writes.

    Raises:
        BlockingIOError: somebody does for too long.
    """
    until = time.monotonic() + LOCKED_MAX
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise
            time.sleep(0.005)
        else:
            return
