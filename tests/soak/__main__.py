"""`python -m tests.soak --kills 1000`: kill the bot so many times, and count what readers saw. It goes on where it was stopped."""

import argparse
import asyncio
import sys
from pathlib import Path

from tests.soak import comparison, report, run
from tests.soak.lives import ROOT


def main() -> int:
    """0: nothing lost and nothing doubled; 1: something was."""
    reader = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    reader.add_argument("--kills", type=int, default=1_000, help="in all, with those of earlier runs in the folder")
    reader.add_argument("--folder", type=Path, default=ROOT / "build" / "soak", help="where the run is kept; another one is another run")
    reader.add_argument("--settle", type=int, default=2, help="the bot's settle time in seconds")
    reader.add_argument("--seed", type=int, default=1)
    reader.add_argument("--peer-kills", type=int, default=-1, help="of the bot for comparison; a twentieth of the kills unless said")
    given = reader.parse_args()
    folder = given.folder.resolve()
    plan = run.Plan(folder, given.kills, settle=given.settle, seed=given.seed)
    peer_kills = min(50, max(5, given.kills // 20)) if given.peer_kills < 0 else given.peer_kills
    try:
        state = asyncio.run(run.run(plan, peer_kills))
    except KeyboardInterrupt:
        print("Stopped; the same command goes on from here.", file=sys.stderr)
        return 130
    ours, theirs = run.counted(folder, state), comparison.counted(folder, state)
    print(report.table(state, ours, theirs, run.unsent(folder), report.refused(folder, state)))
    report.write_findings(folder, ours.findings)
    if ours.findings:
        print(f"{len(ours.findings)} findings, with the evidence, in {folder / report.FINDINGS}")
    return 1 if ours.findings else 0


if __name__ == "__main__":
    sys.exit(main())
