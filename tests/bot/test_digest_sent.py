"""What a manager is told of editions that were, sends early or again, and what readers find of them."""

import re
from dataclasses import replace
from datetime import date, timedelta

import pytest

from briefs.brief import Correction, State
from briefs.commands.ask import Asker
from briefs.commands.complete import complete_line
from briefs.digest import Refused
from briefs.message import Heading, Message, Moment, Outcome, Prose, SmallPrint, Words
from tests.bot.room import DAILY, DAY, DUE, MINUTE, SUNDAY, Room, labels, section
from tests.builders import a_brief, an_article
from tests.words import words_of


@pytest.fixture
async def room(bot):
    return Room(bot)


async def test_a_channel_without_a_digest_is_told_how_to_get_one(room):
    assert "/digest subscribe at:07:30" in (await room.say("/digest status")).summary
    assert (await room.say("/digest status name:weekly")).outcome is Outcome.NOT_FOUND


async def test_before_the_first_edition_status_says_when_it_comes(room):
    await room.say(DAILY)
    answer = await room.say("/digest status")
    assert "None has come yet." in words_of(answer)
    assert [line.strip() for line in section(answer, "Next three")] == [
        f"{day} Nov 2026, 07:30 Europe/London" for day in ("Sun 22", "Mon 23", "Tue 24")
    ]


async def test_status_tells_the_last_seven_and_the_next_three(room):
    await room.say(DAILY)
    for days in range(9):
        await room.wave(DUE + days * DAY)
    answer = await room.say("/digest status")
    latest = section(answer, "The latest")
    assert [re.match(r"\w+ (\d+) Nov", line)[1] for line in latest] == ["30", "29", "28", "27", "26", "25", "24"]
    assert all("on time" in line for line in latest)
    assert "https://chat.example/main/9" in latest[0]
    assert [line[:10].strip() for line in section(answer, "Next three")] == ["Tue 1 Dec", "Wed 2 Dec", "Thu 3 Dec"]
    assert answer.only_asker


async def test_an_edition_that_is_due_and_not_made_yet_is_on_its_way(room):
    await room.say(DAILY)
    await room.wave(DUE)
    room.at(DUE + DAY + MINUTE)
    answer = await room.say("/digest status")
    assert "Mon 23 Nov 2026: due since" in section(answer, "The latest")[0]
    assert section(answer, "Next three")[0].startswith("Tue 24 Nov")
    assert "Send today's now" not in labels(answer)


async def test_one_that_was_too_late_is_skipped_and_cannot_be_sent_again(room):
    await room.say(DAILY)
    await room.wave(DUE + timedelta(hours=7))
    answer = await room.say("/digest status")
    assert "skipped : the bot was not running at its time" in section(answer, "So far")[0].replace(":  ", " : ").replace(
        "skipped:", "skipped :"
    )
    assert not any(label.startswith("Resend") for label in labels(answer))
    assert (
        "There is nothing to send of “daily” of Sun 22 Nov 2026: the bot was not running"
        in (await room.say("/digest resend date:2026-11-22")).summary
    )


async def test_one_of_which_nobody_knows_says_so_and_asks_before_it_is_sent_again(room):
    await room.say(DAILY)
    await room.lose_an_answer()
    status = await room.say("/digest status")
    assert "unknown" in section(status, "So far")[0]
    asked = await room.press(status, "Resend Sun 22 Nov")
    assert asked.outcome is Outcome.CHOICE
    assert "It may be in the channel already: look there first. Send it again?" in asked.summary
    assert await room.wave() == 0
    assert "on its way again" in (await room.press(asked, "Send it again")).summary
    assert await room.wave() == 1
    assert room.dates() == ["2026-11-22", "2026-11-22"]  # the manager wished it, not knowing
    assert "once a manager had it sent again" in section(await room.say("/digest status"), "So far")[0]


async def test_one_that_is_found_when_it_is_to_be_sent_again_is_not_posted_twice(room):
    await room.say(DAILY)
    await room.lose_an_answer()
    room.channel.readable = True
    await room.say("/digest resend date:2026-11-22 sure:yes")
    assert await room.wave() == 0
    assert "sent" in section(await room.say("/digest status"), "So far")[0]


async def test_one_that_was_refused_is_sent_again_at_one_press(room):
    await room.say(DAILY)
    room.channel.script = [Refused("It was held back.")]
    await room.wave(DUE)
    status = await room.say("/digest status")
    assert "failed" in section(status, "So far")[0]
    assert "It was held back" in section(status, "So far")[0]
    await room.press(status, "Resend Sun 22 Nov")
    assert await room.wave() == 1


async def test_parts_are_told_as_one_edition(room):
    room.channel.splits = lambda message: tuple(replace(message, summary=f"{message.summary} {part}") for part in "ab")
    await room.say(DAILY)
    room.channel.script = [None, Refused("It was held back.")]
    await room.wave(DUE)
    [line] = section(await room.say("/digest status"), "So far")
    assert "1 of 2 parts in the channel" in line
    assert (await room.say("/digest resend date:2026-11-22")).outcome is Outcome.ANSWER
    assert await room.wave() == 1
    [line] = section(await room.say("/digest status"), "So far")
    assert "2 of 2 parts" in line


async def test_what_the_channel_no_longer_asks_for_can_still_be_looked_up(room):
    await room.say(DAILY)
    await room.wave(DUE)
    await room.say("/digest unsubscribe")
    answer = await room.say("/digest status name:daily")
    assert "no longer asks for it" in words_of(answer)
    assert len(section(answer, "So far")) == 1
    assert labels(answer) == ["All editions"]


async def test_one_that_rests_says_why_and_offers_to_resume(room):
    await room.say(DAILY)
    await room.say("/digest pause")
    answer = await room.say("/digest status")
    assert "It rests: a manager paused it." in words_of(answer).replace("  ", " ")
    assert "Resume" in labels(answer)
    assert section(answer, "Next three") == []
    await room.press(answer, "Resume")
    await room.say("/digest pause until:friday")
    answer = await room.say("/digest status")
    assert "until Fri 27 Nov 2026" in words_of(answer)
    assert section(answer, "Next three")[0].startswith("Fri 27 Nov 2026")


async def test_sending_now_asks_first_uses_the_day_up_and_never_comes_twice(room):
    await room.say(DAILY)
    asked = await room.say("/digest now")
    assert asked.outcome is Outcome.CHOICE
    assert "now and uses it up; the next one then comes Mon 23 Nov 2026, 07:30 Europe/London." in asked.summary
    assert await room.wave() == 0
    assert "It is on its way" in (await room.press(asked, "Send it now")).summary
    assert "is on its way already" in (await room.press(asked, "Send it now")).summary
    assert await room.wave() == 1
    for hours in range(1, 24):
        await room.wave(SUNDAY + timedelta(hours=hours))
    assert room.dates() == ["2026-11-22"]
    await room.wave(DUE + DAY)
    assert room.dates() == ["2026-11-22", "2026-11-23"]


async def test_on_a_day_that_has_had_it_now_says_when_it_came(room):
    await room.say(DAILY)
    await room.wave(DUE)
    room.at(DUE + 5 * MINUTE)
    for line in ("/digest now", "/digest now sure:yes"):
        answer = await room.say(line)
        assert "has come already, and none comes twice for one date" in answer.summary
        assert "on time" in section(answer, "Today")[0]
        assert "The next one comes Mon 23 Nov 2026" in words_of(answer)
    assert await room.wave() == 0


async def test_now_on_a_day_of_which_nobody_knows_says_to_look_and_offers_to_send_it_again(room):
    await room.say(DAILY)
    await room.lose_an_answer()
    answer = await room.say("/digest now sure:yes")
    assert "Nobody can tell whether today's edition" in answer.summary
    assert "Resend Sun 22 Nov" in labels(answer)


async def test_with_nothing_new_now_says_so_and_the_day_is_not_used_up(room):
    await room.say("/digest subscribe at:07:30 tz:Europe/London topics:zeppelins")
    assert "nothing new" in (await room.say("/digest now sure:yes")).summary
    assert await room.wave() == 0
    assert (await room.edition()).slot.meant_for == date(2026, 11, 22)


@pytest.mark.parametrize(("pause", "says"), [("", "rests: a manager paused it."), (" until:friday", "rests until Fri 27 Nov 2026.")])
async def test_now_is_refused_for_one_that_rests(room, pause, says):
    await room.say(DAILY)
    await room.say(f"/digest pause{pause}")
    for line in ("/digest now", "/digest now sure:yes"):
        assert f"“daily” {says} Resume it first." in (await room.say(line)).summary
    assert await room.wave() == 0


async def test_now_for_one_that_is_just_due_says_that_it_is_on_its_way(room):
    await room.say(DAILY)
    room.at(DUE + MINUTE)
    assert "It is on its way" in (await room.say("/digest now")).summary
    assert await room.wave() == 1


async def test_now_may_be_asked_for_on_a_day_that_is_none_of_its_own(room):
    await room.say("/digest subscribe at:07:30 tz:Europe/London days:weekdays empty:say")
    assert "the next one then comes Mon 23 Nov 2026, 07:30" in (await room.say("/digest now")).summary
    await room.say("/digest now sure:yes")
    await room.wave()
    await room.wave(DUE + DAY)
    assert room.dates() == ["2026-11-22", "2026-11-23"]


async def test_an_edition_that_came_is_not_sent_again(room):
    await room.say(DAILY)
    await room.wave(DUE)
    for line in ("/digest resend date:today", "/digest resend date:2026-11-22 sure:yes"):
        assert "has come, and none comes twice. /brief 2026-11-22 shows it to you alone." in (await room.say(line)).summary
    assert await room.wave() == 0


async def test_an_edition_that_is_on_its_way_is_not_sent_again(room):
    await room.say(DAILY)
    await room.deliver.plan_at(DUE)
    assert "is on its way already" in (await room.say("/digest resend date:2026-11-22 sure:yes")).summary


async def test_an_edition_that_never_was_is_not_found(room):
    await room.say(DAILY)
    answer = await room.say("/digest resend date:2026-11-20")
    assert "There was no edition “daily” on Fri 20 Nov 2026, or it was too long ago. Status shows the latest." in answer.summary
    assert (await room.say("/digest resend date:2026-11-20 name:weekly")).outcome is Outcome.NOT_FOUND


async def test_what_was_sent_again_is_not_posted_six_hours_later(room):
    await room.say(DAILY)
    room.channel.script = [Refused("It was held back.")]
    await room.wave(DUE)
    await room.say("/digest resend date:today")
    assert await room.wave(DUE + timedelta(hours=7)) == 0
    assert any("skipped" in line for line in section(await room.say("/digest status"), "So far"))


async def test_dates_that_can_be_sent_again_are_offered_with_what_became_of_them(room):
    await room.say(DAILY)
    await room.wave(DUE)
    room.channel.script = [Refused("It was held back.")]
    await room.wave(DUE + DAY)
    found = await complete_line(room.bot.commands, "/digest resend date:", room.bot.asker)
    assert [(completion.text.strip(), completion.tail) for completion in found] == [("2026-11-23", "Monday, daily: failed")]


async def test_an_old_edition_is_shown_as_it_was_posted_with_when_and_where(room):
    await room.say("/digest subscribe at:07:30 tz:Europe/London")
    await room.wave(DUE)
    [(_, _, posted)] = room.channel.posts
    await room.say("/digest subscribe at:09:00 tz:Asia/Tokyo topics:other")
    room.at(DUE + 9 * DAY)
    answer = await room.say("/brief 2026-11-22", Asker("console", "main", "somebody"))
    assert answer.outcome is Outcome.ANSWER
    assert answer.only_asker
    note, *rest = answer.blocks
    assert tuple(rest) == posted.blocks
    assert "Edition “daily” of Sunday 22 November 2026, as this channel was sent it" in words_of(note)
    assert "https://chat.example/main/1" in words_of(note)
    assert [span.at for span in note.spans if isinstance(span, Moment)] == [DUE]


async def test_editions_of_one_date_stand_below_each_other_by_name(room):
    await room.say(DAILY)
    await room.say("/digest subscribe at:06:30 tz:Europe/London name:gulf empty:say")
    await room.wave(DUE)
    answer = await room.say("/brief 2026-11-22")
    notes = [words_of(b) for b in answer.blocks if isinstance(b, Prose) and "as this channel was sent it" in words_of(b)]
    assert [re.search("“(.*?)”", note)[1] for note in notes] == ["daily", "gulf"]


async def test_the_parts_of_an_old_edition_are_joined_without_the_title_they_repeat(room):
    def in_two(message: Message):
        again = SmallPrint((Words("Morning briefing · continued"),))
        return replace(message, blocks=message.blocks[:1]), replace(message, blocks=(again, *message.blocks[1:]))

    room.channel.splits = in_two
    await room.say(DAILY)
    await room.wave(DUE)
    assert len(room.channel.posts) == 2
    answer = await room.say("/brief 2026-11-22")
    assert "continued" not in words_of(answer)
    assert [type(block) for block in answer.blocks[1:2]] == [Heading]
    assert len(answer.blocks) == 1 + sum(len(message.blocks) for _, _, message in room.channel.posts) - 1


async def test_one_that_may_have_arrived_is_shown_and_said_to(room):
    await room.say(DAILY)
    await room.lose_an_answer()
    assert "or may have been: nobody can tell whether all of it arrived" in words_of(await room.say("/brief 2026-11-22"))


async def test_a_date_without_an_edition_is_told_with_the_nearest(room):
    await room.say("/digest subscribe at:07:30 tz:Europe/London days:mon,thu empty:say")
    for days in range(20):
        await room.wave(DUE + days * DAY)
    answer = await room.say("/brief 2026-11-25")
    assert answer.outcome is Outcome.NOT_FOUND
    assert "This channel had no edition on Wednesday 25 November 2026. The nearest: Mon 23 Nov 2026, Thu 26 Nov 2026." in answer.summary
    assert (await room.press(answer, "Thu 26 Nov 2026")).outcome is Outcome.ANSWER


async def test_a_channel_that_had_none_is_told_so(room):
    answer = await room.say("/brief 2026-11-25")
    assert answer.outcome is Outcome.NOT_FOUND
    assert answer.summary == "This channel had no edition on Wednesday 25 November 2026."


async def test_an_edition_that_is_only_owed_is_not_shown_before_it_is_there(room):
    await room.say(DAILY)
    await room.wave(DUE)
    await room.deliver.plan_at(DUE + DAY)
    answer = await room.say("/brief 2026-11-23")
    assert answer.outcome is Outcome.NOT_FOUND
    assert labels(answer) == ["Sun 22 Nov 2026"]


async def test_a_date_that_is_none_is_refused(room):
    assert "does not know the date “2026-02-30”" in (await room.say("/brief 2026-02-30")).summary


async def test_no_channel_sees_anothers_editions(room):
    await room.say(DAILY)
    await room.wave(DUE)
    for elsewhere in (Asker("console", "other", "u"), Asker("discord:1", "main", "u")):
        assert (await room.say("/brief 2026-11-22", elsewhere)).outcome is Outcome.NOT_FOUND


async def test_a_brief_that_bears_a_date_for_a_name_is_shown_all_the_same(room):
    await room.bot.storage.shelf.put_article(an_article(handle="2026-11-22"))
    await room.bot.storage.shelf.put_brief(a_brief("2026-11-22"))
    assert (await room.say("/brief 2026-11-22")).blocks[0] == Heading("Headline of 2026-11-22")


async def test_dates_are_offered_once_a_digit_is_typed(room):
    await room.say(DAILY)
    for days in range(3):
        await room.wave(DUE + days * DAY)
    found = await complete_line(room.bot.commands, "/brief 2026-11-2", room.bot.asker)
    assert [(completion.text.strip(), completion.tail) for completion in found[:3]] == [
        ("2026-11-24", "Tuesday: daily"),
        ("2026-11-23", "Monday: daily"),
        ("2026-11-22", "Sunday: daily"),
    ]
    assert [c.text.strip() for c in await complete_line(room.bot.commands, "/brief ", room.bot.asker)] == ["iraq"]


async def test_one_that_did_not_come_is_not_sent_once_a_later_one_has_its_news(room):
    await room.say(DAILY)
    room.channel.script = [Refused("It was held back.")]
    await room.wave(DUE)
    await room.wave(DUE + DAY)
    assert "Resend Sun 22 Nov" not in labels(await room.say("/digest status"))
    answer = await room.say("/digest resend date:2026-11-22")
    assert "of Sun 22 Nov 2026 did not come, and that of Mon 23 Nov 2026 was made since with what was new" in answer.summary
    assert await room.wave() == 0


async def test_before_one_that_may_have_come_is_sent_again_later_ones_are_told(room):
    await room.say(DAILY)
    await room.lose_an_answer()
    assert "Later editions" not in (await room.say("/digest resend date:2026-11-22")).summary
    room.channel.readable = True
    await room.wave(DUE + DAY)
    asked = await room.say("/digest resend date:2026-11-22")
    assert "Later editions have come since, that of Monday 23 November first. Send it again?" in asked.summary


async def test_one_that_was_sent_early_is_said_to_be_sent_by_hand(room):
    await room.say(DAILY)
    room.at(SUNDAY + timedelta(seconds=17))
    await room.say("/digest now sure:yes")
    await room.wave()
    assert "by hand" in section(await room.say("/digest status"), "So far")[0]


@pytest.mark.parametrize("typed", ["yesterday", "sunday", "22 nov", "2026-11-22"])
async def test_an_old_edition_is_found_by_any_way_to_write_its_date(room, typed):
    await room.say(DAILY)
    await room.wave(DUE)
    room.at(DUE + DAY)
    assert "Edition “daily” of Sunday 22 November 2026" in words_of(await room.say(f"/brief {typed}"))


async def test_today_is_that_of_the_channel(room):
    await room.say("/digest subscribe at:00:30 tz:Pacific/Kiritimati empty:say")
    room.at(SUNDAY + timedelta(hours=5))  # Monday there
    assert "no edition on Monday 23 November 2026" in (await room.say("/brief today")).summary


async def test_an_old_edition_says_what_was_corrected_or_withdrawn_since(room):
    shelf = room.bot.storage.shelf
    await room.say("/digest subscribe at:07:30 tz:Europe/London")
    await room.wave(DUE)
    [(_, _, posted)] = room.channel.posts
    brief = await shelf.brief("iraq")
    end = Correction(DUE + timedelta(hours=1), why="the source took it back", by="anna")
    await shelf.put_brief(replace(brief, state=State.WITHDRAWN, corrections=(*brief.corrections, end)))
    room.at(DUE + DAY)
    answer = await room.say("/brief 2026-11-22")
    assert "some of it was corrected or withdrawn" in words_of(answer.blocks[0])
    [line] = section(answer, "Since then")
    assert "Withdrawn" in line
    assert "The source took it back." in line
    assert answer.blocks[-len(posted.blocks) :] == posted.blocks


async def test_of_a_day_to_come_it_is_said_that_it_is_to_come(room):
    await room.say(DAILY)
    assert "is still to come" in (await room.say("/digest resend date:2031-01-01")).summary
