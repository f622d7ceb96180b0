"""What readers saw, held against what was owed and what the ledger says of it."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Final

from briefs.digest import Place

_FAULT: Final = re.compile(r"fault [0-9a-f]{6}")
TOLD: Final = ("unknown", "skipped", "failed")  # states that admit to the channel's manager that an edition did not surely come


@dataclass(frozen=True, slots=True, order=True)
class Edition:
    """A name in a channel on a local date (ISO)."""

    place: Place
    name: str
    meant_for: str


@dataclass(frozen=True, slots=True)
class Asked:
    """An edition that was asked for.

    Args:
        due: seconds since 1970.
    """

    edition: Edition
    due: float


@dataclass(frozen=True, slots=True)
class Row:
    """One part of an edition in the ledger; `due` as of what was asked."""

    edition: Edition
    part: int
    state: str
    reason: str
    attempt: int
    due: float
    key: str = ""


@dataclass(frozen=True, slots=True)
class Post:
    """What readers see in a channel.

    Args:
        edition: None where it is no edition that was asked for or is in the ledger.
        at: when it appeared, seconds since 1970.
        words: what it is, for whoever looks into it.
    """

    edition: Edition | None
    part: int
    at: float
    place: Place
    words: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One delivery of which something is wrong.

    Args:
        what: "lost", "doubled", "misstated" (the ledger says that it is not there), "unasked" (nobody owed it) or
            "disordered" (a part before an earlier one).
    """

    what: str
    edition: Edition | None
    part: int
    why: str


@dataclass(frozen=True, slots=True)
class Count:
    """The result.

    Args:
        deliveries: parts of editions that were owed.
        once: seen once, and the ledger does not doubt it.
        unknown: the ledger admits that nobody can tell; seen or not.
        skipped: not seen, and the ledger says why.
        failed: not seen, and the ledger says why.
        rested: not seen, and its subscription rests for a stated reason.
        late: seconds after it was due, of each that was seen.
        tries: how often the ledger's deliveries were claimed, by number of tries.
        reasons: the ledger's reasons for what did not surely come, by state and sentence, without the numbers of faults.
    """

    editions: int
    deliveries: int
    once: int
    unknown: int
    skipped: int
    failed: int
    rested: int
    late: tuple[float, ...]
    tries: Mapping[int, int]
    reasons: Mapping[str, int]
    findings: tuple[Finding, ...]

    def number(self, what: str) -> int:
        """How many findings are of that kind."""
        return sum(finding.what == what for finding in self.findings)

    def late_at(self, share: float) -> float:
        """That percentile of how late they were, in seconds; 0 where none was seen."""
        ordered = sorted(self.late)
        return ordered[max(0, ceil(share * len(ordered)) - 1)] if ordered else 0.0


def count(asked: Iterable[Asked], rows: Iterable[Row], posts: Iterable[Post], rests: Iterable[tuple[Place, str]] = ()) -> Count:
    """Hold everything against everything.

    Args:
        asked: every edition that was due.
        rows: the whole ledger.
        posts: all that readers see.
        rests: channel and name of subscriptions that rest for a stated reason.
    """
    due = {one.edition: one.due for one in asked}
    ledger: defaultdict[Edition, dict[int, Row]] = defaultdict(dict)
    for row in rows:
        ledger[row.edition][row.part] = row
    seen: defaultdict[Edition, defaultdict[int, list[float]]] = defaultdict(lambda: defaultdict(list))
    findings: list[Finding] = []
    for post in posts:
        if post.edition is None:
            findings.append(Finding("unasked", None, post.part, f"a post at {post.at:.3f} in {post.place}: {post.words}"))
        else:
            seen[post.edition][post.part].append(post.at)

    tally: Counter[str] = Counter()
    tries: Counter[int] = Counter()
    reasons: Counter[str] = Counter()
    late: list[float] = []
    resting = set(rests)
    editions = sorted({*due, *ledger, *seen})
    for edition in editions:
        parts: Mapping[int, Row] = ledger.get(edition, {})
        times: Mapping[int, Sequence[float]] = seen.get(edition, {})
        for part in sorted({*parts, *times}) or [1]:
            told, at = parts.get(part), sorted(times.get(part, ()))
            word, finding = _judged(told, at, rests=(edition.place, edition.name) in resting)
            tally.update({"deliveries": 1, word: 1})
            if finding:
                findings.append(Finding(finding[0], edition, part, finding[1]))
            if told is not None:
                tries[told.attempt] += 1
                reasons[f"{told.state}: {_FAULT.sub('fault …', told.reason)}"] += told.state in TOLD
            if at:
                late.append(at[0] - due.get(edition, told.due if told else at[0]))
        firsts = [min(times[part]) for part in sorted(times)]
        if firsts != sorted(firsts):
            findings.append(Finding("disordered", edition, 0, f"its parts appeared at {firsts}"))
    return Count(
        editions=len(editions),
        deliveries=tally["deliveries"],
        once=tally["once"],
        unknown=tally["unknown"],
        skipped=tally["skipped"],
        failed=tally["failed"],
        rested=tally["rested"],
        late=tuple(late),
        tries=dict(sorted(tries.items())),
        reasons=dict(+reasons),
        findings=tuple(findings),
    )


def _judged(row: Row | None, at: Sequence[float], *, rests: bool) -> tuple[str, tuple[str, str] | None]:
    """What became of a delivery, in a word, and what is wrong with it: the kind of finding, and why."""
    told = "nothing" if row is None else f"{row.state}{f' ({row.reason})' if row.reason else ''}, attempt {row.attempt}"
    if len(at) > 1:
        return "doubled", ("doubled", f"seen at {at}; the ledger says {told}")
    state = row.state if row is not None else ""
    if at:
        right = state in {"sent", "unknown"}
        return "unknown" if state == "unknown" else "once", None if right else ("misstated", f"seen at {at}; the ledger says {told}")
    if row is None:
        return ("rested", None) if rests else ("lost", ("lost", "asked for, due, and not in the ledger"))
    if state in TOLD and row.reason:
        return state, None
    return "lost", ("lost", f"never seen; the ledger says {told}")
