"""From messages to pages, and from pages to pictures."""

import asyncio
import hashlib
import io
import re
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from html import escape
from pathlib import Path

from rich._export_format import CONSOLE_SVG_FORMAT
from rich.console import Console
from rich.terminal_theme import DIMMED_MONOKAI
from rich.text import Text

from adapters.console.chat import PROMPT
from adapters.console.render import render as console_lines
from adapters.discord.render import fits as fits_discord
from adapters.slack import render as slack
from adapters.slack.presses import too_long as long_on_slack
from briefs.message import Message
from briefs.message.split import split
from tests.adapters.discord.payloads import payload
from tests.pictures import discord_page, slack_page
from tests.pictures.messages import LONDON, messages
from tests.pictures.png import with_palette

PICTURES = Path(__file__).parents[2] / "docs" / "pictures"
WIDTH = 680  # pixels
BYTES_MAX = 150_000  # of a picture
CHROMIUM = ("chromium", "chromium-browser", "google-chrome")
QUIET = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--disable-lcd-text", "--font-render-hinting=none")
PRIVATE = "Only visible to you"
_NO_FONTS = re.sub(r"@font-face \{\{.*?\}\}\s*", "", CONSOLE_SVG_FORMAT, flags=re.DOTALL)  # nothing is fetched from anywhere
_HEIGHT = re.compile(r"<title>(\d+)</title>")


def pages() -> Mapping[str, str]:
    """Every picture's page, by the picture's name: the same whenever and wherever it is made."""
    with tempfile.TemporaryDirectory() as folder:
        found = asyncio.run(messages(Path(folder)))
    made: dict[str, str] = {}
    for name, message in found.items():
        made[f"discord-{name}"] = _page(discord_page.STYLE, _on_discord(message), message)
        made[f"slack-{name}"] = _page(slack_page.STYLE, _on_slack(message), message)
    return made


def _on_discord(message: Message) -> str:
    first = split(message, fits_discord)[0]

    async def components() -> str:
        return discord_page.drawn(payload(first))

    return asyncio.run(components())


def _on_slack(message: Message) -> str:
    first = split(message, slack.fits)[0]
    shorts = {line: f"short-{number:016}" for number, line in enumerate(long_on_slack(first))}
    return slack_page.drawn(slack.render(first, shorts=shorts).blocks)


def _page(style: str, body: str, message: Message) -> str:
    seen = f"<p><small>{PRIVATE}</small></p>" if message.only_asker else ""
    head = '<p><b>Standfirst</b><span class="name">APP</span></p>'
    return (
        '<!doctype html><meta charset="utf-8"><title></title><style>body { margin: 0; }'
        f"main {{ padding: 14px 18px; width: {WIDTH - 36}px; }}"
        f"{style}</style><main>{head}{body}{seen}</main>"
        f"<script>document.title = document.querySelector('main').offsetHeight</script><!-- {escape(message.summary[:80])} -->"
    )


def console_picture(folder: Path) -> str:
    """The console's `/brief iraq` as SVG."""
    message = asyncio.run(messages(folder))["brief"]
    console = Console(record=True, width=84, file=io.StringIO(), force_terminal=True, color_system="truecolor", legacy_windows=False)
    console.print(Text(f"{PROMPT}/brief iraq", style="bold"))
    for line in console_lines(message, width=80, first=1, zone=LONDON):
        console.print(line)
    return console.export_svg(title="standfirst chat", theme=DIMMED_MONOKAI, unique_id="standfirst", code_format=_NO_FONTS)


def fingerprint(page: str) -> str:
    """What a picture's page is told by."""
    return hashlib.sha256(page.encode()).hexdigest()


def draw(page: str, to: Path) -> None:
    """Have a browser without a window draw the page.

    Raises:
        RuntimeError: there is none.
    """
    browser = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if browser is None:
        raise RuntimeError("Pictures are drawn by Chromium: install it, and try again.")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page.html"
        file.write_text(page, encoding="utf-8")
        quiet = [browser, *QUIET, f"--user-data-dir={folder}/profile"]
        asked = [*quiet, f"--window-size={WIDTH},600", "--dump-dom", file.as_uri()]
        told = subprocess.run(asked, capture_output=True, text=True, check=True)
        height = _HEIGHT.search(told.stdout)
        assert height, "the page does not tell how high it is"
        size = [f"--window-size={WIDTH},{height[1]}", "--force-device-scale-factor=1.3", f"--screenshot={to}"]
        subprocess.run([*quiet, *size, file.as_uri()], capture_output=True, check=True)
        to.write_bytes(with_palette(to.read_bytes()))
