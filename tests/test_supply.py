"""What we stand on: locked by hash for every Python, each dependency with its reason, listed, and looked up honestly."""

import json
import re
import stat
import sys
import tomllib
from pathlib import Path

import pytest
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests import audit, sbom
from tests.locks import REPOSITORY, locks, read

PROJECT = (REPOSITORY / "pyproject.toml").read_text(encoding="utf-8")
TOLD = tomllib.loads(PROJECT)
LOCKS = locks()
PYTHONS = ["3.11", "3.12", "3.13", "3.14"]
SYSTEMS = [("linux", "Linux"), ("darwin", "Darwin"), ("win32", "Windows")]
NOT_LOCKED = {"tagger"}  # an extra that whoever wants it installs by hand, beside a model of their choice


def here(python, system):
    """What markers are held against."""
    platform, name = system
    return {
        "python_version": python,
        "python_full_version": f"{python}.0",
        "sys_platform": platform,
        "platform_system": name,
        "platform_python_implementation": "CPython",
        "implementation_name": "cpython",
    }


def installed(lock, python, system=SYSTEMS[0]):
    """What a lock installs there: name → version."""
    lines = [
        line
        for line in read(REPOSITORY / lock.file)
        if line.requirement.marker is None or line.requirement.marker.evaluate(here(python, system))
    ]
    assert len({line.name for line in lines}) == len(lines), "two versions of one package"
    return {line.name: line.version for line in lines}


def by_name(file):
    return next(lock for lock in LOCKS if lock.file == file)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.file)
def test_every_line_of_a_lock_is_one_version_and_its_hashes(lock):
    lines = read(REPOSITORY / lock.file)
    assert lines
    for line in lines:
        assert re.fullmatch(r"[\w.!+]+", line.version)
        assert line.requirement.url is None
        assert line.hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", told) for told in line.hashes)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.file)
def test_a_lock_names_no_host_and_no_option(lock):
    text = (REPOSITORY / lock.file).read_text(encoding="utf-8")
    assert re.findall(r"\w+://|@ |^-|\.(?:org|com|io|net|dev)\b", text, re.MULTILINE) == []


def test_a_lock_that_pins_nothing_is_not_read(tmp_path):
    (tmp_path / "x.lock").write_text("aiohttp>=3.11 \\\n    --hash=sha256:00\n", encoding="utf-8")
    [line] = read(tmp_path / "x.lock")
    with pytest.raises(AssertionError):
        line.version  # noqa: B018 asking is enough


@pytest.mark.parametrize("system", SYSTEMS, ids=lambda system: system[0])
@pytest.mark.parametrize("python", PYTHONS)
@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.file)
def test_what_pyproject_asks_for_is_locked_for_every_python(lock, python, system):
    there = installed(lock, python, system)
    for wanted in map(Requirement, lock.wants):
        name = canonicalize_name(wanted.name)
        assert name in there, f"run make lock: {wanted}"
        assert wanted.specifier.contains(there[name], prereleases=True), f"run make lock: {wanted}, locked is {there[name]}"


def test_every_list_of_pyproject_has_its_lock():
    project = TOLD["project"]
    wanted = {*project["dependencies"], *TOLD["build-system"]["requires"]}
    wanted |= {one for extra, those in project["optional-dependencies"].items() if extra not in NOT_LOCKED for one in those}
    assert wanted == {one for lock in LOCKS for one in lock.wants}


@pytest.mark.parametrize("python", PYTHONS)
def test_locks_that_share_an_environment_agree(python):
    run, dev, build = (installed(by_name(f"requirements{of}.lock"), python) for of in ("", "-dev", "-build"))
    assert run.items() <= dev.items()
    assert {name: dev[name] for name in build if name in dev}.items() <= build.items()
    assert {name: run[name] for name in build if name in run}.items() <= build.items()


def test_nothing_is_installed_but_from_a_lock():
    """By make, and wherever else pip is called: hashes are asked for, and nothing is fetched to build with."""
    callers = [REPOSITORY / "Makefile", *REPOSITORY.glob("Dockerfile*"), *REPOSITORY.glob(".ci/*")]
    calls = [line for file in callers for line in re.sub(r"\\\n", " ", file.read_text()).splitlines() if "pip install" in line]
    assert len(calls) >= 5
    for call in calls:
        assert "--require-hashes" in call or {"--no-deps", "--no-build-isolation"} <= set(call.split()), call


def test_what_asks_for_a_package_is_locked_too():
    lines = read(REPOSITORY / "requirements-dev.lock")
    names = {line.name for line in lines}
    assert {via for line in lines for via in line.via} <= names | {"standfirst"}
    assert [line.name for line in lines if not line.via] == []


def dependency_lines():
    """The lines of pyproject.toml that name a dependency."""
    lists = re.findall(r"^(?:requires|dependencies|\w+) = \[\n(.*?)^\]", PROJECT.split("[project.scripts]")[0], re.MULTILINE | re.DOTALL)
    return [line.strip() for text in lists for line in text.splitlines() if line.strip()]


def test_every_dependency_line_is_looked_at():
    named = {*TOLD["build-system"]["requires"], *TOLD["project"]["dependencies"]}
    named |= {one for those in TOLD["project"]["optional-dependencies"].values() for one in those}
    assert len(dependency_lines()) == len(named)


@pytest.mark.parametrize("line", dependency_lines(), ids=lambda line: re.split(r"[^\w.-]", line.strip('"'))[0])
def test_every_dependency_has_its_reason_in_one_line(line):
    reason = re.fullmatch(r'"[^"]+", +# (.+)', line)
    assert reason, f"say why: {line}"
    assert len(reason[1].split()) >= 2


def test_the_list_of_what_is_in_the_bot_is_valid_and_whole():
    locked = read(REPOSITORY / "requirements.lock")
    text = sbom.written(sbom.bom(locked))
    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) is None
    told = json.loads(text)
    parts = {part["purl"]: part for part in told["components"]}
    assert set(parts) == {f"pkg:pypi/{line.name}@{line.version}" for line in locked}
    for line in locked:
        [came] = parts[f"pkg:pypi/{line.name}@{line.version}"]["externalReferences"]
        assert {f"sha256:{told['content']}" for told in came["hashes"]} == set(line.hashes)
    asks = {one["ref"]: {part.split("/")[-1].split("@")[0] for part in one.get("dependsOn", ())} for one in told["dependencies"]}
    assert asks["standfirst"] == {canonicalize_name(Requirement(one).name) for one in TOLD["project"]["dependencies"]}
    assert "aiohttp" in asks[next(ref for ref in asks if ref.startswith("pkg:pypi/discord-py@"))]


def test_the_list_is_the_same_every_time_and_names_no_host():
    first, again = (sbom.written(sbom.bom(read(REPOSITORY / "requirements.lock"))) for _ in range(2))
    assert first == again
    assert re.findall(r"\w+://[^\"]+", first) == ["http://cyclonedx.org/schema/bom-1.6.schema.json"]


def test_a_list_that_is_not_valid_is_not_written(tmp_path):
    made = sbom.bom(())
    made.metadata.component.bom_ref.value = None
    made.metadata.component.name = None
    with pytest.raises(ValueError, match="not as CycloneDX wants"):
        sbom.written(made)


def the_tool(folder: Path, script: str) -> Path:
    """Something in the place of pip-audit, that answers so."""
    tool = folder / "pip-audit"
    tool.write_text(f"#!{sys.executable}\nimport json, pathlib, sys\nasked = pathlib.Path(sys.argv[2]).read_text().split()\n{script}")
    tool.chmod(tool.stat().st_mode | stat.S_IXUSR)
    return tool


ANSWERS = "print(json.dumps({'dependencies': [dict(zip(('name', 'version'), one.split('==')), vulns=[]) for one in asked]}))"
SKIPS = "print(json.dumps({'dependencies': [{'name': one.split('==')[0], 'skip_reason': 'not found'} for one in asked]}))"
SOME = ANSWERS.replace("vulns=[]) for one in asked", "vulns=[]) for one in asked[1:]")
WEAK = ANSWERS.replace("vulns=[]", "vulns=[{'id': 'PYSEC-1', 'fix_versions': ['9.9']}] if 'aiohttp==' in one else []")
CUT = "sys.exit('Traceback\\nrequests.exceptions.ConnectionError: HTTPSConnectionPool(host=1): Max retries exceeded')"


@pytest.mark.parametrize(
    ("script", "code", "said"),
    [
        pytest.param(ANSWERS, audit.SOUND, "packages, no weakness known.", id="sound"),
        pytest.param(WEAK, audit.FOUND, "PYSEC-1 (mended in 9.9)", id="weak"),
        pytest.param(SKIPS, audit.UNKNOWN, "could not be reached, so nothing was checked (it knew none of", id="knows-none"),
        pytest.param(SOME, audit.UNKNOWN, "could not be checked: aiohappyeyeballs.", id="knows-not-all"),
        pytest.param(CUT, audit.UNKNOWN, "could not be reached, so nothing was checked (ConnectionError)", id="no-connection"),
        pytest.param("", audit.UNKNOWN, "nothing was checked (no answer)", id="silence"),
        pytest.param("print('[]')", audit.UNKNOWN, "nothing was checked (no answer)", id="another-form"),
    ],
)
def test_an_audit_tells_sound_from_not_known(script, code, said, tmp_path):
    found, told = audit.audited(read(REPOSITORY / "requirements.lock"), the_tool(tmp_path, script))
    assert found == code
    assert said in told
    assert "Traceback" not in told


def test_an_audit_asks_for_every_version_that_is_locked_for_any_python(tmp_path):
    locked = read(REPOSITORY / "requirements-dev.lock")
    twice = sorted(line.version for line in locked if line.name == "numpy")
    assert len(twice) == 2
    code, said = audit.audited(locked, the_tool(tmp_path, f"assert len({{o.split('==')[0] for o in asked}}) == len(asked)\n{ANSWERS}"))
    assert (code, said) == (audit.SOUND, f"{len(locked)} packages, no weakness known.")
