"""Articles that come in are drafted; no reader sees a draft, and nothing a curator has is overwritten."""

from datetime import timedelta

import pytest

from adapters.sources.files import read_file, read_text
from briefs.brief import State
from briefs.drafting.select import SENTENCES_MAX
from briefs.message import Outcome
from tests.bot.newsroom import ANNA
from tests.briefs.drafting.stories import FIRE, HARBOUR
from tests.builders import NOON, a_brief, an_article
from tests.words import words_of


def raw(text: str, handle: str = "harbour"):
    return read_text(text, handle=handle, now=NOON).article


async def test_an_article_comes_in_with_a_draft_that_says_what_was_made_of_it(bot):
    done = await bot.desk.ingest.take_in(raw(HARBOUR), ANNA)
    assert done.stored == "new"
    assert done.draft is not None
    assert done.draft.brief.slug == "harbour"
    assert done.draft.brief.state is State.DRAFT
    assert done.why_not == ""


@pytest.mark.parametrize("line", ["/brief", "/brief harbour", "/brief dockers", "/digest preview", "/timeline harbour", "/entity brekke"])
async def test_no_reader_sees_a_draft(bot, say, line):
    await say("/digest subscribe at:07:30 tz:UTC")
    await bot.desk.ingest.take_in(raw(HARBOUR), ANNA)
    assert "Brekke" not in words_of(await say(line)).replace("brekke", "")
    assert "Norlund" not in words_of(await say(line))


async def test_drafts_are_in_no_list_search_or_edition(bot):
    await bot.desk.ingest.take_in(raw(HARBOUR), ANNA)
    shelf = bot.storage.shelf
    assert await shelf.brief("harbour") is None
    assert "harbour" not in [brief.slug for brief in await shelf.briefs(sample=True, limit=50)]
    assert "harbour" not in [brief.slug for brief in await shelf.briefs(sample=True, limit=50, since=NOON - timedelta(days=9999))]
    assert not await shelf.suggest_briefs("harb", sample=True, limit=9)
    assert not await shelf.find("dockers", sample=True, drafts=False, limit=9)
    assert await shelf.brief_of_article(raw(HARBOUR).id) is None
    assert not await shelf.named("Norlund Lines", sample=True, limit=9)


async def test_the_same_text_again_leaves_its_draft_as_it_is(bot):
    first = await bot.desk.ingest.take_in(raw(HARBOUR), ANNA)
    again = await bot.desk.ingest.take_in(raw(HARBOUR, "other"), ANNA)
    assert (again.stored, again.draft) == ("same", None)
    assert again.article.handle == first.article.handle
    assert again.why_not == "What was made of it is waiting."


async def test_an_attached_original_keeps_the_curated_brief(bot, say, shared):
    before = await bot.storage.shelf.brief("iraq")
    assert before is not None
    found = read_file(shared / "articles" / "iraq-militias.txt", max_bytes=10**6, now=NOON)
    done = await bot.desk.ingest.take_in(found.article, ANNA)
    assert (done.stored, done.draft) == ("attached", None)
    assert await bot.storage.shelf.brief("iraq") == before
    assert (await say("/brief iraq")).outcome is Outcome.ANSWER


async def test_another_article_s_brief_of_that_name_is_not_overwritten(bot):
    curated = a_brief("harbour", article=an_article(handle="elsewhere"))
    await bot.storage.shelf.put_brief(curated)
    done = await bot.desk.ingest.take_in(raw(HARBOUR), ANNA)
    assert done.draft is None
    assert "Another article's brief" in done.why_not
    assert await bot.storage.shelf.brief("harbour") == curated


async def test_what_cannot_be_drafted_is_stored_and_told(bot, say):
    done = await bot.desk.ingest.take_in(
        raw("Les dockers du port de Veldmar envisagent une grève illimitée depuis lundi matin. " * 3, "fr"), ANNA
    )
    assert done.draft is None
    assert "does not read as English" in done.why_not
    assert (await say("/source fr:1")).outcome is Outcome.ANSWER


async def test_the_same_news_from_another_outlet_is_told(bot):
    await bot.desk.ingest.take_in(raw(HARBOUR, "first"), ANNA)
    await bot.desk.ingest.take_in(raw(FIRE, "fire"), ANNA)
    done = await bot.desk.ingest.take_in(
        raw(HARBOUR + "\nReporting by the desk in Teslin; editing by two others of the paper.\n", "second"), ANNA
    )
    assert done.like == ("first",)
    assert done.draft is not None
    assert done.draft.duplicate_of == ("first",)


async def test_the_shelf_s_names_feed_the_draft(bot):
    text = "Kataeb Hezbollah opened an office in Veldmar on Monday. Kataeb Hezbollah said it would close it in May.\n"
    done = await bot.desk.ingest.take_in(raw(text, "office"), ANNA)
    assert done.draft is not None
    assert done.draft.brief.entities[0] == "kataeb-hezbollah"
    [card] = [card for card in done.draft.cards if card.entity.slug == "kataeb-hezbollah"]
    assert card.entity.tail == "Iraq"


async def test_of_a_very_long_text_only_the_beginning_is_drafted(bot):
    lines = [f"The council of Teslin met on day {at} of the year. " for at in range(6_000)]
    done = await bot.desk.ingest.take_in(raw("\n".join(lines), "long"), ANNA)
    assert done.draft is not None
    lines = (*done.draft.brief.lines, *(step.line for step in done.draft.brief.timeline))
    assert max(citation.sentence for line in lines for citation in line.citations) <= SENTENCES_MAX
