"""The message that arguments make, or what Slack has against it."""

import json
from typing import Any
from uuid import uuid4

from tests.loopback.slack_blocks import BLOCKS_TEXT_MAX, text_of, wrong_with
from tests.loopback.slack_world import SlackSays, Workspace

TEXT_MAX = 40_000  # characters after which a text is cut


def written(space: Workspace, args: dict[str, Any]) -> dict[str, Any]:
    """The message these arguments make: text and blocks as readers get them, by the bot."""
    text, blocks = args.get("text") or "", unpacked(args.get("blocks")) or []
    if not text.strip() and not blocks:
        raise SlackSays("no_text")
    if wrong := wrong_with(blocks):
        raise SlackSays("invalid_blocks", errors=wrong)
    if text_of(blocks) > BLOCKS_TEXT_MAX:
        raise SlackSays("msg_blocks_too_long")
    kept = [_with_id(block) for block in blocks]
    told = {"type": "message", "user": space.bot_user, "bot_id": space.bot_id, "text": text[:TEXT_MAX], "blocks": kept}
    return told | ({"metadata": unpacked(args["metadata"])} if args.get("metadata") else {})


def unpacked(value: Any) -> Any:
    """JSON that a form carried as a text."""
    return json.loads(value) if isinstance(value, str) else value


def _with_id(block: dict[str, Any]) -> dict[str, Any]:
    # Slack gives an id to a block without one, and keeps none that a markdown block had.
    given = "" if block["type"] == "markdown" else block.get("block_id", "")
    return block | {"block_id": given or uuid4().hex[:5]}
