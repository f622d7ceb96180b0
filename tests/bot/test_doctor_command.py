"""`/standfirst doctor`: for whoever runs the installation, in any chat."""

from dataclasses import replace

from briefs.commands.ask import Role
from briefs.finding import fine, note, wrong
from briefs.message import Heading, Outcome, Section, SmallPrint
from briefs.pages.doctor import doctor_page
from tests.words import words_of


async def test_it_says_what_standfirst_doctor_says(bot):
    answer = await bot.commands.answer_line("/standfirst doctor", bot.asker)
    assert answer.outcome is Outcome.ANSWER
    assert answer.only_asker
    text = words_of(answer)
    assert "No chat platform has a token." in text
    assert "SQLite" in text


async def test_nobody_else_may_ask(bot):
    asker = replace(bot.asker, roles=frozenset(Role) - {Role.OPERATOR})
    answer = await bot.commands.answer_line("/standfirst doctor", asker)
    assert "Only whoever runs this installation may do that." in words_of(answer)


def test_what_is_to_be_mended_comes_first_with_how_and_what_is_fine_by_name_alone():
    page = doctor_page([fine("Python", "3.11."), note("Intents", "One is on.", "Switch it off."), wrong("Clock", "It is late.", "Set it.")])
    assert page.summary == "1 thing to mend."
    heading, mend, worth, small = page.blocks
    assert (heading, mend.title, worth.title) == (Heading("1 thing to mend"), "To mend", "Worth knowing")
    assert isinstance(mend, Section)
    assert isinstance(small, SmallPrint)
    assert "It is late. Set it." in words_of(page)
    assert "Fine: Python" in words_of(page)


def test_where_nothing_is_wrong_it_says_so():
    assert doctor_page([fine("Python", "3.11.")]).summary == "Nothing is wrong (1 thing looked at)."
