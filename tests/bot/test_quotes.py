"""The rights of others: what readers see of an article without an open licence, and what a brief may repeat of it."""

import pytest

from bot.settings import Settings
from bot.wiring import build
from tests.bot.newsroom import Newsroom
from tests.words import words_of

LONG = (
    "The ferry Astrid, which had carried passengers between the two islands every summer since it was built in Norway, sank in the small "
    "harbour of Veldmar on Sunday evening after it had struck a rock, the harbour office said."
)
TEXT = f"{LONG}\nNobody was hurt.\nThe owner said it would be raised.\n" + "\n".join(
    f"On day {n} of the week a boat left." for n in range(20)
)


@pytest.fixture
async def room(bot):
    room = Newsroom(bot)
    await room.give(TEXT, "ferry.txt", licence="all rights reserved")
    sank = "The ferry Astrid sank in the small harbour of Veldmar"
    await room.done(f'/curate edit ferry line:2 text:"{sank} on Sunday evening, the harbour office said." cites:1')
    return room


async def approved(room):
    for number in range(len(await room.lines("ferry")), 2, -1):
        await room.done(f"/curate drop ferry line:{number}")
    await room.done("/curate approve ferry")


async def test_readers_see_at_most_so_many_words_in_a_row_and_are_told_so(room):
    await approved(room)
    for line in ("/source ferry", "/source ferry:1", "/source ferry:1 as:citation", "/find harbour"):
        told = words_of(await room.say(line, room.cleo))
        assert LONG not in told, line
        assert "…" in told
    assert "At most 25 words in a row are shown" in words_of(await room.say("/source ferry:1", room.cleo))


async def test_the_part_shown_is_the_part_the_line_is_about(room):
    await approved(room)
    assert "sank in the small harbour of Veldmar on Sunday evening" in words_of(await room.say("/source ferry", room.cleo))


async def test_curators_see_it_whole(room):
    await approved(room)
    assert LONG in words_of(await room.say("/source ferry:1"))


async def test_with_an_open_licence_readers_see_it_whole(room):
    await room.done('/curate set ferry licence:"CC BY 4.0"')
    await approved(room)
    assert LONG in words_of(await room.say("/source ferry:1", room.cleo))


async def test_a_licence_is_taken_back_like_any_decision(room):
    await room.done('/curate set ferry licence:"CC BY 4.0"')
    await room.done("/curate undo")
    await approved(room)
    assert LONG not in words_of(await room.say("/source ferry:1", room.cleo))


async def test_a_line_that_repeats_too_much_is_not_approved_and_says_how_much(room):
    await room.done(f'/curate point ferry cites:1 text:"{LONG}"')
    told = await room.refused("/curate approve ferry")
    assert "in a row, and 25 may be shown" in told
    assert "/curate set ferry licence:" in told
    assert "Not yet:" in words_of(await room.say("/curate open ferry"))


async def test_a_brief_that_repeats_too_much_of_a_short_article_is_not_approved(bot):
    room = Newsroom(bot)
    await room.give("The ferry sank on Sunday.\nNobody was hurt.\nThe owner said it would be raised in May.\n", "short.txt", licence="")
    told = await room.refused("/curate approve short")
    assert "repeats 82 % of the article (14 of 17 words)" in told


async def test_the_settings_say_how_much(tmp_path):
    bot = await build(Settings(database=tmp_path / "free.db", zone="UTC", quote_words=0))
    try:
        room = Newsroom(bot)
        await room.give(TEXT, "ferry.txt", licence="")
        await room.done("/curate approve ferry")
        assert LONG in words_of(await room.say("/source ferry:1", room.cleo))
    finally:
        await bot.close()
