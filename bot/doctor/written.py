"""What stands in `.env` and the environment: names nobody reads, values in the wrong place, a file others may read."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from rapidfuzz.fuzz import ratio
from rapidfuzz.process import extractOne

from bot.doctor.reached import parted
from bot.envfile import EnvFile, read_env
from bot.settings import ENV_FILE, GROUPS, PREFIX, in_environment, rows
from briefs.errors import BadInput, shown
from briefs.finding import Finding, fine, note, wrong

ABOUT: Final = "Settings"
DISCORD_TOKEN, BOT_TOKEN, APP_TOKEN = (f"{PREFIX}{name}" for name in ("DISCORD__TOKEN", "SLACK__BOT_TOKEN", "SLACK__APP_TOKEN"))
SECRET: Final = f"{PREFIX}SLACK__SIGNING_SECRET"
NEAR: Final = 70  # of 100, by rapidfuzz: a name this like a real one was meant to be it


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of secret that can be told by its form.

    Args:
        called: what it is, in words.
        form: what it looks like.
        belongs: the setting it is for; empty where none takes it.
    """

    called: str
    form: re.Pattern[str]
    belongs: str


KINDS: Final = (
    Kind("a Slack bot token (xoxb-…)", re.compile(r"xoxb-.+"), BOT_TOKEN),
    Kind("a Slack app-level token (xapp-…)", re.compile(r"xapp-.+"), APP_TOKEN),
    Kind("a Slack token of a person (xoxp-…), which the bot does without", re.compile(r"xox[pe].*-.+"), ""),
    Kind("a Slack signing secret", re.compile(r"[0-9a-f]{32}"), SECRET),
    Kind("a Discord bot token", re.compile(r"[A-Za-z0-9_-]{18,}\.[A-Za-z0-9_-]{5,8}\.[A-Za-z0-9_-]{20,}"), DISCORD_TOKEN),
)


def kind_of(value: str) -> Kind | None:
    """What kind of secret a value is; None where its form does not tell."""
    return next((kind for kind in KINDS if kind.form.fullmatch(value)), None)


def misplaced(name: str, value: str) -> str:
    """What a value is, where it is a secret of another setting, and what to do; empty where it is not."""
    kind = kind_of(value)
    if kind is None or kind.belongs == name:
        return ""
    if not kind.belongs:
        return f"That is {kind.called}."
    return f"That is {kind.called}; it belongs into {kind.belongs}."


def written(folder: Path) -> tuple[Finding, ...]:
    """Everything there is to say of the settings as they are written."""
    path = folder / ENV_FILE
    try:
        file = read_env(path)
    except BadInput as error:
        told, mend = parted(error)
        return (wrong(f"The file {ENV_FILE}", told, mend),)
    given = {entry.name: entry.value for entry in file.entries} | in_environment()
    where = {entry.name: f"{ENV_FILE}, line {entry.line}" for entry in file.entries} | dict.fromkeys(in_environment(), "the environment")
    found = [*_file(path, file, given), *_unknown(given, where), *_misplaced(given, where), *_ids(given)]
    if not found:
        count = sum(name.startswith(PREFIX) for name in given)
        return (fine(ABOUT, f"{count} are set, under names that are read."),)
    return tuple(found)


def _file(path: Path, file: EnvFile, given: Mapping[str, str]) -> Iterator[Finding]:
    for line in file.broken:
        yield wrong(f"The file {ENV_FILE}", f"Line {line} is neither a setting nor a remark, and is not read.", "Write NAME=value.")
    secrets = any("TOKEN" in entry.name or "SECRET" in entry.name for entry in file.entries if entry.value)
    if secrets and path.stat().st_mode & 0o077:
        yield wrong(f"The file {ENV_FILE}", "Others on this machine may read the tokens in it.", f"chmod 600 {ENV_FILE}")
    names = [entry.name for entry in file.entries]
    for name in dict.fromkeys(name for name in names if names.count(name) > 1 and name.startswith(PREFIX)):
        yield note(f"The file {ENV_FILE}", f"{shown(name)} stands in it more than once; the last one counts.")
    for name in in_environment().keys() & {entry.name for entry in file.entries if entry.value and given[entry.name] != entry.value}:
        yield note(ABOUT, f"{shown(name)} is set in the environment, too, which wins over {ENV_FILE}.")


def _unknown(given: Mapping[str, str], where: Mapping[str, str]) -> Iterator[Finding]:
    known = [name for name, _, _ in rows()]
    groups = {f"{PREFIX}{group.upper()}" for group in GROUPS}
    for name in given:
        if not name.startswith(PREFIX) or name in known or name in groups:
            continue
        bare = [one.removeprefix(PREFIX) for one in known]
        nearest = extractOne(name.removeprefix(PREFIX), bare, scorer=ratio, score_cutoff=NEAR)
        mend = f"Write {PREFIX}{nearest[0]}." if nearest else "Take it out, or see .env.example for the name that is meant."
        yield wrong(ABOUT, f"{shown(name)} ({where[name]}) is no setting, and is not read.", mend)


def _misplaced(given: Mapping[str, str], where: Mapping[str, str]) -> Iterator[Finding]:
    for name, value in given.items():
        kind = kind_of(value.strip()) if name.startswith(PREFIX) else None
        if kind is None or kind.belongs == name:
            continue
        mend = f"Move it to {kind.belongs}." if kind.belongs else "Take it out: the bot's own token begins with xoxb-."
        yield wrong(ABOUT, f"{shown(name)} ({where[name]}) holds what looks like {kind.called}.", mend)


def _ids(given: Mapping[str, str]) -> Iterator[Finding]:
    """Ids of Slack that changed places: a workspace's begins with T or E, a person's with U or W, a channel's with C, D or G."""
    people = re.compile(r"slack:[UW][A-Z0-9]+/[TE][A-Z0-9]+")
    channel = re.compile(r"slack:[CDG][A-Z0-9]+/[TE][A-Z0-9]+")
    for name, form, right in (
        *((f"{PREFIX}{name}", people, "slack:TEAM/USER, slack:T…/U…") for name in ("CURATORS", "MANAGERS", "OPERATORS")),
        (f"{PREFIX}REVIEWS", channel, "slack:TEAM/CHANNEL, slack:T…/C…"),
    ):
        if form.search(given.get(name, "")):
            yield wrong(ABOUT, f"{name} names a Slack workspace where a person or channel belongs.", f"Write {right}.")
