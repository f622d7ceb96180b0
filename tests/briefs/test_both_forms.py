"""Relative dates in both forms: where they stand in a line, and what readers see."""

import pytest

from adapters.storage.bodies import body, read
from briefs.article import Citation, CitedLine, DateMark, Level, Sentence
from briefs.brief import Size, Step
from briefs.day import LineDate, calendar
from briefs.drafting.dated import dates_of
from briefs.drafting.draft import draft
from briefs.drafting.grounding import check
from briefs.errors import Ungrounded
from briefs.message import Message, Said, Words
from briefs.pages.brief import brief_page, story
from briefs.pages.check import Claim, line_citation_page, sentence_page
from briefs.pages.timeline import brief_timeline_page
from briefs.pages.wording import both_forms, line
from tests.briefs.drafting.stories import FIRE, PUBLISHED, article
from tests.builders import a_brief

CITED = (Citation("0" * 64, 1),)


def sentences(text: str) -> tuple[Sentence, ...]:
    return article(text, published=PUBLISHED).sentences


def dated(text: str, source: str) -> CitedLine:
    return CitedLine(text, CITED, dates=dates_of(text, sentences(source)))


@pytest.mark.parametrize(
    ("text", "source", "shown"),
    [
        pytest.param(
            "The pier burned on Tuesday.",
            "The pier in Teslin burned on Tuesday.",
            "The pier burned on Tuesday (14 May 2024).",
            id="weekday",
        ),
        pytest.param(
            "On Tuesday, the pier burned.",
            "The pier burned on Tuesday.",
            "On Tuesday (14 May 2024), the pier burned.",
            id="moved-to-the-front",
        ),
        pytest.param("They met “yesterday”.", "The two sides met yesterday.", "They met “yesterday” (15 May 2024).", id="quoted-by-us"),
        pytest.param(
            "Tuesday’s fire closed the pier.",
            "Tuesday’s fire closed the pier in Teslin.",
            "Tuesday’s (14 May 2024) fire closed the pier.",
            id="possessive",
        ),
        pytest.param("Prices rose last month.", "Prices rose last month.", "Prices rose last month (Apr 2024).", id="month"),
        pytest.param("Prices rose last year.", "Prices rose last year.", "Prices rose last year (2023).", id="year"),
    ],
)
def test_a_relative_date_is_shown_in_both_forms(text, source, shown):
    assert both_forms(dated(text, source)) == shown


@pytest.mark.parametrize(
    ("text", "source"),
    [
        pytest.param("The pier burned on 14 May 2024.", "The pier burned on 14 May 2024.", id="absolute"),
        pytest.param("They met over the weekend.", "They met over the weekend.", id="uncertain"),
        pytest.param("“It burned yesterday,” Brekke said.", "“It burned yesterday,” Brekke said.", id="somebody's-own-yesterday"),
        pytest.param("The mayor will speak on Tuesday.", "The mayor will speak on Tuesday.", id="to-come"),
        pytest.param(
            "The mayor spoke on Tuesday.",
            "The mayor spoke on Tuesday, and the council will meet on Tuesday.",
            id="one-word-of-two-days",
        ),
        pytest.param("They met today.", "They met yesterday.", id="other-words"),
    ],
)
def test_what_is_not_certain_stays_as_written(text, source):
    assert both_forms(dated(text, source)) == text


def test_without_the_day_of_publication_nothing_is_added():
    text = "The pier burned on Tuesday."
    assert dates_of(text, article(text).sentences) == ()


def test_sentences_of_two_days_that_have_one_word_leave_it_as_written():
    one = Sentence(1, 1, "It burned today.", dates=(DateMark("today", 10, 15, "2024-05-16", relative=True),))
    other = Sentence(1, 1, "It burned today.", dates=(DateMark("today", 10, 15, "2024-05-17", relative=True),))
    assert dates_of("It burned today.", [one]) == (LineDate(10, 15, "2024-05-16"),)
    assert dates_of("It burned today.", [one, other]) == ()


def test_the_second_form_stands_outside_the_words_that_say_who_said_it():
    told = CitedLine("The pier is shut, officials said on Tuesday, for good.", CITED, attributions=("officials said on Tuesday",))
    told = CitedLine(told.text, CITED, attributions=told.attributions, dates=(LineDate(36, 43, "2024-05-14"),))
    assert line(told).spans == (
        Words("The pier is shut, "),
        Said("officials said on Tuesday"),
        Words(" (14 May 2024), for good."),
    )


def test_the_second_form_goes_into_the_middle_of_an_attribution_that_goes_on():
    told = CitedLine(
        "On Tuesday officials said so.", CITED, attributions=("On Tuesday officials said",), dates=(LineDate(3, 10, "2024-05-14"),)
    )
    assert line(told).spans == (Said("On Tuesday"), Words(" (14 May 2024)"), Said(" officials said"), Words(" so."))


def test_a_step_that_has_its_date_in_both_forms_does_not_say_it_twice():
    told = dated("The pier burned on Tuesday.", "The pier burned on Tuesday.")
    page = brief_timeline_page(a_brief(timeline=(Step("Tuesday (14 May 2024)", True, told),)))
    assert "The pier burned on Tuesday." in repr(page)
    assert repr(page).count("14 May 2024") == 1


def test_drafts_keep_their_own_words_and_show_both_forms_wherever_they_stand():
    read_article = article(FIRE, published=PUBLISHED, handle="fire")
    brief = draft(read_article).brief
    source = " ".join(sentence.text for sentence in read_article.sentences)
    marked = [one for one in brief.lines if one.dates]
    assert marked
    assert all(one.text.rstrip(".") in source for one in marked if one.level is Level.VERBATIM)
    shown = repr(brief_page(brief, read_article, Size.FULL, cards=0)), repr(story(1, brief))
    assert all("Monday (13 May 2024)" in page for page in shown)
    assert "on Thursday (" not in shown[0]  # still to come: no day is certain


def test_a_card_a_sentence_and_a_copied_line_show_both_forms():
    text = "Ana Brekke leads the Dockers' Union. Ana Brekke met the mayor of Veldmar on Tuesday."
    read_article = article(text, published=PUBLISHED)
    facts = [fact.line for card in draft(read_article).cards for fact in card.facts]
    assert any("on Tuesday (14 May 2024)" in both_forms(fact) for fact in facts)
    assert "14 May 2024, counted from the day of publication" in repr(sentence_page(read_article, read_article.sentences[1], None))
    told = next(fact for fact in facts if fact.dates)
    copied: Message = line_citation_page(Claim(told, None), {read_article.id: read_article})
    assert "on Tuesday (14 May 2024)" in copied.summary


def test_lines_stored_before_dates_were_kept_are_still_read():
    told = CitedLine("The pier burned on Tuesday.", CITED)
    old = body(told).replace(',"dates":[]', "")
    assert "dates" not in old
    assert read(CitedLine, old) == told
    new = dated("The pier burned on Tuesday.", "The pier burned on Tuesday.")
    assert read(CitedLine, body(new)) == new


@pytest.mark.parametrize("marked", [LineDate(0, 99, "2024"), LineDate(5, 2, "2024")])
def test_a_date_that_does_not_stand_in_its_line_is_refused(marked):
    with pytest.raises(Ungrounded):
        CitedLine("It burned today.", CITED, dates=(marked,))


@pytest.mark.parametrize(("resolved", "shown"), [("2017-07-18", "18 Jul 2017"), ("2017-07", "Jul 2017"), ("2017", "2017")])
def test_a_date_is_written_as_people_write_it(resolved, shown):
    assert calendar(resolved) == shown


@pytest.mark.parametrize(
    ("claim", "passes"),
    [
        pytest.param("The pier burned on Tuesday (14 May 2024), police said.", True, id="both-forms"),
        pytest.param("The pier burned on 14 May 2024, police said.", True, id="in-full"),
        pytest.param("The pier burned on Tuesday (15 May 2024), police said.", False, id="both-forms-of-two-days"),
        pytest.param("The pier burned on 15 May 2024, police said.", False, id="another-day"),
        pytest.param("The pier burned on Monday (14 May 2024), police said.", False, id="another-weekday"),
    ],
)
def test_the_gate_knows_the_day_that_a_word_stands_for(claim, passes):
    verdict = check(claim, sentences("The pier in Teslin burned on Tuesday, police said."))
    assert verdict.level is (Level.REWORDED if passes else Level.REFUSED)


def test_yesterday_may_be_told_in_full():
    assert check("The pier in Teslin burned on 15 May 2024.", sentences("The pier in Teslin burned yesterday.")).passes
    assert not check("The pier in Teslin burned on 15 May 2024.", article("The pier in Teslin burned yesterday.").sentences).passes
