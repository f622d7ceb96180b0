"""`standfirst check`: the verdict on a claim, with an exit code."""

import json

import pytest

from bot.checking import REFUSED, SHOWN, check_claim
from bot.settings import Settings
from bot.wiring import build
from briefs.errors import BadInput, NotFound
from tests.bot.newsroom import ANNA
from tests.bot.test_drafts import raw
from tests.briefs.drafting.stories import HARBOUR


@pytest.fixture
async def settings(tmp_path):
    found = Settings(database=tmp_path / "s.db", zone="UTC")
    bot = await build(found)
    await bot.desk.ingest.take_in(raw(HARBOUR), ANNA)
    await bot.close()
    return found


async def test_a_claim_in_the_articles_words_may_be_shown(settings, capsys):
    assert await check_claim(settings, "The Dockers' Union has an estimated 2,400 members.", "harbour", "4", as_json=False) == SHOWN
    out = capsys.readouterr().out
    assert out.startswith("VERBATIM")
    assert "harbour:4 The Dockers" in out


async def test_a_claim_that_drops_a_hedge_is_refused_with_the_reason(settings, capsys):
    assert await check_claim(settings, "The Dockers' Union has 2,400 members.", "harbour", "4", as_json=False) == REFUSED
    out = capsys.readouterr().out
    assert out.startswith("REFUSED")
    assert "an estimated" in out.partition("Beside:")[0]


async def test_without_numbers_the_best_sentences_are_found(settings, capsys):
    assert await check_claim(settings, "Norlund Lines bought the Veldmar shipyard in March 2019.", "harbour", "", as_json=True) == SHOWN
    told = json.loads(capsys.readouterr().out)
    assert [sentence["ref"] for sentence in told["sentences"]] == ["harbour:12"]
    assert told["shown"] is True
    assert told["reasons"] == []


async def test_a_claim_the_article_says_nothing_of_is_refused_without_sentences(settings, capsys):
    assert await check_claim(settings, "Quarterly zinc exports quadrupled.", "harbour", "", as_json=True) == REFUSED
    assert json.loads(capsys.readouterr().out)["reasons"]


async def test_beside_a_retelling_it_says_so(settings, capsys):
    await check_claim(settings, "Trump has threatened Iran.", "iraq", "13", as_json=False)
    assert "our retelling" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("claim", "ref", "cite", "error", "told"),
    [
        ("", "harbour", "", BadInput, "as one sentence"),
        ("x" * 2_000, "harbour", "", BadInput, "too long"),
        ("The union met.", "nowhere", "", NotFound, "nowhere"),
        ("The union met.", "harbour", "4,x", BadInput, "--cite takes numbers"),
        ("The union met.", "harbour", "1,2,3,4", BadInput, "at most 3"),
        ("The union met.", "harbour", "99", BadInput, "sentences 1 to 13"),
        ("The union met.", "harbour", "0", BadInput, "sentences 1 to 13"),
        ("The union met.", "harbour", "٣", BadInput, "--cite takes numbers"),
    ],
)
async def test_what_cannot_be_checked_is_told_in_a_sentence(settings, claim, ref, cite, error, told):
    with pytest.raises(error, match=told):
        await check_claim(settings, claim, ref, cite, as_json=False)
