"""A library that cannot be used is refused with the file, the line and what to mend."""

from collections.abc import Callable
from pathlib import Path

import pytest

from adapters.sources.library import read_library
from briefs.errors import BrokenLibrary
from tests.adapters.conftest import change

BROKEN = [
    pytest.param(
        "iraq/brief.toml",
        "An estimated 50,000 fighters",
        "50,000 fighters",
        0,
        "drops “an estimated” before 50,000",
        id="hedge-lost",
    ),
    pytest.param(
        "iraq/brief.toml", "disarmed, Reuters reported.", "disarmed.", 0, "leaves out who says it: “Reuters reported”", id="speaker-lost"
    ),
    pytest.param(
        "iraq/brief.toml",
        'attributions = ["US officials", "Reuters reported"]',
        "",
        -2,
        "stands in the text unmarked: add it under “attributions”",
        id="speaker-unmarked",
    ),
    pytest.param(
        "iraq/brief.toml",
        '["An unnamed Kataeb',
        '["The unnamed Kataeb',
        0,
        "does not stand in the text, letter for letter",
        id="mark-misplaced",
    ),
    pytest.param(
        "iraq/brief.toml", "cites = [4, 5]", "cites = [4, 30]", 0, "no sentence 30: its sentences are 1 to 29", id="no-such-sentence"
    ),
    pytest.param("iraq/brief.toml", "cites = [4, 5]", "cites = [1, 2, 3, 4]", 0, "at most 3 sentences", id="too-many-cites"),
    pytest.param("iraq/brief.toml", "cites = [4, 5]", 'cites = ["4"]', 0, "a list of whole numbers", id="cites-of-a-wrong-type"),
    pytest.param("iraq/brief.toml", "cites = [4, 5]\n", "", -3, "“cites”", id="no-cites"),
    pytest.param(
        "iraq/brief.toml", 'kept = ["talks', 'keep = ["talks', 0, "“keep” is not known here: did you mean “kept”?", id="unknown-key"
    ),
    pytest.param(
        "iraq/brief.toml", 'section = "Why it matters"', 'section = "Why it mattered"', 0, "did you mean “Why it matters”?", id="section"
    ),
    pytest.param("iraq/brief.toml", 'size = "short"', 'size = "shrot"', 0, "did you mean “short”?", id="size"),
    pytest.param("iraq/brief.toml", '"red-sea"', '"red-see"', 0, "“red-see” has no card: did you mean “red-sea”?", id="entity-of-brief"),
    pytest.param(
        "iraq/brief.toml",
        "Militias that Iran backs",
        "Those many militias of any kind that Iran backs",
        0,
        "The bottom line has 32 words",
        id="bottom-line",
    ),
    pytest.param("iraq/brief.toml", "[bottom_line]", "[bottomline]", 0, "did you mean “bottom_line”?", id="unknown-section-of-file"),
    pytest.param("iraq/brief.toml", 'topics = ["iraq",', 'topics = ["Iraq",', 0, "small letters: “iraq”", id="topic"),
    pytest.param("iraq/brief.toml", 'topics = ["iraq",', 'topics = ["iraq,', 0, "This is not TOML", id="not-toml"),
    pytest.param(
        "iraq/timeline.toml",
        'entities = ["al-muhandis"',
        'entities = ["al-mohandis"',
        0,
        "did you mean “al-muhandis”?",
        id="entity-of-timeline",
    ),
    pytest.param("iraq/timeline.toml", "dated = true", 'dated = "yes"', 0, "must be true or false", id="not-a-truth"),
    pytest.param("iraq/timeline.toml", "dated = true", "dated = false", 7, "undated steps come last", id="undated-step-first"),
    pytest.param(
        "iraq/sentences.toml",
        'words = "so-called"',
        'words = "alleged"',
        0,
        "“alleged” does not stand in sentence 1",
        id="annotation-from-nowhere",
    ),
    pytest.param("iraq/sentences.toml", "number = 29", "number = 30", 0, "no sentence 30", id="annotated-sentence"),
    pytest.param("iraq/sentences.toml", "number = 2\n", "number = 1\n", 0, "Sentence 1 comes twice", id="annotated-twice"),
    pytest.param("iraq/article.md", "3. It could", "4. It could", 0, "Sentence 3 comes here, not 4", id="sentence-number"),
    pytest.param("iraq/article.md", "## Paragraph 3", "## Paragraph 4", 0, "Paragraph 3 comes here, not 4", id="paragraph-number"),
    pytest.param("iraq/article.md", "## Paragraph 3", "### Paragraph 3", 0, "neither “## Paragraph 1”", id="heading"),
    pytest.param("iraq/article.md", "id: b5c", "id: xyz", 0, "64 digits", id="article-id"),
    pytest.param("iraq/article.md", "wording: retelling", "wording: retold", 0, "“retold” is not a wording", id="wording"),
    pytest.param("iraq/article.md", "handle: iraq", "handle: iran", 0, "write handle: iraq", id="handle"),
    pytest.param("iraq/article.md", "handle: iraq", "handel: iraq", 0, "did you mean “handle”?", id="front-matter-key"),
    pytest.param("iraq/article.md", "wording: retelling", "wording: retelling\npublished: tomorrow", 1, "“tomorrow” is no date", id="date"),
    pytest.param("iraq/article.md", "wording: retelling", "wording retelling", 0, "no “key: value” line", id="front-matter-line"),
    pytest.param("entities/hamas.toml", 'kind = "organisation"', 'kind = "organization"', 0, "did you mean “organisation”?", id="kind"),
    pytest.param("entities/hamas.toml", 'name = "Hamas"', 'name = ""', 0, "“name” is empty", id="empty-name"),
    pytest.param("entities/hamas.toml", 'name = "Hamas"', "name = 7", 0, "words in quotation marks", id="name-of-a-wrong-type"),
    pytest.param("entities/hamas.toml", 'cites = ["iraq:28"]', 'cites = ["iran:28"]', 0, "did you mean “iraq”?", id="cited-article"),
    pytest.param("entities/hamas.toml", 'cites = ["iraq:28"]', 'cites = ["28"]', 0, "write handle and sentence number", id="reference"),
    pytest.param("entities/hamas.toml", 'cites = ["iraq:28"]', 'cites = ["iraq:0"]', 0, "no sentence 0", id="sentence-nought"),
    pytest.param("entities/hamas.toml", "more than 200", "200", 0, "drops “more than” before 200", id="hedge-lost-on-a-card"),
    pytest.param(
        "entities/hamas.toml",
        'to = "hamas-run-health-ministry"',
        'to = "health-ministry"',
        0,
        "“health-ministry” has no card",
        id="relation",
    ),
    pytest.param("entities/hamas.toml", 'other = "hezbollah"', 'other = "hamas"', 0, "this card's own entity", id="not-the-same-as-itself"),
    pytest.param(
        "entities/houthis.toml",
        'text = "Houthi rebels"\norigin = "sentence 21"',
        'text = "Houthi rebels"',
        -1,
        "“origin” is missing",
        id="alias-without-origin",
    ),
    pytest.param(
        "entities/houthis.toml", 'text = "Ansar Allah"', 'text = "HEZBOLLAH"', 0, "a name of hezbollah already", id="alias-is-anothers-name"
    ),
    pytest.param(
        "entities/houthis.toml",
        'text = "Ansar Allah"',
        'text = "Hizbullah"',
        0,
        "a name of hezbollah already",
        id="alias-is-anothers-alias",
    ),
    pytest.param("entities/houthis.toml", 'text = "Ansar Allah"', 'text = "houthis"', 0, "is the name itself", id="alias-is-its-own-name"),
    pytest.param("entities/houthis.toml", 'text = "Ansarallah"', 'text = "ANSAR-ALLAH"', 0, "an alias given before", id="alias-twice"),
    pytest.param("iraq/brief.toml", '"red-sea"', '"zzz"', 0, "has no card: write entities/zzz.toml, or take it out.", id="no-card-near"),
    pytest.param(
        "entities/hamas.toml",
        'kind = "organisation"',
        'kind = "company"',
        0,
        "is not a kind: write one of “person”, “organisation”, “place”.",
        id="kind-unlike-any",
    ),
    pytest.param("library.toml", "sample = true", 'sample = "true"', 0, "true or false", id="sample"),
    pytest.param(
        "library.toml", "approved = 2026-11-22T06:52:00Z", "approved = 2026-11-22", 0, "a date with time and offset", id="approved"
    ),
]


@pytest.mark.parametrize(("file", "old", "new", "below", "mend"), BROKEN)
def test_a_broken_library_is_refused_with_file_line_and_mend(copy: Path, file: str, old: str, new: str, below: int, mend: str) -> None:
    line = change(copy, file, old, new) + below
    with pytest.raises(BrokenLibrary) as caught:
        read_library(copy)
    assert caught.value.file == file
    assert mend in caught.value.mend
    assert caught.value.line == line


def empty(root: Path) -> None:
    (root / "iraq" / "timeline.toml").write_text("  \n")


def misspelt(root: Path) -> None:
    (root / "iraq" / "brief.toml").rename(root / "iraq" / "breif.toml")


def unlike(root: Path) -> None:
    (root / "iraq" / "x.md").write_text("x")


def same_label(root: Path) -> None:
    text = (root / "entities" / "hamas.toml").read_text("utf-8")
    (root / "entities" / "other.toml").write_text(text, "utf-8")


def same_article(root: Path) -> None:
    (root / "twin").mkdir()
    text = (root / "iraq" / "article.md").read_text("utf-8")
    (root / "twin" / "article.md").write_text(text.replace("handle: iraq", "handle: twin"), "utf-8")


def not_utf8(root: Path) -> None:
    (root / "entities" / "x.toml").write_bytes(b'name = "X"\nkind = "\xff"\n')


def no_facts(root: Path) -> None:
    (root / "entities" / "x.toml").write_text('name = "X"\nkind = "organisation"\ntail = "posts"\n')


def no_article(root: Path) -> None:
    (root / "iraq" / "article.md").unlink()


def no_brief(root: Path) -> None:
    (root / "iraq" / "brief.toml").unlink()


def no_top(root: Path) -> None:
    (root / "library.toml").unlink()


def too_many_lines(root: Path) -> None:
    path = root / "iraq" / "brief.toml"
    path.write_text(path.read_text("utf-8").replace('size = "full"', ""), "utf-8")


@pytest.mark.parametrize(
    ("harm", "file", "line", "mend"),
    [
        pytest.param(empty, "iraq/timeline.toml", 1, "The file is empty", id="empty-file"),
        pytest.param(misspelt, "iraq/breif.toml", 1, "did you mean “brief.toml”?", id="misspelt-file"),
        pytest.param(unlike, "iraq/x.md", 1, "This file is not read. Beside an article", id="a-file-unlike-any"),
        pytest.param(same_label, "entities/other.toml", 3, "is hamas's label too", id="two-labels-alike"),
        pytest.param(same_article, "twin/article.md", 2, "iraq/article.md is the same article", id="an-article-twice"),
        pytest.param(not_utf8, "entities/x.toml", 2, "save the file as UTF-8", id="not-utf-8"),
        pytest.param(no_facts, "entities/x.toml", 1, "A card needs a fact", id="a-card-without-a-fact"),
        pytest.param(no_article, "iraq/brief.toml", 1, "There is no iraq/article.md", id="a-brief-without-an-article"),
        pytest.param(no_brief, "iraq/timeline.toml", 1, "A timeline belongs to a brief", id="a-timeline-without-a-brief"),
        pytest.param(no_top, "library.toml", 1, "The file is missing", id="no-library-toml"),
        pytest.param(too_many_lines, "iraq/brief.toml", 109, "More than 12 lines", id="more-than-twelve-lines"),
    ],
)
def test_a_library_with_broken_files_is_refused(copy: Path, harm: Callable[[Path], None], file: str, line: int, mend: str) -> None:
    harm(copy)
    with pytest.raises(BrokenLibrary) as caught:
        read_library(copy)
    assert (caught.value.file, caught.value.line) == (file, line)
    assert mend in caught.value.mend


def test_a_folder_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BrokenLibrary, match="There is no folder"):
        read_library(tmp_path / "nowhere")
