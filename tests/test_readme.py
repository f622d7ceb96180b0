"""Every example in the README and in docs/ is run, and every table there is what the code prints."""

import re

import pytest

from bot.reference import TABLES
from tests.readme import PAGES, README, REPOSITORY, examples, run, same, with_tables

EXAMPLES = {page: examples(page) for page in PAGES}
WITH_EXAMPLES = [page for page in PAGES if EXAMPLES[page]]
LINK = re.compile(r"\]\((?!https?:)([^)#\s]+)")


def named(page):
    return page.relative_to(REPOSITORY).as_posix()


def test_the_readme_has_examples():
    assert len(EXAMPLES[README]) >= 3


@pytest.mark.parametrize("page", WITH_EXAMPLES, ids=named)
def test_every_transcript_is_what_comes_out(page, tmp_path):
    for example in EXAMPLES[page]:
        written = str(example.parsed)
        came_out = run(written, tmp_path)
        assert same(written, came_out), f"line {example.line}:\n{came_out}"


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_table_is_what_the_code_prints(page):
    text = page.read_text(encoding="utf-8")
    assert with_tables(text) == text


def test_every_table_is_printed_somewhere():
    text = "".join(page.read_text(encoding="utf-8") for page in PAGES)
    assert [name for name in TABLES if name != "env" and f"<!-- {name} -->" not in text] == []


@pytest.mark.parametrize("page", PAGES, ids=named)
def test_every_link_leads_to_a_file(page):
    links = LINK.findall(page.read_text(encoding="utf-8"))
    assert [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("page", PAGES[1:], ids=named)
def test_every_page_is_linked_from_another(page):
    others = [other for other in PAGES if other != page]
    found = {(other.parent / link).resolve() for other in others for link in LINK.findall(other.read_text(encoding="utf-8"))}
    assert page.resolve() in found


@pytest.mark.parametrize(
    ("written", "came_out", "verdict"),
    [
        ("$ x\na", "$ x\na", True),
        ("$ x\na", "$ x\nb", False),
        ("$ x\na\n[...]\nd", "$ x\na\nb\nc\nd", True),
        ("$ x\na\n[...]\nd", "$ x\na\nb\nc", False),
    ],
)
def test_the_comparison_itself_can_fail(written, came_out, verdict):
    assert same(written, came_out) is verdict
