"""The manifest: every verb, the least rights with a reason each, and within the bounds of Slack's schema."""

import json
import re
from dataclasses import replace

import pytest

from adapters.slack import limits
from adapters.slack.http import PATH
from adapters.slack.manifest import RESERVED, SCOPES, manifest
from briefs.commands.catalogue import CATALOGUE
from briefs.errors import BadInput

URL = f"https://example.org{PATH}"
VERBS = list(dict.fromkeys(command.path[0] for command in CATALOGUE))


def read(text):
    """The YAML of a manifest: mappings and lists by indentation, values in JSON, comments behind a #."""
    lines = [re.sub(r"(^| )# .*$", "", line).rstrip() for line in text.splitlines()]
    found, rest = _read([line for line in lines if line], 0)
    assert rest == []
    return found


def _read(lines, depth):
    def deep(line):
        return len(line) - len(line.lstrip())

    if lines[0].strip().startswith("- "):
        items = []
        while lines and deep(lines[0]) == depth and lines[0].strip().startswith("- "):
            first = lines[0].strip()[2:]
            if re.match(r"[a-z_]+: ", first):
                inner = [" " * (depth + 2) + first]
                lines = lines[1:]
                while lines and deep(lines[0]) > depth:
                    inner.append(lines[0])
                    lines = lines[1:]
                item, left = _read(inner, depth + 2)
                assert left == []
                items.append(item)
            else:
                items.append(json.loads(first))
                lines = lines[1:]
        return items, lines
    mapping = {}
    while lines and deep(lines[0]) == depth:
        name, _, value = lines[0].strip().partition(":")
        assert re.fullmatch("[a-z_]+", name)
        assert name not in mapping
        if value.strip():
            mapping[name], lines = json.loads(value), lines[1:]
        else:
            assert deep(lines[1]) > depth
            mapping[name], lines = _read(lines[1:], deep(lines[1]))
    return mapping, lines


MANIFESTS = {"socket": manifest(CATALOGUE), "http": manifest(CATALOGUE, mode="http", url=URL)}


@pytest.fixture(params=MANIFESTS)
def mode(request):
    return request.param


@pytest.fixture
def told(mode):
    return read(MANIFESTS[mode])


def commands(told):
    return told["features"]["slash_commands"]


def test_every_verb_is_there_once(told):
    assert [command["command"] for command in commands(told)] == [f"/{verb}" for verb in VERBS]


def test_every_command_is_within_the_bounds_of_the_schema(told):
    assert len(commands(told)) <= limits.COMMANDS_MAX
    for command in commands(told):
        assert 2 <= len(command["command"]) <= limits.COMMAND_NAME_MAX
        assert 1 <= len(command["description"]) <= limits.COMMAND_DESCRIPTION_MAX
        assert 1 <= len(command["usage_hint"]) <= limits.COMMAND_HINT_MAX
        assert command["should_escape"] is True
        assert command["command"][1:] not in RESERVED


def test_every_hint_names_help_and_what_the_command_takes(told):
    for command in commands(told):
        of = [c for c in CATALOGUE if c.path[0] == command["command"][1:]]
        names = [c.path[1] for c in of] if len(of[0].path) == 2 else [option.name for option in of[0].options]
        assert all(name in command["usage_hint"] for name in [*names, "help"])


def test_the_app_is_within_the_bounds_of_the_schema(told):
    about, features = told["display_information"], told["features"]
    assert told["_metadata"] == {"major_version": 2, "minor_version": 1}
    assert 1 <= len(about["name"]) <= limits.APP_NAME_MAX
    assert 1 <= len(about["description"]) <= limits.APP_DESCRIPTION_MAX
    assert re.fullmatch(r"[a-z0-9._-]+", features["bot_user"]["display_name"])
    assert len(features["bot_user"]["display_name"]) <= limits.BOT_NAME_MAX
    assert features["app_home"]["home_tab_enabled"] and features["app_home"]["messages_tab_enabled"]
    assert set(told) == {"_metadata", "display_information", "features", "oauth_config", "settings"}


def test_it_asks_for_the_least_rights_and_says_what_each_is_for(mode, told):
    asked = told["oauth_config"]["scopes"]["bot"]
    wanted = ["commands", "chat:write", "channels:history", "groups:history", "im:write", "im:history", "files:read", "users:read"]
    assert asked == wanted == list(SCOPES)
    for scope in asked:
        [line] = [line for line in MANIFESTS[mode].splitlines() if f'"{scope}"' in line]
        assert len(line.partition("# ")[2].split()) >= 3


def test_each_mode_names_where_slack_calls_and_the_other_does_not(mode, told):
    settings = told["settings"]
    addresses = [settings["event_subscriptions"].get("request_url")]
    addresses += [settings["interactivity"].get(name) for name in ("request_url", "message_menu_options_url")]
    addresses += [command.get("url") for command in commands(told)]
    assert set(addresses) == ({URL} if mode == "http" else {None})
    assert settings["socket_mode_enabled"] is (mode == "socket")
    assert settings["interactivity"]["is_enabled"] is True
    assert settings["event_subscriptions"]["bot_events"] == ["app_home_opened", "app_uninstalled", "tokens_revoked"]


def test_it_says_where_it_is_pasted():
    assert all("api.slack.com/apps" in text for text in MANIFESTS.values())


@pytest.mark.parametrize("name", sorted(RESERVED))
def test_a_name_of_slacks_own_is_refused_and_helped_by_a_prefix(name):
    taken = (replace(CATALOGUE[0], path=(name,)), *CATALOGUE[1:])
    with pytest.raises(BadInput, match=f"/{name} "):
        manifest(taken)
    assert f'"/news-{name}"' in manifest(taken, prefix="news")


@pytest.mark.parametrize("verb", ["search", "topic", "status", "join", "leave", "invite", "remind", "who", "feed"])
def test_what_the_documentation_names_is_among_the_reserved(verb):
    assert verb in RESERVED


@pytest.mark.parametrize("url", ["", "http://example.org", "example.org", "https://a b", "https://a\nb: c", "javascript:x"])
def test_http_mode_needs_an_address(url):
    with pytest.raises(BadInput, match="address"):
        manifest(CATALOGUE, mode="http", url=url)


@pytest.mark.parametrize("prefix", ["a b", "x" * 40, "é/", "News", "a\nb"])
def test_a_prefix_that_is_none_is_refused(prefix):
    with pytest.raises(BadInput, match="prefix"):
        manifest(CATALOGUE, prefix=prefix)


def test_too_many_commands_are_refused():
    with pytest.raises(BadInput, match="at most 50"):
        manifest(tuple(replace(CATALOGUE[0], path=(f"verb{n}",)) for n in range(51)))
