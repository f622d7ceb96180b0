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
        apart: seconds after which the request is carried out on its own, whether or not its answer, which waits for
            nothing, has long been given; 0: before the answer.
        lag: seconds between that and the answer.
        cut: "all": the connection is cut instead of answering; "half": in the middle of the answer.
        status: of the answer instead of the request's own; 0: the request's own.
        code: Discord's own number of the error, where `status` is given.
        retry_after: seconds, of a 429; it comes with a `Via` header unless `ban`.
        everywhere: a 429 of the limit over all routes.
        ban: a 429 of the wall in front of Discord, which is no JSON and has no `Via`.
        body: the text of the answer instead of JSON.
        date: what the answer says of the time, instead of the time.
    """

    method: str = ""
    path: str = ""
    token: str = ""
    times: int = 1
    wait: float = 0.0
    does: bool = True
    apart: float = 0.0
    lag: float = 0.0
    cut: str = ""
    status: int = 0
    code: int = 0
    retry_after: float = 0.0
    everywhere: bool = False
    ban: bool = False
    body: str = ""
    date: str = ""

    @property
    def headers(self) -> dict[str, str]:
        """What stands in the answer's head besides its type."""
        if self.status != 429:
            return {"Date": self.date} if self.date else {}
        told = {"Retry-After": str(math.ceil(self.retry_after))} if self.retry_after else {}
        if self.ban:
            return told
        scope = {"X-RateLimit-Global": "true", "X-RateLimit-Scope": "global"} if self.everywhere else {"X-RateLimit-Scope": "user"}
        return told | {"Via": "1.1 google"} | scope

    @property
    def answer(self) -> dict[str, Any] | str:
        """What stands in the answer."""
        if self.body or self.ban:
            return self.body or "error code: 1015"
        if self.status == 429:
            told = {"message": "You are being rate limited.", "retry_after": self.retry_after}
            return told | {"global": self.everywhere, "code": self.code}
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
        posts_most: posts a window in one channel (of Discord's headers, 5); 0: as of every other bucket.
        posts_seconds: length of that window (of Discord's headers, 5).
        global_most: requests a second of one bot over all routes, answers to interactions left out (Discord: 50); 0: any number.
        earned: requests refused so far because they were too many.
        used: by bucket: how many, and when the window began.
    """

    most: int = 1_000
    seconds: float = 1.0
    posts_most: int = 0
    posts_seconds: float = 5.0
    global_most: int = 0
    earned: int = 0
    used: dict[str, tuple[int, float]] = field(default_factory=dict)

    def set(self, **figures: float) -> None:
        """Other limits, those that are not named as they are; what was used so far is forgotten, what was earned is not."""
        for name, figure in figures.items():
            assert name in {"most", "seconds", "posts_most", "posts_seconds", "global_most"}, name
            setattr(self, name, figure)
        self.used.clear()

    def ask(self, bucket: str, now: float, *, posts: bool = False, bot: str = "") -> tuple[dict[str, str], Fault | None]:
        """The headers of an answer, and the 429 of a request that is too early; None: it is counted.

        Args:
            posts: whether it is a post in a channel.
            bot: whose requests are counted together; empty: they are not.
        """
        if bot and self.global_most and (late := self._take(f"all of {bot}", now, self.global_most, 1.0)[1]):
            self.earned += 1
            return {}, Fault(does=False, status=429, retry_after=late, everywhere=True)
        most, seconds = (self.posts_most, self.posts_seconds) if posts and self.posts_most else (self.most, self.seconds)
        count, late, left = self._take(bucket, now, most, seconds)
        told = {
            "X-RateLimit-Limit": most,
            "X-RateLimit-Remaining": most - count,
            "X-RateLimit-Reset": f"{now + left:.3f}",
            "X-RateLimit-Reset-After": f"{left:.3f}",
            "X-RateLimit-Bucket": bucket.partition(":")[0],
        }
        self.earned += bool(late)
        headers = {name: str(value) for name, value in told.items()}
        return headers, Fault(does=False, status=429, retry_after=late) if late else None

    def _take(self, bucket: str, now: float, most: int, seconds: float) -> tuple[int, float, float]:
        """How many the bucket has taken with this one, how many seconds this one is too early (0: it is counted), how long until anew."""
        count, since = self.used.get(bucket, (0, now))
        if now - since >= seconds:
            count, since = 0, now
        left = since + seconds - now
        late = left if count >= most else 0.0
        self.used[bucket] = count + (not late), since
        return self.used[bucket][0], late, left
