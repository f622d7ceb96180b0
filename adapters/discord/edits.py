"""Putting a message in the place of a post of ours, and what became of that."""

from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final, assert_never

import discord

from adapters.discord.looking import mark_of_post
from adapters.discord.outcomes import RETRY, outcome_of
from adapters.discord.tries import Tries, in_turn
from briefs.digest import Again, Refused, Unknown

Rendered = Callable[[str], Awaitable[discord.ui.LayoutView]]

NOBODY: Final = discord.AllowedMentions.none()
THROTTLED: Final = timedelta(minutes=10)  # after Discord's own limit on edits of posts older than an hour, of which it gives no figure

_LEFT: Final = "What it says cannot be corrected there."
NO_POST: Final = Refused(f"That names no post on Discord. {_LEFT}")
GONE: Final = Refused("The post is gone: somebody deleted it.")
_CHANNEL_GONE: Final = Refused("The channel of the post is gone, and the post with it.")
_OUT: Final = Refused(f"The bot is no longer on the server of the post. {_LEFT}")
_BLIND: Final = Refused(f"The bot cannot see the channel of the post any more. {_LEFT}")
_UNREADABLE: Final = Refused(f"The bot may not read the channel's history, which it needs to change its post. {_LEFT}")
_ANOTHERS: Final = Refused(f"The post was made under another application than the bot's of today. {_LEFT}")
_ARCHIVED: Final = Refused(f"The thread of the post is archived. {_LEFT}")
_LOCKED: Final = Refused(f"The thread of the post is locked. {_LEFT}")
_BROKEN_OFF: Final = "Discord broke off while it took the corrected post."

# What an edit is refused for, where that is another matter than a post's (topics/opcodes-and-status-codes). A channel is
# not lost because a post in it cannot be changed.
_OUTCOMES: Final[Mapping[int, Refused | Again]] = MappingProxyType(
    {
        10003: _CHANNEL_GONE,
        10004: _OUT,
        10008: GONE,
        30046: Again(THROTTLED, "Discord lets posts older than an hour be changed only so often."),
        50001: _BLIND,
        50005: _ANOTHERS,
        50013: _UNREADABLE,
        50083: _ARCHIVED,
        160005: _LOCKED,
    }
)


async def put(client: discord.Client, post: tuple[int, int], rendered: Rendered, tries: Tries) -> None:
    """Put what is rendered with the post's own mark in the place of the post.

    The mark is read from the post itself, for its key is not known here, and a post without it would not be found again.

    Args:
        post: the channel and the message.

    Raises:
        Exception: whatever went wrong; see `edited`.
    """
    channel_id, message_id = post
    there = client.get_partial_messageable(channel_id)
    stands = await in_turn(tries, lambda: there.fetch_message(message_id))
    view = await rendered(mark_of_post(stands))
    # Without the mentions being said anew, Discord would fall back to those it allows by default.
    await in_turn(tries, lambda: there.get_partial_message(message_id).edit(view=view, allowed_mentions=NOBODY))


def edited(error: Exception) -> Refused | Again:
    """What became of an edit that ended with this error: what may have been done is done again, and is the same."""
    if isinstance(error, discord.HTTPException) and (known := _OUTCOMES.get(error.code)):
        return known
    outcome = outcome_of(error)
    match outcome:
        case Again():
            return outcome
        case Refused(reason):
            return Refused(reason)
        case Unknown():
            return Again(RETRY, _BROKEN_OFF)
        case _:
            assert_never(outcome)
