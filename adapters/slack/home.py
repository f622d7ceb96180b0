"""The Home tab: today's edition, the digests of this workspace with their next runs, help."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import Any, Final

from adapters.slack.blocks import blocks_of
from adapters.slack.limits import VIEW_BLOCKS_MAX
from adapters.slack.presses import Controls
from adapters.slack.render import Rendered, fits
from adapters.slack.text import Payload, joined, rich, words
from briefs.commands.answer import Commands
from briefs.commands.ask import Asker, Role
from briefs.digest import Slot, Subscription
from briefs.message import Heading, Message, Moment, Prose, Typed, Words
from briefs.message.split import split

LISTED_MAX: Final = 50  # digests; a workspace with more asks in the channels
HOW: Final = Prose(
    (Words("In a channel, "), Typed("/digest list"), Words(" shows its digests, and "), Typed("/digest subscribe"), Words(" asks for one."))
)

Digests = Sequence[tuple[Subscription, Slot]]


async def home_view(commands: Commands, asker: Asker, digests: Digests, render: Callable[[Message], Awaitable[Rendered]]) -> Payload:
    """The view for one person, at most 100 blocks; what would be more is left out, whole parts at a time, from the end.

    Nobody is held up for opening it, however often.

    Args:
        digests: of the workspace; only those are shown that the person may see.
        render: draws a message.
    """
    unhurried = replace(commands, pace=None)
    today, manual = [await unhurried.answer_line(line, asker) for line in ("/brief", "/standfirst help")]
    parts = [(await render(part)).blocks for part in split(today, fits)]
    parts.append(digest_blocks(seen_by(asker, digests)))
    parts += [(await render(part)).blocks for part in split(manual, fits)]
    blocks: list[Payload] = []
    for part in parts:
        blocks += part if len(blocks) + len(part) <= VIEW_BLOCKS_MAX else []
    return {"type": "home", "blocks": _numbered(blocks)}


def seen_by(asker: Asker, digests: Digests) -> Digests:
    """Whoever manages digests sees all of the workspace; anybody else those they have asked for, since channels may be private."""
    return [(s, slot) for s, slot in digests if Role.ADMIN in asker.roles or s.by == asker.user]


def digest_blocks(digests: Digests) -> list[Payload]:
    """The digests with their channels and next runs, and how to ask for one."""
    plain = Controls({})
    lines = [{"type": "rich_text_section", "elements": _line(*found)} for found in digests[:LISTED_MAX]]
    more = len(digests) - len(lines)
    lines += [{"type": "rich_text_section", "elements": words(f"and {more} more")}] if more else []
    listed = [{"type": "rich_text", "elements": [{"type": "rich_text_list", "style": "bullet", "elements": lines}]}] if lines else []
    return [*blocks_of(Heading("Digests"), plain), *listed, *blocks_of(HOW, plain)]


def _line(subscription: Subscription, slot: Slot) -> list[Payload]:
    # Slack shows the name of a channel only to those who may see it. A direct conversation has none.
    channel = subscription.channel
    where = [{"type": "channel", "channel_id": channel}] if channel.startswith(("C", "G")) else words("direct message")
    about = words(f" · {subscription.name} · {subscription.at:%H:%M} {subscription.zone.key} · ")
    if subscription.paused:
        return joined([*where, *about, *words(f"paused: {subscription.paused}")])
    return joined([*where, *about, *rich((Words("next: "), Moment(slot.utc, subscription.zone.key)))])


def _numbered(blocks: Sequence[Payload]) -> list[Payload]:
    """The blocks of several messages as those of one view: no two of its controls, and no two blocks, have one id."""
    count = 0
    numbered: list[Payload] = []
    for place, block in enumerate(blocks):
        made: dict[str, Any] = {**block, "block_id": f"home:{place}"}
        for control in (*block.get("elements", ()), *([block["accessory"]] if "accessory" in block else [])):
            if "action_id" in control:
                control["action_id"] = f"{control['action_id'].partition(':')[0]}:{count}"
                count += 1
        numbered.append(made)
    return numbered
