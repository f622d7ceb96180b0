"""The transcripts and tables of the README and docs/: run, compared, and (by `make readme`) printed anew."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

from sybil import Example, Sybil
from sybil.parsers.markdown import CodeBlockParser

from bot.reference import TABLES

REPOSITORY = Path(__file__).parents[1]
README = REPOSITORY / "README.md"
PAGES = (README, *sorted((REPOSITORY / "docs").rglob("*.md")))
PROMPT = "$ "
ANYTHING = "[...]"  # a line of a transcript that stands for any number of lines


def examples(page: Path) -> list[Example]:
    """The page's `console` blocks, each to be run in order."""
    return list(Sybil([CodeBlockParser(language="console", evaluator=lambda example: None)]).parse(page).examples())


def run(transcript: str, folder: Path) -> str:
    """The transcript as it comes out now: every `$ ` line run in `folder`, its output below it."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith("STANDFIRST_")}
    environment |= {"STANDFIRST_DATABASE": str(folder / "standfirst.db"), "COLUMNS": "80", "NO_COLOR": "1", "LOGNAME": "anna"}
    lines: list[str] = []
    for line in transcript.splitlines():
        if line.startswith(PROMPT):
            argv = shlex.split(line.removeprefix(PROMPT))
            assert argv[0] == "standfirst", f"a transcript runs standfirst only: {line}"
            done = subprocess.run(
                [sys.executable, "-m", "bot", *argv[1:]], env=environment, cwd=REPOSITORY, capture_output=True, text=True, check=False
            )
            lines += [line, *(done.stdout + done.stderr).rstrip().splitlines()]
    return "\n".join(lines)


def same(written: str, came_out: str) -> bool:
    """Whether the page's transcript is what came out; `[...]` stands for any number of lines."""
    pattern = "\n".join("(?:.*\n)*?.*" if line.strip() == ANYTHING else re.escape(line.rstrip()) for line in written.rstrip().splitlines())
    return re.fullmatch(pattern, "\n".join(line.rstrip() for line in came_out.splitlines())) is not None


def with_tables(text: str) -> str:
    """The page with every table that it names printed anew."""
    for name, table in TABLES.items():
        text = re.sub(
            rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)", lambda m, table=table: f"{m[1]}{table()}\n{m[2]}", text, flags=re.DOTALL
        )
    return text


def main() -> None:
    """Print the tables, `.env.example` and every transcript without `[...]` anew."""
    (REPOSITORY / ".env.example").write_text(TABLES["env"](), encoding="utf-8")
    for page in PAGES:
        page.write_text(with_tables(page.read_text(encoding="utf-8")), encoding="utf-8")
        text = page.read_text(encoding="utf-8")
        with tempfile.TemporaryDirectory() as folder:
            for example in examples(page):
                written = str(example.parsed)
                came_out = run(written, Path(folder))
                if ANYTHING not in written:
                    text = text.replace(written, came_out + "\n")
        page.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
