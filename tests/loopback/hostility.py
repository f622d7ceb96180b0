"""How hostile a platform of our own is: seeded shares of what goes wrong with posts, and times in which histories are hidden."""

import math
import random
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final

KINDS: Final = ("lost", "late", "late_cut", "error_before", "error_after", "late_error", "busy", "forbidden", "missing")


@dataclass(frozen=True, slots=True)
class Blow:
    """What happens to one post.

    Args:
        kind: one of `KINDS`.
        seconds: how late it is carried out, how long its answer is held back, or how long the sender is told to wait.
        choice: a number to choose among the platform's ways of the kind.
    """

    kind: str
    seconds: float = 0.0
    choice: int = 0


@dataclass(slots=True)
class Hostility:
    """The shares, each of 0 to 1 and together at most 1; all that is left goes well. Without any, nothing happens.

    Args:
        lost: accepted; the connection is cut before the answer, in its middle, or after a silence.
        late: accepted after a delay, and answered then, be anyone still there to hear it.
        late_cut: the connection is cut at once, and the post accepted after a delay.
        error_before: a server's error, and nothing accepted.
        error_after: accepted, and a server's error for an answer.
        late_error: a server's error at once, and the post accepted after a delay.
        busy: 429, and nothing accepted.
        forbidden: 403, or what the platform says instead, and nothing accepted.
        missing: 404, or what the platform says instead, and nothing accepted.
        late_most: seconds of the longest delay of a late one.
        silence_most: seconds of the longest silence before a lost answer.
        wait_most: seconds of the longest wait that a 429 asks for.
        outage_every: seconds from the begin of one time in which no history can be read to the begin of the next; 0: never.
        outage_for: seconds of such a time.
        seed: of all that is random here.
    """

    lost: float = 0.0
    late: float = 0.0
    late_cut: float = 0.0
    error_before: float = 0.0
    error_after: float = 0.0
    late_error: float = 0.0
    busy: float = 0.0
    forbidden: float = 0.0
    missing: float = 0.0
    late_most: float = 1.0
    silence_most: float = 1.0
    wait_most: float = 1.0
    outage_every: float = 0.0
    outage_for: float = 0.0
    seed: int = 0
    clock: Callable[[], float] = time.monotonic
    dealt: Counter[str] = field(init=False, default_factory=Counter)
    _dice: random.Random = field(init=False)
    _begun: float = field(init=False)

    def __post_init__(self) -> None:
        """Refuse shares that are none."""
        shares = [getattr(self, kind) for kind in KINDS]
        if min(shares) < 0 or sum(shares) > 1:
            raise ValueError(f"shares of 0 to 1, together at most 1, not {shares}")
        self._dice = random.Random(self.seed)
        self._begun = self.clock()

    def blow(self) -> Blow | None:
        """What happens to the next post; None: nothing."""
        cast, kind = self._dice.random(), ""
        for kind in KINDS:
            cast -= getattr(self, kind)
            if cast < 0:
                break
        else:
            return None
        self.dealt[kind] += 1
        longest = {"lost": self.silence_most, "busy": self.wait_most}.get(kind, self.late_most)
        # Long ones oftener than short ones: a short one hides behind the time it takes to start again.
        return Blow(kind, longest * math.sqrt(self._dice.random()), self._dice.randrange(1 << 16))

    def hides(self) -> Blow | None:
        """What happens to a look into a history right now; None: it is shown. Within one outage it is always the same."""
        if not self.outage_every:
            return None
        number, within = divmod(self.clock() - self._begun, self.outage_every)
        if within >= self.outage_for:
            return None
        self.dealt["hidden"] += 1
        return Blow("hidden", 0.0, random.Random(f"{self.seed}:{number}").randrange(1 << 16))
