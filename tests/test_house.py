"""The rules of the house: floors, one description of everything, nothing forgotten."""

import ast
import re
import tomllib
from pathlib import Path
from typing import get_args

import pytest

from bot.reference import env_example
from bot.settings import rows
from briefs import errors, message, ports
from briefs.commands.catalogue import CATALOGUE

REPOSITORY = Path(__file__).parents[1]
SOURCES = sorted(p for package in ("bot", "briefs", "adapters") for p in (REPOSITORY / package).rglob("*.py"))
COMMANDS = (REPOSITORY / "docs/reference/commands.md").read_text(encoding="utf-8")
SETTINGS = (REPOSITORY / "docs/reference/settings.md").read_text(encoding="utf-8")
CONTRACTS = tomllib.loads((REPOSITORY / "pyproject.toml").read_text())["tool"]["importlinter"]["contracts"]


def names_in(files):
    return {
        node.id if isinstance(node, ast.Name) else node.attr
        for f in files
        for node in ast.walk(ast.parse(f.read_text()))
        if isinstance(node, ast.Name | ast.Attribute)
    }


def test_the_linter_knows_every_adapter():
    folders = {p.stem for p in (REPOSITORY / "adapters").iterdir() if p.stem not in {"__init__", "__pycache__"}}
    independent = next(c for c in CONTRACTS if c["type"] == "independence")
    assert {m.removeprefix("adapters.") for m in independent["modules"]} == folders


def test_the_linter_knows_every_part_of_briefs():
    parts = {p.stem for p in (REPOSITORY / "briefs").iterdir() if p.stem not in {"__init__", "__pycache__"}}
    inside = next(c for c in CONTRACTS if c.get("containers") == ["briefs"])
    listed = {part.strip() for layer in inside["layers"] for part in layer.split("|")} | set(inside["exhaustive_ignores"])
    assert listed == parts


@pytest.mark.parametrize("file", SOURCES, ids=lambda p: str(p.relative_to(REPOSITORY)))
def test_a_file_holds_one_idea(file):
    assert len(file.read_text().splitlines()) <= 320


def test_only_settings_read_the_environment():
    readers = [f.relative_to(REPOSITORY).as_posix() for f in SOURCES if re.search(r"\bos\.(environ|getenv)\b", f.read_text())]
    assert readers == ["bot/settings.py"]


def test_no_todo_is_committed():
    assert [f.name for f in SOURCES if re.search(r"\b(TODO|FIXME|XXX)\b", f.read_text())] == []


def test_no_file_names_a_registrys_host():
    files = [
        p for p in REPOSITORY.iterdir() if p.is_file() and p.suffix in {".lock", ".toml", ".txt", ".md", ".yml", ""} and p.name != ".env"
    ]
    hosts = re.compile(r"pypi\.org|pythonhosted|docker\.io|npmjs|https?://[^ ]*simple", re.IGNORECASE)
    assert [p.name for p in files if hosts.search(p.read_text(encoding="utf-8"))] == []


PROTOCOLS = [
    *(ports.Shelf, ports.Subscriptions, ports.Ledger, ports.Curation, ports.Reports, ports.Checks, ports.PlatformChecks),
    *(ports.Asks, ports.Spaces, ports.Seen, ports.Publisher, ports.NameFinder),
]


@pytest.mark.parametrize("port", PROTOCOLS, ids=lambda p: p.__name__)
def test_every_port_method_has_a_contract_test(port):
    suites = "\n".join(p.read_text() for p in (REPOSITORY / "tests" / "contracts").glob("test_*.py"))
    methods = [name for name in vars(port) if not name.startswith("_")]
    assert methods
    assert [name for name in methods if not re.search(rf"\.{name}\b", suites)] == []


@pytest.mark.parametrize("command", CATALOGUE, ids=lambda c: c.name)
def test_every_command_has_help_examples_and_a_row_in_the_reference(command):
    assert 0 < len(command.help) <= 100
    assert command.examples
    assert all(0 < len(option.help) <= 100 for option in command.options)
    assert f"| `{command.form.replace('|', chr(92) + '|')}` |" in COMMANDS


@pytest.mark.parametrize("command", CATALOGUE, ids=lambda c: c.name)
def test_every_command_is_tried_by_a_test(command):
    tests = "\n".join(p.read_text() for p in (REPOSITORY / "tests").rglob("test_*.py") if p.name != "test_house.py")
    assert f"/{command.name}" in tests


@pytest.mark.parametrize("renderer", ["adapters/console", "adapters/discord", "adapters/example", "adapters/slack"])
def test_every_block_and_span_is_rendered_by_every_renderer(renderer):
    used = names_in((REPOSITORY / renderer).glob("*.py"))
    members = {t.__name__ for union in (message.Block, message.Span) for t in get_args(union)}
    assert members - used == set()


def test_every_error_is_raised_somewhere():
    kinds = [name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, errors.BriefsError)]
    text = "\n".join(f.read_text() for f in SOURCES)
    raised = [name for name in kinds if re.search(rf"raise {name}\b|\b{name}\(", text.replace(f"class {name}(", ""))]
    assert sorted(set(kinds) - set(raised) - {"BriefsError"}) == []


def test_every_setting_stands_in_the_reference_and_in_env_example():
    example = (REPOSITORY / ".env.example").read_text()
    for name, _, _ in rows():
        assert f"| `{name}` |" in SETTINGS
        assert f"# {name}=" in example


def test_the_example_of_the_settings_is_what_the_code_prints():
    assert (REPOSITORY / ".env.example").read_text() == env_example()
