"""The gate refuses what loses a number's noun, a hedge or a speaker, and lets through what keeps them."""

from pathlib import Path

import pytest

from adapters.sources.front_matter import front_matter
from briefs.article import Attribution, Figure, Hedge, Level, Sentence
from briefs.drafting.grounding import check
from briefs.drafting.marked import required, stands
from briefs.reading import read

FIGHTERS = Sentence(
    10,
    6,
    "An estimated 50,000 fighters are under the command of the Islamic Resistance; many of them had enlisted.",
    hedges=(Hedge("many of", "enlisted"),),
    figures=(Figure("50,000", "fighters", hedge="An estimated"),),
)
DEAD = Sentence(
    29,
    17,
    "More than 50,000 Palestinians have been killed in the war, according to the Hamas-run health ministry.",
    attributions=(Attribution("according to the Hamas-run health ministry", "the ministry", "Palestinians"),),
    figures=(Figure("50,000", "Palestinians", hedge="More than", whose="the Hamas-run health ministry"),),
)
KIDNAPPED = Sentence(
    28,
    17,
    "It began after an attack: more than 1,100 people were killed and more than 200 kidnapped.",
    figures=(Figure("1,100", "people", hedge="more than"), Figure("200", "kidnapped", hedge="more than")),
)
REPORTED = Sentence(
    12,
    7,
    "Officials had told Baghdad they were prepared to carry out airstrikes, Reuters reported.",
    hedges=(Hedge("prepared to", "airstrikes"),),
    attributions=(Attribution("Reuters reported", "Reuters", "airstrikes"),),
)
SOLDIERS = Sentence(9, 5, "Three US soldiers were killed.", figures=(Figure("Three", "US soldiers"),))
QUOTED = Sentence(7, 4, "A commander said they “want to avoid such a bad scenario”.")
ORIGINAL = Sentence(1, 1, "The Houthis, in Yemen, say they will stop.", start=0, end=42)


@pytest.mark.parametrize(
    ("line", "cited", "part"),
    [
        pytest.param("The coalition has 50,000 fighters.", (FIGHTERS,), "drops “an estimated” before 50,000", id="estimate-made-fact"),
        pytest.param("An estimated 50,000 Palestinians.", (FIGHTERS,), "the sentence counts “fighters”", id="another-noun"),
        pytest.param("Some 60,000 fighters are under it.", (FIGHTERS,), "“60,000” is a number that no cited", id="another-number"),
        pytest.param("Five fighters are under it.", (FIGHTERS,), "“Five” is a number that no cited", id="another-number-spelled-out"),
        pytest.param("Its fighters had enlisted.", (FIGHTERS,), "drops “many of”", id="many-made-all"),
        pytest.param("More than 50,000 Palestinians were killed.", (DEAD,), "leaves out whose figure 50,000 is", id="figure-without-owner"),
        pytest.param("Palestinians were killed.", (DEAD,), "leaves out who says it: “according to", id="speaker-dropped"),
        pytest.param("An estimated 50,000 Palestinians were killed.", (FIGHTERS, DEAD), "50,000", id="two-figures-crossed"),
        pytest.param(
            "More than 1,100 people were killed and 200 kidnapped.", (KIDNAPPED,), "drops “more than” before 200", id="one-hedge-for-two"
        ),
        pytest.param(
            "Officials were prepared to carry out airstrikes.",
            (REPORTED,),
            "leaves out who says it: “Reuters reported”",
            id="outer-speaker-dropped",
        ),
        pytest.param("Officials will carry out airstrikes, Reuters reported.", (REPORTED,), "drops “prepared to”", id="ready-made-certain"),
        pytest.param("Three commanders were killed.", (SOLDIERS,), "the sentence counts “US soldiers”", id="spelled-number-other-noun"),
        pytest.param("They “must avoid such a bad scenario”.", (QUOTED,), "is not word for word", id="quotation-changed"),
        pytest.param("“A commander said” so.", (QUOTED,), "is not word for word", id="our-retelling-put-in-quotes"),
        pytest.param("They will stop.", (ORIGINAL,), "leaves out who says it: “The Houthis", id="a-part-without-its-speaker"),
    ],
)
def test_a_line_that_loses_something_is_refused_with_the_reason(line: str, cited: tuple[Sentence, ...], part: str) -> None:
    verdict = check(line, cited)
    assert verdict.level is Level.REFUSED
    assert any(part in reason for reason in verdict.reasons), verdict.reasons


@pytest.mark.parametrize(
    ("line", "cited"),
    [
        pytest.param("Under the command of the Islamic Resistance are an estimated 50,000 fighters.", (FIGHTERS,), id="estimate-kept"),
        pytest.param("Fighters: an estimated total of 50,000.", (FIGHTERS,), id="noun-before-and-hedge-a-little-off"),
        pytest.param("The Islamic Resistance has fighters.", (FIGHTERS,), id="no-number-no-hedge"),
        pytest.param("According to the Hamas-run health ministry, more than 50,000 Palestinians died.", (DEAD,), id="speaker-first"),
        pytest.param("More than 1,100 people were killed, more than 200 kidnapped.", (KIDNAPPED,), id="both-hedges"),
        pytest.param("3 US soldiers were killed.", (SOLDIERS,), id="digits-for-words"),
        pytest.param("A commander said they want to “avoid such a bad scenario”.", (QUOTED,), id="part-of-a-quotation"),
        pytest.param("The Houthis say they “will stop”.", (ORIGINAL,), id="the-article's-own-words"),
        pytest.param(
            "An estimated 50,000 fighters; more than 50,000 Palestinians dead, according to the Hamas-run health ministry.",
            (FIGHTERS, DEAD),
            id="the-same-number-for-two-things",
        ),
    ],
)
def test_a_line_that_keeps_everything_stands(line: str, cited: tuple[Sentence, ...]) -> None:
    assert check(line, cited).reasons == ()


def test_each_reason_is_given_once() -> None:
    found = check("50,000 fighters, 50,000 fighters.", (FIGHTERS,)).reasons
    assert len(found) == len(set(found)) == 1


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        pytest.param("the Houthis, in Yemen, say they will stop.", Level.VERBATIM, id="whole-sentence-but-its-capital"),
        pytest.param("The Houthis say they will stop", Level.CUT, id="parts-left-out"),
        pytest.param("In Yemen, the Houthis say they will stop.", Level.REWORDED, id="another-order"),
        pytest.param("The Houthis say they might stop.", Level.REFUSED, id="another-modal"),
        pytest.param("y will stop", Level.REFUSED, id="half-a-word"),
    ],
)
def test_the_level_tells_how_far_a_line_is_from_its_sentence(line: str, expected: Level) -> None:
    assert check(line, (ORIGINAL,)).level is expected


def test_words_of_two_sentences_are_no_cut_of_either() -> None:
    assert check("The Houthis say soldiers were killed.", (ORIGINAL, SOLDIERS)).level not in (Level.VERBATIM, Level.CUT)


def test_words_are_sought_from_where_a_word_begins() -> None:
    assert stands("disarm", "They are DISARMING.")
    assert not stands("arms", "alarms and disarms")
    assert stands("arms", "alarms and arms")


def test_what_a_line_must_keep_is_told_only_for_what_it_repeats() -> None:
    assert [need[:2] for need in required("The airstrikes", REPORTED)] == [("hedges", "prepared to"), ("attributions", "Reuters reported")]
    assert list(required("Baghdad was told", REPORTED)) == []


# --- sentences that nobody has marked


def unmarked(text: str) -> tuple[Sentence, ...]:
    return (Sentence(3, 1, text),)


@pytest.mark.parametrize(
    ("sentence", "line", "part"),
    [
        pytest.param("Some 300 people fled.", "300 people fled.", "drops “some” before 300", id="some"),
        pytest.param("An estimated 50,000 marched.", "50,000 marched.", "drops “an estimated” before 50,000", id="estimated"),
        pytest.param("At least three men died.", "Three men died.", "drops “at least” before Three", id="at-least"),
        pytest.param("It took nearly two years.", "It took two years.", "drops “nearly”", id="nearly"),
        pytest.param("Up to 40 houses burned.", "At least 40 houses burned.", "“up to” before 40", id="another-kind"),
        pytest.param(
            "The bridge collapsed on Monday night, police said.",
            "The bridge collapsed on Monday night.",
            "says it: “police said”",
            id="said",
        ),
        pytest.param(
            "Nobody was hurt, according to the harbour master.", "Nobody was hurt.", "“according to the harbour master”", id="according"
        ),
        pytest.param(
            "According to Reuters, the bridge had collapsed.", "The bridge had collapsed.", "says it: “According to Reuters”", id="first"
        ),
        pytest.param("The mayor said that the bridge had collapsed.", "The bridge collapsed.", "says it: “The mayor said”", id="said-that"),
        pytest.param("The bridge collapsed on Monday, police said.", "The bridge reportedly collapsed on Monday.", "police", id="vaguer"),
    ],
)
def test_hedges_and_speakers_are_seen_without_marks(sentence: str, line: str, part: str) -> None:
    assert any(part in reason for reason in check(line, unmarked(sentence)).reasons), check(line, unmarked(sentence))


@pytest.mark.parametrize(
    ("sentence", "line"),
    [
        pytest.param("Some 300 people fled.", "About 300 people fled.", id="another-hedge-of-the-kind"),
        pytest.param("More than 300 people fled.", "Over 300 people fled.", id="hedge-of-the-same-kind"),
        pytest.param("A row over two seats ended.", "The row over two seats ended.", id="over-is-no-hedge"),
        pytest.param("Some 300 fled; 300 stayed.", "300 stayed.", id="the-number-also-stands-flatly"),
        pytest.param("The bridge collapsed on Monday, police said.", "Police said the bridge collapsed on Monday.", id="speaker-named"),
        pytest.param("The old bridge, which nobody said was safe, stood.", "The old bridge stood.", id="no-speaker"),
        pytest.param("It closed; the bridge was unsafe, police said.", "It closed.", id="not-the-reported-part"),
    ],
)
def test_what_loses_nothing_is_let_through(sentence: str, line: str) -> None:
    assert check(line, unmarked(sentence)).reasons == ()


def test_a_sentence_is_verbatim_beside_itself(shared: Path) -> None:
    for file in sorted((shared / "articles").rglob("*.txt")):
        for sentence in read(front_matter(file.read_text("utf-8"))[1], handle="x").sentences:
            if any(char.isalpha() for char in sentence.text):
                assert check(sentence.text, (sentence,)).level is Level.VERBATIM, sentence.text
