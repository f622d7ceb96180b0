"""What a blow is on Slack."""

import math
from typing import Any, Final

from tests.loopback.hostility import Blow
from tests.loopback.slack_faults import Fault

# A server's error comes as Slack's own JSON or as a page of the wall in front of it.
ERRORS: Final[tuple[tuple[int, dict[str, Any] | str], ...]] = (
    (200, {"ok": False, "error": "internal_error"}),
    (200, {"ok": False, "error": "fatal_error"}),
    (500, {"ok": False, "error": "internal_error"}),
    (502, "<html>bad gateway</html>"),
    (503, "<html>no server is available</html>"),
    (504, "<html>gateway timeout</html>"),
)
FORBIDDEN: Final = ("not_in_channel", "restricted_action", "is_archived")
UNREADABLE: Final = ("missing_scope", "not_in_channel")


def fault_of(blow: Blow) -> Fault:
    """The fault of one call."""
    status, body = ERRORS[blow.choice % len(ERRORS)]
    cut = ("all", "half")[blow.choice % 2]
    match blow.kind:
        case "lost":
            return Fault(lag=0.0 if blow.choice % 3 else blow.seconds, cut=cut)
        case "late":
            return Fault(wait=blow.seconds)
        case "late_cut":
            return Fault(apart=blow.seconds, cut="all")
        case "error_before":
            return Fault(does=False, status=status, body=body)
        case "error_after":
            return Fault(status=status, body=body)
        case "late_error":
            return Fault(apart=blow.seconds, status=status, body=body)
        case "busy":
            headers = {"Retry-After": str(max(1, math.ceil(blow.seconds)))}
            return Fault(does=False, status=429, headers=headers, body=_no("ratelimited"))
        case "forbidden":
            return Fault(does=False, body=_no(FORBIDDEN[blow.choice % len(FORBIDDEN)]))
        case "missing":
            return Fault(does=False, body=_no("channel_not_found"))
        case "hidden":
            return _hidden(blow.choice)
        case other:
            raise ValueError(f"nothing is called {other}")


def _hidden(choice: int) -> Fault:
    """A history that cannot be read: mostly for a reason that passes."""
    if choice % 4 == 0:
        return Fault(does=False, body=_no(UNREADABLE[choice // 4 % len(UNREADABLE)]))
    if choice % 4 == 1:
        return Fault(does=False, cut="all")
    status, body = ERRORS[choice // 4 % len(ERRORS)]
    return Fault(does=False, status=status, body=body)


def _no(error: str) -> dict[str, Any]:
    return {"ok": False, "error": error}
