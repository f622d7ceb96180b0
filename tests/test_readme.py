"""Every example in the README is run."""

import pytest

from tests.readme import examples, run, same

EXAMPLES = examples()


def test_the_readme_has_examples():
    assert len(EXAMPLES) >= 3


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("readme")


@pytest.mark.parametrize("example", EXAMPLES, ids=lambda e: f"line-{e.line}")
def test_a_transcript_is_what_comes_out(example, folder):
    written = str(example.parsed)
    came_out = run(written, folder)
    assert same(written, came_out), came_out


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
