"""Which names are one thing, as curators decide it: merged, kept apart, parted, mended, taken back."""

import pytest

from briefs.brief import State
from briefs.identity import name_both
from briefs.message import Outcome
from briefs.pages.dossier import dossier_page
from briefs.review import Dossier, Merge, Review
from tests.bot.newsroom import Newsroom
from tests.builders import a_brief
from tests.words import words_of

UNIONS = """\
Norlund Lines cut 400 jobs in Veldmar on Monday. Norlund Lines said that the cuts could not be avoided. The Harbour League
called the cuts reckless. The Harbour League, a union of dockers, has an estimated 2,400 members.

Ana Brekke, the leader of the Harbour League, said that it would not give up. Brekke will meet the mayor on Friday.

The Harbour Guild is a separate group from the Harbour League. The Harbour Guild has agreed to talks.
"""
PILOTS = """\
The Union of Veldmar Pilots has agreed to a new contract with the harbour office. Joren Halvik, the mayor of Veldmar, said on
Friday that the pilots would get more rest. J. Halvik promised a new pier.

Ana Brekke, a retired pilot, praised the contract. Mayor Halvik will sign it in May.
"""


@pytest.fixture
async def room(bot):
    room = Newsroom(bot)
    await room.give(UNIONS)
    return room


async def cards(room, slug="harbour"):
    dossier = await room.bot.storage.curation.dossier(slug)
    return {card.entity.name: card for card in dossier.review.cards}


async def approved(room):
    await room.done("/curate approve harbour")
    return room


async def test_a_drafts_cards_are_listed_and_shown_with_where_each_name_comes_from(room):
    told = await room.done("/curate card harbour")
    assert "Ana Brekke" in told
    assert "Brekke (sentence" in await room.done('/curate card harbour name:"Ana Brekke"')


async def test_two_cards_of_a_draft_become_one_and_each_name_says_where_it_comes_from(room):
    before = await cards(room)
    assert {"Harbour League", "Norlund Lines"} <= before.keys()
    await room.done('/curate merge harbour name:"Norlund Lines" other:"Harbour League"')
    after = await cards(room)
    assert "Harbour League" not in after
    came = {alias.text: alias.origin for alias in after["Norlund Lines"].entity.aliases}
    assert "merged by @anna" in came["Harbour League"]
    assert len(after["Norlund Lines"].facts) == len({*before["Norlund Lines"].facts, *before["Harbour League"].facts})
    brief = await room.bot.storage.curation.brief("harbour")
    assert before["Harbour League"].entity.slug not in brief.entities


async def test_a_merge_is_taken_back_to_the_letter(room):
    before = await room.bot.storage.curation.dossier("harbour")
    await room.done('/curate merge harbour name:"Norlund Lines" other:"Harbour League"')
    await room.done("/curate undo")
    assert await room.bot.storage.curation.dossier("harbour") == before


async def test_a_press_on_a_merge_of_a_draft_that_changed_since_does_nothing(room):
    await room.done("/curate drop harbour line:4")
    told = await room.refused('/curate merge harbour v:1 name:"Norlund Lines" other:"Harbour League"', room.ben)
    assert "Nothing of yours was done" in told


async def test_what_is_kept_apart_is_merged_only_by_somebody_who_is_sure(room):
    both = 'name:"Norlund Lines" other:"Harbour League"'
    await room.done(f"/curate apart harbour {both}")
    assert "kept apart" in await room.refused(f"/curate merge harbour {both}", room.ben)
    await room.done(f"/curate merge harbour {both} sure:yes", room.ben)


async def test_names_kept_apart_say_so_on_both_cards_beside_a_sentence(room):
    await room.done('/curate apart harbour name:"Norlund Lines" other:"Harbour League"')
    after = await cards(room)
    for one, other in (("Norlund Lines", "Harbour League"), ("Harbour League", "Norlund Lines")):
        [apart] = [found for found in after[one].not_the_same if found.name == other]
        assert apart.line.citations
    await approved(room)
    told = words_of(await room.say('/entity "Norlund Lines" compare:"Harbour League"', room.cleo))
    assert "are not the same" in told


async def test_a_reason_that_no_sentence_bears_is_refused(room):
    told = await room.refused('/curate apart harbour name:"Norlund Lines" other:"Harbour League" why:"Norlund has 9 ships." cites:1')
    assert "9" in told


async def test_a_name_that_is_another_thing_gets_a_card_of_its_own(room):
    await room.done('/curate merge harbour name:"Norlund Lines" other:"Harbour League"')
    await room.done('/curate split harbour name:"Norlund Lines" alias:"Harbour League" tail:union')
    after = await cards(room)
    assert after["Harbour League"].entity.label == "Harbour League · union"
    assert all("Harbour League" in fact.line.text for fact in after["Harbour League"].facts)
    assert "Harbour League" not in {alias.text for alias in after["Norlund Lines"].entity.aliases}
    assert after["Norlund Lines"].not_the_same


async def test_approved_cards_are_merged_and_who_names_either_is_served(room):
    await approved(room)
    await room.give(PILOTS, "pilots.txt")
    await room.done("/curate approve pilots")
    [gone] = await room.bot.storage.shelf.named("Harbour League", sample=False, limit=5)
    await room.done('/curate merge name:"Norlund Lines" other:"Harbour League"')
    card = await room.bot.storage.shelf.card("norlund-lines")
    assert gone.slug in card.formerly
    assert await room.bot.storage.shelf.card(gone.slug) is None
    brief = await room.bot.storage.shelf.brief("harbour")
    assert {gone.slug, "norlund-lines"} <= set(brief.entities)
    assert (await room.say('/entity "Harbour League"', room.cleo)).outcome is Outcome.ANSWER
    await room.done("/curate undo")
    assert await room.bot.storage.shelf.card(gone.slug) is not None
    assert await room.bot.storage.shelf.brief("harbour") != brief


async def test_who_follows_what_was_merged_away_is_served_by_later_briefs_too(room):
    await approved(room)
    [gone] = await room.bot.storage.shelf.named("Harbour League", sample=False, limit=5)
    await room.done('/curate merge name:"Norlund Lines" other:"Harbour League"')
    await room.give(
        "Norlund Lines has sold two ships to the city of Teslin. Norlund Lines said it would close an office in May.\n", "sale.txt"
    )
    await room.done("/curate approve sale")
    assert gone.slug in (await room.bot.storage.shelf.brief("sale")).entities


async def test_the_lexicon_learns_from_approved_cards(room):
    await room.done('/curate card harbour name:"Ana Brekke" alias:"Red Ana"')
    await approved(room)
    await room.give("Red Ana has left the union. Red Ana said she would write a book.\n", "book.txt")
    brief = await room.bot.storage.curation.brief("book")
    [ana] = await room.bot.storage.shelf.named("Ana Brekke", sample=False, limit=5)
    assert ana.slug in brief.entities


async def test_a_name_that_several_bear_is_never_guessed(room):
    told = await room.refused("/curate merge name:hezbollah other:Hamas")
    assert "Kataeb Hezbollah · Iraq" in told
    assert "Hezbollah · Lebanon" in told


async def test_a_cards_facts_pass_the_gate(room):
    assert "not saved" in await room.refused('/curate card harbour name:"Norlund Lines" fact:"Norlund Lines cut 900 jobs." cites:1')
    await room.done('/curate card harbour name:"Norlund Lines" fact:"Norlund Lines cut 400 jobs." cites:1')
    await room.done('/curate card harbour name:"Norlund Lines" drop:1')


async def test_the_last_fact_of_a_card_cannot_be_dropped(room):
    card = next(card for card in (await cards(room)).values() if len(card.facts) == 1)
    assert "says at least one thing" in await room.refused(f'/curate card harbour name:"{card.entity.label}" drop:1')


async def test_names_kind_and_tail_are_mended(room):
    await room.done('/curate card harbour name:"Ana Brekke" tail:"union leader" rename:"Ana M. Brekke" kind:person')
    card = (await cards(room))["Ana M. Brekke"]
    assert card.entity.label == "Ana M. Brekke · union leader"
    assert "before @anna changed it" in {alias.text: alias.origin for alias in card.entity.aliases}["Ana Brekke"]


async def test_a_card_nobody_wants_does_not_reach_the_shelf(room):
    await room.done('/curate card harbour name:"Norlund Lines" remove:yes')
    await approved(room)
    assert (await room.say('/entity "Norlund Lines"', room.cleo)).outcome is Outcome.NOT_FOUND


VOTE = """\
The New People Party has won the election in Veldmar. Ana Brekke, the leader of the Harbour League, said that the vote was fair.
The party will open talks on Friday. Ana Breke will meet the mayor in May. Norlund Lines sold two ships to the city.
The harbour office counted the votes on Monday with help from Jonas Halvik. The mayor was seen with Jonas Halvick.
"""
BREKKE, HALVIK = 'name:"Ana Brekke" other:"Ana Breke"', 'name:"Jonas Halvik" other:"Jonas Halvick"'


async def open_questions(room):
    return [{one.one, one.other} for one in (await room.bot.storage.curation.dossier("vote")).review.merges]


@pytest.fixture
async def vote(bot):
    room = Newsroom(bot)
    await room.give(VOTE, "vote.txt")
    assert await open_questions(room) == [{"Ana Brekke", "Ana Breke"}, {"Jonas Halvik", "Jonas Halvick"}]
    return room


async def test_a_draft_with_names_in_doubt_is_approved_only_once_somebody_says_all_the_same(vote):
    asked = await vote.say("/curate approve vote")
    assert "2 questions about names are not decided on." in asked.summary
    assert "“Ana Breke” and “Ana Brekke” are spelled almost alike." in words_of(asked)
    assert await vote.bot.storage.shelf.brief("vote") is None
    await vote.press(asked, "Approve all the same")
    assert await vote.bot.storage.shelf.brief("vote") is not None
    slugs = [(await vote.bot.storage.shelf.named(name, sample=False, limit=5))[0].slug for name in ("Ana Brekke", "Ana Breke")]
    assert len(set(slugs)) == 2


async def test_a_draft_that_cannot_be_approved_is_refused_before_anybody_is_asked_about_names(vote):
    await vote.done('/curate hold vote reason:"the count is not over"')
    assert "is held" in await vote.refused("/curate approve vote")


async def test_names_left_open_are_kept_apart_after_the_approval_and_both_cards_say_so(vote):
    await vote.done("/curate approve vote sure:yes")
    opened = await vote.say("/curate open vote")
    assert "both cards say so" in words_of(await vote.press(opened, "Two: Ana Brekke"))
    [ana] = await vote.bot.storage.shelf.named("Ana Brekke", sample=False, limit=5)
    card = await vote.bot.storage.shelf.card(ana.slug)
    assert [one.name for one in card.not_the_same] == ["Ana Breke"]
    assert await open_questions(vote) == [{"Jonas Halvik", "Jonas Halvick"}]
    await vote.done("/curate undo")
    assert len(await open_questions(vote)) == 2
    assert (await vote.bot.storage.shelf.card(ana.slug)).not_the_same == ()


async def test_names_left_open_are_merged_after_the_approval(vote):
    await vote.done("/curate approve vote sure:yes")
    await vote.done(f"/curate merge vote {BREKKE}")
    [ana] = await vote.bot.storage.shelf.named("Ana Breke", sample=False, limit=5)
    assert ana.name == "Ana Brekke"
    assert await open_questions(vote) == [{"Jonas Halvik", "Jonas Halvick"}]


async def test_of_names_without_cards_it_is_said_that_no_card_bears_them(vote):
    told = await vote.done(f"/curate merge vote {HALVIK}")
    assert "Neither has a card" in told
    assert (await vote.say('/entity "Jonas Halvick"')).outcome is Outcome.NOT_FOUND
    await vote.done("/curate undo")
    await vote.done("/curate approve vote sure:yes")
    assert "No card says so" in await vote.done(f"/curate apart vote {HALVIK}")
    assert await open_questions(vote) == [{"Ana Brekke", "Ana Breke"}]
    assert "no card" in (await vote.refused(f"/curate apart vote {HALVIK}")).casefold()


async def test_a_press_on_a_question_that_was_decided_meanwhile_does_nothing(vote):
    await vote.done("/curate approve vote sure:yes")
    opened = await vote.say("/curate open vote")
    await vote.done(f"/curate apart vote {BREKKE}")
    told = await vote.press(opened, "One: Ana Brekke", vote.ben)
    assert "Nothing of yours was done" in told.summary


async def test_the_card_of_an_approved_brief_is_the_one_that_readers_have(vote):
    await vote.done("/curate approve vote sure:yes")
    await vote.done('/curate card name:"Norlund Lines" tail:ships')
    assert "Norlund Lines · ships" in await vote.done('/curate card vote name:"Norlund Lines"')
    await vote.done('/curate card vote name:"Norlund Lines" tail:owners')
    assert "Norlund Lines · owners" in await vote.done('/entity "Norlund Lines"', vote.cleo)


async def test_two_names_that_stand_side_by_side_in_a_sentence_are_merged_only_after_a_question(room):
    both = 'name:"Harbour Guild" other:"Harbour League"'
    asked = await room.say(f"/curate merge harbour {both}")
    assert "stand side by side in one sentence" in asked.summary
    assert "is a separate group from" in words_of(asked)
    assert (await cards(room))["Harbour League"].entity.aliases == ()
    await room.press(asked, "One all the same")
    assert [alias.text for alias in (await cards(room))["Harbour League"].entity.aliases] == ["Harbour Guild"]


@pytest.mark.parametrize("command", ["merge", "apart"])
async def test_one_name_given_twice_is_no_pair(room, command):
    told = await room.refused(f'/curate {command} harbour name:"Norlund Lines" other:"norlund lines"')
    assert told.startswith("“Norlund Lines” is one name, given twice")


@pytest.mark.parametrize(
    ("text", "name", "other", "both"),
    [
        ("The Harbour Guild met the Harbour League.", "Harbour Guild", "Harbour League", True),
        ("Kataeb Hezbollah is no part of Hezbollah.", "Hezbollah", "Kataeb Hezbollah", True),
        ("Kataeb Hezbollah met the mayor.", "Hezbollah", "Kataeb Hezbollah", False),
        ("The New People Party (NPP) has won.", "New People Party", "NPP", False),
        ("Ana Brekke met the mayor.", "Ana Brekke", "Ana Breke", False),
    ],
)
def test_two_names_stand_side_by_side_where_neither_is_a_part_or_an_abbreviation_of_the_other(text, name, other, both):
    assert name_both(text, name, other) is both


async def test_the_labels_of_two_cards_are_looked_for_by_their_names(vote):
    await vote.done("/curate approve vote sure:yes")
    await vote.give("Ana Brekke met Ana Breke in Veldmar on Sunday. Nobody was hurt.\n", "met.txt")
    await vote.done("/curate approve met sure:yes")
    asked = await vote.say('/curate merge name:"Ana Brekke · leader" other:"Ana Breke · person"')
    assert "Ana Brekke met Ana Breke" in words_of(asked)


def test_of_many_names_in_doubt_it_is_said_how_many_come_up_later():
    doubts = tuple(Merge(f"Ana {number}", f"Anna {number}", "Almost alike.") for number in range(6))
    told = words_of(dossier_page(Dossier(a_brief("ferry", state=State.DRAFT), Review("ferry", merges=doubts)), (), None, page=1))
    assert told.count("Almost alike.") == 4
    assert "2 more come up as these are decided on." in told
