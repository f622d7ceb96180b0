"""Prints the gate's score: python -m tests.bench.edits [folder of the shared data]."""

import sys
from pathlib import Path

from tests.bench.edits.made import Made
from tests.bench.edits.score import false_claims, false_paraphrases, honest_claims, passes
from tests.bench.edits.short_claims import TRUE, by_kind

SHARED = Path(__file__).parents[4] / "shared"


def row(name: str, claims: list[Made], *, passing: bool) -> str:
    """One line of the table: both halves and the whole."""
    halves = [[passes(one) is passing for one in claims if one.held is held] for held in (False, True)]
    cells = [f"{sum(half)}/{len(half)} {100 * sum(half) / max(1, len(half)):.1f} %" for half in (*halves, halves[0] + halves[1])]
    return f"{name:24s}" + "".join(f"{cell:>20s}" for cell in cells)


def main() -> None:
    """Print every kind of edit, and the honest rewordings."""
    shared = Path(sys.argv[1]) if len(sys.argv) > 1 else SHARED
    print(f"{'':24s}{'tuned on':>20s}{'held out':>20s}{'all':>20s}")
    for name, claims in false_claims(shared).items():
        print(row(f"refused: {name}", claims, passing=False))
    print(row("refused: reworded, false", false_paraphrases(), passing=False))
    for kind, short in by_kind().items():
        right = sum(one.passes is (kind == TRUE) for one in short)
        told = f"{'passed' if kind == TRUE else 'refused'}: short, {kind}"
        print(f"{told:24s}{'':>40s}{f'{right}/{len(short)} {100 * right / len(short):.1f} %':>20s}")
    honest = honest_claims(shared)
    for kind in sorted({one.kind for one in honest}):
        print(row(f"passed: {kind}", [one for one in honest if one.kind == kind], passing=True))
    print(row("passed: all honest", honest, passing=True))


if __name__ == "__main__":
    main()
