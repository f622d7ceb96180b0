"""The loopback Slack, with the element that only forms have: a menu that asks the bot for its options."""

import asyncio

from tests.loopback import slack, slack_blocks

_known = slack_blocks._element


def _element(element):
    if element.get("type") != "external_select":
        yield from _known(element)
        return
    yield from slack_blocks._text(element.get("placeholder"), 150, plain=True)
    if "initial_option" in element:
        yield from slack_blocks._select({"options": [element["initial_option"]]}, 1)


slack_blocks._element = _element

if __name__ == "__main__":
    asyncio.run(slack.main())
