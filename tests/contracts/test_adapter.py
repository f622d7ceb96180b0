"""What every adapter owes its reader, whatever the platform."""

import re
import unicodedata

import pytest

from briefs.commands.catalogue import CATALOGUE
from briefs.digest import Place
from briefs.message import CheckedLine, Line, buttons
from briefs.ports import Absent
from tests.contracts.drivers import DRIVERS, GREETING, commands_showing
from tests.gallery import GALLERY, hostile, texts

MAIN = Place("console", "main")
ROOM = Place("example", "room")

PAGES = {"gallery": GALLERY, "hostile": hostile(), **GREETING}
BIDI = {"LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI"}


@pytest.fixture(params=DRIVERS)
def driver(request, tmp_path):
    return DRIVERS[request.param](commands_showing(PAGES), tmp_path)


def squeezed(text):
    return "".join(text.split())


def cites_of(value):
    if isinstance(value, Line):
        yield from value.cites
    elif isinstance(value, tuple):
        for part in value:
            yield from cites_of(part)
    else:
        for name in getattr(type(value), "__dataclass_fields__", {}):
            yield from cites_of(getattr(value, name))


async def test_every_word_of_every_block_is_shown(driver):
    shown = squeezed(await driver.ask("/gallery"))
    wanted = {squeezed(word) for text in texts(GALLERY.blocks) for word in text.split()}
    assert sorted(word for word in wanted if word not in shown) == []


async def test_every_citation_is_shown_in_brackets(driver):
    shown = await driver.ask("/gallery")
    bracketed = {cite.strip() for group in re.findall(r"\[([^\]]+)\]", shown) for cite in group.split(",")}
    assert set(cites_of(GALLERY.blocks)) <= bracketed


async def test_a_sentence_is_shown_with_its_number_and_paragraph(driver):
    shown = await driver.ask("/gallery")
    assert re.search(r"12 \(paragraph 7\)|12 ¶7", shown)


async def test_an_undated_step_says_so(driver):
    assert "undated" in await driver.ask("/gallery")


async def test_a_retelling_is_named_as_such(driver):
    checked = next(block for block in GALLERY.blocks if isinstance(block, CheckedLine))
    assert squeezed(checked.evidence.note) in squeezed(await driver.ask("/gallery"))


@pytest.mark.parametrize(("place", "button"), list(enumerate(buttons(GALLERY))), ids=lambda value: getattr(value, "label", value))
async def test_every_button_asks_its_command(driver, place, button):
    await driver.press("/gallery", button, place)
    assert driver.commands.heard[-1] == button.command


@pytest.mark.parametrize("command", CATALOGUE, ids=lambda command: command.name)
async def test_every_command_of_the_catalogue_is_reached_by_a_line(driver, command):
    assert f"reached {command.name}" in await driver.ask(f"/{command.name}")


async def test_an_unknown_command_is_answered(driver):
    assert "No such command" in await driver.ask("/brieff")


async def test_hostile_text_is_inert(driver):
    shown = await driver.ask("/hostile")
    assert "gnp.exe" in shown
    bad = [c for c in shown if (unicodedata.category(c) in {"Cc", "Cs"} and c != "\n") or unicodedata.bidirectional(c) in BIDI]
    assert bad == []
    assert not any("\U000e0000" <= c <= "\U000e0fff" for c in shown)


async def test_hostile_text_forges_no_line(driver):
    shown = await driver.ask("/hostile")
    assert not re.search(r"^1\) forged", shown, re.MULTILINE)


async def test_a_hostile_line_is_answered(driver):
    shown = await driver.ask("/find \x1b[2J\u202e" + "x" * 10)
    assert "\x1b" not in shown
    assert shown.strip()


async def test_a_post_shows_its_text_to_the_channel(driver):
    shown = squeezed(await driver.posted(GALLERY, "digest:k:1"))
    assert squeezed("North Korea's military on high alert, KCNA says") in shown


async def test_a_post_is_found_by_its_key_alone(driver):
    await driver.posted(GALLERY, "digest:k:1")
    channel = MAIN if await driver.publisher.find(MAIN, "digest:k:1") is not Absent.ABSENT else ROOM
    assert await driver.publisher.find(channel, "digest:k:1") is not Absent.ABSENT
    assert await driver.publisher.find(channel, "digest:k:2") is Absent.ABSENT
