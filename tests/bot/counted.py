"""`standfirst run` that tells, whenever it is sent SIGUSR1, what it holds: for tests of what commands leave behind."""

import asyncio
import gc
import json
import signal
from collections import Counter, deque
from collections.abc import Iterable
from functools import _lru_cache_wrapper
from types import FrameType
from typing import Any

from bot.settings import Settings
from bot.tasks import run

# Three connections keep their last 256 statements each, and every commit, with its number, is a new one. Weak references come
# and go with the timers of connections, and keep nothing.
UNCOUNTED = ("sqlite3.Statement", "weakref.ReferenceType")
MANY = 30  # in a container; those that hold fewer have not grown with the commands


def main() -> None:
    """Run, set by the environment alone."""
    signal.signal(signal.SIGUSR1, _tell)
    asyncio.run(run(Settings(_env_file=None)))


def _tell(_: int, __: FrameType | None) -> None:
    """Print how many things there are of each type, and in each container, once nothing lies about."""
    gc.collect()
    gc.unfreeze()  # what stands for the life of the process is where something would pile up
    things = gc.get_objects()
    gc.freeze()
    kinds = Counter(f"{type(thing).__module__}.{type(thing).__qualname__}" for thing in things)
    for kind in UNCOUNTED:
        del kinds[kind]
    print(json.dumps({**kinds, **_containers(things)}), flush=True)


def _containers(things: list[Any]) -> dict[str, int]:
    """How many there are in each container but those that say themselves how many they take at most."""
    known = {id(thing): thing for thing in _with_plain_ones(things) if isinstance(thing, dict | list | set | deque)}
    bounded = {id(thing) for thing in known.values() if isinstance(thing, deque) and thing.maxlen is not None}
    for thing in things:
        if isinstance(thing, _lru_cache_wrapper) and thing.cache_info().maxsize is not None:
            bounded |= set(map(id, gc.get_referents(thing)))
    return {
        f"{type(thing).__qualname__} {number}": len(thing)
        for number, thing in known.items()
        if len(thing) >= MANY and number not in bounded
    }


def _with_plain_ones(things: list[Any]) -> Iterable[Any]:
    """The collector does not know a dict of nothing but texts and numbers; whatever holds it does."""
    yield from things
    for thing in things:
        yield from gc.get_referents(thing)


if __name__ == "__main__":
    main()
