"""Three stages for one story: people type, press and fill in forms on Discord, in Slack and at the console, of one bot that runs."""

import asyncio
import io
import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol, TypeVar

from adapters.console.channel import ConsoleChannel
from adapters.console.screen import Screen
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.form import line_with
from briefs.commands.grammar import parse
from briefs.digest import Place
from briefs.message import Message
from tests.adapters.slack.workspace import InSlack, controls, is_waiting, shown
from tests.loopback.discord_remote import Remote as DiscordRemote
from tests.loopback.slack_remote import Remote as SlackRemote

REPOSITORY = Path(__file__).parents[2]
ANNA, CLEO = "anna", "cleo"  # who curates, and who reads
T = TypeVar("T")


@dataclass
class Shown:
    """What somebody is shown: its words, what can be pressed with what a press needs, and a form's fields."""

    text: str
    presses: Sequence[tuple[str, Any]] = ()
    fields: Mapping[str, str] | None = None
    raw: Any = None

    def press(self, label: str, nth: int = 0) -> Any:
        """What the press of that label needs."""
        return [found for name, found in self.presses if name.startswith(label)][nth]


class Stage(Protocol):
    """Where somebody stands: says things, presses, fills in, and sees posts."""

    place: Place
    begins_anew: bool  # what was shown before a restart cannot be pressed

    async def say(self, line: str, who: str = ANNA) -> Shown: ...

    async def press(self, page: Shown, label: str, who: str = ANNA, nth: int = 0) -> Shown: ...

    async def fill(self, form: Shown, values: Mapping[str, str], who: str = ANNA) -> Shown: ...

    async def posts(self) -> list[str]: ...

    async def offered(self, command: str, who: str = CLEO) -> str: ...


async def until(look: Callable[[], Awaitable[T]], seconds: float = 90) -> T:
    """What the look gives, as soon as it gives something."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if found := await look():
            return found
        await asyncio.sleep(0.05)
    raise AssertionError("it did not happen in time")


@dataclass
class House:
    """The bot as a process of its own, which is killed and begun again on the same file."""

    folder: Path
    environment: dict[str, str]
    processes: list["subprocess.Popen[str]"] = field(default_factory=list)

    @property
    def database(self) -> str:
        return self.environment["STANDFIRST_DATABASE"]

    def popen(self, *task: str) -> "subprocess.Popen[str]":
        pipe = subprocess.PIPE
        command = [sys.executable, "-m", "bot", *task]
        environment = self.environment | {"PATH": os.environ["PATH"], "PYTHONPATH": str(REPOSITORY), "HOME": str(self.folder)}
        with (self.folder / "errors").open("a") as errors:
            made = subprocess.Popen(command, env=environment, cwd=self.folder, stdin=pipe, stdout=pipe, stderr=errors, text=True)
        self.processes.append(made)
        return made

    async def begin(self) -> None:
        """Start it, and wait until it serves."""
        process = self.popen("run")
        assert process.stdout is not None
        assert "Running" in await asyncio.to_thread(process.stdout.readline), self.errors()

    def kill(self) -> None:
        """End everything as a power cut would."""
        for process in self.processes:
            process.kill()
            process.communicate()
        self.processes.clear()

    async def once(self, line: str) -> str:
        """What the console answers to one line while nothing else runs."""
        process = self.popen("say", line)
        out, _ = await asyncio.to_thread(process.communicate, timeout=60)
        self.processes.remove(process)
        return " ".join(out.split())

    def errors(self) -> str:
        """What was written to standard error so far."""
        return (self.folder / "errors").read_text()


@dataclass
class OnDiscord:
    """Discord: commands with options, components, modals; answers for the asker alone."""

    remote: DiscordRemote
    channel: str
    begins_anew = False
    people = {ANNA: "800000000000000001", CLEO: "800000000000000003"}

    @property
    def place(self) -> Place:
        return Place(f"discord:{self.remote.guild}", self.channel)

    async def say(self, line: str, who: str = ANNA) -> Shown:
        parsed = parse(line, CATALOGUE)
        long = parsed.command.long.name if parsed.command.long and parsed.command.long.required else ""
        options = [_option(parsed.command.option(name), value) for name, value in parsed.options.items() if name != long]
        found = await self._does(2, _command(parsed.command.path, options), who)
        if found.fields is not None and long in parsed.options:
            return await self.fill(found, {long: parsed.options[long]}, who)
        return found

    async def press(self, page: Shown, label: str, who: str = ANNA, nth: int = 0) -> Shown:
        custom_id, picked = page.press(label, nth)
        data = (
            {"custom_id": custom_id, "component_type": 3, "values": [picked]} if picked else {"custom_id": custom_id, "component_type": 2}
        )
        return await self._does(3, data, who, message=page.raw)

    async def share(self, page: Shown, who: str = CLEO, label: str = "Share here") -> None:
        """Press what shares a page."""
        data = {"custom_id": page.press(label, 0)[0], "component_type": 2}
        await self.remote.interact(self.channel, 3, data, user=self.people[who], message=page.raw)

    async def fill(self, form: Shown, values: Mapping[str, str], who: str = ANNA) -> Shown:
        assert form.fields is not None
        assert set(values) <= set(form.fields), form.fields
        rows = [
            {"type": 18, "component": {"type": 4, "custom_id": name, "value": text}} for name, text in ({**form.fields, **values}).items()
        ]
        return await self._does(5, {"custom_id": form.raw["custom_id"], "components": rows}, who)

    async def posts(self) -> list[str]:
        return [" ".join(_texts(post["components"])) for post in await self.remote.messages(self.channel)]

    async def offered(self, command: str, who: str = CLEO) -> str:
        named = next(one for one in CATALOGUE if one.path == (command,)).positional
        assert named is not None
        option = {"name": named.name, "type": 3, "value": "", "focused": True}
        await until(self._listens)
        made = await self.remote.interact(self.channel, 4, _command((command,), [option]), user=self.people[who])
        found = await until(lambda: self._answer(made["token"]))
        return json.dumps(found["callback"]["data"], ensure_ascii=False)

    async def _does(self, kind: int, data: dict[str, Any], who: str, **more: Any) -> Shown:
        await until(self._listens)  # a bot that has just begun may not be connected yet, and Discord repeats nothing
        made = await self.remote.interact(self.channel, kind, data, user=self.people[who], **more)
        found = await until(lambda: self._answer(made["token"]))
        if found["callback"]["type"] == 9:
            view = found["callback"]["data"]
            inputs = [label["component"] for label in view["components"]]
            fields = {one["custom_id"]: one.get("value") or "" for one in inputs if one["type"] == 4}
            return Shown(view["title"], fields=fields, raw=view)
        message = found["original"]
        assert found["private"] or found["changed"], "an answer that everybody sees"
        behind = [text for told in found["behind"] for text in _texts(told["components"])]
        every = [message, *found["behind"]]
        presses = [press for told in every for press in _pressable(told["components"])]
        return Shown(" ".join([*_texts(message["components"]), *behind]), presses, raw=message)

    async def _listens(self) -> bool:
        return any(session["open"] for session in (await self.remote.seen())["sessions"])

    async def _answer(self, token: str) -> Any:
        found = (await self.remote.seen())["interactions"][token]
        return found if found["callback"] and (found["original"] or found["callback"]["type"] in {8, 9}) else None


@dataclass
class InAWorkspace:
    """Slack in socket mode: lines as they are typed, blocks, modals; ephemeral answers."""

    remote: SlackRemote
    channel: str = "C1"
    begins_anew = False
    people = {ANNA: "UANNA", CLEO: "UCLEO"}

    def __post_init__(self) -> None:
        self.world = InSlack(self.remote, "socket", None, None, None, (), AsyncExitStack(), self.remote.http)  # type: ignore[arg-type]

    @property
    def place(self) -> Place:
        return Place(f"slack:{self.remote.team}", self.channel)

    async def say(self, line: str, who: str = ANNA) -> Shown:
        return await self._after(lambda: self.world.command(line, user=self.people[who], channel=self.channel))

    async def press(self, page: Shown, label: str, who: str = ANNA, nth: int = 0) -> Shown:
        value = page.press(label, nth)
        return await self._after(lambda: self.world.press(page.raw, value, user=self.people[who], channel=self.channel))

    async def share(self, page: Shown, who: str = CLEO, label: str = "Share here") -> None:
        """Press what shares a page."""
        await self.world.press(page.raw, page.press(label, 0), user=self.people[who], channel=self.channel)

    async def fill(self, form: Shown, values: Mapping[str, str], who: str = ANNA) -> Shown:
        assert form.fields is not None
        assert set(values) <= set(form.fields), form.fields
        filled = {name: text for name, text in {**form.fields, **values}.items() if text}
        return await self._after(lambda: self.world.submit(form.raw, filled, user=self.people[who]))

    async def posts(self) -> list[str]:
        return [f"{post.get('text', '')} {shown(post.get('blocks', []))}" for post in await self.remote.messages(self.channel)]

    async def offered(self, command: str, who: str = CLEO) -> str:
        return ""  # Slack completes nothing while a command is typed

    async def _after(self, does: Callable[[], Awaitable[dict[str, Any]]]) -> Shown:
        before = await self._seen()
        told = (await does()).get("payload") or {}
        if told.get("response_action") in {"errors", "update"}:
            return Shown(json.dumps(told, ensure_ascii=False))

        async def more() -> Shown | None:
            whispers, modals = await self._seen()
            if len(modals) > len(before[1]):
                inputs = {b["element"]["action_id"]: b["element"] for b in modals[-1]["blocks"] if b["type"] == "input"}
                fields = {name: e.get("initial_value", "") for name, e in inputs.items() if e["type"] == "plain_text_input"}
                return Shown(modals[-1]["title"]["text"], fields=fields, raw=modals[-1])
            new = [message for message in whispers[len(before[0]) :] if not is_waiting(message)]
            if not new:
                return None
            pressable = [(one["label"], one["value"]) for one in controls(new[-1])] if new[-1].get("blocks") else []
            return Shown(" ".join(f"{m['text']} {shown(m.get('blocks', []))}" for m in new), pressable, raw=new[-1])

        return await until(more)

    async def _seen(self) -> tuple[list[Any], list[Any]]:
        seen = await self.remote.seen()
        return list(seen["ephemerals"]), list(seen["modals"].values())


@dataclass
class AtTheConsole:
    """A chat through pipes; whoever sits there is curator and reader in one."""

    house: House
    place = Place("console", "main")
    begins_anew = True
    process: "subprocess.Popen[str] | None" = None

    async def say(self, line: str, who: str = ANNA) -> Shown:
        return await asyncio.to_thread(self._said, line)

    def _said(self, line: str) -> Shown:
        if self.process is None or self.process.poll() is not None:
            self.process = self.house.popen("chat")
        assert self.process.stdin is not None and self.process.stdout is not None
        self.process.stdin.write(f"{line}\n999999\n")
        self.process.stdin.flush()
        told = []
        while "There is no 999999)" not in (row := self.process.stdout.readline()):
            assert row, self.house.errors()
            told.append(row.rstrip())
        text = "\n".join(told)
        if fill := text.partition("Type it as it shall be: ")[2]:
            return Shown(text, fields={}, raw=" ".join(fill.split()))
        presses = [(label.strip(), number) for number, label in re.findall(r"(\d+)\) (.+?)(?=\s{2,}\d+\) |$)", text, re.M)]
        return Shown(" ".join(text.split()), presses)

    async def press(self, page: Shown, label: str, who: str = ANNA, nth: int = 0) -> Shown:
        return await self.say(page.press(label, nth))

    async def fill(self, form: Shown, values: Mapping[str, str], who: str = ANNA) -> Shown:
        parsed = parse(form.raw, CATALOGUE)
        return await self.say(line_with(parsed.command, {**parsed.options, **values}))

    async def posts(self) -> list[str]:
        channel = ConsoleChannel(Path(self.house.database).with_suffix(".console.jsonl"))
        standing = {post.receipt: post.message for post in channel.posts_from(0)}
        return [_at_a_screen(message) for message in standing.values()]

    async def offered(self, command: str, who: str = CLEO) -> str:
        return ""  # whoever sits there may see drafts


def _at_a_screen(message: Message) -> str:
    out = io.StringIO()
    Screen(out=out, width=10_000).show(message, first=None)
    return " ".join(out.getvalue().split())


def _option(option: Any, value: str) -> dict[str, Any]:
    return {"name": option.name, "type": 4 if option.number else 3, "value": int(value) if option.number else value}


def _command(path: Sequence[str], options: list[dict[str, Any]]) -> dict[str, Any]:
    data: dict[str, Any] = {"id": "1", "type": 1, "name": path[0]}
    return data | {"options": [{"type": 1, "name": path[1], "options": options}] if len(path) > 1 else options}


def _texts(components: Sequence[Mapping[str, Any]]) -> list[str]:
    found: list[str] = []
    for component in components:
        found += [component["content"]] if "content" in component else []
        found += _texts(component.get("components", []))
    return found


def _pressable(components: Sequence[Mapping[str, Any]]) -> list[tuple[str, Any]]:
    found: list[tuple[str, Any]] = []
    for component in components:
        found += [(component["label"], (component["custom_id"], ""))] if component.get("type") == 2 else []
        found += [(one["label"], (component["custom_id"], one["value"])) for one in component.get("options", [])]
        found += _pressable([*component.get("components", []), *filter(None, [component.get("accessory")])])
    return found
