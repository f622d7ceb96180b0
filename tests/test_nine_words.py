"""No run of nine words of anybody's article stands in this repository."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from adapters.sources.front_matter import front_matter
from tests.conftest import REPOSITORY

RUN = 9


def words(text: str) -> list[str]:
    return re.findall(r"[^\W_]+", text.casefold())


def runs(text: str) -> Iterator[str]:
    found = words(text)
    return (" ".join(found[at : at + RUN]) for at in range(len(found) - RUN + 1))


def repository_files() -> list[Path]:
    try:
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=REPOSITORY, capture_output=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("needs git and a checkout, to know which files are the repository's")
    names = listed.stdout.decode().split("\0")
    return [REPOSITORY / name for name in names if name and (REPOSITORY / name).is_file()]


@pytest.fixture(scope="module")
def forbidden(shared: Path) -> dict[str, str]:
    articles = [shared / "articles" / "iraq-militias.txt", *sorted((shared / "articles" / "wikinews").glob("*.txt"))]
    return {run: article.name for article in articles for run in runs(front_matter(article.read_text("utf-8"))[1])}


def test_no_file_has_nine_words_in_a_row_of_an_article(forbidden: dict[str, str]) -> None:
    found = {
        f"{path.relative_to(REPOSITORY)} has nine words of {forbidden[run]}: {run}"
        for path in repository_files()
        for run in runs(path.read_bytes().decode("utf-8", "replace"))
        if run in forbidden
    }
    assert found == set()


def test_a_run_is_found_whatever_its_case_and_punctuation() -> None:
    assert next(runs("One, two “three” four-five\n# six SEVEN: 8 nine")) == "one two three four five six seven 8 nine"


def test_the_articles_have_runs_to_look_for(forbidden: dict[str, str]) -> None:
    assert "iraq-militias.txt" in forbidden.values()
    assert len(set(forbidden.values())) == 25
