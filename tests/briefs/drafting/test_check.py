"""What the gate sees when a line says something else than its sentence, and how it says so."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.article import Article, Level, Sentence
from briefs.drafting.grounding import check, support
from briefs.reading import read

COUNCIL = "The council of Harrow Bay is considering closing the old swimming pool, the mayor said."
FERRY = "An estimated 1,200 passengers were on board when the ferry Aurora ran aground near Port Ellis on 4 May."
RAID = "The coast guard seized a trawler of the Red Pearl Company after its crew refused to stop."
AGREED = "Norland has threatened to close its border unless Suland releases the fishermen."
PARTY = "Members of the Free Harbour Party, a rival of the Harbour Party, left the hall."
DENIED = "Anna Berg, the head of the agency, denied that the report had been withheld."
TRIP = "Ilan Moss flew from Lisbon to Dakar on Tuesday with Rosa Pinto."


def one(text: str) -> tuple[Sentence, ...]:
    return (Sentence(7, 3, text),)


@pytest.mark.parametrize(
    ("sentence", "line", "part"),
    [
        pytest.param(
            COUNCIL, "The council of Harrow Bay is closing the old swimming pool, the mayor said.", "“considering”", id="considered"
        ),
        pytest.param(
            COUNCIL, "The council of Harrow Bay has agreed to close the old swimming pool, the mayor said.", "considering", id="agreed"
        ),
        pytest.param(
            COUNCIL, "The council of Harrow Bay is considering closing the old swimming pool.", "leaves out who says it", id="who"
        ),
        pytest.param(
            COUNCIL,
            "The council of Harrow Bay is considering closing the old swimming pool, residents said.",
            "“residents” say what “the mayor” says",
            id="somebody-else",
        ),
        pytest.param(
            COUNCIL,
            "The council of Harrow Bay is considering closing the old swimming pool, the mayor denied.",
            "“denied”",
            id="cue-turned",
        ),
        pytest.param(
            FERRY, "1,200 passengers were on board when the ferry Aurora ran aground.", "drops “an estimated” before 1,200", id="hedge"
        ),
        pytest.param(
            FERRY, "At least 1,200 passengers were on board when the ferry Aurora ran aground.", "“an estimated”", id="other-hedge"
        ),
        pytest.param(FERRY, "An estimated 1,200 sailors were on board when the ferry Aurora ran aground.", "sailors", id="another-noun"),
        pytest.param(FERRY, "An estimated 1,300 passengers were on board.", "“1,300” is a number that no cited sentence has", id="number"),
        pytest.param(FERRY, "The ferry Aurora ran aground near Port Ellis on 5 May.", "“5” is a number", id="day"),
        pytest.param(FERRY, "The ferry Aurora ran aground near Port Ellis on 4 June.", "“June”", id="month"),
        pytest.param(FERRY, "The ferry Borealis ran aground near Port Ellis on 4 May.", "“Borealis” is a name", id="name"),
        pytest.param(
            RAID, "The crew of the Red Pearl Company seized a trawler of the coast guard.", "who did what: “crew”", id="doer-and-done-to"
        ),
        pytest.param(
            RAID, "The coast guard seized a trawler of the Red Pearl Company after its crew stopped.", "refused to", id="refusal-lost"
        ),
        pytest.param(
            RAID, "The coast guard did not seize a trawler of the Red Pearl Company after its crew refused to stop.", "not", id="denied"
        ),
        pytest.param(AGREED, "Norland has closed its border.", "threatened", id="threat-done"),
        pytest.param(AGREED, "Norland has threatened to close its border.", "unless", id="condition-lost"),
        pytest.param(
            AGREED,
            "Norland has threatened to close its border because Suland releases the fishermen.",
            "because",
            id="condition-made-cause",
        ),
        pytest.param(PARTY, "Members of the Harbour Party left the hall.", "Harbour Party", id="look-alike"),
        pytest.param(
            DENIED, "Anna Berg, the head of the agency, said that the report had been withheld.", "denied", id="denial-made-a-word"
        ),
        pytest.param(DENIED, "The report had been withheld.", "leaves out who says it: “Anna Berg", id="denied-thing-as-fact"),
        pytest.param(TRIP, "Ilan Moss flew from Dakar to Lisbon on Tuesday with Rosa Pinto.", "in another place", id="places-swapped"),
        pytest.param(TRIP, "Rosa Pinto flew from Lisbon to Dakar on Tuesday with Ilan Moss.", "where the sentence has", id="names-swapped"),
        pytest.param(TRIP, "Ilan Moss flew from Lisbon to Dakar on Thursday with Rosa Pinto.", "“Thursday”", id="weekday"),
        pytest.param("Sales rose after the fair.", "Sales fell after the fair.", "“fell” where the sentence says “rose”", id="direction"),
        pytest.param("It was the second strike of the year.", "It was the first strike of the year.", "first", id="ordinal"),
        pytest.param(
            "Two of the six boats sank.", "Six of the two boats sank.", "in another place than the sentence", id="numbers-swapped"
        ),
        pytest.param("Lena Vogt may resign in May.", "Lena Vogt will resign in May.", "may", id="may-made-will"),
        pytest.param("Most of the shops reopened.", "The shops reopened.", "Most of", id="most-made-all"),
        pytest.param("He left the former capital.", "He left the capital.", "former", id="former-dropped"),
        pytest.param("The dog chased the cat.", "The dog was chased by the cat.", "who did what", id="voice-turned-and-not-the-parts"),
        pytest.param("Exports to Peru rose.", "Wombats discussed philosophy.", "The line says “Wombats”", id="nothing-of-it-there"),
    ],
)
def test_a_line_that_says_something_else_is_refused_with_the_reason(sentence: str, line: str, part: str) -> None:
    verdict = check(line, one(sentence))
    assert verdict.level is Level.REFUSED
    assert any(part in reason for reason in verdict.reasons), verdict.reasons


@pytest.mark.parametrize(
    ("sentence", "line", "level"),
    [
        pytest.param(COUNCIL, COUNCIL, Level.VERBATIM, id="whole"),
        pytest.param(COUNCIL, COUNCIL[:-1], Level.VERBATIM, id="without-its-stop"),
        pytest.param(FERRY, "An estimated 1,200 passengers were on board.", Level.CUT, id="clause-cut-off"),
        pytest.param(DENIED, "Anna Berg denied that the report had been withheld.", Level.CUT, id="apposition-cut-out"),
        pytest.param(
            COUNCIL,
            "The mayor said the council of Harrow Bay is considering closing the old swimming pool.",
            Level.REWORDED,
            id="speaker-first",
        ),
        pytest.param(TRIP, "On Tuesday Ilan Moss flew from Lisbon to Dakar with Rosa Pinto.", Level.REWORDED, id="day-first"),
        pytest.param(
            RAID,
            "A trawler of the Red Pearl Company was seized by the coast guard after its crew refused to stop.",
            Level.REWORDED,
            id="passive",
        ),
        pytest.param("The cat was chased by the dog.", "The dog chased the cat.", Level.REWORDED, id="active"),
        pytest.param("Envoys met in the United States.", "Envoys met in the US.", Level.REWORDED, id="country-respelled"),
    ],
)
def test_the_level_tells_how_far_an_honest_line_is_from_its_sentence(sentence: str, line: str, level: Level) -> None:
    verdict = check(line, one(sentence))
    assert (verdict.level, verdict.reasons) == (level, ())


def test_words_of_two_sentences_may_be_told_in_one() -> None:
    cited = (Sentence(1, 1, "Ilan Moss runs a bakery in Dakar."), Sentence(2, 1, "The bakery was founded in 1961."))
    assert check("Ilan Moss runs a bakery in Dakar; the bakery was founded in 1961.", cited).passes


def test_a_claim_is_held_against_the_cited_sentences_only() -> None:
    elsewhere = "The ferry was built in 1961."
    assert not check("The ferry was built in 1961.", one(FERRY)).passes
    assert check("The ferry was built in 1961.", one(elsewhere)).passes


def test_a_line_of_signs_is_refused() -> None:
    assert check("… —", one(FERRY)).reasons == ("The line says nothing that a sentence could bear out.",)


def test_what_is_said_of_the_article_itself_is_no_claim() -> None:
    line = "Norland has threatened to close its border unless Suland releases the fishermen; when, the article does not say."
    assert check(line, one(AGREED)).passes


def test_a_note_may_use_its_own_words_but_no_other_number_or_name() -> None:
    note = "Undated in the source; the ferry is called by its name only."
    assert not check(note, one(FERRY)).passes
    assert check(note, one(FERRY), note=True).passes
    assert not check("Undated; the ferry Borealis carried 90.", one(FERRY), note=True).passes


def article(*texts: str) -> Article:
    return Article("0" * 64, "x", tuple(Sentence(n, n, text) for n, text in enumerate(texts, start=1)))


def test_support_finds_the_sentence_a_claim_rests_on() -> None:
    found, verdict = support("The coast guard seized a trawler.", article(COUNCIL, RAID, FERRY))
    assert [sentence.number for sentence in found] == [2]
    assert verdict.passes


def test_support_takes_as_few_sentences_as_will_do() -> None:
    whole = article("Ilan Moss runs a bakery.", "Rosa Pinto runs a mill.", "It rained.")
    found, verdict = support("Ilan Moss runs a bakery; Rosa Pinto runs a mill.", whole)
    assert ([sentence.number for sentence in found], verdict.passes) == ([1, 2], True)


def test_support_of_nothing_is_refused() -> None:
    assert support("Wombats philosophise.", article(COUNCIL))[0] == ()
    assert not support("Wombats philosophise.", article(COUNCIL))[1].passes


@given(st.text(max_size=120), st.text(max_size=120))
def test_any_text_gets_the_same_verdict_twice_and_reasons_exactly_when_refused(claim: str, sentence: str) -> None:
    verdict = check(claim, one(sentence))
    assert verdict == check(claim, one(sentence))
    assert verdict.passes == (not verdict.reasons)
    assert len(set(verdict.reasons)) == len(verdict.reasons)
    assert all(reason.endswith(".") for reason in verdict.reasons)


@pytest.mark.parametrize(
    ("claim", "cited"),
    [
        pytest.param("The ferry sank.", (0, 2), id="named-in-another-sentence"),
        pytest.param("The ferry sank in the harbour of Veldmar.", (0, 1), id="place-of-another-sentence"),
    ],
)
def test_a_second_sentence_does_not_free_a_line_of_who_said_it(claim, cited):
    article = read(
        "The ferry sank on Sunday, its owner said. Nobody was hurt in the harbour of Veldmar. "
        "Ana Brekke, the captain, said that the ferry had struck a rock.",
        handle="ferry",
    )
    verdict = check(claim, [article.sentences[at] for at in cited])
    assert verdict.reasons == ("The line leaves out who says it: “its owner said”.",)
