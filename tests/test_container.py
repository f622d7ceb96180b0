"""The image and the compose file, read without an engine: what they promise, and that their own commands run the bot."""

import asyncio
import fnmatch
import json
import os
import re
import socket
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from adapters.observe.measures import Measures
from adapters.observe.pulse import APART_MAX, IDLE_MAX, STARTED_WITHIN, UNDER_WAY_MAX
from bot.settings import Settings
from tests.loopback.process import running
from tests.loopback.slack_remote import a_workspace

REPOSITORY = Path(__file__).parents[1]
SERVICE = "standfirst"
HEALTH = re.compile(r"(?P<options>(?:--\S+ )*)CMD (?P<command>\[.*\])")


def instructions():
    """The Dockerfile's instructions in order, each a name and what follows it."""
    text = re.sub(r"\\\n", " ", (REPOSITORY / "Dockerfile").read_text())
    lines = [line.strip() for line in text.splitlines()]
    return [tuple(line.split(maxsplit=1)) for line in lines if line and not line.startswith("#")]


def all_of(name):
    return [rest for found, rest in instructions() if found == name]


def last_stage(name):
    """What the image itself has, not the stage it is built in."""
    found = instructions()
    start = max(number for number, (what, _) in enumerate(found) if what == "FROM")
    return [rest for what, rest in found[start:] if what == name]


def environment():
    """What the image sets, in order."""
    return dict(pair.split("=", 1) for line in last_stage("ENV") for pair in line.split())


def health_check():
    [line] = all_of("HEALTHCHECK")
    found = HEALTH.fullmatch(line)
    return dict(option.removeprefix("--").split("=") for option in found["options"].split()), json.loads(found["command"])


@pytest.fixture(scope="module")
def compose():
    return yaml.safe_load((REPOSITORY / "docker-compose.yml").read_text())


@pytest.fixture(scope="module")
def service(compose):
    assert set(compose["services"]) == {SERVICE}
    return compose["services"][SERVICE]


def test_the_dockerfile_has_no_instruction_that_is_none():
    known = {"FROM", "ENV", "COPY", "RUN", "WORKDIR", "USER", "VOLUME", "STOPSIGNAL", "HEALTHCHECK", "ENTRYPOINT", "CMD"}
    assert {name for name, _ in instructions()} == known


def test_its_base_is_named_by_its_tag_alone():
    for base in all_of("FROM"):
        assert re.fullmatch(r"python:3\.\d+-slim(?: AS [a-z]+)?", base)


def test_what_is_installed_is_what_the_lock_names_with_its_hashes():
    installs = [line for line in all_of("RUN") if "pip" in line and "install" in line]
    assert len(installs) == 1
    assert "--require-hashes" in installs[0]
    assert "-r /tmp/requirements.lock" in installs[0]
    assert "requirements.lock /tmp/" in all_of("COPY")


def test_what_is_copied_is_there_and_nothing_else_reaches_the_engine():
    copied = [line.split()[:-1] for line in all_of("COPY") if not line.startswith("--from")]
    sources = {source for line in copied for source in line}
    kept = {line.removeprefix("!") for line in (REPOSITORY / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    assert sources == kept
    assert all((REPOSITORY / source).exists() for source in sources)
    assert (REPOSITORY / ".dockerignore").read_text().splitlines()[1] == "*"
    assert not any(fnmatch.fnmatch(name, pattern) for pattern in kept for name in (".env", "secrets", "standfirst.db", ".git"))


def test_the_image_knows_no_secret_and_only_settings_there_are():
    names = {f"STANDFIRST_{name.upper()}" for name in Settings.model_fields} | {"STANDFIRST_OBSERVE__PORT"}
    ours = {name for name in environment() if name.startswith("STANDFIRST_")}
    assert ours <= names
    assert not any(word in name for name in ours for word in ("TOKEN", "SECRET"))


def test_the_bot_is_nobody_in_particular_and_owns_its_folder_only(service):
    [user] = all_of("USER")
    uid, gid = user.split(":")
    assert int(uid) > 0
    assert service["user"] == user
    [owns] = [line for line in all_of("RUN") if "useradd" in line]
    assert f"-o {uid} -g {gid} /data" in owns
    assert environment()["STANDFIRST_DATABASE"].startswith("/data/")


def test_the_service_may_do_next_to_nothing(service):
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "cap_add" not in service
    assert "privileged" not in service
    assert service["security_opt"] == ["no-new-privileges:true"]
    [tmp] = service["tmpfs"]
    assert tmp.startswith("/tmp:")
    assert {"noexec", "nosuid", "nodev"} < set(tmp.partition(":")[2].split(","))
    assert re.fullmatch(r"\d+m", service["mem_limit"])
    assert service["memswap_limit"] == service["mem_limit"]
    assert 0 < service["pids_limit"] <= 128
    assert "ports" not in service
    assert "network_mode" not in service


def test_what_it_keeps_is_in_a_volume(compose, service):
    assert service["volumes"] == ["data:/data"]
    assert set(compose["volumes"]) == {"data"}


def test_every_secret_comes_from_a_file_that_is_named_like_its_setting(compose, service):
    assert sorted(service["secrets"]) == sorted(compose["secrets"])
    for name, where in compose["secrets"].items():
        assert where == {"file": f"./secrets/{name}"}
        group, _, field = name.removeprefix("standfirst_").partition("__")
        assert field in type(Settings.model_fields[group].default).model_fields
    assert not any("TOKEN" in name or "SECRET" in name for name in service["environment"])
    assert "secrets/" in (REPOSITORY / ".gitignore").read_text().splitlines()


def test_it_is_given_longer_to_stop_than_it_takes(service):
    assert int(service["stop_grace_period"].removesuffix("s")) > 10
    assert all_of("STOPSIGNAL") == ["SIGTERM"]


def test_an_unhealthy_bot_is_found_within_minutes():
    options, command = health_check()
    seconds = {name: int(value.removesuffix("s")) for name, value in options.items()}
    assert set(seconds) == {"interval", "timeout", "start-period", "retries"}
    assert seconds["interval"] * seconds["retries"] <= 300
    assert seconds["timeout"] > 5  # the bot's own patience
    assert command[-1] == "health"


def test_no_file_for_containers_names_a_host():
    for name in ("Dockerfile", "docker-compose.yml", ".dockerignore"):
        text = (REPOSITORY / name).read_text()
        assert not re.search(r"https?://|\b[\w-]+\.(?:io|com|org|dev)\b", text), name


def test_the_how_to_names_every_figure_and_none_that_is_none():
    told = set(re.findall(r"^\| `(standfirst_\w+)", (REPOSITORY / "docs" / "how-to" / "run-with-compose.md").read_text(), re.MULTILINE))
    there = set(re.findall(r"^# TYPE (standfirst_\w+)", Measures("0").exposition().decode(), re.MULTILINE))
    assert told == there - {"standfirst_build_info"}


def test_the_how_to_tells_the_seconds_the_code_waits():
    text = (REPOSITORY / "docs" / "how-to" / "run-with-compose.md").read_text()
    for seconds in (IDLE_MAX, UNDER_WAY_MAX, APART_MAX, STARTED_WITHIN):
        assert f"{seconds:.0f} seconds" in text


async def test_the_images_own_commands_run_the_bot_and_tell_whether_it_is_well(service, tmp_path):
    run = json.loads(all_of("ENTRYPOINT")[0]) + service["command"]
    assert service["command"] == json.loads(all_of("CMD")[0])
    _, health = health_check()
    secrets = tmp_path / "secrets"
    secrets.mkdir()
    async with running("tests.loopback.slack") as base, a_workspace(base) as remote:
        for name in service["secrets"]:
            (secrets / name).write_text({"slack__bot_token": remote.token, "slack__app_token": remote.app_token}.get(name[11:], "") + "\n")
        # What the image has elsewhere is here; where Slack is and which port is free, no image can know.
        elsewhere = {"/opt/venv/bin": str(Path(sys.executable).parent), "/app": str(REPOSITORY), "/data": str(tmp_path / "data")}
        given = {name: _moved(value, elsewhere) for name, value in environment().items()} | service["environment"]
        given |= {"STANDFIRST_SECRETS": str(secrets), "STANDFIRST_SLACK__BASE_URL": remote.api, "STANDFIRST_OBSERVE__PORT": _free_port()}
        (tmp_path / "data").mkdir(mode=0o700)
        bot = await asyncio.to_thread(_started, run, given, tmp_path / "data")
        try:
            assert bot.stdout.readline() == "Running: slack. Ctrl-C stops it.\n"
            assert _health(health, given, tmp_path) == (0, "Well: it serves slack.\n")
            bot.terminate()
            out, err = bot.communicate(timeout=60)
        finally:
            bot.kill()
            bot.communicate()
        assert (bot.returncode, out) == (0, "")
        assert [json.loads(line)["event"] for line in err.splitlines()] == ["running", "stopping", "stopped"]
        assert remote.token not in err
        assert _health(health, given, tmp_path)[0] == 1
    assert {path.name.removeprefix("standfirst.") for path in (tmp_path / "data").iterdir()} <= {"db", "db-wal", "db-shm", "db.delivering"}
    assert {path.name for path in tmp_path.iterdir()} == {"data", "secrets"}


def _started(command, given, folder):
    return subprocess.Popen(command, env=given, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def _moved(value, elsewhere):
    for there, here in elsewhere.items():
        value = value.replace(there, here)
    return value.replace("$PATH", os.environ["PATH"])


def _health(command, given, folder):
    done = subprocess.run(command, env=given, cwd=folder, capture_output=True, text=True, check=False, timeout=60)
    return done.returncode, done.stdout


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])
