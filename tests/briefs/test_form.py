"""Forms for commands that were given without all they need."""

from zoneinfo import ZoneInfo

import pytest

from briefs.commands.ask import Asker
from briefs.commands.catalogue import CATALOGUE
from briefs.commands.form import form_of
from briefs.commands.grammar import parse


def test_what_is_required_is_asked_for_first():
    form = form_of("/digest subscribe", CATALOGUE)
    assert [field.name for field in form.fields] == ["at", "tz", "days", "topics"]


def test_what_was_given_is_kept_and_not_asked_for_again():
    form = form_of("/digest subscribe tz:Asia/Baghdad name:evening", CATALOGUE)
    assert "tz" not in [field.name for field in form.fields]
    assert parse(form.line, CATALOGUE).options == {"tz": "Asia/Baghdad", "name": "evening"}


@pytest.mark.parametrize("line", ["/brief", "/digest subscribe at:07:30", "/nonsense", "", "/digest subscribe foo:bar"])
def test_what_lacks_nothing_or_is_no_command_has_no_form(line):
    assert form_of(line, CATALOGUE) is None


def test_filled_in_it_is_the_command_and_an_empty_field_is_left_out():
    form = form_of("/digest subscribe name:evening", CATALOGUE)
    assert form.filled({"at": " 07:30 ", "tz": "", "bogus": "x"}) == {"name": "evening", "at": "07:30"}


def test_the_askers_own_zone_stands_in_the_form():
    form = form_of("/digest subscribe", CATALOGUE)
    tz = form.command.option("tz")
    assert form.first_value(tz, Asker("s", "c", "u", zone=ZoneInfo("Asia/Baghdad"))) == "Asia/Baghdad"
    assert form.first_value(tz, Asker("s", "c", "u")) == ""


def test_at_most_five_fields_are_asked_for():
    for command in CATALOGUE:
        form = form_of(f"/{command.name}", CATALOGUE)
        assert form is None or len(form.fields) <= 5


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        pytest.param("/form /curate edit ferry line:3 v:2 text: It sank.", ["text", "cites"], id="a press knows draft and line"),
        pytest.param("/form /curate hold ferry v:2 reason:", ["reason"], id="and wants a reason"),
        pytest.param("/form /curate correct ferry line:3 text: It sank.", ["why", "text", "cites"], id="a correction"),
        pytest.param("/form /curate answer 12 text:", ["text"], id="an answer"),
        pytest.param("/form /standfirst wrong iraq line:3 said:", ["said"], id="a report"),
        pytest.param("/form /curate set ferry v:2 topics:", ["topics", "outlet", "date", "licence"], id="what it is about"),
        pytest.param("/again /curate edit ferry line:3 text: It sank.", ["draft", "line", "text", "cites"], id="all of it again"),
    ],
)
def test_a_form_of_a_press_asks_only_for_what_the_press_does_not_know(line, fields):
    form = form_of(line, CATALOGUE)
    assert [field.name for field in form.fields] == fields
    assert form_of(form.line, CATALOGUE) == form
