"""What stands in the log: an event a line, and no secret, whatever way it got there."""

import json
import logging
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.logs import HIDDEN, JsonLines, Redaction, TextLines, set_up
from bot.settings import Settings

SECRET = 'open "sesame"/ü+1'
NOT_OURS = "xoxb-not-ours-at-all"


def record(message, *args, fields=None, error=None):
    made = logging.LogRecord("bot.tasks", logging.WARNING, __file__, 1, message, args, error and (type(error), error, error.__traceback__))
    if fields:
        made.fields = fields
    return made


def raised(text):
    def fail():
        raise ValueError(text)

    try:
        fail()
    except ValueError as error:
        return error


FORMS = [pytest.param(form, id=form.__name__) for form in (JsonLines, TextLines)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    "made",
    [
        record(f"it was {SECRET}"),
        record("it was %s", SECRET),
        record("asked https://example.org/?token=%s", quote(SECRET, safe="")),
        record("an event", fields={"key": SECRET}),
        record("a fault", error=raised(f"refused {SECRET}")),
        record("a fault", error=raised(repr(SECRET))),
    ],
    ids=["message", "argument", "quoted", "field", "traceback", "repr"],
)
def test_no_secret_of_the_settings_is_in_a_line(form, made):
    line = form(Redaction([SECRET, "hush-hush"])).format(made)
    assert HIDDEN in line
    assert "sesame" not in line


@pytest.mark.parametrize(
    "text",
    [
        f"a token of another app, {NOT_OURS}",
        "xapp-1-A012-345-abcdef",
        "POST /api/v10/webhooks/700000000000000001/aW50ZXJhY3Rpb246MTIz went wrong",
        "POST /api/v10/interactions/700000000000000001/aW50ZXJhY3Rpb246MTIz/callback went wrong",
        "https://hooks.slack.com/commands/T012/345/abc",
        "wss://example.org/link/?ticket=0123-abcd&app_id=1",
        ".".join(["NzAwMDAwMDAwMDAwMDAwMDAx", "for-te", "sts_only_not_a_token_of_anybody"]),
    ],
)
def test_what_opens_something_is_hidden_though_no_setting_has_it(text):
    shown = Redaction([])(text)
    assert HIDDEN in shown
    assert not any(part in shown for part in ("not-ours", "345", "aW50", "0123-abcd", "sts_only"))


def test_plain_words_are_left_as_they_are():
    text = "The store cannot be reached: x. Key digest:discord:1:2:daily:2026-11-22:1, version 1.2.3."
    assert Redaction(["x", ""])(text) == text


@given(st.text(), st.dictionaries(st.sampled_from(["platform", "key", "late"]), st.one_of(st.text(), st.floats(), st.none())))
def test_an_event_is_one_line_whatever_is_in_it(text, fields):
    line = JsonLines(Redaction([])).format(record("%s", text, fields=fields, error=raised(text)))
    assert len(line.splitlines()) == 1
    assert line.isascii()
    told = json.loads(line)
    assert (told["level"], told["logger"]) == ("warning", "bot.tasks")
    assert "ValueError" in told["fault"]
    assert len(TextLines(Redaction([])).format(record("%s", text, fields=fields)).splitlines()) == 1


@pytest.mark.parametrize(("form", "as_json"), [("auto", True), ("json", True), ("text", False)])
def test_a_service_logs_in_the_form_that_is_set_and_json_where_nothing_is(capsys, form, as_json):
    set_up(Settings(log_format=form), None)
    logging.getLogger("bot.tasks").warning("hello")
    line = capsys.readouterr().err
    assert line.startswith("{") is as_json
    assert "hello" in line
