"""What Slack, or whoever has caught one of its requests, sends twice is done once."""

import json
import logging
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any, Final

from adapters.slack.installations import space_of
from briefs.errors import BriefsError
from briefs.ports import Seen

# A signature is good for five minutes after the clock it names and five before it; Slack's own last try comes after six.
KEEP: Final = timedelta(minutes=15)

log = logging.getLogger(__name__)


def token_of(body: Mapping[str, Any]) -> str:
    """What names one command, press, form or event, in whichever of the two ways and however often it comes."""
    for name in ("event_id", "trigger_id"):
        value = body.get(name)
        if isinstance(value, str) and value:
            return f"{name}:{value}"
    return f"body:{sha256(json.dumps(body, sort_keys=True).encode()).hexdigest()}"


@dataclass(frozen=True, slots=True)
class Replays:
    """Tells what comes for the first time from what comes again; the port `Seen` remembers, over restarts and processes.

    Args:
        now: the time, aware.
    """

    seen: Seen
    now: Callable[[], datetime]

    async def first(self, team: str, body: Mapping[str, Any]) -> bool:
        """Whether this comes for the first time; True where the store cannot tell, for then the answer says so."""
        try:
            return await self.seen.first(space_of(team), token_of(body), self.now(), KEEP)
        except BriefsError as error:
            log.warning("%s", error)
            return True
