"""What an answer of Slack's, or the lack of one, means for a post."""

import logging
import re
from collections.abc import Mapping
from datetime import timedelta
from types import MappingProxyType
from typing import Any, Final

import aiohttp
from slack_sdk.errors import SlackApiError

from adapters.slack.client import LIMITED, retry_after
from briefs.digest import Again, Later, Refused, Unknown

RETRY: Final = timedelta(minutes=1)  # after what passes by itself
HOUR: Final = timedelta(hours=1)  # after what somebody is at work on

log = logging.getLogger(__name__)

_GONE: Final = Refused("The channel is gone, or the bot may not see it. Unsubscribe it, or type /invite and the bot's @name there.", True)
_ARCHIVED: Final = Refused("The channel is archived. Unarchive it, or subscribe another one.", True)
_OUTSIDE: Final = Refused("The bot is not in the channel or may not write there. Type /invite and the bot's @name in it.", True)
_CLOSED: Final = Refused("The bot's messages tab is closed. Open it in the app's settings under App Home.", True)
_POLICY: Final = Refused("A rule of the workspace keeps the bot from posting here. Ask a workspace admin to let it post.", True)
_REVOKED: Final = Refused("Slack no longer accepts the bot in this workspace. Whoever runs the bot must install it again.", True)
_EXPIRED: Final = Refused("The bot's token has run out. Whoever runs the bot must install it again.", True)
_SCOPE: Final = Refused("The bot lacks a right it needs to post. Install the app again and grant what it asks for.", True)
MOVING: Final = Refused("The organisation has not opened this workspace to the bot. Ask an organisation admin to approve the app.")
_CAP: Final = Refused("The workspace has reached the message limit of its plan. Ask a workspace admin; the next edition tries again.")
_OURS: Final = Refused("Slack did not take the message's form. This is a fault of the bot: tell whoever runs it.")
_BUSY: Final = Again(RETRY, "Slack asked the bot to wait.")
_DOWN: Final = Again(RETRY, "Slack cannot be reached.")
_PERHAPS: Final = Unknown("Slack broke off while it took the message, which may or may not be in the channel.")

# docs.slack.dev/reference/methods/chat.postMessage, errors. What is otherwise for an edit stands in `edits`. Only what surely
# posted nothing is refused or tried again. Where Slack refuses the form of a message, no plain text goes out in its place:
# it could neither show what each line rests on nor be found again by its mark.
OUTCOMES: Final[Mapping[str, Refused | Again | Unknown]] = MappingProxyType(
    {
        "channel_not_found": _GONE,
        "is_archived": _ARCHIVED,
        "not_in_channel": _OUTSIDE,
        "no_permission": _OUTSIDE,
        "messages_tab_disabled": _CLOSED,
        "restricted_action": _POLICY,
        "restricted_action_read_only_channel": _POLICY,
        "restricted_action_thread_only_channel": _POLICY,
        "restricted_action_non_threadable_channel": _POLICY,
        "ekm_access_denied": _POLICY,
        "account_inactive": _REVOKED,
        "token_revoked": _REVOKED,
        "invalid_auth": _REVOKED,
        "not_authed": _REVOKED,
        "token_expired": _EXPIRED,
        "missing_scope": _SCOPE,
        "not_allowed_token_type": _SCOPE,
        "team_access_not_granted": MOVING,
        "team_added_to_org": MOVING,
        "org_login_required": MOVING,
        "access_denied": MOVING,
        "ratelimited": _BUSY,
        "rate_limited": _BUSY,
        "service_unavailable": _BUSY,
        "request_timeout": _BUSY,  # the request arrived cut short, and was not read
        "internal_error": _PERHAPS,
        "fatal_error": _PERHAPS,
        "message_limit_exceeded": _CAP,
        "invalid_blocks": _OURS,
        "invalid_blocks_format": _OURS,
        "msg_blocks_too_long": _OURS,
        "msg_too_long": _OURS,
        "no_text": _OURS,
        "too_many_attachments": _OURS,
        "metadata_too_large": _OURS,
    }
)
_DISABLING: Final = frozenset(code for code, outcome in OUTCOMES.items() if outcome in {_REVOKED, _EXPIRED})
_CODE: Final = re.compile(r"[a-z_]{1,80}")


def outcome_of(error: Exception) -> Refused | Again | Unknown:
    """What became of a post whose call ended with this error; the reason is for the channel's manager.

    Refused and Again only where Slack surely posted nothing: it said so, or it was never reached.
    """
    if isinstance(error, aiohttp.ClientConnectorError):
        return _DOWN  # no connection, no request
    if not isinstance(error, SlackApiError):
        if not isinstance(error, aiohttp.ClientError | OSError):
            log.error("a call to Slack ended with a fault: %s", type(error).__name__)
        return _PERHAPS
    if wait := wait_of(error):
        return Again(timedelta(seconds=wait), _BUSY.reason)
    code, status = code_of(error), _status(error)
    outcome = OUTCOMES.get(code) or _by_status(code, status)
    if outcome is _OURS:
        log.error("Slack refused the form of a message: %s", code or status)
    return outcome


UNREAD: Final = Later(RETRY, "The channel could not be read: Slack did not answer as it should.")
_MOVED: Final = Later(HOUR, "The workspace is being moved; its organisation has to open it to the bot again.")
_ANEW: Final = "invalid_cursor"  # a look that begins anew has none


def wait_of(error: Exception) -> float:
    """The seconds Slack asked to wait, having done nothing; 0 where it did not."""
    if isinstance(error, SlackApiError) and (_status(error) == LIMITED or code_of(error) in {"ratelimited", "rate_limited"}):
        return retry_after(getattr(error.response, "headers", {}))
    return 0.0


def unread(error: Exception) -> Later | None:
    """What a look that ended with this error means: it is looked again when what kept us from reading is over; None: it never will be.

    Never over by itself is only what Slack itself says no to: a right that is missing, a channel that is gone.
    """
    if wait := wait_of(error):
        return Later(timedelta(seconds=wait), _BUSY.reason)
    code = code_of(error)
    if not code or code == _ANEW or not isinstance(outcome_of(error), Refused):
        return UNREAD
    return _MOVED if OUTCOMES.get(code) is MOVING else None


def disables_installation(error: Exception) -> bool:
    """Whether Slack no longer knows the bot in that workspace at all, so that every delivery there is pointless."""
    return code_of(error) in _DISABLING


def code_of(error: Exception) -> str:
    """Slack's own name for what went wrong ("not_in_channel"); empty where it gave none."""
    body: Any = getattr(error.response, "data", None) if isinstance(error, SlackApiError) else None
    code = body.get("error") if isinstance(body, dict) else None
    return code if isinstance(code, str) and _CODE.fullmatch(code) else ""


def _status(error: SlackApiError) -> int:
    """The answer's status; an answer that could not be read is of the HTTP library, which names it otherwise."""
    return int(getattr(error.response, "status_code", 0) or getattr(error.response, "status", 0))


def _by_status(code: str, status: int) -> Refused | Unknown:
    """A refusal without a row of its own: Slack said no, or it did not get to saying anything."""
    if code and status < 500:
        return Refused(f"Slack does not take the message ({code}). If it goes on, tell whoever runs the bot.")
    return _OURS if 400 <= status < 500 and status != 408 else _PERHAPS
