"""The `standfirst` command; `python -m bot` is the same."""

import argparse
import asyncio
import os
import sys
import zoneinfo
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

from bot import logs
from bot.settings import Settings, load
from briefs.errors import BriefsError

FOUND, NOT_FOUND, BAD_INPUT, FAULT, INTERRUPTED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code is 0 for an answer, 1 not found, 2 bad input, 3 fault."""
    # Zones from the tzdata package on every machine, whatever its system tables say.
    zoneinfo.reset_tzpath(())
    # A file that cannot show a character shows its escape instead of failing.
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    arguments = _parser().parse_args(argv)
    try:
        settings = load()
        logs.set_up(settings.log_level)
        task: Callable[[Settings, argparse.Namespace], int] = TASKS[arguments.task]
        return task(settings, arguments)
    except BriefsError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has gone: nothing more to say, and nothing to complain about at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FOUND


def _say(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.tasks import say

    return asyncio.run(say(settings, line_of(arguments.line), as_json=arguments.json))


def _chat(settings: Settings, _: argparse.Namespace) -> int:
    from bot.tasks import chat

    return asyncio.run(chat(settings))


def _run(settings: Settings, _: argparse.Namespace) -> int:
    from bot.tasks import run

    return asyncio.run(run(settings))


def _ingest(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.tasks import ingest

    return asyncio.run(ingest(settings, arguments.files))


def _reference(_: Settings, arguments: argparse.Namespace) -> int:
    from bot.reference import TABLES

    print(TABLES[arguments.what]())
    return FOUND


TASKS: Final[dict[str, Callable[[Settings, argparse.Namespace], int]]] = {
    "chat": _chat,
    "say": _say,
    "run": _run,
    "ingest": _ingest,
    "reference": _reference,
}


def line_of(words: Sequence[str]) -> str:
    """The command line as it was meant: what the shell's quotes kept together stays together."""
    if len(words) == 1:
        return words[0]
    return " ".join(_requoted(word) for word in words)


def _requoted(word: str) -> str:
    if '"' in word or not any(c.isspace() for c in word):
        return word
    key, colon, value = word.partition(":")
    return f'{key}:"{value}"' if colon and key.isalpha() else f'"{word}"'


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="standfirst", description="Briefings you can check, in your chat.", allow_abbrev=False)
    tasks = parser.add_subparsers(dest="task", required=True, metavar="TASK")
    tasks.add_parser("chat", help="open the chat in this terminal; digests arrive while it is open")
    say = tasks.add_parser("say", help='answer one command, for example: standfirst say "/entity hezbollah"')
    say.add_argument("line", nargs="+", help="the command as you would type it in the chat")
    say.add_argument("--json", action="store_true", help="print the neutral message as JSON")
    tasks.add_parser("run", help="start every chat platform whose token is set, and deliver digests")
    ingest = tasks.add_parser("ingest", help="store articles from text files (.txt, .md)")
    ingest.add_argument("files", nargs="+", type=Path, metavar="FILE")
    reference = tasks.add_parser("reference", help="print a table of the README from the code")
    reference.add_argument("what", choices=("commands", "settings", "env"))
    return parser


if __name__ == "__main__":
    sys.exit(main())
