"""The language engine beside its goals: `make score`. Runs the scoring scripts that lie beside the data, and prints one table."""

import os
import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

REPOSITORY = Path(__file__).parents[2]
TIME_MAX = 900  # seconds for one script


@dataclass(frozen=True)
class Score:
    """One figure of one script.

    Args:
        row: how the line of the script's table begins, after its bars are taken away.
        column: the heading of the figure.
        goal: what it should reach; `most` where it should not be more.
    """

    name: str
    script: str
    arguments: tuple[str, ...]
    row: str
    column: str
    goal: float
    most: bool = False


ENGINE = "tests.bench.engines"
GATE = ("--gate", f"{ENGINE}:gate")
SCORES = (
    Score("sentence ends, F1", "eval_sents.py", ("--engine", f"{ENGINE}:sentences"), f"{ENGINE}:sentences", "end F1", 0.975),
    Score("salient entities in three sentences, %", "eval_summ.py", ("--engine", f"{ENGINE}:select"), f"{ENGINE}:select", "salient@3", 82),
    Score("grouping, Re-DocRED, B3 F1", "eval_alias.py", ("--engine", f"{ENGINE}:group"), "redocred", "B3 F1", 0.96),
    Score(
        "false merges, Re-DocRED, %", "eval_alias.py", ("--engine", f"{ENGINE}:group"), "redocred", "false-merge clusters", 1.0, most=True
    ),
    Score("grouping, Wikinews, B3 F1", "eval_alias.py", ("--engine", f"{ENGINE}:group"), "gum", "B3 F1", 0.92),
    Score("false merges, Wikinews, %", "eval_alias.py", ("--engine", f"{ENGINE}:group"), "gum", "false-merge clusters", 2.0, most=True),
)


def folder() -> Path | None:
    """Where the scripts lie; None where they do not."""
    found = Path(os.environ.get("STANDFIRST_EVAL", REPOSITORY.parent / "shared" / "eval"))
    return found if (found / "evalkit.py").is_file() else None


def output(scripts: Path, script: str, arguments: tuple[str, ...]) -> str:
    """What a script prints."""
    environment = {**os.environ, "PYTHONPATH": f"{REPOSITORY}{os.pathsep}{scripts}"}
    command = [sys.executable, str(scripts / script), *arguments]
    done = subprocess.run(command, env=environment, cwd=REPOSITORY, capture_output=True, text=True, timeout=TIME_MAX, check=False)
    if done.returncode:
        raise SystemExit(f"{script} ended with {done.returncode}: {(done.stderr.strip() or done.stdout.strip()).splitlines()[-1]}")
    return done.stdout


def figure(printed: str, row: str, column: str) -> float:
    """A figure of a table that a script printed."""
    lines = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in printed.splitlines() if line.startswith("|")]
    heads: list[str] = []
    for cells in lines:
        if column in cells:
            heads = cells
        elif heads and cells[0] == row and len(cells) == len(heads):
            return float(cells[heads.index(column)].rstrip("%"))
    raise SystemExit(f"No “{column}” of “{row}” in what the script printed:\n{printed}")


def edits(printed: str) -> list[tuple[str, float, float, bool]]:
    """Each kind of controlled edit: the share judged rightly, in percent."""
    rows = re.findall(r"^\|\s*(=?\s?[^|]+?)\s*\|[^\n]*?([\d.]+)\s?%", printed, re.MULTILINE)
    goals = ((f"edits: {kind.removeprefix('= ')}", float(share), 99.5 if kind.startswith("=") else 99.0) for kind, share in rows)
    return [(name, share, goal, share >= goal) for name, share, goal in goals]


def main() -> None:
    """Score everything and print it."""
    scripts = folder()
    if scripts is None:
        where = os.environ.get("STANDFIRST_EVAL", "../shared/eval")
        print(f"The scoring scripts and their data are not at {where}: set STANDFIRST_EVAL to their folder. Nothing was scored.")
        return
    printed: dict[tuple[str, tuple[str, ...]], str] = {}
    rows: list[tuple[str, float, float, bool, bool]] = []
    for score in SCORES:
        asked = (score.script, score.arguments)
        if asked not in printed:
            printed[asked] = output(scripts, *asked)
        found = figure(printed[asked], score.row, score.column)
        rows.append((score.name, found, score.goal, score.most, found <= score.goal if score.most else found >= score.goal))
    rows += [(name, share, goal, False, met) for name, share, goal, met in edits(output(scripts, "eval_edits.py", GATE))]
    print(f"{'what':<44} {'goal':>10} {'measured':>10}")
    for name, found, goal, most, met in rows:
        print(f"{name:<44} {('≤ ' if most else '≥ ') + f'{goal:g}':>10} {found:>10.3f}{'' if met else '  MISSED'}")


if __name__ == "__main__":
    main()
