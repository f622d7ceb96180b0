"""What goes wrong at the loopback Discord: scripted faults, and the rate limits it keeps."""

import math
import re
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Fault:
    """What happens to the next requests that match; the fields that are empty match every request.

    Args:
        path: a regular expression found in the path.
        times: how many requests; each match uses one up.
        wait: seconds before the request is carried out, even if its client is gone by then.
        does: whether the request is carried out at all.
        lag: seconds between that and the answer.
        cut: "all": the connection is cut instead of answering; "half": in the middle of the answer.
        status: of the answer instead of the request's own; 0: the request's own.
        code: Discord's own number of the error, where `status` is given.
        retry_after: seconds, of a 429; it comes with a `Via` header unless `ban`.
        ban: a 429 of the wall in front of Discord, which is no JSON and has no `Via`.
        body: the text of the answer instead of JSON.
    """

    method: str = ""
    path: str = ""
    token: str = ""
    times: int = 1
    wait: float = 0.0
    does: bool = True
    lag: float = 0.0
    cut: str = ""
    status: int = 0
    code: int = 0
    retry_after: float = 0.0
    ban: bool = False
    body: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What stands in the answer's head besides its type."""
        if self.status != 429:
            return {}
        told = {"Retry-After": str(math.ceil(self.retry_after))} if self.retry_after else {}
        return told if self.ban else told | {"Via": "1.1 google", "X-RateLimit-Scope": "user"}

    @property
    def answer(self) -> dict[str, Any] | str:
        """What stands in the answer."""
        if self.body or self.ban:
            return self.body or "error code: 1015"
        if self.status == 429:
            return {"message": "You are being rate limited.", "retry_after": self.retry_after, "global": False, "code": self.code}
        return {"message": "scripted", "code": self.code}


class Faults:
    """The faults still to come, in the order they were scripted."""

    def __init__(self) -> None:
        self._waiting: list[Fault] = []

    def script(self, fault: Fault) -> None:
        """Let it happen after those already scripted for the same requests."""
        self._waiting.append(fault)

    def clear(self, token: str) -> None:
        """Forget those of one bot."""
        self._waiting = [fault for fault in self._waiting if fault.token != token]

    def take(self, method: str, path: str, token: str) -> Fault | None:
        """The fault of this request, used up by one."""
        for fault in self._waiting:
            same = all(not asked or asked == given for asked, given in ((fault.method, method), (fault.token, token)))
            if same and re.search(fault.path, path):
                fault.times -= 1
                if fault.times <= 0:
                    self._waiting.remove(fault)
                return fault
        return None


@dataclass(slots=True)
class Limits:
    """How many requests a bucket takes in a window; Discord publishes no figures, so these are the tests' own.

    Args:
        most: requests a window.
        seconds: length of a window.
        used: by bucket: how many, and when the window began.
    """

    most: int = 1_000
    seconds: float = 1.0
    used: dict[str, tuple[int, float]] = field(default_factory=dict)

    def set(self, most: int, seconds: float) -> None:
        """Other limits; what was used so far is forgotten."""
        self.most, self.seconds = most, seconds
        self.used.clear()

    def ask(self, bucket: str, now: float) -> tuple[dict[str, str], float]:
        """The headers of an answer, and how many seconds the request is too early; 0: it is counted."""
        count, since = self.used.get(bucket, (0, now))
        if now - since >= self.seconds:
            count, since = 0, now
        late = since + self.seconds - now if count >= self.most else 0.0
        count += not late
        self.used[bucket] = count, since
        left = since + self.seconds - now
        told = {
            "X-RateLimit-Limit": self.most,
            "X-RateLimit-Remaining": self.most - count,
            "X-RateLimit-Reset": f"{now + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": bucket.partition(":")[0],
        }
        return {name: str(value) for name, value in told.items()}, late
