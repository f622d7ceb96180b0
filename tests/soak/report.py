"""The table at the end, and the evidence for whatever is in it that should not be."""

import json
import time
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, Final

from tests.soak.counting import Count, Finding
from tests.soak.readers import earned
from tests.soak.state import State

FINDINGS: Final = "findings.jsonl"
FORBIDDEN: Final = ("lost", "doubled", "misstated", "unasked", "disordered")


def table(state: State, ours: Count, theirs: Count, unsent: int, refusals: tuple[int, int]) -> str:
    """The totals, ours beside those of the bot for comparison.

    Args:
        unsent: of those that are unknown, how many were never sent at all.
        refusals: 429s earned: under kills, and in the wave in peace.
    """

    def both(what: str, mine: object, others: object = "") -> str:
        return f"{what:<52} {mine!s:>12} {others!s:>16}"

    tries = ", ".join(f"{number} × {times}" for number, times in ours.tries.items())
    return "\n".join(
        [
            both("", "standfirst", "send-then-mark"),
            both("kills", state.kills, state.peer_kills),
            both("asked to stop, second copies refused", f"{state.stops}, {state.refused}"),
            both("editions", ours.editions, theirs.editions),
            both("deliveries (parts of editions)", ours.deliveries, theirs.deliveries),
            both("seen once", ours.once, theirs.once),
            *(both(what, ours.number(what), theirs.number(what)) for what in ("lost", "doubled")),
            both("unknown, and shown as unknown", ours.unknown, theirs.unknown),
            both("  of them never sent: only about to be", unsent),
            both("skipped, failed, resting: each with its reason", f"{ours.skipped}, {ours.failed}, {ours.rested}"),
            *(both(f"{what} (see {FINDINGS})", ours.number(what)) for what in FORBIDDEN[2:] if ours.number(what)),
            both("seconds late, p50", f"{ours.late_at(0.5):.1f}", f"{theirs.late_at(0.5):.1f}"),
            both("seconds late, p99", f"{ours.late_at(0.99):.1f}", f"{theirs.late_at(0.99):.1f}"),
            both("429s earned under kills", refusals[0]),
            both("429s earned in a wave in peace", refusals[1]),
            f"deliveries by number of tries: {tries}",
            *(f"{number:>6} {reason}" for reason, number in ours.reasons.items()),
            f"{state.seconds / 60:.1f} minutes",
        ]
    )


def refused(folder: Path, state: State) -> tuple[int, int]:
    """429s that the bot earned: under kills, and since the wave in peace began."""
    theirs = [*state.all_channels.get("peer discord", ()), *state.all_channels.get("peer slack", ())]
    traces = [folder / f"{name}.trace.jsonl" for name in ("discord", "slack")]
    whole = sum(earned(trace, theirs) for trace in traces)
    wave = sum(earned(trace, theirs, since=state.wave_since or time.time()) for trace in traces)
    return whole - wave, wave


def write_findings(folder: Path, findings: Sequence[Finding]) -> None:
    """Write down each finding with what the platform was asked in its channel, one JSON object a line."""
    wanted = {finding.edition.place.channel for finding in findings if finding.edition}
    asked: dict[str, list[Any]] = {channel: [] for channel in wanted}
    for name in ("discord", "slack"):
        for told in _lines(folder / f"{name}.trace.jsonl"):
            channel = told.get("channel") or next(iter(str(told.get("path", "")).split("/")[2:3]), "")
            if channel in asked:
                asked[channel].append(told)
    with (folder / FINDINGS).open("w", encoding="utf-8") as file:
        for finding in findings:
            edition = finding.edition
            about = {} if edition is None else {"place": [edition.place.space, edition.place.channel], "name": edition.name}
            more = {} if edition is None else {"meant_for": edition.meant_for, "asked": asked[edition.place.channel][-200:]}
            file.write(json.dumps({"what": finding.what, "part": finding.part, "why": finding.why, **about, **more}) + "\n")


def _lines(file: Path) -> Iterable[dict[str, Any]]:
    if file.exists():
        with file.open(encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)
