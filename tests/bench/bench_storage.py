"""How quick the store is with 10,000 briefs, 100,000 aliases and 100,000 documents.

`python -m tests.bench.bench_storage` prints it. Every sample is one call of a port, threads and all.
"""

import asyncio
import random
import tempfile
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from time import perf_counter
from typing import Any

from adapters.storage.storage import SqliteStorage, open_storage
from briefs.article import Article
from briefs.brief import Brief
from briefs.digest import Place, Planned, Sent
from briefs.entity import EntityCard, Kind
from briefs.ports import Library
from tests.bench.rows import Row, row_of, table
from tests.builders import NOON, a_brief, a_card, a_delivery, a_message, a_slot, a_subscription, an_article

BRIEFS = 10_000
ENTITIES = 20_000
ALIASES_EACH = 5
SENTENCES_EACH = 5  # and three lines of each brief, and one fact of each card: 100,000 documents
VOCABULARY = 20_000
SAMPLES = 400
CHANNELS = 20_000
BATCH = 500
CHOICES = 25
_SYLLABLES = [a + b for a in ("b", "d", "f", "gh", "h", "j", "k", "kh", "l", "m", "n", "q", "r", "s", "sh", "t", "z") for b in "aeiou"]
_ENDS = ("", "", "n", "r", "b", "d", "l", "h", "m")
_COMMON = ("the", "said", "government", "officials", "attack", "of", "in", "to")


class Corpus:
    """Deterministic names and text: few words are very common, most are rare, as in news."""

    def __init__(self, seed: int = 2026) -> None:
        self.random = random.Random(seed)
        words = dict.fromkeys((*_COMMON, *(self.word() for _ in range(VOCABULARY * 2))))
        self.words = list(words)[:VOCABULARY]
        self._weights = list(accumulate(1 / (rank + 1) for rank in range(len(self.words))))
        self.names: list[str] = []

    def word(self) -> str:
        """A word of two to four syllables."""
        return "".join(self.random.choices(_SYLLABLES, k=self.random.randint(2, 4))) + self.random.choice(_ENDS)

    def text(self, length: int) -> str:
        """A sentence in which the commonest word stands in most sentences (Zipf's law)."""
        return " ".join(self.random.choices(self.words, cum_weights=self._weights, k=length)).capitalize() + "."

    def name(self) -> str:
        """One to three words, some of them in many names."""
        parts = [self.word().capitalize() for _ in range(self.random.randint(1, 2))]
        if self.random.random() < 0.3:
            parts.append(self.random.choice(("Movement", "Front", "Party", "Brigades", "Council", "al-Haq")))
        return " ".join(parts)

    def cards(self) -> list[EntityCard]:
        """Entities with their aliases."""
        cards = []
        for number in range(ENTITIES):
            names = [self.name() for _ in range(ALIASES_EACH + 1)]
            self.names += names
            kind = self.random.choice(tuple(Kind))
            cards.append(a_card(names[0], *names[1:], slug=f"entity-{number}", tail=self.word(), kind=kind, facts=[self.text(18)]))
        return cards

    def articles(self) -> tuple[list[Article], list[Brief]]:
        """Articles with a brief each."""
        articles, briefs = [], []
        for number in range(BRIEFS):
            article = an_article(*(self.text(22) for _ in range(SENTENCES_EACH)), f"Report {number}.", handle=f"story-{number}")
            articles.append(article)
            briefs.append(
                a_brief(
                    f"story-{number}",
                    article=article,
                    headline=self.text(9),
                    bottom_line=self.text(18),
                    points=[self.text(20)],
                    topics=[self.random.choice(("iraq", "iran", "israel", "ports", "rare" if number % 500 == 0 else "usual"))],
                    entities=[f"entity-{self.random.randrange(ENTITIES)}" for _ in range(4)],
                    approved=NOON + timedelta(minutes=number),
                )
            )
        return articles, briefs

    def misspelt(self, name: str) -> str:
        """The name with one letter changed, left out, doubled or changed about."""
        at = self.random.randrange(1, max(2, len(name) - 1))
        change = self.random.randrange(4)
        letter = self.random.choice("abcdefghijklmnopqrstuvwxyz")
        middle = (letter + name[at + 1 :], name[at + 1 :], name[at] + name[at:], name[at + 1 : at + 2] + name[at : at + 1] + name[at + 2 :])
        return name[:at] + middle[change]


async def _measure(name: str, goal: float, ask: Callable[[str], Awaitable[object]], asked: Sequence[str], note: str = "") -> Row:
    samples = []
    for one in asked:
        began = perf_counter()
        await ask(one)
        samples.append((perf_counter() - began) * 1_000)
    return row_of(name, goal, samples, note=note)


async def _load(storage: SqliteStorage, corpus: Corpus) -> Row:
    articles, briefs = corpus.articles()
    library = Library("bench", "1", tuple(articles), tuple(briefs), tuple(corpus.cards()))
    began = perf_counter()
    await storage.shelf.load_library(library, NOON)
    size = storage.file.stat().st_size / 1_000_000
    return row_of("load the library, one commit", 0, [perf_counter() - began], "s", f"file {size:.0f} MB")


async def _deliver(storage: SqliteStorage) -> list[Row]:
    """Editions of 20,000 channels, planned, claimed and settled in batches of 500."""
    message = a_message("Good morning. " * 100)
    ledger = storage.ledger
    places = [Place("space", f"channel-{number}") for number in range(CHANNELS)]
    for place in places:  # nothing is owed of an edition that nobody asked for
        await storage.subscriptions.put(a_subscription(place), a_slot())
    samples: dict[str, list[float]] = {"plan": [], "claim": [], "settle": []}

    async def timed(name: str, work: Awaitable[Any]) -> Any:
        began = perf_counter()
        answer = await work
        samples[name].append((perf_counter() - began) * 1_000)
        return answer

    for at in range(0, CHANNELS, BATCH):
        deliveries = [a_delivery(place, message=message, briefs=("a", "b")) for place in places[at : at + BATCH]]
        planned = [Planned(a_subscription(d.place), a_slot(), a_slot(NOON + timedelta(days=1)), (d,)) for d in deliveries]
        await timed("plan", ledger.plan(planned, NOON))
    while claimed := await timed("claim", ledger.claim("bench", NOON, timedelta(minutes=2), BATCH, {"space"})):
        await timed("settle", ledger.settle([(delivery, Sent("receipt")) for delivery in claimed], "bench", NOON))
    return [row_of(f"ledger: {name} {BATCH}, one commit", 0, each, note=f"{CHANNELS:,} channels") for name, each in samples.items()]


async def _run(folder: Path) -> list[Row]:
    corpus = Corpus()
    storage = await open_storage(folder / "bench.db")
    try:
        rows = [await _load(storage, corpus)]
        pick, shelf = corpus.random, storage.shelf
        slugs = [f"story-{pick.randrange(BRIEFS)}" for _ in range(SAMPLES)]
        names = pick.choices(corpus.names, k=SAMPLES)
        halves = [name[: pick.randint(1, len(name))] for name in names]
        later = [name.split()[-1][:4] for name in names]
        rare = [corpus.words[pick.randrange(2_000, VOCABULARY)] for _ in range(SAMPLES)]
        common = [pick.choice(corpus.words[:20]) for _ in range(SAMPLES)]
        two = [f"{pick.choice(corpus.words[:20])} {pick.choice(corpus.words[:60])}" for _ in range(SAMPLES)]
        apart = [f"{pick.choice(corpus.words[:20])} {pick.choice(rare)}" for _ in range(SAMPLES)]

        def suggest(typed: str) -> Awaitable[object]:
            return shelf.suggest_entities(typed, sample=False, limit=CHOICES)

        def find(query: str) -> Awaitable[object]:
            return shelf.find(query, sample=False, drafts=False, limit=10)

        rows += [
            await _measure("brief(slug)", 5, shelf.brief, slugs),
            await _measure("briefs(newest 10)", 5, lambda _: shelf.briefs(sample=False, limit=10), slugs),
            await _measure(
                "briefs(newest 10 of two topics)", 5, lambda t: shelf.briefs(sample=False, limit=10, topics=(t, "rare")), ["iraq"] * SAMPLES
            ),
            await _measure("article(handle)", 5, shelf.article, slugs),
            await _measure(
                "suggest_briefs, one letter to a word", 0, lambda t: shelf.suggest_briefs(t, sample=False, limit=CHOICES), halves
            ),
            await _measure("suggest_entities, half-typed name or alias", 10, suggest, halves, f"{len(corpus.names):,} names"),
            await _measure("suggest_entities, whole alias", 10, suggest, names),
            await _measure("suggest_entities, a later word", 10, suggest, later),
            await _measure("suggest_entities, one letter", 10, suggest, [name[0] for name in names]),
            await _measure("suggest_entities, typo", 20, suggest, [corpus.misspelt(name) for name in names]),
            await _measure("named, a word many share", 0, lambda w: shelf.named(w, sample=False, limit=CHOICES), ["movement", "haq"] * 50),
            await _measure("find, rare word", 25, find, rare),
            await _measure("find, common word", 25, find, common),
            await _measure("find, two common words", 25, find, two),
            await _measure("find, common and rare word", 25, find, apart),
            await _measure("find, one letter", 25, find, [word[0] for word in rare]),
        ]
        return rows + await _deliver(storage)
    finally:
        await storage.close()


def run() -> list[Row]:
    """Build the store in a temporary folder and measure it; about a minute."""
    with tempfile.TemporaryDirectory() as folder:
        return asyncio.run(_run(Path(folder)))


if __name__ == "__main__":
    print(table(run()))
