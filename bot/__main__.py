"""The `standfirst` command; `python -m bot` is the same."""

import argparse
import asyncio
import io
import logging
import os
import sys
import zoneinfo
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Final
from uuid import uuid4

from bot import __version__, logs
from bot.faults import placed
from bot.settings import ENV_FILE, Settings, load
from bot.started import as_started
from briefs.errors import BriefsError

FOUND, NOT_FOUND, BAD_INPUT, FAULT, INTERRUPTED = 0, 1, 2, 3, 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the command line; the exit code is 0 for an answer, 1 not found, 2 bad input, 3 fault."""
    # Zones from the tzdata package on every machine, whatever its system tables say.
    zoneinfo.reset_tzpath(())
    _prepare_streams()
    arguments = parser_of_tasks().parse_args(argv)
    try:
        code = _perform(arguments)
        sys.stdout.flush()
        return code
    except BriefsError as error:
        return _tell(error, as_json=getattr(arguments, "json", False))
    except KeyboardInterrupt:
        return INTERRUPTED
    except BrokenPipeError:
        _forget_output()  # whoever read our output has gone: nothing more to say
        return FOUND
    except OSError as error:
        _forget_output()
        print(f"The answer could not be written: {error.strerror or 'unknown reason'}.", file=sys.stderr)
        return FAULT
    except Exception as error:  # noqa: BLE001 the last place where a fault becomes a sentence
        print(f"Something went wrong on our side {_kept(error, arguments.task)}", file=sys.stderr)
        return FAULT


def _kept(error: Exception, task: str) -> str:
    """Where a fault is kept: in the log, but for tasks that have none, which tell it themselves."""
    if task in BEFORE_SETTINGS:
        return f"({placed(error)}). Please report it with what stands there."
    number = uuid4().hex[:6]
    logging.getLogger(__name__).error("fault %s in %s", number, task, exc_info=error)
    return f"(fault {number}). It is in the log under that number."


def _perform(arguments: argparse.Namespace) -> int:
    if before := BEFORE_SETTINGS.get(arguments.task):
        return before(arguments)
    settings = load()
    _tell_unread(Path(ENV_FILE))
    # A reader's terminal is no place for a log; a service's standard error is.
    logs.set_up(settings, None if arguments.task == "run" else logs.beside(settings.database))
    task: Callable[[Settings, argparse.Namespace], int] = TASKS[arguments.task]
    return task(settings, arguments)


def _tell_unread(env: Path) -> None:
    """Say which lines of `.env` cannot be read; the others count all the same."""
    if not env.is_file():  # nor is anything loaded that reads it
        return
    from bot.envfile import read_env

    for line in read_env(env).broken:
        print(f"{ENV_FILE}, line {line}: neither a setting nor a remark, so it is not read. Write NAME=value.", file=sys.stderr)


def _tell(error: BriefsError, *, as_json: bool) -> int:
    """Say what was foreseen, and what kind of answer it is."""
    from briefs.message import Outcome
    from briefs.pages.problem import problem_page

    page = problem_page(error, "")
    if as_json:
        from briefs.message_json import to_json

        print(to_json(page))
    else:
        print(as_started(str(error)), file=sys.stderr)
    return FAULT if page.outcome is Outcome.FAULT else BAD_INPUT


def _prepare_streams() -> None:
    """A stream that cannot show a character shows its escape; one that is closed swallows what it is given."""
    sys.stdout = sys.stdout or io.StringIO()
    sys.stderr = sys.stderr or io.StringIO()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")


def _forget_output() -> None:
    """What is left in the buffer has nowhere to go, and must not be complained about at exit."""
    with suppress(OSError, ValueError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _say(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.tasks import say

    return asyncio.run(say(settings, line_of(arguments.line), as_json=arguments.json))


def _chat(settings: Settings, _: argparse.Namespace) -> int:
    from bot.tasks import chat

    return asyncio.run(chat(settings))


def _run(settings: Settings, _: argparse.Namespace) -> int:
    from bot.tasks import run

    return asyncio.run(run(settings))


def _health(settings: Settings, _: argparse.Namespace) -> int:
    from bot.health import health

    return health(settings)


def _ingest(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.tasks import ingest

    return asyncio.run(ingest(settings, arguments.files))


def _check(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.checking import check_claim

    return asyncio.run(check_claim(settings, arguments.claim, arguments.article, arguments.cite, as_json=arguments.json))


def _backup(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.keeping import backup

    return backup(settings, arguments.file, force=arguments.force)


def _restore(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.keeping import restore

    return restore(settings, arguments.file)


def _log(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.exporting import Form, export_log

    return asyncio.run(export_log(settings, Form(arguments.form), arguments.about))


def _discord(settings: Settings, arguments: argparse.Namespace) -> int:
    from bot.tasks import discord

    return asyncio.run(discord(settings, arguments.what, force=getattr(arguments, "force", False)))


def _slack(_: Settings, arguments: argparse.Namespace) -> int:
    from bot.tasks import slack_manifest

    return slack_manifest(arguments.url, arguments.prefix)


def _reference(_: Settings, arguments: argparse.Namespace) -> int:
    from bot.reference import TABLES

    print(TABLES[arguments.what]())
    return FOUND


def _init(_: argparse.Namespace) -> int:
    from bot.init.steps import init

    _silence()
    return init(load(), Path.cwd())


def _doctor(arguments: argparse.Namespace) -> int:
    from bot.doctor.show import doctor

    _silence()
    try:
        settings: Settings | BriefsError = load()
    except BriefsError as error:
        settings = error
    return doctor(settings, as_json=arguments.json)


def _silence() -> None:
    """What is wrong is told where it is looked for: no log is made by looking."""
    logging.getLogger().addHandler(logging.NullHandler())


# What has to work where the settings do not yet.
BEFORE_SETTINGS: Final[dict[str, Callable[[argparse.Namespace], int]]] = {"init": _init, "doctor": _doctor}

TASKS: Final[dict[str, Callable[[Settings, argparse.Namespace], int]]] = {
    "chat": _chat,
    "say": _say,
    "run": _run,
    "health": _health,
    "ingest": _ingest,
    "check": _check,
    "backup": _backup,
    "restore": _restore,
    "log": _log,
    "discord": _discord,
    "slack": _slack,
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


def parser_of_tasks() -> argparse.ArgumentParser:
    """Every task with its arguments; the reference is printed from it."""
    parser = argparse.ArgumentParser(prog="standfirst", description="Briefings you can check, in your chat.", allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"standfirst {__version__}")
    tasks = parser.add_subparsers(dest="task", required=True, metavar="TASK")
    tasks.add_parser("init", help="set it up, step by step: platforms, tokens, curators; ends with a test post")
    doctor = tasks.add_parser("doctor", help="look at everything, say what is wrong and how to mend it; exit code 1 where something is")
    doctor.add_argument("--json", action="store_true", help="print what was found as JSON")
    tasks.add_parser("chat", help="open the chat in this terminal; digests arrive while it is open")
    say = tasks.add_parser("say", help='answer one command, for example: standfirst say "/entity hezbollah"')
    say.add_argument("line", nargs="+", help="the command as you would type it in the chat")
    say.add_argument("--json", action="store_true", help="print the neutral message as JSON")
    tasks.add_parser("run", help="start every chat platform whose token is set, and deliver digests")
    tasks.add_parser("health", help="ask the bot that runs here whether it is well; exit code 0 where it is, 1 where it is not")
    ingest = tasks.add_parser("ingest", help="store articles from text files (.txt, .md), and a draft of each")
    ingest.add_argument("files", nargs="+", type=Path, metavar="FILE")
    check = tasks.add_parser("check", help="hold a claim against an article; exit code 0 where it may be shown, 3 where it is refused")
    check.add_argument("claim", help="one sentence")
    check.add_argument("--article", required=True, metavar="REF", help="the article's handle or id")
    check.add_argument("--cite", default="", metavar="N,N", help="numbers of its sentences; left out: those that bear the claim best")
    check.add_argument("--json", action="store_true", help="print the verdict as JSON")
    backup = tasks.add_parser("backup", help="copy the database to a file, whole, while the bot runs")
    backup.add_argument("file", metavar="FILE", help="its name; a folder, or a name that ends with /, gets one with the moment in its name")
    backup.add_argument("--force", action="store_true", help="replace a file that is there already")
    restore = tasks.add_parser("restore", help="put a backup back; the database that is there is kept aside")
    restore.add_argument("file", type=Path, metavar="FILE", help="a backup that `standfirst backup` made")
    log = tasks.add_parser("log", help="print what curators decided, the newest last, with what stood before and after")
    forms = log.add_mutually_exclusive_group()
    forms.add_argument("--json", dest="form", action="store_const", const="json", default="text", help="an object a line, with everything")
    forms.add_argument("--csv", dest="form", action="store_const", const="csv", help="a row for each line that changed, for a spreadsheet")
    log.add_argument("--about", default="", metavar="SLUG", help="only what was decided on that brief or draft")
    discord = tasks.add_parser("discord", help="Discord: the link that adds the bot to a server, or telling it the commands")
    discords = discord.add_subparsers(dest="what", required=True, metavar="WHAT")
    discords.add_parser("invite", help="print the link that adds the bot to a server, each right explained")
    told = discords.add_parser("sync", help="tell Discord the commands, where they changed")
    told.add_argument("--force", action="store_true", help="tell it even where they did not")
    slack = tasks.add_parser("slack", help="Slack: the manifest that makes the app")
    slacks = slack.add_subparsers(dest="what", required=True, metavar="WHAT")
    made = slacks.add_parser("manifest", help="print the manifest, each right explained; for Socket Mode unless an address is given")
    made.add_argument("--url", default="", help="the address Slack reaches the bot at, for HTTP mode: https://example.org/slack/events")
    made.add_argument("--prefix", default="", help="put before every command, where another app has its name: news makes /news-brief")
    reference = tasks.add_parser("reference", help="print a table of docs/reference from the code")
    from_code = ("commands", "options", "settings", "tasks", "exit-codes", "adapters", "limits", "metrics", "env")
    reference.add_argument("what", choices=from_code)
    return parser


if __name__ == "__main__":
    sys.exit(main())
