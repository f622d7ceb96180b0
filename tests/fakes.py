"""Scripted fakes at the ports."""

from collections.abc import Callable, Sequence

from briefs.digest import Again, Later, Place, Refused, Sent, Unknown
from briefs.message import Message
from briefs.ports import Absent


class FakePublisher:
    """A channel that keeps what it is given; `script` says what the next calls answer instead, an exception is raised.

    With `loses_answers`, a scripted outcome is answered although the post arrived. While it is not `readable`, nobody can
    tell what is there; while something is `passing`, a look is answered with it.
    """

    def __init__(self, script: Sequence[Sent | Refused | Again | Unknown | Exception] = (), *, loses_answers: bool = False) -> None:
        self.script = list(script)
        self.loses_answers = loses_answers
        self.readable = True
        self.passing: Later | None = None
        self.splits: Callable[[Message], tuple[Message, ...]] = lambda message: (message,)
        self.told: list[tuple[str, str, Message]] = []
        self.posts: list[tuple[Place, str, Message]] = []

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

    def address(self, channel: Place, receipt: str) -> str:
        number = receipt.removeprefix("fake:")
        return f"https://fake.example/{number}" if number.isdecimal() else ""

    def split(self, message: Message) -> tuple[Message, ...]:
        return self.splits(message)

    async def tell(self, space: str, user: str, message: Message) -> bool:
        self.told.append((space, user, message))
        return True
