"""What every answer of Slack's means: a table."""

import ssl
from datetime import timedelta

import aiohttp
import pytest
from aiohttp.client_reqrep import ConnectionKey
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web.async_client import AsyncWebClient
from slack_sdk.web.async_slack_response import AsyncSlackResponse

from adapters.slack.client import UNSAID, posting_client, retry_after
from adapters.slack.installations import Installation, OneWorkspace, space_of, team_of
from adapters.slack.keys import mark_of
from adapters.slack.outcomes import OUTCOMES, code_of, disables_installation, outcome_of
from adapters.slack.presses import block_id, mark_in
from briefs.digest import Again, Refused, Unknown

SECRET = "a-token-nobody-has"
LOST, REFUSED, AGAIN, UNKNOWN = "lost", "refused", "again", "unknown"

# What must happen, by Slack's names.
TABLE = {
    LOST: """channel_not_found is_archived not_in_channel no_permission messages_tab_disabled restricted_action
        restricted_action_read_only_channel restricted_action_thread_only_channel restricted_action_non_threadable_channel
        ekm_access_denied account_inactive token_revoked invalid_auth not_authed token_expired missing_scope
        not_allowed_token_type""",
    REFUSED: """team_access_not_granted team_added_to_org org_login_required access_denied message_limit_exceeded invalid_blocks
        invalid_blocks_format msg_blocks_too_long no_text too_many_attachments metadata_too_large msg_too_long
        something_new""",
    AGAIN: "ratelimited rate_limited service_unavailable request_timeout",
    UNKNOWN: "internal_error fatal_error",
}
ROWS = [(code, meaning) for meaning, codes in TABLE.items() for code in codes.split()]


def answered(body, status=200, headers=None):
    """The error of a call that was answered so."""
    client = AsyncWebClient(token=SECRET)
    answer = AsyncSlackResponse(
        client=client, http_verb="POST", api_url="u", req_args={"headers": {"Authorization": SECRET}}, data=body,
        headers=headers or {}, status_code=status,
    )  # fmt: skip
    return SlackApiError("refused", answer)


def kind_of(outcome):
    match outcome:
        case Refused(channel_lost=True):
            return LOST
        case Refused():
            return REFUSED
        case Again():
            return AGAIN
        case Unknown():
            return UNKNOWN


@pytest.mark.parametrize(("code", "meaning"), ROWS, ids=[code for code, _ in ROWS])
def test_every_error_string_leads_to_its_outcome(code, meaning):
    assert kind_of(outcome_of(answered({"ok": False, "error": code}))) == meaning


def test_every_row_is_listed_here():
    assert set(OUTCOMES) == {code for code, _ in ROWS} - {"something_new"}


@pytest.mark.parametrize("code", OUTCOMES)
def test_every_reason_is_sentences_for_a_manager(code):
    reason = OUTCOMES[code].reason
    assert reason[0].isupper() and reason.endswith(".")
    assert "_" not in reason
    assert 20 < len(reason) <= 140


@pytest.mark.parametrize("code", ["not_in_channel", "channel_not_found"])
def test_a_bot_that_is_outside_is_invited(code):
    assert "/invite" in OUTCOMES[code].reason


def key():
    return ConnectionKey("slack.invalid", 443, True, True, None, None, None)


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        pytest.param(TimeoutError(), UNKNOWN, id="timeout"),
        pytest.param(aiohttp.ServerTimeoutError(), UNKNOWN, id="server-timeout"),
        pytest.param(aiohttp.ServerDisconnectedError(), UNKNOWN, id="disconnected"),
        pytest.param(aiohttp.ClientOSError(104, "reset"), UNKNOWN, id="reset"),
        pytest.param(ConnectionResetError(), UNKNOWN, id="bare-reset"),
        pytest.param(BrokenPipeError(), UNKNOWN, id="broken-pipe"),
        pytest.param(aiohttp.ClientPayloadError(), UNKNOWN, id="half-an-answer"),
        pytest.param(SlackRequestError("?"), UNKNOWN, id="library"),
        pytest.param(AttributeError("?"), UNKNOWN, id="fault"),
        pytest.param(aiohttp.ClientConnectorError(key(), OSError(111, "refused")), AGAIN, id="no-connection"),
        pytest.param(aiohttp.ClientConnectorDNSError(key(), OSError(-2, "no such name")), AGAIN, id="no-name"),
        pytest.param(aiohttp.ClientConnectorCertificateError(key(), ssl.SSLCertVerificationError()), AGAIN, id="certificate"),
        pytest.param(answered({}, 500), UNKNOWN, id="500"),
        pytest.param(answered({}, 502), UNKNOWN, id="502"),
        pytest.param(answered({}, 503), UNKNOWN, id="503"),
        pytest.param(answered("<html>", 504), UNKNOWN, id="504-html"),
        pytest.param(answered({"ok": False, "error": "something_new"}, 500), UNKNOWN, id="500-with-a-new-name"),
        pytest.param(answered({"ok": False, "error": "service_unavailable"}, 503), AGAIN, id="503-that-says-so"),
        pytest.param(answered({"ok": False, "error": "internal_error"}, 500), UNKNOWN, id="500-internal"),
        pytest.param(answered({}), UNKNOWN, id="200-empty"),
        pytest.param(answered({}, 408), UNKNOWN, id="408"),
        pytest.param(answered({}, 413), REFUSED, id="413"),
        pytest.param(answered({}, 404), REFUSED, id="404"),
        pytest.param(answered({"ok": False, "error": "invalid_auth"}, 401), LOST, id="401-invalid-auth"),
        pytest.param(SlackApiError("no JSON", None), UNKNOWN, id="no-response-at-all"),
    ],
)
def test_only_what_surely_posted_nothing_is_refused_or_tried_again(error, meaning):
    assert kind_of(outcome_of(error)) == meaning


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [({"Retry-After": "17"}, 17), ({"retry-after": "2"}, 2), ({"Retry-After": "0"}, 1), ({}, UNSAID), ({"Retry-After": "soon"}, UNSAID),
     ({"Retry-After": "nan"}, UNSAID), ({"Retry-After": ["45"]}, 45)],
    ids=str,
)  # fmt: skip
def test_a_429_is_tried_again_when_slack_says(headers, seconds):
    assert retry_after(headers) == seconds
    outcome = outcome_of(answered({"ok": False, "error": "ratelimited"}, 429, headers))
    assert isinstance(outcome, Again) and outcome.after == timedelta(seconds=seconds)


@pytest.mark.parametrize(("code", "meaning"), ROWS, ids=[code for code, _ in ROWS])
def test_only_a_bot_that_slack_no_longer_knows_disables_the_installation(code, meaning):
    gone = {"account_inactive", "token_revoked", "invalid_auth", "not_authed", "token_expired"}
    assert disables_installation(answered({"ok": False, "error": code})) is (code in gone)
    assert not disables_installation(TimeoutError())


@pytest.mark.parametrize("code", ["<script>", "x" * 200, "A B", 7, None, ["is_archived"]], ids=str)
def test_a_name_that_is_none_is_never_shown(code):
    error = answered({"ok": False, "error": code})
    assert code_of(error) == ""
    assert str(code) not in outcome_of(error).reason


def test_a_token_is_shown_nowhere(caplog):
    shown = [
        Installation("T1", "U1", SECRET),
        OneWorkspace(SECRET, "T1", "U1"),
        posting_client(SECRET),
        answered({"ok": False, "error": "invalid_auth"}),
        *(outcome_of(answered({"ok": False, "error": code})) for code, _ in ROWS),
    ]
    assert not any(SECRET in f"{value!r} {value}" for value in shown)
    assert SECRET not in caplog.text


@pytest.mark.parametrize("key", ["", "k" * 500, "\u202e", "line\nend", "\ud800", "digest:slack:T1:C1:daily:2026-11-22:1"], ids=ascii)
def test_a_mark_is_short_and_survives_a_block_id(key):
    mark = mark_of("C1", key)
    assert mark == mark_of("C1", key)
    assert len(mark) == 22
    assert mark_in(block_id("0123456789abcdef", 0, mark)) == mark


def test_marks_differ_by_channel_and_by_key():
    pairs = [("C1", "k"), ("C2", "k"), ("C1", "k2"), ("C", "1k"), ("C1k", ""), ("C12", "k")]
    assert len({mark_of(*pair) for pair in pairs}) == len(pairs)


@pytest.mark.parametrize(("space", "team"), [(space_of("T1"), "T1"), ("discord:1", ""), ("console", ""), ("slack:", "")])
def test_a_space_names_its_workspace(space, team):
    assert team_of(space) == team
