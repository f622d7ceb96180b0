"""Putting a message in the place of a post of ours, and what became of that."""

from collections.abc import Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final, assert_never

from slack_sdk.web.async_client import AsyncWebClient

from adapters.slack.outcomes import HOUR, MOVING, RETRY, code_of, disables_installation, outcome_of, wait_of
from adapters.slack.pace import EDITS, LOOKS, PATIENCE, Pace
from adapters.slack.presses import mark_in
from adapters.slack.render import DoesNotFit, Rendered
from briefs.digest import Again, Refused, Unknown

_LEFT: Final = "What it says cannot be corrected there."
NO_POST: Final = Refused(f"That names no post on Slack. {_LEFT}")
GONE: Final = Refused("The post is gone: somebody deleted it.")
NO_ROOM: Final = Refused("With what was corrected the post is longer than Slack allows. It stays as it was posted.")
BROKEN_OFF: Final = Again(RETRY, "Slack broke off while it took the corrected post.")
_ANOTHERS: Final = Refused(f"The post was made by another app than the bot of today. {_LEFT}")
_CLOSED: Final = Refused(f"The workspace lets messages be changed for a while only, and that is over. {_LEFT}")
_FROZEN: Final = Refused(f"The channel of the post is archived or closed. {_LEFT}")
_OUT: Final = Refused(f"The channel of the post is gone, or the bot is not in it any more. {_LEFT}")
_CAP: Final = Refused("The post is older than what the workspace's plan still shows.")

# docs.slack.dev/reference/methods/chat.update and conversations.history, errors: what an edit is refused for, where that is
# another matter than a post's. A channel is not lost because a post in it cannot be changed.
EDITED: Final[Mapping[str, Refused]] = MappingProxyType(
    {
        "message_not_found": GONE,
        "cant_update_message": _ANOTHERS,
        "as_user_not_supported": _ANOTHERS,
        "edit_window_closed": _CLOSED,
        "is_inactive": _FROZEN,
        "is_archived": _FROZEN,
        "channel_not_found": _OUT,
        "not_in_channel": _OUT,
        "no_permission": _OUT,
        "message_limit_exceeded": _CAP,
        "msg_too_long": NO_ROOM,
        "msg_blocks_too_long": NO_ROOM,
    }
)


class NotDone(Exception):
    """The post was not changed, and no answer of Slack's says why."""

    def __init__(self, outcome: Refused | Again) -> None:
        super().__init__(outcome.reason)
        self.outcome = outcome


async def put(
    client: AsyncWebClient, team: str, post: tuple[str, str], rendered: Callable[[str], Rendered], pace: Pace, begin_by: float
) -> None:
    """Put what is rendered with the post's own mark in the place of the post.

    The mark is read from the post itself, for its key is not known here, and a post without it would not be found again.

    Args:
        post: the channel and the ts.
        begin_by: seconds of the pace's clock; no request begins later.

    Raises:
        Exception: whatever went wrong; see `edited`.
    """
    channel, ts = post
    if wait := await pace.look(team, min(PATIENCE, begin_by - pace.clock())):
        raise _not_yet(wait)
    try:
        page = await client.conversations_history(channel=channel, latest=ts, oldest=ts, inclusive=True, limit=1)
    except Exception as error:
        if wait := wait_of(error):
            pace.hold(team, wait, LOOKS)
        raise
    nothing: Mapping[str, Any] = {}
    # What stands in a thread is not in the channel's history; it was shared, and bears no mark. What is gone, the update tells.
    stands = next((message for message in page["messages"] if message.get("ts") == ts), nothing)
    new = rendered(next(filter(None, (mark_in(str(block.get("block_id", ""))) for block in stands.get("blocks") or ())), ""))
    if wait := await pace.edit(team, begin_by - pace.clock()):
        raise _not_yet(wait)
    try:
        # What is left out falls back to what Slack chooses for edits: names are looked for again, and call people.
        await client.chat_update(channel=channel, ts=ts, text=new.text, blocks=new.blocks, parse="none", link_names=False)
    except Exception as error:
        if wait := wait_of(error):
            pace.hold(team, wait, EDITS)
        raise


def _not_yet(seconds: float) -> NotDone:
    return NotDone(Again(timedelta(seconds=seconds), "Many posts of this workspace wait to be changed."))


def edited(error: Exception) -> Refused | Again:
    """What became of an edit that ended with this error: what may have been done is done again, and is the same."""
    if isinstance(error, NotDone):
        return error.outcome
    if isinstance(error, DoesNotFit):
        return NO_ROOM
    if known := EDITED.get(code_of(error)):
        return known
    outcome = outcome_of(error)
    match outcome:
        case Again():
            return outcome
        case Refused(reason):
            # Where Slack knows the bot no longer, nothing can be posted, either.
            lost = disables_installation(error)
            return Again(HOUR, reason) if outcome is MOVING else Refused(reason, channel_lost=lost)
        case Unknown():
            return BROKEN_OFF
        case _:
            assert_never(outcome)
