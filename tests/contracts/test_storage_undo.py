"""Whatever was decided is taken back, one decision after the other, and everything is as it was, byte for byte."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import given, settings
from hypothesis import strategies as st

from adapters.storage.storage import SqliteStorage, open_storage
from briefs.brief import Correction, State
from briefs.decision import Act, Change, Shelved, Value
from briefs.review import Review, Stage
from tests.builders import NOON, a_brief, a_card, a_line
from tests.contracts.desk import a_change, a_decision, a_draft

SHOWN = (State.APPROVED, State.WITHDRAWN)
CORRECTED = (Correction(NOON, None, "It sank."), Correction(NOON, a_line("It sank."), "It sank.", back=True))
THINGS: list[Value] = [
    *(a_draft("ferry", headline) for headline in ("", "Ferry sinks", "Ferry “sinks”")),
    *(a_brief("ferry", headline=headline, state=state, topics=["sea"]) for headline in ("One", "Two") for state in SHOWN),
    *(replace(a_brief("ferry"), corrections=CORRECTED[:many]) for many in (1, 2)),
    a_brief("boat"),
    *(a_card("Hezbollah", *aliases) for aliases in ((), ("Hizbullah",), ("Hizbullah", "Ḥizbu 'llāh"))),
    *(Review(slug, stage=stage, version=version) for slug in ("ferry", "boat") for stage in Stage for version in (1, 2)),
    "a text",
    "another text",
]


def key_of(thing: Value) -> tuple[Shelved, str]:
    change = a_change(None, thing, "note")
    return change.kind, change.key


KEYS = sorted({key_of(thing) for thing in THINGS})
# Each decision changes a few different things; one of which but the key is given is taken away.
decided = st.lists(st.lists(st.one_of(st.sampled_from(THINGS), st.sampled_from(KEYS)), min_size=1, max_size=3), max_size=8)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.sampled_from(THINGS), max_size=4), decided)
def test_a_chain_of_decisions_undone_in_reverse_leaves_everything_as_it_was(first, chain):
    async def scenario() -> None:
        with TemporaryDirectory() as folder:
            store = await open_storage(Path(folder) / "x.db")
            await decide(store, first)
            before = await everything(store)
            numbers = [number for changed in chain if (number := await decide(store, changed))]
            for number in reversed(numbers):
                made = await store.curation.decision(number)
                assert made
                changes = tuple(change.undone for change in reversed(made.changes))
                await store.curation.decide(replace(made, act=Act.UNDID, changes=changes, undoes=number))
            assert await everything(store) == before
            await store.close()

    asyncio.run(scenario())


async def decide(store: SqliteStorage, wanted: Sequence[Value | tuple[Shelved, str]]) -> int:
    """Put the things there, or take them away where but their kind and key are given; 0 where nothing would change."""
    after = {one if isinstance(one, tuple) else key_of(one): None if isinstance(one, tuple) else one for one in wanted}
    changes = [Change(kind, key, await standing(store, kind, key), value) for (kind, key), value in after.items()]
    if not (real := [change for change in changes if change.before != change.after]):
        return 0
    return await store.curation.decide(a_decision(*real, at=NOON))


async def standing(store: SqliteStorage, kind: Shelved, key: str) -> Value | None:
    """What is there, of all the things that could be."""
    candidates = [thing for thing in THINGS if key_of(thing) == (kind, key)]
    found = [thing for thing in candidates if await store.curation.stands(a_change(thing, None, key))]
    return found[0] if found else None


async def everything(store: SqliteStorage) -> dict[str, list[tuple]]:
    """The rows of whatever a decision can change and what is found by it, without the numbers the engine gives out."""
    columns = {
        "brief": "slug, article, state, approved, sample, body",
        "brief_topic": "*",
        "brief_name": "slug, part, text, folded",
        "card": "slug, name_key, entity, body",
        "entity_name": "slug, part, text, folded",
        "document": "owner, ref, title, line, sentences",
        "review": "slug, stage, body",
        "note": "*",
        "brief_correction": "*",
    }

    def rows(connection):
        return {name: sorted(map(tuple, connection.exec_driver_sql(f"SELECT {which} FROM {name}"))) for name, which in columns.items()}

    return await store._engine.read(rows)
