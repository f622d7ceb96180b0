"""An answer shared with the channel."""

import re
from dataclasses import replace
from typing import Final

from briefs.message import Block, Button, Buttons, Heading, Message, Person, Prose, SmallPrint, Words, buttons, title_of, words

# A line that opens a brief, several, or a sentence of its article; what stands in quotes is a name of something else.
_OPENS: Final = re.compile(r"/(?:brief|source|timeline) ([^\s\"]+)")


def with_presses(message: Message, *buttons: Button) -> Message:
    """The answer with further presses, behind those it has."""
    blocks: list[Block] = list(message.blocks)
    if blocks and isinstance(last := blocks[-1], Buttons):
        blocks[-1] = Buttons((*last.buttons, *buttons))
    else:
        blocks.append(Buttons(buttons))
    return replace(message, blocks=tuple(blocks))


def shared_page(message: Message, user: str, name: str, *, in_thread: bool) -> Message:
    """The answer for everyone in the channel, with who shared it."""
    by = SmallPrint((Words("shared by "), Person(user, name)))
    blocks = message.blocks
    behind = len(blocks) - 1 if blocks and isinstance(blocks[-1], Buttons) else len(blocks)
    return replace(message, blocks=(*blocks[:behind], by, *blocks[behind:]), only_asker=False, in_thread=in_thread)


def briefs_shown(message: Message) -> tuple[str, ...]:
    """What may be slugs of the briefs that an answer tells of, from what its presses open; each once."""
    opened = [found[1] for button in buttons(message) if (found := _OPENS.match(button.command))]
    return tuple(dict.fromkeys(piece.partition(":")[0] for what in opened for piece in what.split(",")))


def headline_of(message: Message) -> Message:
    """What stands in the channel above the thread of a shared answer: its headline, what it is and who shared it."""
    small = tuple(block for block in message.blocks if isinstance(block, SmallPrint))
    return Message(message.summary, (Heading(title_of(message)), *small), only_asker=False)


def sharing_page(*, on: bool) -> Message:
    """What was decided about sharing."""
    text = (
        "Sharing is on: under private answers, whoever may write in a channel finds Share here."
        if on
        else "Sharing is off in this space: answers stay private. /standfirst sharing on switches it on."
    )
    return Message(text, (Prose(words(text)),))
