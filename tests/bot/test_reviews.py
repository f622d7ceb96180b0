"""Review requests: the curators' channel hears of a draft once, the same way a digest travels."""

import pytest

from bot.settings import Settings, load
from bot.tasks import ingest
from bot.wiring import build
from briefs.digest import Place
from briefs.errors import BadInput
from briefs.message import Heading
from tests.briefs.drafting.stories import FIRE, HARBOUR
from tests.fakes import FakePublisher
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


async def test_the_console_reaches_curators_on_a_platform_that_another_process_serves(tmp_path):
    """One process serves Discord, and the article comes in at a console that speaks to no platform."""
    curator, elsewhere = "discord:123456789012345678", "slack:T1/U1"
    settings = Settings(database=str(tmp_path / "s.db"), zone="UTC", curators=f"{curator},{elsewhere}")
    discord = FakePublisher()
    serving = await build(settings, {"discord": discord})
    console = await build(settings, passing=True)
    try:
        await serving.acquaint()
        told = words_of(await console.commands.answer_line(f"/curate add {HARBOUR}", console.asker))
        assert "Curators are asked for a review." in told
        assert await serving.desk.deliver.run("discord") == 1
        [(place, _, message)] = discord.posts
        assert place == await discord.direct(curator)
        assert "Waits for a curator." in words_of(message)
        assert await serving.desk.deliver.run("discord") == 0
    finally:
        await console.close()
        await serving.close()


async def test_where_no_process_has_found_a_curators_chat_nobody_is_called_asked(tmp_path):
    settings = Settings(database=str(tmp_path / "s.db"), zone="UTC", curators="slack:T1/U1")
    console = await build(settings, passing=True)
    try:
        told = words_of(await console.commands.answer_line(f"/curate add {HARBOUR}", console.asker))
        assert "Nobody could be told of it" in told
    finally:
        await console.close()


async def test_what_waits_already_is_asked_for_once_when_a_curators_chat_is_found(tmp_path):
    settings = Settings(database=str(tmp_path / "s.db"), zone="UTC", curators="discord:123456789012345678")
    console = await build(settings, passing=True)
    await console.commands.answer_line(f"/curate add {HARBOUR}", console.asker)
    await console.close()
    discord, asked = FakePublisher(), []
    for _ in range(3):  # as often as it is started
        serving = await build(settings, {"discord": discord})
        await serving.acquaint()
        asked.append(await serving.desk.deliver.run("discord"))
        # As an installation that knew no curator's chat before, but asked for the review there.
        await serving.storage.spaces.note("installation", "chat of discord:123456789012345678", "")
        await serving.close()
    assert asked == [1, 0, 0]
    assert "Waits for a curator." in words_of(discord.posts[0][2])


async def test_where_reviews_have_a_channel_no_curator_is_asked_at_the_start(tmp_path):
    settings = Settings(database=str(tmp_path / "s.db"), zone="UTC", curators="discord:123456789012345678", reviews="console")
    discord = FakePublisher()
    serving = await build(settings, {"discord": discord})
    try:
        await serving.commands.answer_line(f"/curate add {HARBOUR}", serving.asker)
        await serving.acquaint()
        assert await serving.desk.deliver.run("discord") == 0
    finally:
        await serving.close()
