"""The commands, watched: how long each takes to be answered."""

import logging
import time
from dataclasses import dataclass

from adapters.observe.measures import Measures
from briefs.commands.answer import Commands, Fetch
from briefs.commands.ask import Ask
from briefs.message import Message

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class WatchedCommands(Commands):
    """What adapters mount; see `Commands`."""

    measures: Measures

    async def answer(self, ask: Ask, fetch: Fetch | None = None) -> Message:
        """See `Commands`."""
        begun = time.perf_counter()
        answer = await Commands.answer(self, ask, fetch)  # a slotted dataclass is made twice, which `super()` does not know of
        known = any(command.name == ask.command for command in self.catalogue)
        command, seconds = ask.command if known else "unknown", time.perf_counter() - begun
        self.measures.answered(command, answer.outcome.value, seconds)
        fields = {"platform": ask.asker.place.platform, "command": command, "outcome": answer.outcome.value, "seconds": round(seconds, 4)}
        log.info("command", extra={"fields": fields})
        return answer
