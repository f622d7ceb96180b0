"""What goes wrong at the loopback Slack: scripted faults, and the pace it insists on."""

import math
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Any, Final

MINUTE: Final = 60.0  # seconds


@dataclass(slots=True)
class Fault:
    """What happens to the next calls that match; the fields that are empty match every call.

    Args:
        times: how many calls; each match uses one up.
        wait: seconds before the call is carried out, even if its client is gone by then.
        does: whether the call is carried out at all.
        apart: seconds after which the call is carried out on its own, whether or not its answer, which waits for nothing,
            has long been given; 0: before the answer.
        lag: seconds between that and the answer.
        cut: "all": the connection is cut instead of answering; "half": in the middle of the answer.
        status: of the answer instead of the call's own; 0: the call's own.
        body: JSON of the answer instead of the call's own; a text is sent as text/html.
    """

    method: str = ""
    team: str = ""
    channel: str = ""
    times: int = 1
    wait: float = 0.0
    does: bool = True
    apart: float = 0.0
    lag: float = 0.0
    cut: str = ""
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: dict[str, Any] | str | None = None


class Faults:
    """The faults still to come, in the order they were scripted."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def script(self, fault: Fault) -> None:
        """Let it happen after those already scripted for the same calls."""
        self._waiting.append(fault)

    def clear(self) -> None:
        """Forget them all."""
        self._waiting.clear()

    def take(self, method: str, team: str, channel: str) -> Fault | None:
        """The fault of this call, used up by one."""
        for fault in self._waiting:
            wanted = ((fault.method, method), (fault.team, team), (fault.channel, channel))
            if all(not asked or asked == given for asked, given in wanted):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None


@dataclass(slots=True)
class Limits:
    """The rate limits of one workspace, each off where it is 0.

    Args:
        channel_every: seconds between two posts in one channel (Slack: 1).
        channel_burst: posts in one channel that may come at once (Slack: "short bursts", no figure).
        team_every: seconds between two posts in the workspace.
        team_minute: posts in the workspace within any minute (Slack: "several hundred").
        history_every: seconds between two looks at any history (Slack: 60 for new commercial apps).
        history_minute: looks at any history within any minute (Slack: tier 3, 50 and more).
        edits_minute: changed posts in the workspace within any minute (Slack: tier 3, 50 and more).
        history_most: messages one look gives at most (Slack: 15 for those apps); 0: a thousand.
        earned: calls refused so far because they were too many.
    """

    channel_every: float = 0.0
    channel_burst: int = 1
    team_every: float = 0.0
    team_minute: int = 0
    history_every: float = 0.0
    history_minute: int = 0
    edits_minute: int = 0
    history_most: int = 0
    earned: int = 0
    _due: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))
    _minutes: defaultdict[str, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def seconds(self, method: str, channel: str, now: float) -> int:
        """Whole seconds for Retry-After; 0 where the call may be made, and then it is counted."""
        lines: list[tuple[str, float, int]] = []
        if method == "chat.postMessage":
            lines = [(f"#{channel}", self.channel_every, self.channel_burst), ("posts", self.team_every, 1)]
        elif method == "conversations.history":
            lines = [("looks", self.history_every, 1)]
        lines = [line for line in lines if line[1]]
        late = max((self._due[name] - now - (burst - 1) * every for name, every, burst in lines), default=0.0)
        minutes = {"chat.postMessage": self.team_minute, "conversations.history": self.history_minute, "chat.update": self.edits_minute}
        most = minutes.get(method, 0)
        late = max(late, self._late_in_the_minute(method, most, now))
        if late > 0:
            self.earned += 1
            return max(1, math.ceil(late))
        for name, every, _ in lines:
            self._due[name] = max(self._due[name], now) + every
        if most:
            self._minutes[method].append(now)
        return 0

    def _late_in_the_minute(self, method: str, most: int, now: float) -> float:
        """How many seconds too early a call is by what the last minute has seen."""
        calls = self._minutes[method]
        while calls and now - calls[0] >= MINUTE:
            calls.popleft()
        return calls[-most] + MINUTE - now if most and len(calls) >= most else 0.0
