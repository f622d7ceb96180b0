"""Scripted fakes at the ports."""

import re
from collections.abc import Callable, Sequence

from briefs.digest import Again, Later, Place, Refused, Sent, Unknown
from briefs.message import Message
from briefs.ports import Absent

PERSON = re.compile(r"(discord|slack|console|fake):([0-9]+|[A-Z0-9]+/[A-Z0-9]+)")  # as the settings name people


class FakePublisher:
    """A channel that keeps what it is given; `script` says what the next calls answer instead, an exception is raised.

    With `loses_answers`, a scripted outcome is answered although the post, or the edit, arrived. While it is not `readable`,
    nobody can tell what is there; while something is `passing`, a look is answered with it. `edit_script` is to edits what
    `script` is to posts, and `edits` are those that arrived, in order; whoever is `unreachable` has no channel of their own.
    """

    def __init__(self, script: Sequence[Sent | Refused | Again | Unknown | Exception] = (), *, loses_answers: bool = False) -> None:
        self.script = list(script)
        self.loses_answers = loses_answers
        self.readable = True
        self.passing: Later | None = None
        self.splits: Callable[[Message], tuple[Message, ...]] = lambda message: (message,)
        self.told: list[tuple[str, str, Message]] = []
        self.posts: list[tuple[Place, str, Message]] = []
        self.edit_script: list[Sent | Refused | Again | Exception] = []
        self.edits: list[tuple[Place, str, Message]] = []
        self.unreachable: set[str] = set()

    @property
    def at_once(self) -> int:
        return 50

    async def publish(self, channel: Place, message: Message, key: str) -> Sent | Refused | Again | Unknown:
        answer = self.script.pop(0) if self.script else None
        if answer is None or self.loses_answers:
            self.posts.append((channel, key, message))
        if isinstance(answer, Exception):
            raise answer
        return answer or Sent(f"fake:{len(self.posts)}")

    async def find(self, channel: Place, key: str) -> Sent | Absent | Later:
        if self.passing is not None:
            return self.passing
        if not self.readable:
            return Absent.CANNOT_TELL
        for number, (where, posted, _) in enumerate(self.posts, start=1):
            if (where, posted) == (channel, key):
                return Sent(f"fake:{number}")
        return Absent.ABSENT

    async def edit(self, channel: Place, receipt: str, message: Message) -> Sent | Refused | Again:
        answer = self.edit_script.pop(0) if self.edit_script else None
        if answer is None or self.loses_answers:
            number = int(receipt.removeprefix("fake:")) if receipt.removeprefix("fake:").isdecimal() else 0
            if not 1 <= number <= len(self.posts) or self.posts[number - 1][0] != channel:
                return Refused("There is no such post.")
            self.posts[number - 1] = (channel, self.posts[number - 1][1], message)
            self.edits.append((channel, receipt, message))
        if isinstance(answer, Exception):
            raise answer
        return answer or Sent(receipt)

    async def direct(self, person: str) -> Place | None:
        found = PERSON.fullmatch(person)
        return Place(f"{found[1]}:dm-{found[2]}", found[2]) if found and person not in self.unreachable else None

    def address(self, channel: Place, receipt: str) -> str:
        number = receipt.removeprefix("fake:")
        return f"https://fake.example/{number}" if number.isdecimal() else ""

    def split(self, message: Message) -> tuple[Message, ...]:
        return self.splits(message)

    async def tell(self, space: str, user: str, message: Message) -> bool:
        self.told.append((space, user, message))
        return True
