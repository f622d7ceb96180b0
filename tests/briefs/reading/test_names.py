"""The names in an article, by lexicon, rules and tables."""

import tomllib
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefs.entity import Alias, Entity, Kind
from briefs.reading.gathering import gather
from briefs.reading.names import Lexicon, mentions
from briefs.reading.places import key
from briefs.reading.sentences import split

PERSON, ORGANISATION, PLACE = Kind.PERSON, Kind.ORGANISATION, Kind.PLACE
LIBRARY = Path(__file__).parents[3] / "briefs" / "library" / "entities"
KNOWN = Lexicon.of(
    [
        Entity("watch", "Harbour Watch", ORGANISATION, "Oslo", (Alias("the Watch", "sentence 2"), Alias("HW", "sentence 3"))),
        Entity("bray", "Ann Bray", PERSON, "Watch", (Alias("Bray", "surname"),)),
        Entity("tom-bray", "Tom Bray", PERSON, "Oslo", (Alias("Bray", "surname"),)),
        Entity("axis", "circle of friends", ORGANISATION, "Oslo"),
        Entity("us", "US", PLACE, "America"),
    ]
)


def found(*sentences, lexicon=None):
    return [(m.text, m.kind) for m in mentions(sentences, lexicon or Lexicon())]


def texts(*sentences, lexicon=None):
    return [text for text, _ in found(*sentences, lexicon=lexicon)]


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        pytest.param("President Ann Bray met him.", [("Ann Bray", PERSON)], id="title-falls-away"),
        pytest.param("Norwegian Foreign Minister Ann Bray left.", [("Norwegian", PLACE), ("Ann Bray", PERSON)], id="country-and-office"),
        pytest.param("He met the commander Orlin Vasq there.", [("Orlin Vasq", PERSON)], id="role-before"),
        pytest.param("He met Orlin Vasq, the rebel commander, there.", [("Orlin Vasq", PERSON)], id="role-after"),
        pytest.param("It was Orlin Vasq, 47, who left.", [("Orlin Vasq", PERSON)], id="age"),
        pytest.param("They praised Rashid al-Tamimi.", [("Rashid al-Tamimi", PERSON)], id="particle-with-hyphen"),
        pytest.param("They praised Orlin van der Vasq.", [("Orlin van der Vasq", PERSON)], id="particles"),
        pytest.param("They praised Lu Wei-tang.", [("Lu Wei-tang", PERSON)], id="hyphenated-given-name"),
        pytest.param("They praised J. R. Vasq at noon.", [("J. R. Vasq", PERSON)], id="initials"),
        pytest.param("The Ministry of Fisheries said so.", [("Ministry of Fisheries", ORGANISATION)], id="ministry"),
        pytest.param("The Centers for Sleep and Rest said so.", [("Centers for Sleep and Rest", ORGANISATION)], id="list-of-tasks"),
        pytest.param("The Harbour Workers' Party won.", [("Harbour Workers' Party", ORGANISATION)], id="possessive-within"),
        pytest.param("A spokesman for the NHXA denied it.", [("NHXA", ORGANISATION)], id="acronym"),
        pytest.param("The Vasq militia left.", [("Vasq", ORGANISATION)], id="group-noun"),
        pytest.param("He fears Ansar Vasq, the most powerful militia.", [("Ansar Vasq", ORGANISATION)], id="group-in-apposition"),
        pytest.param("They live in Vasqville.", [("Vasqville", PLACE)], id="in"),
        pytest.param("They crossed the Vasq River.", [("Vasq River", PLACE)], id="river"),
        pytest.param("They live in Vasq, Texas.", [("Vasq", PLACE), ("Texas", PLACE)], id="city-and-state"),
        pytest.param("The Gulf of Aden is wide.", [("Gulf of Aden", PLACE)], id="gulf"),
        pytest.param("A Syrian base was hit.", [("Syrian", PLACE)], id="adjective"),
        pytest.param("Many Syrians left.", [("Syrians", None)], id="people"),
        pytest.param("He spoke of the Norwegian-led talks.", [("Norwegian", PLACE)], id="bound-by-a-hyphen"),
        pytest.param("He met pro-Oslo groups.", [("Oslo", PLACE)], id="behind-a-hyphen"),
        pytest.param("The Norwegian government fell.", [("Norwegian government", ORGANISATION)], id="government-is-not-the-country"),
        pytest.param("The Vasq administration fell.", [("Vasq administration", ORGANISATION)], id="administration-is-not-the-person"),
        pytest.param("It blamed the so-called “ring of iron”.", [("ring of iron", None)], id="so-called"),
        pytest.param("It fell on Monday in March.", [], id="no-day-no-month"),
        pytest.param("Officials said nothing. Asked again, they left.", [], id="words-that-open-sentences"),
        pytest.param("Theresa May resigned.", [("Theresa May", PERSON)], id="a-month-as-a-surname"),
    ],
)
def test_names_and_their_kinds(sentence, names):
    assert found(sentence) == names


def test_a_name_within_a_longer_one_is_not_torn_out_of_it():
    assert texts("A Vasq Hezbollah commander spoke.", "Ansar Taliban denied it.") == ["Vasq Hezbollah", "Ansar Taliban"]


def test_a_capital_at_the_head_of_a_sentence_is_a_name_where_it_is_one_elsewhere():
    assert texts("Vasqton grew.", "Nobody left Vasqton.") == ["Vasqton", "Vasqton"]
    assert texts("Sailing grew.", "Nobody likes sailing.") == []


def test_in_a_headline_only_names_known_from_elsewhere_count():
    assert texts("Harbour Board Meets Ann Bray In Oslo", "It was the Harbour Board that Ann Bray met.") == [
        "Harbour Board",
        "Ann Bray",
        "Oslo",
        "Harbour Board",
        "Ann Bray",
    ]


def test_a_surname_alone_is_a_person_where_the_full_name_is():
    assert found("Ann Paris spoke.", "Then Paris left.")[1] == ("Paris", PERSON)


def test_the_lexicon_goes_first_and_takes_the_longest_name():
    (mention,) = mentions(["The Harbour Watch left."], KNOWN)
    assert (mention.text, mention.kind, mention.slug) == ("Harbour Watch", ORGANISATION, "watch")


def test_a_name_of_the_lexicon_within_a_longer_name_is_not_meant():
    assert [(m.text, m.slug) for m in mentions(["The Baltic Harbour Watch left."], KNOWN)] == [("Baltic Harbour Watch", "")]


def test_a_name_that_two_entries_bear_is_neither():
    (mention,) = mentions(["Then Bray left."], KNOWN)
    assert (mention.text, mention.kind, mention.slug) == ("Bray", PERSON, "")


def test_a_name_of_small_words_is_found_and_a_pronoun_is_no_country():
    found_here = [(m.text, m.slug) for m in mentions(["They told us of the circle of friends; the US denied it."], KNOWN)]
    assert found_here == [("circle of friends", "axis"), ("US", "us")]


def test_a_tagger_adds_names_and_kinds_and_changes_nothing():
    sentence = "He saw Vasq near the old quay in Oslo."
    proposed = [[(7, 11, PERSON), (21, 29, PLACE), (30, 37, ORGANISATION), (33, 37, ORGANISATION)]]
    told = [(m.text, m.kind) for m in mentions([sentence], proposed=proposed)]
    assert told == [("Vasq", PERSON), ("old quay", PLACE), ("Oslo", PLACE)]


@given(st.lists(st.text(alphabet="ABab U.S’'-“”\"‘(),:;0é\u0301\u200bΩ中\n", max_size=60), max_size=5))
def test_any_text_gives_mentions_within_it_in_order_and_the_same_every_time(sentences):
    told = mentions(sentences, KNOWN)
    assert told == mentions(sentences, KNOWN)
    for mention in told:
        assert sentences[mention.sentence - 1][mention.start : mention.end] == mention.text != ""
    assert all((one.sentence, one.end) <= (other.sentence, other.start) or one.sentence < other.sentence for one, other in pairwise(told))
    assert sum(len(group.mentions) for group in gather(sentences, told).groups) == len(told)


@pytest.fixture
def first_article(shared):
    text = (shared / "articles" / "iraq-militias.txt").read_text(encoding="utf-8")
    return [text[start:end] for _, start, end in split(text)]


def cards():
    for file in sorted(LIBRARY.glob("*.toml")):
        card = tomllib.loads(file.read_text(encoding="utf-8"))
        yield file.stem, {key(card["name"]), *(key(alias["text"]) for alias in card.get("alias", ()))}


def test_nine_in_ten_entities_of_the_first_article_are_found_without_a_lexicon(first_article):
    seen = {key(mention.text) for mention in mentions(first_article)}
    missed = [slug for slug, names in cards() if not names & seen]
    assert len(missed) <= 0.1 * len(list(cards())), missed


def test_no_two_entities_of_the_first_article_are_merged_without_a_lexicon(first_article):
    for group in gather(first_article, mentions(first_article)).groups:
        slugs = set()
        for mention in group.mentions:
            named = [slug for slug, names in cards() if key(mention.text) in names]
            slugs |= set(named) if len(named) == 1 else set()
        assert len(slugs) <= 1, group.name


def test_the_first_article_keeps_two_groups_of_like_names_apart(first_article):
    gathered = gather(first_article, mentions(first_article))
    (edge,) = gathered.apart
    one, other = gathered.groups[edge.one], gathered.groups[edge.other]
    assert (edge.sentence, len(one.mentions), len(other.mentions)) == (6, 3, 2)
    assert set(key(other.name).split()) < set(key(one.name).split())
