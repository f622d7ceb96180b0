"""From a typed line to a command and its options."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from briefs.commands.catalogue import CATALOGUE
from briefs.commands.grammar import LINE_MAX, checked, parse, tokens
from briefs.errors import BadInput
from briefs.message import clean
from briefs.pages.presses import press, quoted


def understood(line):
    parsed = parse(line, CATALOGUE)
    return parsed.command.name, checked(parsed.command, parsed.options)


@pytest.mark.parametrize(
    ("line", "name", "options"),
    [
        ("/brief", "brief", {}),
        ("/BRIEF Iraq", "brief", {"brief": "Iraq"}),
        ("brief iraq size:full", "brief", {"brief": "iraq", "size": "full"}),
        ("/brief iraq size=FULL", "brief", {"brief": "iraq", "size": "full"}),
        ("/entity Kataeb Hezbollah", "entity", {"name": "Kataeb Hezbollah"}),
        ('/entity "Kataeb Hezbollah" compare:Hezbollah', "entity", {"name": "Kataeb Hezbollah", "compare": "Hezbollah"}),
        ("/entity “Kataeb Hezbollah” compare:“Hezbollah”", "entity", {"name": "Kataeb Hezbollah", "compare": "Hezbollah"}),
        ("/entity Hezbollah compare:Kataeb Hezbollah", "entity", {"name": "Hezbollah", "compare": "Kataeb Hezbollah"}),
        ("/entity Kata'ib Hizballah", "entity", {"name": "Kata'ib Hizballah"}),
        ('/entity "unbalanced', "entity", {"name": "unbalanced"}),
        ("/source iraq:12", "source", {"what": "iraq:12"}),
        ("/digest subscribe at:07:30 tz:Europe/London", "digest subscribe", {"at": "07:30", "tz": "Europe/London"}),
        ("/digest subscribe at:7:30 pm tz:new york", "digest subscribe", {"at": "7:30 pm", "tz": "new york"}),
        ("/standfirst brief iraq", "brief", {"brief": "iraq"}),
        ("/standfirst\tbrief iraq", "brief", {"brief": "iraq"}),
        ("/standfirst /entity Hamas", "entity", {"name": "Hamas"}),
        ("/standfirst", "standfirst help", {}),
        ("/standfirst help digest", "standfirst help", {"command": "digest"}),
        ("/help", "standfirst help", {}),
        ("/brief help", "standfirst help", {"command": "brief"}),
        ("/digest", "standfirst help", {"command": "digest"}),
        ("/find nuclear talks", "find", {"words": "nuclear talks"}),
        ("/entity Hez\u200bbollah", "entity", {"name": "Hezbollah"}),
    ],
)
def test_a_line_is_understood(line, name, options):
    assert understood(line) == (name, options)


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("", "Nothing was typed"),
        ("/breif", "Did you mean /brief?"),
        ("/eval 1+1", "No such command"),
        ("hezbollah", "type /find hezbollah"),
        ("/digest subscrbe at:7:30", "Did you mean /digest subscribe?"),
        ("/digest subscribe", "needs “at” (when"),
        ("/digest subscribe att:07:30", "Did you mean at:?"),
        ("/digest subscribe 07:30", "is not understood here"),
        ("/entity Hamas compar:Houthis", "Did you mean compare:?"),
        ("/brief iraq size:huge", "short, standard, full"),
        ("/brief iraq size:full size:short", "given twice"),
        ("/find", "needs “words”"),
        ("/standfirst nope", "/standfirst has no “nope”"),
        ("/source iraq as:foo", "can only be citation"),
        ("/entity " + "A" * 5000, "too long"),
        ("/find " + " ".join(str(i % 10) for i in range(200)), "too many words"),
    ],
)
def test_a_line_that_is_not_understood_says_what_would_be(line, says):
    with pytest.raises(BadInput) as caught:
        understood(line)
    assert says in str(caught.value)
    assert len(str(caught.value)) < 400


@given(st.text(max_size=LINE_MAX + 20))
def test_any_text_is_understood_or_refused_in_one_clean_sentence(line):
    try:
        parse(line, CATALOGUE)
    except BadInput as error:
        assert str(error).isprintable()


@given(st.text(alphabet=st.characters(exclude_categories=["C", "Z"]), min_size=1, max_size=40))
def test_what_a_press_names_is_what_is_parsed(value):
    meant = quoted(clean(value)).strip('"')
    assume(meant)
    assert parse(press("", "find", value).command, CATALOGUE).options["words"] == meant


@pytest.mark.parametrize("command", CATALOGUE, ids=lambda c: c.name)
def test_every_example_is_understood_as_its_own_command(command):
    for example in command.examples:
        assert parse(example, CATALOGUE).command.name in {command.name, "brief"}


def test_a_quoted_value_keeps_its_blanks_and_its_key():
    token = tokens('compare:"Kataeb Hezbollah"')[0]
    assert (token.key, token.value) == ("compare", "Kataeb Hezbollah")


def test_half_a_character_in_a_typed_option_is_a_sign_that_one_is_missing():
    """A platform's options come as they are, not through the line; no store takes half a character."""
    [find] = [command for command in CATALOGUE if command.name == "find"]
    assert checked(find, {"words": "fer\udfffry"}) == {"words": "fer\ufffdry"}
