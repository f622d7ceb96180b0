"""The language engine: an article read, drafted and checked, and one claim checked; each article is new to the process."""

import os
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from time import perf_counter

from adapters.sources.front_matter import front_matter
from briefs.drafting.draft import draft
from briefs.drafting.grounding import check
from briefs.entity import Mention
from briefs.reading import read
from briefs.reading.names import mentions
from tests.bench.rows import Row, row_of

SHARED = Path(os.environ.get("STANDFIRST_SHARED", Path(__file__).parents[3] / "shared"))
USUAL = range(650, 851)  # words of an article of the usual length, which the goal is for
WARM_UP = 4  # articles read first: tables and patterns are loaded once in a process


def _found(found: list[Mention], sentences: Sequence[str]) -> list[Mention]:
    """The names in the sentences, kept in `found` for whoever drafts."""
    found += mentions(sentences)
    return found


def run() -> list[Row]:
    """Every article of the shared folder once, in the order of their names; no row where the folder is not there."""
    texts = [front_matter(file.read_text(encoding="utf-8"))[1] for file in sorted((SHARED / "articles").rglob("*.txt"))]
    if not texts:
        return []
    reading, drafting, whole, checks = [], [], [], []
    usual = []
    for at, text in enumerate(texts):
        found: list[Mention] = []
        begun = perf_counter()
        article = read(text, handle=f"a{at}", names=partial(_found, found))
        read_at = perf_counter()
        made = draft(article, names=found)
        ended = perf_counter()
        for line in made.brief.lines:
            cited = [article.sentences[citation.sentence - 1] for citation in line.citations]
            started = perf_counter()
            check(line.text, cited)
            checks.append((perf_counter() - started) * 1000)
        if at >= WARM_UP:
            reading.append((read_at - begun) * 1000)
            drafting.append((ended - read_at) * 1000)
            whole.append((ended - begun) * 1000)
            if len(text.split()) in USUAL:
                usual.append(whole[-1])
    note = f"{len(texts) - WARM_UP} articles, {sum(len(text.split()) for text in texts) // len(texts)} words on average"
    return [
        row_of("an article read", 15, reading, "ms", note),
        row_of("an article drafted and checked", 0, drafting, "ms", note),
        row_of("a usual article read, drafted and checked", 30, usual, "ms", f"{USUAL.start} to {USUAL.stop - 1} words"),
        row_of("any article read, drafted and checked", 0, whole, "ms", note),
        row_of("one check of a drafted line", 3, checks, "ms"),
    ]
