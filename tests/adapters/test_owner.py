"""One process delivers from a store, whatever path leads to it."""

import os

import pytest

from adapters.storage.owner import Work, noted, owner_of, sole_owner
from briefs.errors import Busy, StorageDown


def test_a_store_by_a_link_to_it_is_the_same_store(tmp_path):
    store = tmp_path / "s.db"
    store.touch()
    (tmp_path / "elsewhere").mkdir()
    link = tmp_path / "elsewhere" / "other.db"
    link.symlink_to(store)
    with sole_owner(store), pytest.raises(Busy), sole_owner(link):
        pass
    with sole_owner(link), pytest.raises(Busy), sole_owner(store):
        pass
    assert [path.name for path in (tmp_path / "elsewhere").iterdir()] == ["other.db"]


def test_a_store_in_a_linked_folder_is_the_same_store(tmp_path):
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    with sole_owner(tmp_path / "real" / "s.db"), pytest.raises(Busy), sole_owner(tmp_path / "link" / "s.db"):
        pass


def test_a_link_that_leads_round_in_a_circle_is_no_store(tmp_path):
    store = tmp_path / "s.db"
    store.symlink_to(store)
    with pytest.raises(StorageDown), sole_owner(store):
        pass


def test_the_number_of_the_last_commit_outlives_whoever_noted_it(tmp_path):
    store = tmp_path / "s.db"
    assert noted(store) == 0
    with sole_owner(store) as note:
        note(7)
        note(8)
        assert noted(store) == 8
    assert noted(store) == 8
    with sole_owner(store) as note:
        assert noted(store) == 8
        note(9)
    assert noted(store) == 9


@pytest.mark.parametrize("told", [b"", b"1234", b"no number at all", b"\xff" * 40, b"12 " + b"9" * 30])
def test_a_file_beside_the_store_that_says_nothing_counts_as_none(tmp_path, told):
    (tmp_path / "s.db.delivering").write_bytes(told)
    assert noted(tmp_path / "s.db") == 0
    with sole_owner(tmp_path / "s.db") as note:
        note(3)
    assert noted(tmp_path / "s.db") == 3


@pytest.mark.parametrize(
    ("work", "said", "unsaid"),
    [
        pytest.param(
            Work.CHAT,
            "to the console alone: while it is open, nobody serves Slack and Discord. End it with q or Ctrl-D",
            "Stop it",
            id="chat",
        ),
        pytest.param(Work.RUN, "Stop it first, or leave it to it.", "chat", id="run"),
    ],
)
def test_whoever_is_refused_is_told_what_holds_the_store_and_how_it_ends(tmp_path, work, said, unsaid):
    store = tmp_path / "s.db"
    with sole_owner(store, Work.CHAT if work is Work.RUN else Work.RUN):
        pass  # what held it before says nothing of who holds it now
    with sole_owner(store, work) as note:
        note(12)
        assert (owner_of(store).number, owner_of(store).work) == (os.getpid(), work)
        with pytest.raises(Busy) as caught, sole_owner(store):
            pass
    assert f"number {os.getpid()}" in str(caught.value)
    assert said in str(caught.value)
    assert unsaid not in str(caught.value)
    assert owner_of(store) is None


def test_a_file_of_an_earlier_version_names_the_process_alone(tmp_path):
    with sole_owner(tmp_path / "s.db"):
        (tmp_path / "s.db.delivering").write_bytes(b"      1234          7\n")
        assert (owner_of(tmp_path / "s.db").number, owner_of(tmp_path / "s.db").work) == (1234, None)
