"""Libraries to change and to break."""

import shutil
from pathlib import Path

import pytest

from adapters.sources.library import bundled


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the bundled library, to break."""
    with_files = tmp_path / "library"
    shutil.copytree(str(bundled()), with_files)
    return with_files


def change(root: Path, file: str, old: str, new: str) -> int:
    """Replace the first `old` of a file; the line it stands on."""
    path = root / file
    text = path.read_text("utf-8")
    assert old in text, f"{file} has no {old!r}"
    path.write_text(text.replace(old, new, 1), "utf-8")
    return text[: text.index(old)].count("\n") + 1
