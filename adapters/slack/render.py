"""From a message to what Slack is sent: the text for notifications, and the blocks."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from types import MappingProxyType
from typing import Final

from adapters.slack.blocks import actions, blocks_of
from adapters.slack.limits import (
    BLOCK_TEXT_BUDGET,
    BLOCK_TEXT_EDITED,
    BLOCKS_BUDGET,
    CONTEXT_BUDGET,
    MESSAGE_BLOCKS_MAX,
    OPTIONS_BUDGET,
    RICH_TEXT_BUDGET,
    TEXT_MAX,
)
from adapters.slack.presses import SHORT_MAX, Controls, block_id, too_long
from adapters.slack.text import MORE, Payload, size, summary_text
from briefs.message import Message, Prose, Words


class DoesNotFit(ValueError):
    """A message that takes more than one of Slack's."""


_NO_SHORTS: Final[Mapping[str, str]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rendered:
    """A message as Slack takes it.

    Args:
        text: escaped mrkdwn for notifications and screen readers; never empty.
        blocks: never empty; every block has an id.
    """

    text: str
    blocks: list[Payload]


def render(message: Message, *, shorts: Mapping[str, str] = _NO_SHORTS, mark: str = "", edited: bool = False) -> Rendered:
    """The message as Slack takes it.

    Args:
        shorts: command line → short id, for each of `too_long(message)`.
        mark: 22 characters that the first block's id bears, for `mark_in`; empty: none.
        edited: it takes the place of a post, which was within our budget, and may take what Slack itself leaves.

    Raises:
        DoesNotFit: it does not fit (see `fits`).
        ValueError: a line has no short id, or the mark is none.
    """
    blocks = _drawn(message, shorts)
    if problem := _too_much(blocks, whole=edited):
        raise DoesNotFit(f"This message does not fit Slack: {problem}.")
    digest = blake2b(repr(blocks).encode(), digest_size=8).hexdigest()
    for place, block in enumerate(blocks):
        block["block_id"] = block_id(digest, place, "" if place else mark)
    return Rendered(summary_text(message.summary), blocks)


def fits(message: Message) -> bool:
    """Whether the message keeps to our budgets, and so to Slack's limits; what is too long for a press does not count."""
    # Each its own: two choices that ask the same are one option.
    return not _too_much(_drawn(message, {line: f"{place:0{SHORT_MAX}}" for place, line in enumerate(too_long(message))}))


def _drawn(message: Message, shorts: Mapping[str, str]) -> list[Payload]:
    controls = Controls(shorts)
    blocks = [drawn for block in message.blocks for drawn in blocks_of(block, controls)]
    blocks += actions([controls.menu(menu) for menu in message.menus if menu.choices])
    # A mark needs a block to stand in.
    return blocks or blocks_of(Prose((Words(message.summary if message.summary.strip() else MORE),)), controls)


def _too_much(blocks: list[Payload], *, whole: bool = False) -> str:
    """What is beyond our budgets; empty where nothing is.

    Args:
        whole: a message may take all that Slack lets it.
    """
    blocks_most, text_most = (MESSAGE_BLOCKS_MAX, BLOCK_TEXT_EDITED) if whole else (BLOCKS_BUDGET, BLOCK_TEXT_BUDGET)
    if len(blocks) > blocks_most:
        return f"{len(blocks)} blocks"
    total = 0
    for block in blocks:
        most = _TEXT_MOST.get(block["type"], TEXT_MAX)
        for text in _texts(block):
            if (long := size(text)) > most:
                return f"{long} characters in one part of a {block['type']}"
            total += long
        if any(len(element.get("options", ())) > OPTIONS_BUDGET for element in block.get("elements", ())):
            return "a menu is too long"
    return f"{total} characters" if total > text_most else ""


_TEXT_MOST: Final = {"rich_text": RICH_TEXT_BUDGET, "context": CONTEXT_BUDGET}


def _texts(value: object) -> Iterator[str]:
    """Every text shown."""
    if isinstance(value, list):
        for part in value:
            yield from _texts(part)
    elif isinstance(value, dict):
        for name, part in value.items():
            if isinstance(part, dict | list):
                yield from _texts(part)
            elif name in {"text", "fallback"}:
                yield part
