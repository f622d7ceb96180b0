"""How the bot calls Slack: a client that repeats a call only where Slack said that it did nothing."""

import asyncio
import math
from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from slack_sdk.http_retry.async_handler import AsyncRetryHandler
from slack_sdk.http_retry.request import HttpRequest
from slack_sdk.http_retry.response import HttpResponse
from slack_sdk.http_retry.state import RetryState
from slack_sdk.web.async_client import AsyncWebClient

SLACK: Final = AsyncWebClient.BASE_URL
# A delivery must be done with before its lease of two minutes runs out: 10 s for its turn, two requests and one wait.
REQUEST_MAX: Final = 15  # seconds of one request
WAIT_MAX: Final = 30  # seconds waited at Slack's word; longer ones are left to the ledger
UNSAID: Final = 30.0  # seconds to wait after a 429 that names no time (docs.slack.dev/apis/web-api/rate-limits: it always does)
LIMITED: Final = 429

Pause = Callable[[float], Awaitable[None]]


class RateLimitOnly(AsyncRetryHandler):
    """Repeats a call once after a 429, when Slack has done nothing, and after nothing else.

    The library's own first choice is to repeat after a dropped connection, too: that posts twice.

    Args:
        pause: waits that many seconds.
    """

    def __init__(self, pause: Pause) -> None:
        super().__init__(max_retry_count=1)
        self._pause = pause

    async def _can_retry_async(
        self,
        *,
        state: RetryState,  # noqa: ARG002 the library's signature
        request: HttpRequest,  # noqa: ARG002
        response: HttpResponse | None = None,
        error: Exception | None = None,
    ) -> bool:
        # With an error there is no whole answer, whatever its status was.
        return error is None and response is not None and response.status_code == LIMITED and retry_after(response.headers) <= WAIT_MAX

    async def prepare_for_next_attempt_async(
        self,
        *,
        state: RetryState,
        request: HttpRequest,  # noqa: ARG002 the library's signature
        response: HttpResponse | None = None,
        error: Exception | None = None,  # noqa: ARG002
    ) -> None:
        """Wait as long as Slack said."""
        assert response is not None  # or it could not be repeated
        await self._pause(retry_after(response.headers))
        state.next_attempt_requested = True
        state.increment_current_attempt()


def retry_after(headers: Mapping[str, str | list[str]]) -> float:
    """The seconds a 429 asks to wait, at least 1; `UNSAID` where it names none."""
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    text = given if isinstance(given, str) else "".join(given[:1])
    try:
        seconds = float(text)
    except ValueError:
        return UNSAID
    return max(1.0, seconds) if math.isfinite(seconds) else UNSAID


def posting_client(token: str, *, base_url: str = SLACK, pause: Pause = asyncio.sleep, timeout: int = REQUEST_MAX) -> AsyncWebClient:
    """A client for calls that must not be made twice.

    Every call opens a connection of its own: on one kept open, nobody could tell a call that Slack never saw from one
    whose answer was lost.

    Args:
        pause: waits before a call is repeated.
        timeout: seconds of one request.
    """
    return AsyncWebClient(token=token, base_url=base_url, timeout=timeout, retry_handlers=[RateLimitOnly(pause)])
