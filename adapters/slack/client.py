"""How the bot calls Slack: a client that never repeats a call."""

import math
from collections.abc import Mapping
from typing import Final

from slack_sdk.web.async_client import AsyncWebClient

SLACK: Final = AsyncWebClient.BASE_URL
REQUEST_MAX: Final = 15  # seconds of one request
UNSAID: Final = 30.0  # seconds to wait after a 429 that names no time (docs.slack.dev/apis/web-api/rate-limits: it always does)
LIMITED: Final = 429


def retry_after(headers: Mapping[str, str | list[str]]) -> float:
    """The seconds a 429 asks to wait, at least 1; `UNSAID` where it names none."""
    given = next((value for name, value in headers.items() if name.lower() == "retry-after"), "")
    text = given if isinstance(given, str) else "".join(given[:1])
    try:
        seconds = float(text)
    except ValueError:
        return UNSAID
    return max(1.0, seconds) if math.isfinite(seconds) else UNSAID


def posting_client(token: str, *, base_url: str = SLACK, timeout: int = REQUEST_MAX) -> AsyncWebClient:
    """A client for calls that must not be made twice: the library's own first choice is to repeat after a dropped connection.

    Every call opens a connection of its own: on one kept open, nobody could tell a call that Slack never saw from one
    whose answer was lost.

    Args:
        timeout: seconds of one request.
    """
    return AsyncWebClient(token=token, base_url=base_url, timeout=timeout, retry_handlers=[])
