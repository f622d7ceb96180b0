"""Answers in process, through the one road from a line to a message, with 10,000 briefs on the shelf."""

import tempfile
from pathlib import Path
from time import perf_counter

from bot.settings import Settings
from bot.wiring import build
from briefs.message import Outcome
from briefs.ports import Library
from tests.bench.rows import Row, row_of
from tests.builders import NOON, a_brief, an_article

BRIEFS = 10_000
SAMPLES = 300
ASKS = (
    ("/brief", "/brief"),
    ("/brief NAME", "/brief b{n}"),
    ("/brief iraq size:full", "/brief iraq size:full"),
    ("/entity NAME (a card)", '/entity "Kataeb Hezbollah"'),
    ("/entity NAME (a choice)", "/entity hezbollah"),
    ("/source REF", "/source iraq:12"),
    ("Check every line", "/source iraq page:2"),
    ("/timeline", "/timeline iraq"),
    ("/digest preview", "/digest preview"),
)


async def run() -> list[Row]:
    """Each kind of answer, asked again and again with other names."""
    with tempfile.TemporaryDirectory() as folder:
        bot = await build(Settings(database=Path(folder) / "s.db", sample="always", zone="UTC"))
        articles = [an_article(handle=f"b{n}") for n in range(BRIEFS)]
        briefs = [a_brief(a.handle, article=a, points=[f"Point {i} of {a.handle}." for i in range(8)]) for a in articles]
        await bot.storage.shelf.load_library(Library("bench", "1", tuple(articles), tuple(briefs), ()), NOON)
        rows = []
        for name, line in ASKS:
            samples = []
            for n in range(SAMPLES):
                asked = line.format(n=n * 31 % BRIEFS)
                begun = perf_counter()
                message = await bot.commands.answer_line(asked, bot.asker)
                samples.append((perf_counter() - begun) * 1000)
                assert message.outcome in {Outcome.ANSWER, Outcome.CHOICE}, (asked, message.summary)
            rows.append(row_of(f"answer: {name}", 5, samples, "ms", f"{BRIEFS:,} briefs"))
        await bot.close()
    return rows
