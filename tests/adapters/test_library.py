"""The bundled library is whole, true to the article, and any library that is not is refused with the line to mend."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from adapters.sources.front_matter import front_matter
from adapters.sources.library import bundled, edition_of, read_library
from briefs.article import Level, Wording, article_id
from briefs.brief import STANDARD_LINES_MAX, Section, Size, State
from briefs.entity import Entity
from briefs.errors import BrokenLibrary
from briefs.folding import fold
from briefs.ports import Library
from briefs.reading import read
from tests.adapters.conftest import change

PARAGRAPHS = (1, 2, 2, 3, 3, 3, 4, 5, 5, 6, 6, 7, 8, 8, 8, 9, 9, 10, 10, 11, 12, 13, 14, 15, 15, 15, 16, 17, 17)


@pytest.fixture(scope="module")
def library() -> Library:
    return read_library(bundled())


# --- the bundled library ---------------------------------------------------------------------------------------------


def test_the_bundled_library_is_an_approved_sample(library: Library) -> None:
    assert library.name == "sample"
    assert all(each.sample for each in (*library.articles, *library.briefs, *library.cards))
    assert [brief.state for brief in library.briefs] == [State.APPROVED]


def test_the_bundled_article_is_a_retelling_with_the_originals_numbers(library: Library) -> None:
    (article,) = library.articles
    assert article.wording is Wording.RETELLING
    assert tuple(sentence.paragraph for sentence in article.sentences) == PARAGRAPHS


def test_no_line_beside_a_retelling_claims_the_articles_own_words(library: Library) -> None:
    lines = [line for brief in library.briefs for line in (*brief.lines, *(step.line for step in brief.timeline))]
    lines += [fact.line for card in library.cards for fact in card.facts]
    assert {line.level for line in lines} == {Level.REWORDED}


def test_the_bundled_brief_fills_every_section_and_keeps_to_its_lengths(library: Library) -> None:
    (brief,) = library.briefs
    assert {point.section for point in brief.shown(Size.STANDARD)} == set(Section)
    assert 1 + len(brief.shown(Size.STANDARD)) <= STANDARD_LINES_MAX
    assert 1 <= len(brief.shown(Size.SHORT)) <= 3
    assert len(brief.shown(Size.FULL)) > len(brief.shown(Size.STANDARD))


def test_everyone_the_brief_names_has_a_card_and_the_other_way_round(library: Library) -> None:
    (brief,) = library.briefs
    assert set(brief.entities) == {card.entity.slug for card in library.cards}


def test_every_alias_said_to_stand_in_a_sentence_stands_there(library: Library) -> None:
    (article,) = library.articles
    for card in library.cards:
        for alias in card.entity.aliases:
            for number in re.findall(r"^sentences? (\d+)\b(?: and (\d+)\b)?(?! of the original)", alias.origin):
                for each in filter(None, number):
                    sentence = article.sentence(int(each))
                    assert sentence is not None
                    assert alias.text in sentence.text, f"{card.entity.slug}: {alias.text}"


def test_a_line_that_is_copied_alone_names_its_subject(library: Library) -> None:
    lines = [(card.entity, fact.line.text) for card in library.cards for fact in card.facts]
    lines += [(card.entity, relation.line.text) for card in library.cards for relation in card.relations]
    nameless = [text for entity, text in lines if not any(fold(name).split()[-1] in fold(text) for name in _all_names(entity))]
    assert nameless == []
    loose = re.compile(r"\b(?:the (?:coalition|axis|ministry|guards)|both)\b|^(?:they|its|it has)\b", re.IGNORECASE)
    assert [text for _, text in lines if loose.search(text)] == []


def test_a_step_keeps_its_date_words_when_its_line_is_copied(library: Library) -> None:
    dates = re.compile(r"\b(?:20\d\d|October 7|January|last year|previous decade|first term|over the weekend|As of the article)\b")
    assert [step.line.text for step in library.briefs[0].timeline if not dates.search(step.line.text)] == []


def test_a_reading_of_the_curators_is_told_beside_the_lines_that_use_it(library: Library) -> None:
    using = [c for c in library.cards if any("al-Muhandis was the leader" in x.line.text for x in (*c.facts, *c.relations))]
    assert {card.entity.slug for card in using} == {"al-muhandis", "kataeb-hezbollah"}
    assert all(any("is our reading" in note.text for note in card.notes) for card in using)


def test_those_that_are_not_the_same_are_so_on_both_cards(library: Library) -> None:
    kept_apart = {(card.entity.slug, other.other) for card in library.cards for other in card.not_the_same}
    one_sided = {(a, b) for a, b in kept_apart if (b, a) not in kept_apart}
    assert one_sided == set()


def test_the_article_says_nothing_that_its_front_matter_does_not(library: Library) -> None:
    fields, _, _ = front_matter((bundled() / "iraq" / "article.md").read_text("utf-8"))
    assert set(fields) == {"id", "handle", "wording"}
    assert (library.articles[0].title, library.articles[0].published) == ("", None)


# --- beside the original ---------------------------------------------------------------------------------------------

# Where the original and the retelling name the same thing in different forms.
_FORMS = {"iranian": "iran", "iraqi": "iraq", "american": "us", "syrian": "syria", "houthi": "houthis"}
_NO_NAMES = frozenset(("a", "doing", "it", "its", "one", "oops", "over", "several", "the", "these", "they", "what"))


def _forms(names: set[str]) -> set[str]:
    return {_FORMS.get(name, name) for name in names}


def _names(text: str) -> set[str]:
    words = re.findall(r"(?:[a-z]+-)?[A-Z][\w-]*", text.replace("Iranian-backed", "Iranian backed"))
    return _forms({word.lower() for word in words} - _NO_NAMES)


def test_the_retelling_bears_the_originals_id(library: Library, shared: Path) -> None:
    assert library.articles[0].id == article_id((shared / "articles" / "iraq-militias.txt").read_text("utf-8"))


def test_each_retold_sentence_has_the_numbers_and_names_of_its_original(library: Library, shared: Path) -> None:
    original = read((shared / "articles" / "iraq-militias.txt").read_text("utf-8"), handle="iraq")
    (retold,) = library.articles
    assert len(original.sentences) == len(retold.sentences)
    for theirs, ours in zip(original.sentences, retold.sentences, strict=True):
        numbers = re.compile(r"\d[\d,]*\d|\b(?:two|three)\b", re.IGNORECASE)
        assert {n.lower() for n in numbers.findall(ours.text)} == {n.lower() for n in numbers.findall(theirs.text)}, ours.text
        # What a pronoun stood for may be named; nothing that was named may be missing.
        assert _names(theirs.text) <= _forms({word.lower() for word in re.findall(r"(?:[a-z]+-)?[A-Za-z][\w-]*", ours.text)}), ours.text


def test_every_name_of_the_original_belongs_to_a_card(library: Library, shared: Path) -> None:
    text = (shared / "articles" / "iraq-militias.txt").read_text("utf-8")
    known = {word for card in library.cards for name in _all_names(card.entity) for word in fold(name).split()}
    no_entities = {"shia", "january", "october", "palestinians", "backed"}
    assert {word for name in _names(text) for word in fold(name).split()} - known - no_entities == set()


def _all_names(entity: Entity) -> tuple[str, ...]:
    return entity.name, *(alias.text for alias in entity.aliases)


def test_every_alias_said_to_stand_in_the_original_stands_there(library: Library, shared: Path) -> None:
    original = read((shared / "articles" / "iraq-militias.txt").read_text("utf-8"), handle="iraq")
    aliases = [
        (alias, re.match(r"sentence (\d+) of the original", alias.origin)) for card in library.cards for alias in card.entity.aliases
    ]
    found = [(alias.text, original.sentences[int(match[1]) - 1].text) for alias, match in aliases if match]
    assert len(found) == 2
    assert [text for text, sentence in found if text not in sentence] == []


# --- editions --------------------------------------------------------------------------------------------------------


def test_the_edition_changes_with_any_file_and_only_then(copy: Path) -> None:
    before = edition_of(copy)
    assert before == edition_of(bundled()) == read_library(copy).edition
    (copy / "notes.txt").write_text("Nobody reads this.")
    assert edition_of(copy) == before
    change(copy, "entities/hamas.toml", 'tail = "Gaza"', 'tail = "group in Gaza"')
    assert edition_of(copy) != before


# --- libraries of one's own ------------------------------------------------------------------------------------------

ORIGINAL = """---
handle: own
wording: original
title: "A title"
published: 2026-01-02
---

Tom Ash went to York. He is there.

He said so.
"""
BRIEF = """
state = "draft"
entities = ["ash"]
[headline]
text = "Tom Ash went to York"
cites = [1]
[bottom_line]
text = "Ash went to York."
cites = [1]
"""
CARD = 'name = "Tom Ash"\nkind = "person"\ntail = "York"\n[[fact]]\ntext = "He went to York."\ncites = ["own:1"]\n'


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """A library of one's own with an article in its own words and a draft."""
    root = tmp_path / "own"
    (root / "own").mkdir(parents=True)
    (root / "entities").mkdir()
    (root / "library.toml").write_text('name = "mine"\nsample = false\ncurator = "Ann"\napproved = 2026-01-03T10:00:00+01:00\n')
    (root / "own" / "article.md").write_text(ORIGINAL)
    (root / "own" / "brief.toml").write_text(BRIEF)
    (root / "entities" / "ash.toml").write_text(CARD)
    return root


def test_an_own_library_may_hold_the_article_itself(own: Path) -> None:
    library = read_library(own)
    (article,) = library.articles
    assert (article.wording, article.title, str(article.published), article.sample) == (Wording.ORIGINAL, "A title", "2026-01-02", False)
    assert [sentence.paragraph for sentence in article.sentences] == [1, 1, 2]
    assert article.text[article.sentences[2].start : article.sentences[2].end] == "He said so."


def test_lines_beside_an_original_tell_how_far_they_are_from_it(own: Path) -> None:
    library = read_library(own)
    (brief,) = library.briefs
    assert brief.headline.level is Level.VERBATIM
    assert brief.bottom_line.level is Level.CUT or brief.bottom_line.level is Level.VERBATIM
    assert library.cards[0].facts[0].line.level is Level.REWORDED


def test_a_brief_may_be_a_draft_or_approved_by_somebody_else(own: Path) -> None:
    assert read_library(own).briefs[0].approval is None
    change(own, "own/brief.toml", 'state = "draft"', 'approved_by = "Bea"\napproved = 2026-01-04T00:00:00Z')
    approval = read_library(own).briefs[0].approval
    assert approval is not None
    assert (approval.by, approval.at.day) == ("Bea", 4)


CORRECTED = """
[[correction]]
at = 2026-01-05
was = "Tom Ash went to Leeds"
now = "Tom Ash went to York"
why = "The town was wrong."

[[correction]]
at = 2026-01-05T09:00:00+01:00
was = "He was seen in Hull."
by = "Bea"
"""


def test_a_brief_tells_what_was_corrected_in_it(own: Path) -> None:
    (own / "own" / "brief.toml").write_text(BRIEF.replace('state = "draft"', "") + CORRECTED)
    (brief,) = read_library(own).briefs
    town, gone = brief.corrections
    assert (town.at, town.line, town.was, town.why) == (date(2026, 1, 5), brief.headline, "Tom Ash went to Leeds", "The town was wrong.")
    assert (gone.at, gone.line, gone.by) == (datetime(2026, 1, 5, 8, tzinfo=UTC), None, "Bea")
    assert brief.mended == (town, gone)


def test_a_brief_that_was_withdrawn_tells_why(own: Path) -> None:
    withdrawn = '\n[[correction]]\nat = 2026-01-06\nwhy = "The outlet took it back."\n'
    (own / "own" / "brief.toml").write_text(BRIEF.replace("draft", "withdrawn") + CORRECTED + withdrawn)
    (brief,) = read_library(own).briefs
    (end,) = brief.mended
    assert end.withdraws
    assert end.why == "The outlet took it back."


@pytest.mark.parametrize(
    ("old", "new", "mend"),
    [
        pytest.param('now = "Tom', 'now = "Tim', "did you mean “Tom Ash went to York”?", id="no-line-of-the-brief"),
        pytest.param('now = "Tom Ash went to York"', 'now = "x"', "write the line as it stands above", id="no-line-near"),
        pytest.param("went to Leeds", "went to York", "are the same words", id="nothing-changed"),
        pytest.param("at = 2026-01-05\n", "", "“at” is missing: add at = 2026-11-22", id="no-day"),
        pytest.param("at = 2026-01-05\n", 'at = "yesterday"\n', "must be a day such as 2026-11-22", id="no-such-day"),
        pytest.param("at = 2026-01-05\n", "at = 2026-01-05T09:00:00\n", "with time and offset", id="no-offset"),
        pytest.param("at = 2026-01-05\n", "at = 2026-01-06\n", "older than the one above", id="not-in-order"),
        pytest.param('was = "He was seen in Hull."', "", "write what readers had", id="nothing-said"),
        pytest.param("why =", "because =", "“because” is not known here", id="unknown-key"),
    ],
)
def test_a_correction_that_corrects_nothing_is_refused(own: Path, old: str, new: str, mend: str) -> None:
    assert old in CORRECTED
    (own / "own" / "brief.toml").write_text(BRIEF.replace('state = "draft"', "") + CORRECTED.replace(old, new, 1))
    with pytest.raises(BrokenLibrary) as caught:
        read_library(own)
    assert caught.value.file == "own/brief.toml"
    assert mend in caught.value.mend
    assert caught.value.line >= 10


def test_an_own_articles_odd_line_ends_are_line_ends(own: Path) -> None:
    change(own, "own/article.md", "He is there.\n", "He is there.\u2029")
    assert [sentence.text for sentence in read_library(own).articles[0].sentences] == [
        "Tom Ash went to York.",
        "He is there.",
        "He said so.",
    ]


def test_files_with_other_line_ends_and_a_mark_are_read_the_same(own: Path) -> None:
    before = read_library(own)
    for path in own.rglob("*.*"):
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\n", b"\r\n"))
    after = read_library(own)
    assert (after.articles, after.briefs, after.cards) == (before.articles, before.briefs, before.cards)
