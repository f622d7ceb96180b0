"""Review requests: the curators' channel hears of a draft once, the same way a digest travels."""

import pytest

from bot.settings import Settings, load
from bot.tasks import ingest
from bot.wiring import build
from briefs.digest import Place
from briefs.errors import BadInput
from briefs.message import Heading
from tests.briefs.drafting.stories import FIRE, HARBOUR
from tests.words import words_of


@pytest.mark.parametrize(
    ("typed", "place"),
    [
        ("", None),
        ("console", Place("console", "main")),
        ("discord:123456789012345678/223456789012345678", Place("discord:123456789012345678", "223456789012345678")),
        ("slack:T0123/C0456", Place("slack:T0123", "C0456")),
    ],
)
def test_the_review_channel_is_named_like_any_channel(monkeypatch, typed, place):
    monkeypatch.setenv("STANDFIRST_REVIEWS", typed)
    assert load().reviews == place


@pytest.mark.parametrize("typed", ["#reviews", "slack:T0123", "discord:server/channel", "slack:T0123/C0456/1"])
def test_what_names_no_channel_is_refused_with_how_to_write_it(monkeypatch, typed):
    monkeypatch.setenv("STANDFIRST_REVIEWS", typed)
    with pytest.raises(BadInput, match="slack:TEAM/CHANNEL"):
        load()


async def test_the_review_channel_is_told_once_of_each_draft(tmp_path, capsys):
    files = []
    for name, text in (("harbour.txt", HARBOUR), ("fire.txt", FIRE), ("again.txt", HARBOUR)):
        files.append(tmp_path / name)
        files[-1].write_text(text)
    settings = Settings(database=str(tmp_path / "s.db"), zone="UTC", reviews="console")
    assert await ingest(settings, files) == 0
    assert capsys.readouterr().out.count("the curators are told") == 2
    bot = await build(settings)
    try:
        assert await bot.desk.deliver.run("console") == 2
        assert await bot.desk.deliver.run("console") == 0
        messages = [post.message for post in bot.console.unseen()]
    finally:
        await bot.close()
    assert all(block.text.startswith("Draft: ") for message in messages for block in message.blocks if isinstance(block, Heading))
    assert all("before it is approved" in words_of(message) for message in messages)


async def test_without_a_review_channel_nothing_is_owed(tmp_path, capsys):
    file = tmp_path / "harbour.txt"
    file.write_text(HARBOUR)
    settings = Settings(database=str(tmp_path / "s.db"), zone="UTC")
    assert await ingest(settings, [file]) == 0
    assert "curators are told" not in capsys.readouterr().out
    bot = await build(settings)
    try:
        assert await bot.desk.deliver.next_due("console") is None
    finally:
        await bot.close()
