"""Which libraries are on the shelf: the SAMPLE, one's own, and neither when the settings say so."""

import pytest

from bot.settings import Settings
from bot.wiring import build
from briefs.errors import BrokenLibrary
from briefs.message import Outcome
from tests.words import words_of

ARTICLE = """---
handle: ferry
wording: original
outlet: Harbour News
published: 2026-03-02
---

The ferry sank in the harbour on Monday. Nobody was hurt, the harbour master said.
"""
FILES = {
    "library.toml": 'name = "ours"\ncurator = "the night desk"\napproved = 2026-03-02T09:00:00Z\n',
    "ferry/article.md": ARTICLE,
    "ferry/sentences.toml": (
        '[[sentence]]\nnumber = 2\nattributions = [{ words = "the harbour master said", who = "the harbour master", of = "hurt" }]\n'
    ),
    "ferry/brief.toml": (
        'topics = ["sea"]\nentities = ["ferry"]\n'
        '[headline]\ntext = "A ferry sank"\ncites = [1]\n'
        '[bottom_line]\ntext = "The ferry sank in the harbour on Monday."\ncites = [1]\n'
        '[[point]]\nsection = "What happened"\ntext = "Nobody was hurt, the harbour master said."\ncites = [2]\n'
        'attributions = ["the harbour master said"]\n'
    ),
    "entities/ferry.toml": (
        'name = "The ferry"\nkind = "place"\ntail = "harbour"\n[[fact]]\ntext = "It sank on Monday."\ncites = ["ferry:1"]\n'
    ),
}


@pytest.fixture
def own(tmp_path):
    folder = tmp_path / "ours"
    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


async def asked(tmp_path, *lines, **settings):
    """The answers of a bot started anew with those settings on the same store."""
    bot = await build(Settings(database=tmp_path / "s.db", zone="UTC", **settings))
    try:
        return [await bot.commands.answer_line(line, bot.asker) for line in lines]
    finally:
        await bot.close()


async def test_the_sample_steps_aside_once_a_brief_of_ones_own_is_there(tmp_path, own):
    [before] = await asked(tmp_path, "/find missiles")
    newest, found, named, direct = await asked(tmp_path, "/brief", "/find missiles", "/digest preview", "/brief iraq", library=own)
    assert before.outcome is Outcome.ANSWER
    assert "A ferry sank" in words_of(newest)
    assert found.outcome is Outcome.NOT_FOUND
    assert "SAMPLE" not in words_of(named)
    assert direct.outcome is Outcome.ANSWER


async def test_the_sample_stays_when_it_is_wanted(tmp_path, own):
    [found] = await asked(tmp_path, "/find missiles", library=own, sample="always")
    assert found.outcome is Outcome.ANSWER


async def test_without_the_sample_nothing_of_it_is_left_and_it_comes_back(tmp_path):
    await asked(tmp_path, "/brief")
    none, gone, nobody = await asked(tmp_path, "/brief", "/brief iraq", "/entity Houthis", sample="never")
    [back] = await asked(tmp_path, "/brief iraq")
    assert "No brief has been approved yet" in none.summary
    assert (gone.outcome, nobody.outcome) == (Outcome.NOT_FOUND, Outcome.NOT_FOUND)
    assert back.outcome is Outcome.ANSWER


async def test_a_library_that_is_no_longer_named_leaves_the_shelf(tmp_path, own):
    await asked(tmp_path, "/brief", library=own)
    [gone] = await asked(tmp_path, "/brief ferry")
    assert gone.outcome is Outcome.NOT_FOUND


async def test_an_edited_library_is_read_again_at_the_next_start(tmp_path, own):
    await asked(tmp_path, "/brief", library=own)
    brief = own / "ferry" / "brief.toml"
    brief.write_text(brief.read_text().replace("A ferry sank", "A ferry has sunk"))
    [message] = await asked(tmp_path, "/brief ferry", library=own)
    assert "A ferry has sunk" in words_of(message)


async def test_an_original_in_a_library_is_evidence_in_its_own_words(tmp_path, own):
    [message] = await asked(tmp_path, "/source ferry", library=own)
    assert "retelling" not in words_of(message)
    assert "VERBATIM, approved by the night desk" in words_of(message)


async def test_a_line_that_lost_who_said_it_keeps_the_whole_library_out(tmp_path, own):
    brief = own / "ferry" / "brief.toml"
    brief.write_text(
        brief.read_text()
        .replace("Nobody was hurt, the harbour master said.", "Nobody was hurt.")
        .replace('attributions = ["the harbour master said"]\n', "")
    )
    with pytest.raises(BrokenLibrary) as caught:
        await asked(tmp_path, "/brief", library=own)
    assert caught.value.file == "ferry/brief.toml"
    assert "the harbour master said" in str(caught.value)
