"""One measured figure beside its goal."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Row:
    """What was measured and what was wanted.

    Args:
        name: what was done.
        goal: the p99 wanted, in `unit`; 0 where there is no goal.
        p50, p99: in `unit`.
        n: how many times it was done.
        note: on what.
    """

    name: str
    goal: float
    p50: float
    p99: float
    unit: str
    n: int
    note: str = ""

    @property
    def met(self) -> bool:
        """Whether the goal was met."""
        return not self.goal or self.p99 <= self.goal


def row_of(name: str, goal: float, samples: Sequence[float], unit: str = "ms", note: str = "") -> Row:
    """The row of raw samples, which are in `unit`."""
    ordered = sorted(samples)

    def percentile(share: float) -> float:
        return ordered[min(len(ordered) - 1, ceil(share * len(ordered)) - 1)]

    return Row(name, goal, percentile(0.5), percentile(0.99), unit, len(ordered), note)


def table(rows: Iterable[Row]) -> str:
    """The rows as lines of text."""
    lines = [f"{'what':<44} {'goal':>8} {'p50':>8} {'p99':>8} unit {'n':>6}  note"]
    for row in rows:
        goal = f"{row.goal:.1f}" if row.goal else "–"
        mark = "" if row.met else "  MISSED"
        lines.append(f"{row.name:<44} {goal:>8} {row.p50:>8.2f} {row.p99:>8.2f} {row.unit:<4} {row.n:>6}  {row.note}{mark}")
    return "\n".join(lines)
