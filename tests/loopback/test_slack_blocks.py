"""The loopback's judge of blocks takes what Slack takes and refuses what Slack refuses."""

import pytest

from tests.loopback.slack_blocks import text_of, wrong_with


def plain(text="t", **more):
    return {"type": "plain_text", "text": text, **more}


def marked(text="t", **more):
    return {"type": "mrkdwn", "text": text, **more}


def section(**more):
    return {"type": "section", "text": marked(), **more}


def button(action="a", **more):
    return {"type": "button", "text": plain(), "action_id": action, "value": "v", **more}


def actions(*elements):
    return {"type": "actions", "elements": list(elements)}


def select(count=1, value="v", **option):
    options = [{"text": plain(), "value": f"{value}{n}", **option} for n in range(count)]
    return {"type": "static_select", "action_id": "s", "placeholder": plain(), "options": options}


def rich(*leaves, part="rich_text_section", **more):
    return {"type": "rich_text", "elements": [{"type": part, "elements": list(leaves), **more}]}


def leaf(text="t", **more):
    return {"type": "text", "text": text, **more}


GOOD = {
    "header": [{"type": "header", "text": plain("x" * 150, emoji=False)}],
    "section": [section(text=marked("x" * 3_000, verbatim=True), accessory=button())],
    "fields": [{"type": "section", "fields": [marked("x" * 2_000)] * 10}],
    "context": [{"type": "context", "elements": [marked()] * 10}],
    "actions": [actions(*(button(f"a{n}", value="v" * 2_000) for n in range(25)))],
    "select": [actions(select(100))],
    "rich-text": [rich(leaf(style={"bold": True}), {"type": "date", "timestamp": 1, "format": "{date}", "fallback": "x"})],
    "rich-list": [{"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet",
                   "elements": [{"type": "rich_text_section", "elements": [leaf()]}]}]}],
    "preformatted": [rich(leaf(), part="rich_text_preformatted")],
    "fifty": [{"type": "divider"}] * 50,
    "ids": [section(block_id="a"), section(block_id="b")],
}  # fmt: skip

BAD = {
    "no-list": {"type": "divider"},
    "fifty-one": [{"type": "divider"}] * 51,
    "unknown-block": [{"type": "banner"}],
    "long-header": [{"type": "header", "text": plain("x" * 151)}],
    "marked-header": [{"type": "header", "text": marked()}],
    "empty-text": [section(text=marked(""))],
    "long-text": [section(text=marked("x" * 3_001))],
    "long-in-utf-16": [section(text=marked("😀" * 1_501))],
    "verbatim-on-plain": [{"type": "header", "text": plain(verbatim=True)}],
    "emoji-on-marked": [section(text=marked(emoji=False))],
    "no-text": [{"type": "section"}],
    "eleven-fields": [{"type": "section", "fields": [marked()] * 11}],
    "long-field": [{"type": "section", "fields": [marked("x" * 2_001)]}],
    "eleven-in-context": [{"type": "context", "elements": [marked()] * 11}],
    "empty-context": [{"type": "context", "elements": []}],
    "twenty-six-buttons": [actions(*(button(f"a{n}") for n in range(26)))],
    "no-buttons": [actions()],
    "long-label": [actions(button(text=plain("x" * 76)))],
    "long-value": [actions(button(value="v" * 2_001))],
    "long-action-id": [actions(button("a" * 256))],
    "long-block-id": [section(block_id="b" * 256)],
    "twice-a-block-id": [section(block_id="b"), section(block_id="b")],
    "twice-an-action-id": [actions(button("a")), actions(button("a"))],
    "twice-an-action-id-in-an-accessory": [actions(button("a")), section(accessory=button("a"))],
    "too-many-options": [actions(select(101))],
    "no-options": [actions(select(0))],
    "long-option-value": [actions(select(1, "v" * 75))],
    "long-option-text": [actions(select(1, text=plain("x" * 76)))],
    "long-description": [actions(select(1, description=plain("x" * 76)))],
    "unknown-element": [actions({"type": "slider", "action_id": "a"})],
    "empty-rich": [{"type": "rich_text", "elements": []}],
    "empty-leaf": [rich(leaf(""))],
    "empty-part": [rich()],
    "unknown-leaf": [rich({"type": "blink"})],
    "unknown-style": [rich(leaf(style={"blink": True}))],
    "unknown-part": [rich(leaf(), part="rich_text_table")],
    "list-without-style": [rich({"type": "rich_text_section", "elements": [leaf()]}, part="rich_text_list")],
    "image-without-alt": [{"type": "image", "image_url": "https://example.org/i.png"}],
}


@pytest.mark.parametrize("blocks", GOOD.values(), ids=GOOD)
def test_what_slack_takes_is_taken(blocks):
    assert wrong_with(blocks) == []


@pytest.mark.parametrize("blocks", BAD.values(), ids=BAD)
def test_what_slack_refuses_is_refused(blocks):
    assert wrong_with(blocks) != []


def test_a_view_may_have_a_hundred_blocks():
    assert wrong_with([{"type": "divider"}] * 100, 100) == []
    assert wrong_with([{"type": "divider"}] * 101, 100) != []


def test_every_text_counts_towards_the_whole():
    assert text_of([section(text=marked("12345"), accessory=button(text=plain("678"))), rich(leaf("90"))]) == 10
