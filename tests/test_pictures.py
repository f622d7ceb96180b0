"""The pictures in docs/ show what the renderers give now."""

import json
import re
import zlib

import pytest

from tests.pictures.drawing import BYTES_MAX, PICTURES, console_picture, fingerprint, pages
from tests.pictures.png import with_palette
from tests.readme import PAGES

DRAWN_FROM = json.loads((PICTURES / "drawn-from.json").read_text(encoding="utf-8"))
IMAGE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")


@pytest.fixture(scope="module")
def now():
    return pages()


def test_every_picture_is_of_what_the_renderers_give_now(now):
    assert {name: fingerprint(page) for name, page in now.items()} == DRAWN_FROM, "run make pictures"


def test_every_picture_is_there_and_small():
    files = {file.stem: file.stat().st_size for file in PICTURES.glob("*.png")}
    assert set(files) == set(DRAWN_FROM)
    assert all(size <= BYTES_MAX for size in files.values())


def test_the_console_is_shown_as_it_is(tmp_path):
    shown = (PICTURES / "console-brief.svg").read_text(encoding="utf-8")
    assert shown == console_picture(tmp_path)
    assert "url(http" not in shown


def test_every_picture_that_is_shown_is_told_in_words_and_every_one_is_shown():
    images = [(told, (page.parent / path).resolve()) for page in PAGES for told, path in IMAGE.findall(page.read_text(encoding="utf-8"))]
    assert all(len(told) > 30 for told, _ in images)
    assert {path.name for _, path in images} == {file.name for file in PICTURES.iterdir() if file.suffix != ".json"}


def test_a_picture_with_a_palette_has_the_same_grounds():
    row = bytes([0]) + bytes([43, 45, 49, 255]) * 3
    head = (3).to_bytes(4, "big") + (2).to_bytes(4, "big") + bytes([8, 6, 0, 0, 0])
    made = b"\x89PNG\r\n\x1a\n"
    for name, body in ((b"IHDR", head), (b"IDAT", zlib.compress(row * 2)), (b"IEND", b"")):
        made += len(body).to_bytes(4, "big") + name + body + zlib.crc32(name + body).to_bytes(4, "big")
    small = with_palette(made)
    assert bytes([43, 45, 49]) in small[small.index(b"PLTE") :]
