"""What a manager types about a channel's editions: asking, changing, pausing, stopping; from the line to what is posted."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from briefs.commands.ask import Ask, Asker, Role
from briefs.commands.complete import complete_line
from briefs.commands.grammar import LINE_MAX
from briefs.message import Choices, Heading, Moment, Notice, Outcome, buttons
from briefs.pages.presses import ASKING
from tests.bot.room import DAILY, DAY, DUE, MINUTE, SUNDAY, Room, labels
from tests.builders import a_card
from tests.words import words_of


@pytest.fixture
async def room(bot):
    return Room(bot)


async def test_an_edition_can_be_about_entities_by_any_name_that_is_only_theirs(room):
    answer = await room.say('/digest subscribe at:07:30 tz:UTC entities:"Houthis, Kata\'ib Hizballah"')
    assert (await room.edition()).subscription.entities == ("houthis", "kataeb-hezbollah")
    assert "only what names Houthis (Yemen), Kataeb Hezbollah (Iraq)" in answer.summary
    assert "only what names Houthis (Yemen), Kataeb Hezbollah (Iraq)" in words_of(await room.say("/digest list"))


async def test_topics_and_entities_widen_each_other_and_are_told_so(room):
    answer = await room.say("/digest subscribe at:07:30 tz:UTC topics:iraq entities:Houthis")
    assert "only iraq, or what names Houthis (Yemen)" in answer.summary


async def test_a_name_of_several_is_a_choice_that_keeps_everything_else(room):
    answer = await room.say(
        "/digest subscribe at:18:00 tz:UTC name:gulf days:mon,thu topics:iraq empty:say entities:Houthis,hezbollah,IRGC"
    )
    assert answer.outcome is Outcome.CHOICE
    assert "Several names have “hezbollah” in them" in answer.summary
    assert await room.editions() == []
    picked = await room.press(answer, "Kataeb Hezbollah")
    assert picked.outcome is Outcome.ANSWER
    found = (await room.edition("gulf")).subscription
    assert found.entities == ("houthis", "kataeb-hezbollah", "irgc")
    assert (f"{found.at:%H:%M}", sorted(found.days), found.topics, found.empty.value) == ("18:00", [0, 3], ("iraq",), "say")


@pytest.mark.parametrize(
    ("typed", "outcome", "says"),
    [
        ("Atlantis", Outcome.NOT_FOUND, "No entity called “Atlantis”. entities: takes names as /entity shows them"),
        ("Houthis, Atlantis", Outcome.NOT_FOUND, "No entity called “Atlantis”"),
        ("hizbolahh", Outcome.CHOICE, "No entity called “hizbolahh”. Did you mean"),
        (",".join(f"n{number}" for number in range(11)), Outcome.BAD_INPUT, "entities: are 11 names; name at most 10."),
        ("x" * 101, Outcome.BAD_INPUT, "too long for a entity"),
    ],
)
async def test_a_name_that_is_none_is_a_clear_sentence(room, typed, outcome, says):
    answer = await room.say(f'/digest subscribe at:07:30 tz:UTC entities:"{typed}"')
    assert answer.outcome is outcome
    assert says in answer.summary
    assert await room.editions() == []


async def test_undo_brings_the_entities_back(room):
    await room.say("/digest subscribe at:07:30 tz:UTC entities:Houthis,IRGC")
    before = (await room.edition()).subscription
    changed = await room.say("/digest subscribe at:08:30 tz:UTC")
    assert "what names Houthis (Yemen)" in words_of(changed)
    await room.press(changed, "Undo")
    assert (await room.edition()).subscription == before
    gone = await room.say("/digest unsubscribe")
    await room.press(gone, "Undo")
    assert (await room.edition()).subscription == before


async def test_an_edition_too_long_to_be_asked_for_by_a_button_is_refused(room):
    everyone = await room.bot.storage.shelf.suggest_entities("", sample=True, limit=25)
    longest = sorted((found.entity.label for found in everyone), key=len)[-10:]
    typed = {  # a platform with typed options hands over more than a line holds
        "at": "7am",
        "tz": "America/Argentina/ComodRivadavia",
        "topics": ",".join(f"topic{number:02}" for number in range(22)),
        "entities": ", ".join(longest),
    }
    answer = await room.bot.commands.answer(Ask(room.bot.asker, "digest subscribe", typed))
    assert answer.outcome is Outcome.BAD_INPUT
    assert f"at most {LINE_MAX}). Name fewer topics or entities." in answer.summary
    assert await room.editions() == []


async def test_entities_that_no_brief_names_yet_are_told(room):
    assert not any(isinstance(block, Notice) for block in (await room.say("/digest subscribe at:7am tz:UTC entities:Houthis")).blocks)
    await room.bot.storage.shelf.put_card(a_card("Atlantis", tail="the sea"))
    answer = await room.say("/digest subscribe at:7am tz:UTC entities:Atlantis")
    assert "No brief yet names Atlantis (the sea)." in words_of(answer).replace("  ", " ")


async def test_a_name_with_a_comma_of_its_own_is_asked_for_again_as_it_was(room):
    await room.bot.storage.shelf.put_card(a_card("Smith, John", slug="smith", tail="UK"))
    await room.say('/digest subscribe at:7am tz:UTC entities:"Smith, John; Houthis"')
    before = (await room.edition()).subscription
    assert before.entities == ("smith", "houthis")
    await room.press(await room.say("/digest unsubscribe"), "Undo")
    assert (await room.edition()).subscription == before


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("/digest subscribe at:07:30 entities:Hamas,hout", '"Hamas, Houthis · Yemen"'),
        ("/digest subscribe at:07:30 entities:kataeb", '"Kataeb Hezbollah · Iraq"'),
        ("/digest pause until:1dec", "2026-12-01"),
        ("/digest pause until:", "2026-11-23"),
        ("/brief ir", "iraq"),
        ("/digest status name:da", "daily"),
    ],
)
async def test_completion_offers(room, typed, offered):
    await room.say(DAILY)
    found = await complete_line(room.bot.commands, typed, room.bot.asker)
    assert offered in [completion.text.strip() for completion in found]


async def test_an_edition_that_is_due_while_its_terms_change_comes_once_under_the_new_ones(room):
    await room.say(DAILY)
    room.at(DUE + MINUTE)
    answer = await room.say("/digest subscribe at:18:00 tz:Europe/London topics:zeppelins empty:say")
    assert "The edition that is due just now comes all the same" in words_of(answer)
    assert await room.wave() == 1
    assert "Nothing new" in words_of(room.channel.posts[0][2])
    for hours in range(1, 48):
        await room.wave(DUE + timedelta(hours=hours))
    assert room.dates() == ["2026-11-22", "2026-11-23"]


async def test_changing_time_and_zone_back_and_forth_all_day_gives_each_date_one_edition(room):
    zones = ("Europe/London", "Pacific/Kiritimati", "Pacific/Honolulu", "Asia/Tokyo", "America/New_York")
    for hour in range(72):
        moment = SUNDAY + timedelta(hours=hour)
        room.at(moment)
        await room.say(f"/digest subscribe at:{hour * 7 % 24:02}:{hour * 13 % 60:02} tz:{zones[hour % 5]} empty:say")
        await room.wave(moment + timedelta(minutes=30))
    dates = room.dates()
    assert len(dates) == len(set(dates)) >= 3


async def test_an_edition_that_was_resting_says_so_when_it_is_asked_for_anew(room):
    await room.say(DAILY)
    await room.say("/digest pause until:1dec")
    answer = await room.say("/digest subscribe at:08:00 tz:Europe/London")
    assert "It was resting and comes again with this" in words_of(answer)
    assert (await room.edition()).runs


async def test_a_pause_until_a_date_ends_by_itself(room):
    await room.say(DAILY)
    answer = await room.say("/digest pause until:2026-12-01")
    assert "rests until Tue 1 Dec 2026, then comes again by itself. Next: Tue 1 Dec 2026, 07:30 Europe/London." in answer.summary
    assert "rests until" in words_of(await room.say("/digest list"))
    for days in range(12):
        await room.wave(DUE + days * DAY)
    assert room.dates() == ["2026-12-01", "2026-12-02", "2026-12-03"]


@pytest.mark.parametrize("until", ["", " until:friday"])
async def test_resuming_brings_the_usual_time_back(room, until):
    await room.say(DAILY)
    paused = await room.say(f"/digest pause{until}")
    assert not (await room.edition()).runs
    assert "Next: Sun 22 Nov 2026, 07:30" in (await room.press(paused, "Resume")).summary
    assert (await room.edition()).runs


@pytest.mark.parametrize(
    ("until", "says"),
    [
        ("today", "until: Sun 22 Nov 2026 is today. Name a later day, for example until:monday."),
        ("2026-11-01", "until: Sun 1 Nov 2026 is past. Name a later day"),
        ("yesterday", "is past"),
        ("2028-01-01", "is more than a year away. Without until: it rests until it is resumed."),
        ("someday", "until: does not know the date “someday”. Write a date like"),
    ],
)
async def test_a_date_that_cannot_be_waited_for_is_refused_and_nothing_rests(room, until, says):
    await room.say(DAILY)
    answer = await room.say(f"/digest pause until:{until}")
    assert answer.outcome is Outcome.BAD_INPUT
    assert says in answer.summary
    assert (await room.edition()).runs


async def test_today_is_the_channels_own_date_and_not_the_bots(room):
    await room.say("/digest subscribe at:07:30 tz:Pacific/Kiritimati")
    room.at(datetime(2026, 11, 22, 12, tzinfo=UTC))  # Monday there
    assert "is today" in (await room.say("/digest pause until:2026-11-23")).summary
    assert "until Tue 24 Nov 2026" in (await room.say("/digest pause until:tomorrow")).summary


async def test_what_a_pause_keeps_away_can_be_had_all_the_same(room):
    await room.say(DAILY)
    await room.deliver.plan_at(DUE)
    paused = await room.say("/digest pause until:wed")
    assert "The edition of Sun 22 Nov 2026 was about to be posted and stays away." in words_of(paused)
    assert await room.wave() == 0
    assert "on its way again" in (await room.press(paused, "Resend Sun 22 Nov")).summary
    assert await room.wave() == 1


async def test_what_a_pause_for_good_keeps_away_comes_once_it_is_resumed(room):
    await room.say(DAILY)
    await room.deliver.plan_at(DUE)
    paused = await room.say("/digest pause")
    assert "Resume does not bring that one back" in words_of(paused)
    assert "Resend Sun 22 Nov" not in labels(paused)
    assert "rests: a manager paused it. Resume it first." in (await room.say("/digest resend date:2026-11-22")).summary
    resumed = await room.press(paused, "Resume")
    assert "The edition of Sun 22 Nov 2026 stayed away; Resend posts it now." in words_of(resumed)
    await room.press(resumed, "Resend Sun 22 Nov")
    assert await room.wave() == 1
    assert room.dates() == ["2026-11-22"]


async def test_unsubscribing_says_what_undo_does_not_bring_back(room):
    await room.say(DAILY)
    await room.deliver.plan_at(DUE)
    gone = await room.say("/digest unsubscribe")
    assert "Undo does not bring that one back" in words_of(gone)
    assert "no longer asks for “daily”" in (await room.say("/digest resend date:2026-11-22")).summary
    await room.press(gone, "Undo")
    assert await room.wave() == 0
    await room.say("/digest resend date:2026-11-22")
    assert await room.wave() == 1


async def test_unsubscribing_one_that_rests_says_that_undo_does_not_bring_the_rest_back(room):
    await room.say(DAILY)
    assert "It was resting" not in words_of(await room.say("/digest unsubscribe"))
    await room.say(DAILY)
    await room.say("/digest pause until:friday")
    assert "It was resting. Undo asks for it again, and then it comes" in words_of(await room.say("/digest unsubscribe"))


async def test_where_none_is_named_among_several_it_is_a_choice_that_keeps_the_rest(room):
    for name in ("gulf", "weekly"):
        await room.say(f"{DAILY} name:{name}")
    for verb in ("unsubscribe", "pause until:friday", "resume", "status", "preview", "test", "now", "resend date:today"):
        answer = await room.say(f"/digest {verb}")
        assert answer.outcome is Outcome.CHOICE, verb
        assert labels(answer) == ["gulf · 07:30, Europe/London", "weekly · 07:30, Europe/London"]
        assert buttons(answer)[1].command == f"/digest {verb} name:weekly"
    assert room.channel.posts == []
    assert "“gulf” rests until Fri 27 Nov" in (await room.press(await room.say("/digest pause until:friday"), "gulf")).summary


async def test_every_edition_of_a_list_can_be_reached_however_many_there_are(room):
    for number in range(3):
        await room.say(f"{DAILY} name:n{number}")
    few = await room.say("/digest list")
    assert [f"{verb} n{number}" for verb in ("Status", "Preview", "Unsubscribe") for number in range(3)] == labels(few)
    for number in range(3, 30):
        await room.say(f"{DAILY} name:n{number}")
    many = await room.say("/digest list")
    [choices] = [block for block in many.blocks if isinstance(block, Choices)]
    assert len(choices.choices) == 30
    picked = await room.press(many, "n29")
    assert picked.blocks[0] == Heading("Status of “n29”")
    assert {"Preview", "Pause", "Unsubscribe"} <= set(labels(picked))


async def test_a_test_may_be_posted_once_a_minute(room):
    assert "marked TEST" in (await room.say("/digest test")).summary
    again = await room.say("/digest test")
    assert "one a minute is enough. Try again in 60 seconds." in again.summary
    assert again.outcome is Outcome.BAD_INPUT
    room.at(SUNDAY + MINUTE)
    assert "marked TEST" in (await room.say("/digest test")).summary
    assert len(room.channel.posts) == 2


@pytest.mark.parametrize(
    "line", ["/digest status", "/digest now sure:yes", "/digest resend date:2026-11-22 sure:yes", "/digest pause until:monday"]
)
async def test_only_managers_may(room, line):
    await room.say(DAILY)
    reader = Asker("console", "main", "reader", frozenset({Role.CURATOR}))
    answer = await room.say(line, reader)
    assert "Only people who manage this channel's digests may do that" in answer.summary
    assert (await room.edition()).runs
    assert await room.wave() == 0


async def test_every_press_of_every_page_about_editions_is_understood(room):
    await room.say(DAILY)
    await room.say("/digest subscribe at:09:00 tz:UTC name:gulf entities:Houthis")
    await room.lose_an_answer()
    seen, queue = (
        set(),
        ["/digest list", "/digest status", "/digest now", "/digest pause name:gulf until:friday", "/digest resume name:gulf"],
    )
    while queue:
        line = queue.pop(0)
        if line in seen or "unsubscribe" in line or len(seen) > 60:
            continue
        seen.add(line)
        answer = await room.say(line)
        refused = answer.outcome not in {Outcome.ANSWER, Outcome.CHOICE} and "a minute is enough" not in answer.summary
        assert not refused, (line, answer.summary)
        queue += [button.command for button in buttons(answer) if not button.command.startswith(ASKING)]  # a form asks for more
    assert any(line.startswith("/digest resend") for line in seen)
    assert any("sure:yes" in line for line in seen)


LINES = (
    "/digest subscribe at:{at} tz:{zone} empty:say",
    "/digest subscribe at:{at} tz:{zone} days:weekdays empty:say",
    "/digest unsubscribe",
    "/digest pause",
    "/digest pause until:tomorrow",
    "/digest pause until:3 days",
    "/digest resume",
    "/digest now sure:yes",
    "/digest resend date:today sure:yes",
    "/digest resend date:yesterday sure:yes",
)
ZONES = ("Europe/London", "Pacific/Kiritimati", "Pacific/Honolulu", "America/Nuuk", "Asia/Tehran")


@pytest.mark.parametrize("seed", range(6))
async def test_whatever_managers_do_no_date_has_two_editions(room, seed):
    random, moment = Random(seed), SUNDAY
    await room.say(DAILY)
    for _ in range(120):
        moment += timedelta(minutes=random.choice([1, 7, 45, 300]))
        room.at(moment)
        at = f"{random.randrange(24):02}:{random.choice(['00', '30'])}"
        answer = await room.say(random.choice(LINES).format(at=at, zone=random.choice(ZONES)))
        assert answer.outcome is not Outcome.FAULT
        if random.random() < 0.2:
            await room.deliver.plan_at(moment)  # and the process is killed before it posts
        elif random.random() < 0.6:
            await room.wave(moment)
    dates = room.dates()
    assert len(dates) == len(set(dates)) >= 3


async def test_what_was_due_when_it_was_paused_is_told_and_comes_once_it_is_resumed(room):
    await room.say(DAILY)
    room.at(DUE + MINUTE)
    paused = await room.say("/digest pause")
    assert "The edition of Sun 22 Nov 2026 was due and had not been posted; it stays away. Resume brings it" in words_of(paused)
    assert await room.wave() == 0
    assert "The edition of Sun 22 Nov 2026 was due while it rested and comes now." in (await room.press(paused, "Resume")).summary
    assert await room.wave() == 1
    assert room.dates() == ["2026-11-22"]


@pytest.mark.parametrize(("line", "back"), [("/digest unsubscribe", "Undo"), ("/digest pause until:friday", "Resume")])
async def test_what_was_due_when_it_was_stopped_is_told_and_can_be_sent_all_the_same(room, line, back):
    await room.say(DAILY)
    room.at(DUE + MINUTE)
    stopped = await room.say(line)
    assert f"it stays away. To have it all the same, press {back}, then “Send today's now”." in words_of(stopped)
    again = await room.press(stopped, back)
    assert "Today's 07:30 has passed, so Sun 22 Nov has none unless it is sent now." in words_of(again)
    assert await room.wave() == 0
    await room.press(await room.press(again, "Send today's now"), "Send it now")
    assert await room.wave() == 1
    assert await room.wave(DUE + DAY) == 1
    assert room.dates() == ["2026-11-22", "2026-11-23"]


async def test_a_time_moved_past_now_says_that_today_has_none(room):
    await room.say("/digest subscribe at:18:00 tz:Europe/London empty:say")
    room.at(DUE + MINUTE)
    moved = await room.say(DAILY)
    assert "Today's 07:30 has passed, so Sun 22 Nov has none unless it is sent now." in words_of(moved)
    assert "Send today's now" in labels(moved)
    assert "has passed" not in words_of(await room.say("/digest subscribe at:18:00 tz:Europe/London empty:say"))


async def test_a_time_moved_after_todays_came_does_not_say_that_today_has_none(room):
    await room.say(DAILY)
    await room.wave(DUE)
    room.at(DUE + 5 * MINUTE)
    assert "has passed" not in words_of(await room.say("/digest subscribe at:07:31 tz:Europe/London"))


@pytest.mark.parametrize(
    ("line", "next_one"), [("/digest pause", None), ("/digest pause until:friday", 5), ("/digest resume", 0), ("/digest now sure:yes", 1)]
)
async def test_a_preview_says_the_next_one_there_really_is(room, line, next_one):
    await room.say(DAILY)
    await room.say(line)
    told = await room.say("/digest preview")
    moments = [span.at for block in told.blocks for span in getattr(block, "spans", ()) if isinstance(span, Moment)]
    assert (DUE + next_one * DAY in moments) if next_one is not None else not moments


@pytest.mark.parametrize("verb", ["unsubscribe", "pause", "resume", "pause until:friday"])
async def test_a_channel_without_a_digest_says_so_whatever_is_asked_of_it(room, verb):
    assert "This channel gets no digest yet." in (await room.say(f"/digest {verb}")).summary


async def test_of_several_only_the_one_that_rests_is_said_to_be_away(room):
    await room.say(DAILY)
    assert "nothing is posted in this channel until it is resumed" in (await room.say("/digest pause")).summary
    await room.say(f"{DAILY} name:gulf")
    assert "nothing of it is posted in this channel until it is resumed" in (await room.say("/digest pause name:gulf")).summary


async def test_a_list_tells_times_in_the_editions_own_zone(room):
    await room.say("/digest subscribe at:07:30 tz:Asia/Tokyo")
    assert "next: Mon 23 Nov 2026, 07:30 Asia/Tokyo" in words_of(await room.say("/digest list"))


OPEN = "It is posted while a chat or standfirst run is open."


async def test_only_in_the_console_is_it_said_who_posts(room):
    assert OPEN in words_of(await room.say(DAILY)).replace("  ", " ")
    assert OPEN in words_of(await room.say("/digest now sure:yes")).replace("  ", " ")
    elsewhere = Asker("discord:1", "main", "u", frozenset({Role.MANAGER}))
    assert "standfirst run" not in words_of(await room.say(DAILY, elsewhere))
