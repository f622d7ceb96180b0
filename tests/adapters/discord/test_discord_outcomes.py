"""What each answer of Discord's, or the lack of one, means for a post."""

from datetime import timedelta
from types import SimpleNamespace

import aiohttp
import discord
import pytest

from adapters.discord.outcomes import LONG, OUTCOMES, RETRY, WAIT_MAX, is_token_refused, outcome_of
from briefs.digest import Again, Refused, Unknown

LOST, NO, LATER, PERHAPS = "lost", "refused", "again", "unknown"


def answered(status: int, code: int = 0, text: str = "words of Discord's", headers: dict[str, str] | None = None) -> discord.HTTPException:
    """The error discord.py raises for an answer."""
    kind = {403: discord.Forbidden, 404: discord.NotFound}.get(
        status, discord.DiscordServerError if status >= 500 else discord.HTTPException
    )
    response = SimpleNamespace(status=status, reason="", headers=headers or {})
    return kind(response, {"code": code, "message": text} if code else text)


def kind_of(outcome: Refused | Again | Unknown) -> str:
    match outcome:
        case Refused(channel_lost=lost):
            return LOST if lost else NO
        case Again():
            return LATER
        case Unknown():
            return PERHAPS


# Every row of Discord's error codes that a post can meet: code, the status it comes with, what it means, and a word that the
# sentence for the channel's manager must have.
ROWS = [
    (10003, 404, LOST, "gone"),
    (10004, 404, LOST, "Invite it again"),
    (10008, 404, NO, "deleted"),
    (10013, 404, NO, "person"),
    (10015, 404, NO, "Ask again"),
    (10062, 404, NO, "Ask again"),
    (20009, 400, NO, "curator"),
    (20016, 429, LATER, "wait"),
    (20028, 429, LATER, "wait"),
    (20029, 429, LATER, "wait"),
    (30015, 400, NO, "fault of the bot"),
    (30034, 400, LATER, "wait"),
    (30046, 400, LATER, "wait"),
    (40003, 400, LATER, "wait"),
    (40005, 413, NO, "fault of the bot"),
    (40058, 400, LOST, "text channel"),
    (40060, 400, NO, "Ask again"),
    (40062, 429, LATER, "wait"),
    (40067, 400, LOST, "tag"),
    (50001, 403, LOST, "View Channel"),
    (50006, 400, NO, "fault of the bot"),
    (50007, 403, NO, "person"),
    (50008, 400, LOST, "text channel"),
    (50013, 403, LOST, "Send Messages"),
    (50024, 400, LOST, "text channel"),
    (50027, 401, NO, "Ask again"),
    (50035, 400, NO, "fault of the bot"),
    (50045, 413, NO, "fault of the bot"),
    (50083, 400, LOST, "archived"),
    (130000, 503, LATER, "wait"),
    (160005, 403, LOST, "Unlock"),
    (160006, 400, LOST, "open threads"),
    (200000, 400, NO, "AutoMod"),
    (200001, 400, NO, "AutoMod"),
    (240000, 400, NO, "curator"),
]


@pytest.mark.parametrize(("code", "status", "meaning", "word"), ROWS, ids=[str(row[0]) for row in ROWS])
def test_a_code_of_discords_means_one_thing_and_the_manager_is_told_it(code, status, meaning, word):
    outcome = outcome_of(answered(status, code))
    assert kind_of(outcome) == meaning
    assert word in outcome.reason


def test_no_code_is_without_a_row_here():
    assert {row[0] for row in ROWS} == set(OUTCOMES)


@pytest.mark.parametrize(
    ("error", "meaning"),
    [
        pytest.param(answered(400), NO, id="no-code"),
        pytest.param(answered(403), NO, id="a-wall-in-front"),
        pytest.param(answered(403, 99999), LOST, id="forbidden-for-a-new-reason"),
        pytest.param(answered(404, 99999), NO, id="a-new-code"),
        pytest.param(answered(408), PERHAPS, id="timed-out"),
        pytest.param(answered(401), LATER, id="token-refused"),
        pytest.param(answered(429), LATER, id="banned"),
        *(pytest.param(answered(status), PERHAPS, id=str(status)) for status in (500, 502, 503, 504, 524)),
        pytest.param(TimeoutError(), PERHAPS, id="no-answer-in-time"),
        pytest.param(ConnectionResetError(104, "reset"), PERHAPS, id="reset"),
        pytest.param(aiohttp.ServerDisconnectedError(), PERHAPS, id="disconnected"),
        pytest.param(aiohttp.ClientPayloadError(), PERHAPS, id="answer-cut"),
        pytest.param(aiohttp.ClientOSError(32, "pipe"), PERHAPS, id="pipe"),
        pytest.param(aiohttp.SocketTimeoutError(), PERHAPS, id="silent-socket"),
        pytest.param(aiohttp.ConnectionTimeoutError(), LATER, id="never-connected-in-time"),
        pytest.param(
            aiohttp.ClientConnectorError(SimpleNamespace(ssl=True, host="", port=1), OSError(111, "refused")), LATER, id="refused"
        ),
        pytest.param(discord.RateLimited(3.2), LATER, id="queued-for-too-long"),
        pytest.param(KeyError("id"), PERHAPS, id="an-answer-that-makes-no-sense"),
    ],
)
def test_only_what_surely_posted_nothing_is_tried_again(error, meaning):
    assert kind_of(outcome_of(error)) == meaning


@pytest.mark.parametrize(
    ("error", "after"),
    [
        pytest.param(answered(429, headers={"Retry-After": "7"}), timedelta(seconds=7), id="said-in-the-head"),
        pytest.param(answered(429, 20028, headers={"Retry-After": "7.2"}), timedelta(seconds=8), id="parts-of-seconds"),
        pytest.param(answered(429), LONG, id="a-ban-that-says-nothing"),
        pytest.param(answered(429, 20028), RETRY, id="a-limit-that-says-nothing"),
        pytest.param(answered(429, headers={"Retry-After": "soon"}), LONG, id="no-number"),
        pytest.param(answered(429, headers={"Retry-After": "nan"}), LONG, id="not-a-number"),
        pytest.param(answered(429, headers={"Retry-After": "-1"}), LONG, id="in-the-past"),
        pytest.param(answered(429, headers={"Retry-After": "1e30"}), WAIT_MAX, id="for-ever"),
        pytest.param(discord.RateLimited(3.2), timedelta(seconds=4), id="discord-py-gave-up-waiting"),
        pytest.param(answered(401), LONG, id="token-refused"),
        pytest.param(answered(503, 130000), RETRY, id="overloaded"),
    ],
)
def test_it_is_tried_again_when_discord_asked_for_it(error, after):
    assert outcome_of(error).after == after


@pytest.mark.parametrize("row", ROWS, ids=[str(row[0]) for row in ROWS])
def test_nothing_that_discord_wrote_reaches_a_reason(row):
    assert "4242424242" not in outcome_of(answered(row[1], row[0], "channel 4242424242")).reason


@pytest.mark.parametrize("error", [answered(400, 50035), answered(400, 50006), answered(413, 40005)], ids=["form", "empty", "large"])
def test_a_form_that_discord_refuses_is_logged_for_whoever_runs_the_bot(error, caplog):
    outcome_of(error)
    assert "words of Discord's" in caplog.text


def test_a_fault_of_ours_is_logged(caplog):
    outcome_of(KeyError("id"))
    assert "KeyError" in caplog.text


def test_a_401_is_the_bots_token_and_nothing_else_is():
    assert is_token_refused(answered(401))
    assert not is_token_refused(answered(401, 50027))
    assert not is_token_refused(answered(403, 50001))
    assert not is_token_refused(TimeoutError())
