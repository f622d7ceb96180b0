"""What an answer of Discord's, or the lack of one, means for a post."""

import logging
import math
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Final

import aiohttp
import discord

from adapters.discord.tries import NotYet, Perhaps
from briefs.digest import Again, Later, Refused, Unknown

RETRY: Final = timedelta(minutes=1)  # after what passes by itself
LONG: Final = timedelta(minutes=10)  # after what a person must mend; Discord counts refused requests over as long
WAIT_MAX: Final = timedelta(hours=1)  # a longer wait that is asked for is asked about again

log = logging.getLogger(__name__)

_PERMISSIONS: Final = "in the channel's settings, under Permissions, and type /digest resume"
_GONE: Final = Refused("The channel is gone. Ask for a digest in another one with /digest subscribe.", True)
_OUT: Final = Refused("The bot is no longer on this server. Invite it again, and type /digest resume.", True)
_BLIND: Final = Refused(f"The bot cannot see the channel. Give it View Channel {_PERMISSIONS}.", True)
_MUTE: Final = Refused(f"The bot may not post here. Give it Send Messages (in a thread, Send Messages in Threads) {_PERMISSIONS}.", True)
_OTHERWISE: Final = Refused("Discord does not take digests in this kind of channel. Ask for one in a text channel instead.", True)
_ARCHIVED: Final = Refused("The thread is archived. Open it again and type /digest resume, or ask for a digest in another channel.", True)
_LOCKED: Final = Refused("The thread is locked. Unlock it and type /digest resume, or ask for a digest in another channel.", True)
_FULL: Final = Refused("The server has as many open threads as Discord allows. Close some, and type /digest resume.", True)
_TAG: Final = Refused("This forum wants a tag on every post. Switch that off in its settings, and type /digest resume.", True)
_DELETED: Final = Refused("It was posted, and somebody deleted it. It is not posted again.")
_AUTOMOD: Final = Refused(
    "AutoMod held it back. Exempt the bot's role in the server's settings, under AutoMod, or let a curator reword it."
)
_LINK: Final = Refused("Discord holds it for harmful. A curator must look at what it says and where its words come from.")
_PERSON: Final = Refused("This person takes no messages from the bot.")
_ANSWER: Final = Refused("Discord no longer knows what this was an answer to. Ask again.")
_OURS: Final = Refused("Discord did not take the message's form. This is a fault of the bot: tell whoever runs it.")
_WALL: Final = Refused("Discord turned the bot away before it could post. If it goes on, tell whoever runs it.")
BUSY: Final = Again(RETRY, "Discord asked the bot to wait.")
TURNS: Final = Again(RETRY, "Many messages wait to be posted on Discord.")
_BANNED: Final = Again(LONG, "Discord lets no requests of the bot through for now.")
_DOWN: Final = Again(RETRY, "Discord cannot be reached.")
STOPPED: Final = Again(LONG, "Discord no longer takes the bot's token. Whoever runs the bot must set a new one.")
UNREAD: Final = Later(RETRY, "The channel could not be read: Discord did not answer as it should.")
PERHAPS: Final = Unknown("Discord broke off while it took the message, which may or may not be in the channel.")

# docs.discord.com/developers/topics/opcodes-and-status-codes, JSON error codes. Only what surely posted nothing is refused
# or tried again.
OUTCOMES: Final[Mapping[int, Refused | Again]] = MappingProxyType(
    {
        10003: _GONE,
        10004: _OUT,
        10008: _DELETED,  # the nonce is known, and its message is not there any more
        10013: _PERSON,
        10015: _ANSWER,
        10062: _ANSWER,
        20009: _LINK,
        20016: BUSY,  # the channel's slow mode
        20028: BUSY,
        20029: BUSY,
        30015: _OURS,
        30034: BUSY,
        30046: BUSY,
        40003: BUSY,  # direct messages opened too fast
        40005: _OURS,
        40058: _OTHERWISE,
        40060: _ANSWER,
        40062: BUSY,
        40067: _TAG,
        50001: _BLIND,
        50006: _OURS,
        50007: _PERSON,
        50008: _OTHERWISE,
        50013: _MUTE,
        50024: _OTHERWISE,
        50027: _ANSWER,
        50035: _OURS,
        50045: _OURS,
        50083: _ARCHIVED,
        130000: BUSY,
        160005: _LOCKED,
        160006: _FULL,
        200000: _AUTOMOD,
        200001: _AUTOMOD,
        240000: _LINK,
    }
)


def outcome_of(error: Exception) -> Refused | Again | Unknown:
    """What became of a post whose call ended with this error; the reason is for the channel's manager.

    Refused and Again only where the last request surely posted nothing: Discord said so, or it was never reached. Of
    requests that discord.py made before that one it says nothing; see `tries`.
    """
    if isinstance(error, discord.RateLimited):
        return _later(error.retry_after, BUSY)
    if isinstance(error, NotYet):
        return _later(error.seconds, BUSY if error.asked else TURNS)
    if isinstance(error, aiohttp.ClientConnectorError | aiohttp.ConnectionTimeoutError):
        return _DOWN  # no connection, no request
    if not isinstance(error, discord.HTTPException):
        if not isinstance(error, aiohttp.ClientError | OSError | Perhaps):
            log.error("a call to Discord ended with a fault: %s", type(error).__name__)
        return PERHAPS
    if error.status == 429:
        return _later(_asked_to_wait(error), _BANNED if not error.code else BUSY)
    outcome = OUTCOMES.get(error.code) or _by_status(error.status, error.code)
    if outcome is _OURS:
        log.error("Discord refused the form of a message: %s", error.text)
    return outcome


def deleted(outcome: Refused | Again | Unknown) -> bool:
    """Whether it surely was posted, and is not there any more."""
    return outcome is _DELETED


def unread(error: Exception) -> Later | None:
    """What a look that ended with this error means: it is looked again when what kept us from reading is over; None: it never will be.

    Never over by itself is only what Discord itself says no to: a right that is missing, a channel that is gone.
    """
    outcome = outcome_of(error)
    if isinstance(outcome, Again):
        return Later(outcome.after, outcome.reason)
    if isinstance(error, discord.HTTPException) and error.code and isinstance(outcome, Refused):
        return None
    return UNREAD


def is_token_refused(error: Exception) -> bool:
    """Whether Discord no longer knows the bot: every further request is pointless, and counts against its address."""
    return isinstance(error, discord.HTTPException) and error.status == 401 and error.code not in OUTCOMES


def _by_status(status: int, code: int) -> Refused | Again | Unknown:
    """A refusal without a row of its own: Discord said no, or it did not get to saying anything."""
    if status == 401:
        return STOPPED
    if status >= 500 or status == 408:
        return PERHAPS
    if not code:
        return _WALL if status == 403 else _OURS
    reason = f"Discord does not take the message (code {code}). If it goes on, tell whoever runs the bot."
    return Refused(reason, channel_lost=status == 403)


def _asked_to_wait(error: discord.HTTPException) -> float:
    try:
        return float(error.response.headers.get("Retry-After", ""))
    except ValueError:
        return 0.0


def _later(seconds: float, otherwise: Again) -> Again:
    """After as many seconds as were asked for; where none were, after as long as is usual."""
    if not (math.isfinite(seconds) and seconds > 0):
        return otherwise
    return Again(min(timedelta(seconds=math.ceil(min(seconds, WAIT_MAX.total_seconds()))), WAIT_MAX), otherwise.reason)
