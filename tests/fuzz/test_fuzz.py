"""A few hundred of the hostile messages that `make fuzz` makes by the thousand; and that the models see what is wrong."""

import asyncio
from copy import deepcopy
from dataclasses import replace

import pytest
from discord import http

from adapters.discord.answering import NOBODY
from adapters.discord.render import render as on_discord_rendered
from adapters.slack.render import Rendered
from adapters.slack.render import render as on_slack_rendered
from briefs.message import Button, Buttons, Choice, Choices, Heading, Line, Link, Message, Person, Prose, Section, Words, words
from tests.fuzz import on_console, on_discord, on_slack
from tests.fuzz.asked import Newsroom, prepared
from tests.fuzz.blocks import BLOCKS
from tests.fuzz.run import batch
from tests.fuzz.signs import hidden, named
from tests.fuzz.texts import Dice

SOUND = Message(
    "A summary.",
    (
        Heading("A headline"),
        Prose((Words("by "), Person("7", "Anna"), Words(" in "), Link("the post", "https://chat.example/1"))),
        Section("What happened", (Line(words("It rained."), ("1",)),)),
        Choices("Which", (Choice("Houthis", "Yemen", "/entity Houthis"), Choice("Reuters", "", "/entity Reuters"))),
        Buttons((Button("Open", "/brief iraq"), Button("Who", "/brief iraq part:who"))),
    ),
)


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    return asyncio.run(prepared(tmp_path_factory.mktemp("fuzz")))


@pytest.mark.parametrize("seed", ["a", "b", "c"])
async def test_no_hostile_message_calls_hides_or_is_refused(store, seed):
    assert await batch(seed, 100, store) == []


async def test_the_same_seed_makes_the_same_messages(store, tmp_path):
    told = []
    for place in ("one", "two"):
        (tmp_path / place).mkdir()
        room = await Newsroom.open(store, tmp_path / place, Dice("again"))
        told.append([await room.answer() for _ in range(10)])
        await room.close()
    assert told[0] == told[1]


async def test_every_command_is_asked_and_every_kind_of_answer_is_had(store, tmp_path):
    room = await Newsroom.open(store, tmp_path, Dice("all"))
    asked, outcomes = set(), set()
    for _ in range(400):
        line, message = await room.answer()
        asked |= {c.name for c in room.bot.commands.catalogue if line.removeprefix("/").startswith(c.name)}
        outcomes.add(message.outcome.value)
    await room.close()
    assert asked == {command.name for command in room.bot.commands.catalogue}
    assert outcomes >= {"answer", "choice", "not_found", "bad_input"}


def test_every_kind_of_block_is_made():
    made = {type(make(Dice(number))) for number, make in enumerate(BLOCKS)}
    assert len(made) == len(BLOCKS) == 16


def sent_to_discord():
    with http.handle_message_parameters(view=on_discord_rendered(SOUND), allowed_mentions=NOBODY, nonce="n" * 22) as given:
        return deepcopy(given.payload)


def texts(payload):
    return [part for part in on_discord.walk(payload["components"]) if part["type"] == 10]


def parts(payload, kind):
    return [part for part in on_discord.walk(payload["components"]) if part["type"] == kind]


DISCORD = {
    "everyone-may-be-called": lambda p: p.update(allowed_mentions={"parse": ["everyone"]}),
    "nothing-said-of-calls": lambda p: p.update(allowed_mentions=None),
    "content": lambda p: p.update(content="x"),
    "everyone": lambda p: texts(p)[1].update(content="It rained. @everyone"),
    "somebody": lambda p: texts(p)[1].update(content="<@123456789012345678>"),
    "a-role": lambda p: texts(p)[1].update(content="<@&7>"),
    "a-masked-link": lambda p: texts(p)[1].update(content="[the post](https://evil.test)"),
    "an-address": lambda p: texts(p)[1].update(content="see https://evil.test"),
    "a-heading": lambda p: texts(p)[1].update(content="# Rain"),
    "a-style": lambda p: texts(p)[1].update(content="It **rained**."),
    "an-emoji": lambda p: texts(p)[1].update(content=":smile:"),
    "another-moment": lambda p: texts(p)[1].update(content="<t:1:R>"),
    "an-override": lambda p: texts(p)[1].update(content="\u202egnp.exe"),
    "half-a-pair": lambda p: texts(p)[1].update(content="\ud800"),
    "an-open-isolate": lambda p: texts(p)[1].update(content="\u2068حزب"),
    "blank": lambda p: texts(p)[1].update(content=" "),
    "long": lambda p: texts(p)[1].update(content="x" * 4_001),
    "astral": lambda p: texts(p)[1].update(content="😀" * 2_001),
    "a-long-label": lambda p: parts(p, 2)[0].update(label="x" * 81),
    "no-label": lambda p: parts(p, 2)[0].update(label=""),
    "a-button-that-leads-away": lambda p: parts(p, 2)[0].update(url="https://evil.test"),
    "a-long-id": lambda p: parts(p, 2)[0].update(custom_id="x" * 101),
    "two-of-one-id": lambda p: [part.update(custom_id="sf0:/brief") for part in parts(p, 2)],
    "two-of-one-value": lambda p: [option.update(value="x") for option in parts(p, 3)[0]["options"]],
    "26-options": lambda p: parts(p, 3)[0].update(options=[{"label": "x", "value": str(n)} for n in range(26)]),
    "a-long-placeholder": lambda p: parts(p, 3)[0].update(placeholder="x" * 151),
    "six-buttons": lambda p: parts(p, 1)[-1].update(components=[{"type": 2, "label": "x", "custom_id": str(n)} for n in range(6)]),
    "41-components": lambda p: p["components"][0]["components"].extend({"type": 10, "content": "x"} for _ in range(41)),
}


def test_discords_model_lets_a_sound_message_pass():
    assert on_discord.findings(SOUND) == on_discord.findings(SOUND, marked=True) == []


@pytest.mark.parametrize("what", DISCORD)
def test_discords_model_sees(what):
    payload = sent_to_discord()
    DISCORD[what](payload)
    assert on_discord.refused(payload) + on_discord.acting(SOUND, payload, named(SOUND))


def slack(change):
    rendered = on_slack_rendered(SOUND)
    changed = Rendered(rendered.text, deepcopy(rendered.blocks))
    other = change(changed)
    return other if isinstance(other, Rendered) else changed


def things(rendered, kind):
    return [thing for thing in on_slack.walk(rendered.blocks) if thing.get("type") == kind]


def mrkdwn(text, **more):
    return lambda r: r.blocks.append(
        {"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": text, "verbatim": True, **more}}
    )


SLACK = {
    "channel-in-the-text": lambda r: replace(r, text="<!channel>"),
    "here-in-the-text": lambda r: replace(r, text="@here"),
    "a-style-in-the-text": lambda r: replace(r, text="*x*"),
    "no-text": lambda r: replace(r, text=""),
    "a-long-text": lambda r: replace(r, text="x" * 4_001),
    "channel": mrkdwn("<!channel>"),
    "somebody": mrkdwn("<@U012AB3CD>"),
    "a-masked-link": mrkdwn("<https://evil.test|guardian.com>"),
    "an-entity-torn": mrkdwn("a &am"),
    "an-emoji": mrkdwn(":smile:"),
    "a-quotation": mrkdwn("&gt; q"),
    "another-moment": mrkdwn("<!date^1^{date_short} {time}|1 Jan 1970 00:00 UTC>"),
    "read-for-links": mrkdwn("x", verbatim=False),
    "long": mrkdwn("x" * 3_001),
    "grown-by-escaping": mrkdwn("&amp;" * 601),
    "blank": mrkdwn(" "),
    "an-override": mrkdwn("\u202ex"),
    "half-a-pair": mrkdwn("\ud800"),
    "read-for-emoji": lambda r: things(r, "plain_text")[0].update(emoji=True),
    "a-long-header": lambda r: things(r, "header")[0]["text"].update(text="x" * 151),
    "a-link-to-elsewhere": lambda r: things(r, "link")[0].update(url="https://evil.test"),
    "a-user": lambda r: things(r, "link")[0].update(type="user", user_id="U1"),
    "everybody": lambda r: things(r, "link")[0].update(type="broadcast", range="channel"),
    "a-long-label": lambda r: things(r, "button")[0]["text"].update(text="x" * 76),
    "a-long-value": lambda r: things(r, "button")[0].update(value="x" * 2_001),
    "a-button-that-leads-away": lambda r: things(r, "button")[0].update(url="https://evil.test"),
    "a-long-option": lambda r: things(r, "static_select")[0]["options"][0].update(value="x" * 76),
    "two-of-one-value": lambda r: [option.update(value="x") for option in things(r, "static_select")[0]["options"]],
    "two-of-one-id": lambda r: [block.update(block_id="x") for block in r.blocks],
    "two-of-one-action": lambda r: [button.update(action_id="x") for button in things(r, "button")],
    "51-blocks": lambda r: r.blocks.extend(
        {"type": "section", "block_id": str(n), "text": {"type": "mrkdwn", "text": "x"}} for n in range(51)
    ),
    "too-much-in-all": lambda r: [mrkdwn("x" * 2_900)(r) for _ in range(5)],
    "an-empty-list": lambda r: things(r, "rich_text")[0].update(elements=[]),
    "an-image": lambda r: r.blocks.append({"type": "image", "block_id": "i", "image_url": "https://evil.test/x.png", "alt_text": "x"}),
}


def test_slacks_model_lets_a_sound_message_pass():
    assert on_slack.findings(SOUND) == on_slack.findings(SOUND, marked=True) == []


@pytest.mark.parametrize("what", SLACK)
def test_slacks_model_sees(what):
    rendered = slack(SLACK[what])
    assert on_slack.refused(rendered) + on_slack.acting(rendered, named(SOUND))


@pytest.mark.parametrize("written", ["\x1b]0;title\x07", "\x1b[2J", "\x9b2J", "a\rb", "\x07", "\u202ex", "x" * 81, "\ud800", "\u2068x"])
def test_the_consoles_model_sees(written):
    assert on_console.findings(SOUND) == []
    assert on_console.acting(f"{written}\n", 80, set())


@pytest.mark.parametrize("text", ["plain", "می\u200cخواهم", "👨\u200d👩\u200d👧", "\u2068حزب\u2069 and \u2068حزب\u2069", "a\nb"])
def test_what_may_stand_in_a_text_is_let_pass(text):
    assert hidden(text) == []
