"""What a soak remembers in its folder, so that one that was stopped goes on where it was."""

import json
import os
import signal
from collections.abc import Container, Iterable
from contextlib import suppress
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, Self

from briefs.digest import Place
from tests.soak.counting import Asked, Edition

STATE: Final = "state.json"
ASKED: Final = "asked.jsonl"


@dataclass(slots=True)
class State:
    """The totals so far.

    Args:
        kills: of the bot, by SIGKILL.
        stops: of the bot, by SIGTERM.
        refused: second copies that were started beside the bot and ended with a sentence.
        cycles: lives of the bot so far; names are made of it.
        batches: batches of editions that were surely put in the bot's books.
        seconds: spent so far.
        channels: by platform, those that editions are asked for in now.
        all_channels: by platform, every one so far.
        blind: channels whose history may not be read now, as platform and channel.
        wave_since: when the wave in peace began, seconds since 1970.
        peer_kills: of the bot for comparison.
        pids: processes of this run.
    """

    kills: int = 0
    stops: int = 0
    refused: int = 0
    cycles: int = 0
    batches: int = 0
    seconds: float = 0.0
    channels: dict[str, list[str]] = field(default_factory=dict)
    all_channels: dict[str, list[str]] = field(default_factory=dict)
    blind: list[tuple[str, str]] = field(default_factory=list)
    wave_since: float = 0.0
    peer_kills: int = 0
    pids: list[int] = field(default_factory=list)

    @classmethod
    def of(cls, folder: Path) -> Self:
        """As it was left in the folder, or a new one."""
        file = folder / STATE
        state = cls(**json.loads(file.read_text("utf-8"))) if file.exists() else cls()
        state.blind = [(platform, channel) for platform, channel in state.blind]
        return state

    def save(self, folder: Path) -> None:
        """Leave it in the folder, whole or not at all."""
        fresh = folder / f"{STATE}.new"
        fresh.write_text(json.dumps(asdict(self)), "utf-8")
        fresh.replace(folder / STATE)


def note_asked(folder: Path, batch: int, asked: Iterable[Asked]) -> None:
    """Write down what is about to be asked for; it counts once `State.batches` says so."""
    with (folder / ASKED).open("a", encoding="utf-8") as file:
        for one in asked:
            edition = one.edition
            line = [batch, edition.place.space, edition.place.channel, edition.name, edition.meant_for, one.due]
            file.write(json.dumps(line) + "\n")


def all_asked(folder: Path, batches: int, put: Container[Edition]) -> list[Asked]:
    """What was asked for in those batches, and of later ones, in the middle of which the soak was stopped, what was surely put."""
    file = folder / ASKED
    found: list[Asked] = []
    for line in file.read_text("utf-8").splitlines() if file.exists() else ():
        batch, space, channel, name, day, due = json.loads(line)
        one = Asked(Edition(Place(space, channel), name, day), due)
        if batch <= batches or one.edition in put:
            found.append(one)
    return found


def keep_asked(folder: Path, batches: int, put: Container[Edition]) -> list[Asked]:
    """Forget what was about to be asked for when the soak was stopped and never was; what was asked for."""
    kept = all_asked(folder, batches, put)
    (folder / ASKED).unlink(missing_ok=True)
    note_asked(folder, batches, kept)
    return kept


def end_leftovers(folder: Path, pids: Iterable[int]) -> None:
    """End what a run that was killed has left running in this folder."""
    for pid in pids:
        with suppress(OSError):
            about = Path(f"/proc/{pid}")
            if str(folder).encode() in (about / "cmdline").read_bytes() + (about / "environ").read_bytes():
                os.kill(pid, signal.SIGKILL)


def mend(journal: Path) -> None:
    """Cut off the last line of a journal where its writer was killed in the middle of it."""
    if journal.exists() and (whole := journal.read_bytes()) and not whole.endswith(b"\n"):
        journal.write_bytes(whole[: whole.rfind(b"\n") + 1])
