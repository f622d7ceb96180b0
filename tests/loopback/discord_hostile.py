"""What a blow is on Discord."""

from typing import Final

from tests.loopback.discord_faults import Fault
from tests.loopback.discord_world import NO_ACCESS, NO_PERMISSION, UNKNOWN_CHANNEL
from tests.loopback.hostility import Blow

STATUSES: Final = (500, 502, 503, 504)


def fault_of(blow: Blow) -> Fault:
    """The fault of one request."""
    status = STATUSES[blow.choice % len(STATUSES)]
    cut = ("all", "half")[blow.choice % 2]
    match blow.kind:
        case "lost":
            return Fault(lag=0.0 if blow.choice % 3 else blow.seconds, cut=cut)
        case "late":
            return Fault(wait=blow.seconds)
        case "late_cut":
            return Fault(apart=blow.seconds, cut="all")
        case "error_before":
            return Fault(does=False, status=status)
        case "error_after":
            return Fault(status=status)
        case "late_error":
            return Fault(apart=blow.seconds, status=status)
        case "busy":
            return Fault(does=False, status=429, retry_after=blow.seconds)
        case "forbidden":
            return Fault(does=False, status=403, code=(NO_ACCESS, NO_PERMISSION)[blow.choice % 2][1])
        case "missing":
            return Fault(does=False, status=404, code=UNKNOWN_CHANNEL[1])
        case "hidden":
            return _hidden(blow.choice)
        case other:
            raise ValueError(f"nothing is called {other}")


def _hidden(choice: int) -> Fault:
    """A history that cannot be read: mostly for a reason that passes."""
    if choice % 4 == 0:
        return Fault(does=False, status=403, code=NO_ACCESS[1])
    if choice % 4 == 1:
        return Fault(does=False, cut="all")
    return Fault(does=False, status=STATUSES[choice // 4 % len(STATUSES)])
