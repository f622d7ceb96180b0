"""Every command, on the bundled library, through the one road from a line to a message."""

import re
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from briefs.commands.ask import Asker, Role
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.complete import complete_line
from briefs.message import (
    Buttons,
    CheckedLine,
    Choices,
    Comparison,
    Copyable,
    Evidence,
    Heading,
    Lead,
    Line,
    Outcome,
    Section,
    Story,
    Timeline,
    buttons,
)
from briefs.pages.presses import ASKING
from tests.clocked import Clocked
from tests.words import words_of


def blocks(message, kind):
    return [block for block in message.blocks if isinstance(block, kind)]


def lines(message):
    """Every line of news in a message."""
    found: list[Line] = []
    for block in message.blocks:
        match block:
            case Lead(line=line) | CheckedLine(line=line):
                found.append(line)
            case Section(lines=ls) | Story(lines=ls):
                found += ls
            case Timeline(steps=steps):
                found += [step.line for step in steps]
            case _:
                pass
    return found


# What curators' examples name is in no library: `test_curating.py` types them.
@pytest.mark.parametrize("command", [c for c in CATALOGUE if c.who is not Role.CURATOR], ids=lambda c: c.name)
async def test_every_example_of_every_command_is_answered(command, bot):
    reader = replace(bot.asker, others=True, may_write=True)
    for example in command.examples:
        message = await bot.commands.answer_line(example, reader)
        needs_an_edition = command.name in {f"digest {verb}" for verb in ("unsubscribe", "pause", "resume", "now", "resend")}
        expected = Outcome.NOT_FOUND if needs_an_edition else Outcome.ANSWER
        assert message.outcome in {expected, Outcome.CHOICE}, (example, message.summary)


@pytest.mark.parametrize(
    "line", ["/brief iraq", "/brief iraq size:full", "/brief iraq size:short", "/timeline iraq", '/timeline "Hamas · Gaza"']
)
async def test_every_line_shown_cites_its_sentence(say, line):
    message = await say(line)
    assert lines(message)
    assert all(line.cites for line in lines(message))


async def test_every_card_is_shown_with_every_line_cited(say, bot):
    told = await bot.storage.shelf.brief("iraq")
    assert len(told.entities) >= 25
    for entity in await bot.storage.shelf.entities(told.entities):
        message = await say(f'/entity "{entity.label}"')
        assert message.outcome is Outcome.ANSWER, entity.label
        assert blocks(message, Heading)[0].text == entity.label
        assert lines(message)
        assert all(line.cites for line in lines(message))
        assert "approved by the Standfirst editors" in words_of(message)


async def test_brief_has_every_section_the_article_fills(say):
    titles = [s.title for s in blocks(await say("/brief"), Section)]
    assert titles == ["What happened", "Why it matters", "Figures not to be confused", "What is not known", "What's next", "Not the same"]


async def test_a_standard_brief_has_at_most_twelve_lines_and_the_rest_is_behind_full(say):
    standard, full = await say("/brief iraq"), await say("/brief iraq size:full")
    assert len(lines(standard)) <= 12 < len(lines(full))
    assert "Full brief" in [b.label for b in buttons(standard)]
    assert "Full brief" not in [b.label for b in buttons(full)]
    assert "Odd in the source, shown as written" in [s.title for s in blocks(full, Section)]


async def test_the_sample_is_marked_wherever_it_is_shown(say):
    for line in ("/brief", "/entity Houthis", "/source iraq:12", "/timeline", "/find missiles", "/digest preview"):
        assert "SAMPLE" in words_of(await say(line)), line


async def test_the_first_hundred_characters_carry_the_point(say):
    assert "considering disarm" in (await say("/brief")).summary[:110]


async def test_every_press_of_every_answer_leads_somewhere(say):
    seen, queue = set(), ["/brief", "/entity hezbollah", "/source iraq:12", "/find missiles", "/standfirst help"]
    while queue:
        line = queue.pop()
        if line in seen:
            continue
        seen.add(line)
        message = await say(line)
        assert message.outcome in {Outcome.ANSWER, Outcome.CHOICE}, (line, message.summary)
        # A form asks for more before it is answered.
        queue += [b.command for b in buttons(message) if not b.command.startswith(("/digest", ASKING))]
    assert len(seen) > 100


async def test_check_every_line_goes_through_all_of_them_beside_their_sentences(say, bot):
    brief = await bot.storage.shelf.brief("iraq")
    seen, line = [], "/source iraq"
    while line:
        message = await say(line)
        seen += blocks(message, CheckedLine)
        line = next((b.command for b in buttons(message) if b.label.startswith("Next")), None)
    assert [c.position for c in seen] == list(range(1, len(brief.lines) + 1))
    assert ["".join(s.text for s in c.line.spans) for c in seen] == [line.text for line in brief.lines]
    notes = len(brief.oddities)
    assert ["CURATOR’S NOTE" in c.verdict for c in seen] == [False] * (len(seen) - notes) + [True] * notes
    for checked in seen:
        assert [str(s.number) for s in checked.evidence.sentences] == list(checked.line.cites)
        assert "our retelling" in checked.evidence.note.casefold()
        assert "approved by" in checked.verdict or "CURATOR’S NOTE" in checked.verdict


async def test_one_line_alone_is_shown_beside_its_sentences_and_leads_to_those_around_it(say):
    every = [c for page in (1, 2) for c in blocks(await say(f"/source iraq page:{page}"), CheckedLine)]
    message = await say("/source iraq line:6")
    assert blocks(message, CheckedLine) == [every[5]]
    assert words_of_line(every[5].line) in message.summary
    assert [b.command for b in buttons(message) if b not in every[5].buttons] == [
        "/source iraq line:5",
        "/source iraq line:7",
        "/source iraq page:2",
    ]


@pytest.mark.parametrize(("line", "gone"), [("line:1", "◀ Line before"), ("line:2 part:timeline", "")])
async def test_the_first_line_has_none_before_it_and_a_part_stays_the_part(say, line, gone):
    message = await say(f"/source iraq {line}")
    labels = [b.label for b in buttons(message)]
    assert gone not in labels and "Line after ▶" in labels
    around = [b.command for b in buttons(message) if b.label in {"◀ Line before", "Line after ▶", "Check every line"}]
    assert all(("part:timeline" in command) == ("part" in line) for command in around)


async def test_copy_as_citation_has_text_outlet_date_sentence_and_article(say, bot):
    brief = await bot.storage.shelf.brief("iraq")
    for line in ("/source iraq line:3 as:citation", "/source iraq:12 as:citation"):
        [copyable] = blocks(await say(line), Copyable)
        assert "outlet not given, date not given, sentence" in copyable.text
        assert brief.article in copyable.text


async def test_a_sentence_is_shown_with_its_neighbours_and_the_lines_that_rest_on_it(say):
    message = await say("/source iraq:12")
    [evidence] = blocks(message, Evidence)
    assert [(s.number, s.cited) for s in evidence.sentences] == [(11, False), (12, True), (13, False)]
    assert any("Reuters reported" in words_of_line(line) for line in lines(message))


def words_of_line(line):
    return "".join(getattr(s, "text", "") for s in line.spans)


@pytest.mark.parametrize(("line", "shown"), [("/source iraq:1", [1, 2]), ("/source iraq:29", [28, 29])])
async def test_the_first_and_the_last_sentence_have_one_neighbour(say, line, shown):
    [evidence] = blocks(await say(line), Evidence)
    assert [s.number for s in evidence.sentences] == shown


async def test_hezbollah_is_a_choice_of_two_with_telling_tails(say):
    message = await say("/entity hezbollah")
    [choices] = blocks(message, Choices)
    assert message.outcome is Outcome.CHOICE
    assert {(c.label, c.tail) for c in choices.choices} == {("Hezbollah", "Lebanon"), ("Kataeb Hezbollah", "Iraq")}
    for choice in choices.choices:
        picked = await say(choice.command)
        assert picked.outcome is Outcome.ANSWER
        assert blocks(picked, Heading)[0].text == f"{choice.label} · {choice.tail}"


@pytest.mark.parametrize(
    ("typed", "label"),
    [
        ("Kata'ib Hizballah", "Kataeb Hezbollah · Iraq"),
        ("khataib hezbolla", "Kataeb Hezbollah · Iraq"),
        ("hizbolah", "Hezbollah · Lebanon"),
        ("hizballah", "Hezbollah · Lebanon"),
        ("Hez\u200bbolla", "Hezbollah · Lebanon"),
        ("solemani", "Qasem Soleimani · "),
        ("sulaimani", "Qasem Soleimani · "),
        ("ansar allah", "Houthis · Yemen"),
        ("daesh", "Isis · "),
        ("ＨＡＭＡＳ", "Hamas · "),
        ("al muhandis", "Abu Mahdi al-Muhandis · "),
        ("gaza strip", "Gaza · "),
        ("hamas ministry", "Hamas-run health ministry · "),
    ],
)
async def test_other_spellings_find_their_entity_or_offer_it(say, typed, label):
    message = await say(f"/entity {typed}")
    assert message.outcome in {Outcome.ANSWER, Outcome.CHOICE}
    assert label in words_of(message)


async def test_kataeb_hezbollah_is_never_answered_with_hezbollah(say):
    for typed in ("Kataeb Hezbollah", "kataib hizballah", "Kata'ib Hizballah"):
        message = await say(f"/entity {typed}")
        assert blocks(message, Heading)[0].text == "Kataeb Hezbollah · Iraq"


async def test_two_cards_stand_side_by_side_and_that_they_differ_is_said_first(say):
    message = await say('/entity "Kataeb Hezbollah" compare:Hezbollah')
    assert isinstance(message.blocks[1], Section)
    assert message.blocks[1].title == "Not the same"
    [comparison] = blocks(message, Comparison)
    assert (comparison.left, comparison.right) == ("Kataeb Hezbollah · Iraq", "Hezbollah · Lebanon")
    facts = next(row for row in comparison.rows if row.label == "Facts")
    assert all(line.cites for line in (*facts.left, *facts.right))


async def test_what_to_compare_with_is_a_question_where_it_is_one(say):
    message = await say("/entity Houthis compare:Hezbollah")
    [choices] = blocks(message, Choices)
    for choice in choices.choices:
        assert blocks(await say(choice.command), Comparison)[0].right == f"{choice.label} · {choice.tail}"


async def test_a_timeline_runs_from_2003_to_now_and_an_undated_step_says_so(say):
    [timeline] = blocks(await say("/timeline"), Timeline)
    assert timeline.steps[0].when == "2003"
    assert any(not step.dated for step in timeline.steps)
    for step in timeline.steps:
        assert step.dated or re.search("not given|as of the article", step.when)


async def test_find_gives_briefs_entities_and_sentences(say):
    message = await say("/find missiles")
    assert [c.title for c in blocks(message, Choices)] == ["Briefs", "People, organisations and places", "Sentences"]


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/brief irak", "Did you mean iraq?"),
        ("/brief nonexistent-brief-9999", "List them with /brief."),
        ("/entity Atlantis", "No entity called “Atlantis”"),
        ("/entity seoul", "No entity called “seoul”"),
        ("/source iraq:99", "The article has 29 sentences"),
        ("/source nowhere:3", "No article called “nowhere”"),
        ("/find zeppelin", "Nothing has “zeppelin”"),
        ("/digest unsubscribe name:1", "No edition called “1”"),
    ],
)
async def test_what_is_not_there_is_said_with_the_nearest(say, line, says):
    message = await say(line)
    assert message.outcome is Outcome.NOT_FOUND
    assert says in words_of(message)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("/source iraq:0x1", "names no sentence"),
        ("/source iraq page:zero", "is a number"),
        ("/source iraq line:99", "from 1 to"),
        ("/entity Houthis compare:Houthis", "the same entry"),
        ("/digest subscribe at:25:00", "an hour from 00 to 23"),
        ("/digest subscribe at:7:30 tz:Europe/Londen", "Did you mean Europe/London"),
        ("/digest subscribe at:7:30 days:someday", "does not know “someday”"),
        ("/digest subscribe at:7:30 name:../x", "is one word"),
        ("/eval 1+1", "No such command"),
    ],
)
async def test_bad_input_says_what_to_write(say, line, says):
    message = await say(line)
    assert message.outcome is Outcome.BAD_INPUT
    assert says in words_of(message)


async def test_subscribe_answers_with_the_next_three_runs_and_undo_takes_it_back(say):
    message = await say("/digest subscribe at:07:30 tz:Europe/London")
    [runs] = blocks(message, Section)
    assert len(runs.lines) == 3
    assert all(words_of_line(line).endswith("07:30 Europe/London") for line in runs.lines)
    undo = next(b for b in buttons(message) if b.label == "Undo")
    assert (await say("/digest list")).summary == "1 edition: daily."
    assert "no longer gets" in (await say(undo.command)).summary
    assert "no digest yet" in (await say("/digest list")).summary


async def test_undo_of_a_change_brings_the_former_edition_back(say, bot):
    await say("/digest subscribe at:07:30 tz:Europe/London days:mon,thu topics:iraq empty:say")
    [(before, _)] = await bot.desk.subscribe.all(bot.asker.place)
    changed = await say("/digest subscribe at:noon tz:Asia/Baghdad")
    assert "It was: 07:30, Europe/London, on Mon, Thu · only iraq · says so when there is nothing" in words_of(changed)
    await say(next(b for b in buttons(changed) if b.label == "Undo").command)
    [(after, _)] = await bot.desk.subscribe.all(bot.asker.place)
    assert after == before


async def test_unsubscribe_can_be_undone(say, bot):
    await say("/digest subscribe at:7.30am name:evening")
    gone = await say("/digest unsubscribe")
    assert await bot.desk.subscribe.all(bot.asker.place) == ()
    await say(buttons(gone)[0].command)
    [(back, _)] = await bot.desk.subscribe.all(bot.asker.place)
    assert (back.name, f"{back.at:%H:%M}") == ("evening", "07:30")


async def test_without_a_zone_the_askers_own_is_taken_and_where_it_is_unknown_it_is_asked_for(say, bot):
    assert "Europe/London" in (await say("/digest subscribe at:noon")).summary
    stranger = Asker("discord:1", "2", "3", bot.asker.roles)
    message = await bot.commands.answer_line("/digest subscribe at:noon", stranger)
    assert "Which time zone?" in message.summary


async def test_a_local_date_that_had_its_edition_is_passed_over_when_the_zone_changes(say, bot):
    await say("/digest subscribe at:08:00 tz:Asia/Tokyo")
    [(_, slot)] = await bot.desk.subscribe.all(bot.asker.place)
    await Clocked(bot.storage, {"console": bot.console}).run_at(slot.utc)
    object.__setattr__(bot.desk, "now", lambda: slot.utc)
    message = await say("/digest subscribe at:08:00 tz:Europe/London")
    [(_, after)] = await bot.desk.subscribe.all(bot.asker.place)
    assert after.meant_for > slot.meant_for
    assert after.utc.astimezone(after.utc.tzinfo) > slot.utc
    assert str(after.meant_for.day) in words_of(message)


async def test_preview_is_private_and_posts_nothing_and_test_posts_once(say, bot):
    preview = await say("/digest preview")
    assert preview.only_asker
    assert blocks(preview, Story)
    assert bot.console.unseen() == ()
    assert "marked TEST" in (await say("/digest test")).summary


async def test_the_digest_has_the_shape_of_a_morning_briefing(bot):
    await bot.commands.answer_line("/digest subscribe at:07:30 tz:Europe/London", bot.asker)
    [(subscription, slot)] = await bot.desk.subscribe.all(bot.asker.place)
    message = await bot.desk.deliver.edition(subscription, slot, slot)
    assert not message.only_asker
    assert message.summary.startswith(f"Morning briefing, {slot.meant_for:%a} {slot.meant_for.day} {slot.meant_for:%b}: ")
    assert re.fullmatch(r"Morning briefing · \w+day \d+ \w+", blocks(message, Heading)[0].text)
    [story] = blocks(message, Story)
    assert story.open.command == "/brief iraq"
    assert all(line.cites for line in story.lines)
    assert "Not known:" in words_of(message)
    assert [b.label for b in blocks(message, Buttons)[0].buttons] == ["Check every line", "Digest settings"]


async def test_a_reader_may_not_change_digests_and_is_told_who_may(bot):
    reader = Asker("discord:1", "2", "3")
    for line in ("/digest subscribe at:07:30 tz:UTC", "/digest unsubscribe", "/digest list", "/digest preview", "/digest test"):
        message = await bot.commands.answer_line(line, reader)
        assert message.outcome is Outcome.BAD_INPUT
        assert "Only people who manage this channel's digests" in message.summary


async def test_two_spaces_never_see_each_others_editions(bot):
    one, other = (Asker(space, "same-channel", "same-user", bot.asker.roles) for space in ("discord:1", "discord:2"))
    await bot.commands.answer_line("/digest subscribe at:07:30 tz:UTC", one)
    assert "no digest yet" in (await bot.commands.answer_line("/digest list", other)).summary
    assert (await bot.commands.answer_line("/digest unsubscribe", other)).outcome is Outcome.NOT_FOUND
    assert "1 edition" in (await bot.commands.answer_line("/digest list", one)).summary


async def test_a_fault_is_logged_under_a_number_and_shown_as_nothing_but_that(bot, caplog):
    class Broken:
        def __getattr__(self, name):
            raise RuntimeError("secret detail")

    object.__setattr__(bot.desk.lookup, "shelf", Broken())
    message = await bot.commands.answer_line("/brief iraq", bot.asker)
    assert message.outcome is Outcome.FAULT
    assert "secret" not in words_of(message)
    number = re.search(r"fault ([0-9a-f]{6})", message.summary)[1]
    assert number in caplog.text


async def test_help_explains_every_command_and_about_says_what_is_promised(say):
    overview = words_of(await say("/standfirst help"))
    assert all(f"/{command.path[0]}" in overview for command in CATALOGUE)
    for command in CATALOGUE:
        explained = words_of(await say(f"/standfirst help {command.path[0]}"))
        assert command.form in explained and command.help in explained
    assert "/entity" not in words_of(await say("/digest help"))
    assert "never merged" in words_of(await say("/standfirst about"))


async def test_help_in_short_is_of_what_its_asker_may_do(bot):
    told = {
        roles: words_of(await bot.commands.answer_line("/standfirst help", replace(bot.asker, roles=frozenset(roles))))
        for roles in [(), (Role.CURATOR,)]
    }
    assert "approve" in told[Role.CURATOR,] and "approve" not in told[()]
    assert "For curators" in told[()] and "/standfirst help curate" in told[()]
    assert "corrections" in told[()] and "/find" in told[()]


@pytest.mark.parametrize(
    ("typed", "offered"),
    [
        ("", "/brief"),
        ("/ent", "/entity "),
        ("/digest s", "subscribe "),
        ("/entity hezb", '"Kataeb Hezbollah · Iraq" '),
        ("/entity kataeb h", '"Kataeb Hezbollah · Iraq" '),
        ("/entity hizb", '"Hezbollah · Lebanon" '),
        ('/entity "Kataeb Hezbollah · Iraq" compare:hez', '"Hezbollah · Lebanon" '),
        ("/entity Hamas com", "compare:"),
        ("/brief ir", "iraq "),
        ("/brief iraq size:", "full "),
        ("/digest subscribe at:07:30 tz:Europe/Lon", "Europe/London "),
        ("/digest subscribe at:07:30 ", "tz:"),
        ("/digest subscribe at:0", "07:30 "),
    ],
)
async def test_completion_offers(bot, typed, offered):
    found = await complete_line(bot.commands, typed, bot.asker)
    assert offered.strip() in [c.text.strip() for c in found]


async def test_what_completion_puts_in_names_exactly_one(say, bot):
    for typed in ("/entity hezb", "/entity ira", "/entity ga"):
        for completion in await complete_line(bot.commands, typed, bot.asker):
            message = await say(typed[: completion.start] + completion.text)
            assert message.outcome is Outcome.ANSWER, completion


async def test_ingesting_the_original_attaches_it_and_evidence_shows_its_own_words(say, bot, shared):
    from adapters.sources.files import read_file

    found = read_file(shared / "articles" / "iraq-militias.txt", max_bytes=10**6, now=datetime.now(UTC))
    assert "our retelling" in words_of(await say("/source iraq:12")).casefold()
    done = await bot.desk.ingest.put(found.article)
    assert (done.stored, done.article.handle) == ("attached", "iraq")
    message = await say("/source iraq:12")
    [evidence] = blocks(message, Evidence)
    assert evidence.sentences[1].text == found.article.sentences[11].text
    assert "retelling" not in words_of(message)
    assert (await bot.desk.ingest.put(found.article)).stored == "same"


async def test_a_menu_of_lines_names_each_by_its_citations_and_has_no_words_that_could_be_cut(say):
    brief = await say("/brief iraq size:full")
    [menu] = brief.menus
    assert len(menu.choices) > 10
    assert all(re.fullmatch(r"Line \d+", choice.label) and re.fullmatch(r"\[\d+(, \d+)*\]", choice.tail) for choice in menu.choices)
    for choice in menu.choices:
        there = {line.position: line.line.cites for line in blocks(await say(choice.command), CheckedLine)}
        assert there[int(choice.label.removeprefix("Line "))] == tuple(choice.tail.strip("[]").split(", "))


async def test_what_is_neither_brief_nor_entity_is_called_so(say):
    message = await say('/timeline "unclosed')
    assert message.outcome is Outcome.NOT_FOUND
    assert message.summary.startswith("No brief or entity called “unclosed”.")
