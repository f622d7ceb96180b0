"""Fixtures of the contract tests."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from briefs.ports import Asks, Curation, Ledger, Reports, Seen, Shelf, Spaces, Storage, Subscriptions
from tests.contracts.stores import OPENERS, Opener


@pytest.fixture(params=sorted(OPENERS))
def opener(request: pytest.FixtureRequest) -> Opener:
    """How one implementation is opened."""
    return OPENERS[request.param]


@pytest.fixture
async def storage(opener: Opener, tmp_path: Path) -> AsyncIterator[Storage]:
    """An empty store, closed after the test."""
    store = await opener(tmp_path)
    yield store
    await store.close()


@pytest.fixture
def shelf(storage: Storage) -> Shelf:
    """Its shelf."""
    return storage.shelf


@pytest.fixture
def subscriptions(storage: Storage) -> Subscriptions:
    """Its subscriptions."""
    return storage.subscriptions


@pytest.fixture
def ledger(storage: Storage) -> Ledger:
    """Its ledger."""
    return storage.ledger


@pytest.fixture
def curation(storage: Storage) -> Curation:
    """Its drafts and decisions."""
    return storage.curation


@pytest.fixture
def reports(storage: Storage) -> Reports:
    """What readers found wrong."""
    return storage.reports


@pytest.fixture
def asks(storage: Storage) -> Asks:
    """Its long command lines."""
    return storage.asks


@pytest.fixture
def spaces(storage: Storage) -> Spaces:
    """Its notes on spaces."""
    return storage.spaces


@pytest.fixture
def seen(storage: Storage) -> Seen:
    """What came already."""
    return storage.seen
