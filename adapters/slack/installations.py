"""In which workspaces the bot is installed, and as whom."""

from dataclasses import dataclass, field
from typing import Final, Protocol

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from briefs.errors import BadInput

PLATFORM: Final = "slack"


def space_of(team_id: str) -> str:
    """The space a workspace is: "slack:T123"."""
    return f"{PLATFORM}:{team_id}"


def team_of(space: str) -> str:
    """The workspace's id of a space; empty for a space that is not Slack's."""
    platform, _, team_id = space.partition(":")
    return team_id if platform == PLATFORM else ""


@dataclass(frozen=True, slots=True)
class Installation:
    """The bot in one workspace.

    Args:
        team_id: the workspace's ("T…").
        bot_user: the bot's own user there ("U…"), which its posts bear.
        token: the bot token; never shown.
        url: where people see the workspace ("https://acme.slack.com/"); empty where it is not known.
    """

    team_id: str
    bot_user: str
    token: str = field(repr=False)
    url: str = ""


class Installations(Protocol):
    """The workspaces the bot is installed in."""

    async def of(self, team_id: str) -> Installation | None:
        """The installation in that workspace; None where there is none.

        Raises:
            StorageDown: they are kept in a store, and it cannot be reached.
        """
        ...


@dataclass(frozen=True, slots=True)
class OneWorkspace:
    """The installation of a bot that has one token: one workspace. See the protocol."""

    token: str = field(repr=False)
    team_id: str
    bot_user: str
    url: str = ""

    async def of(self, team_id: str) -> Installation | None:
        """See the protocol."""
        return Installation(self.team_id, self.bot_user, self.token, self.url) if team_id == self.team_id else None


async def the_workspace_of(client: AsyncWebClient) -> OneWorkspace:
    """The workspace a client's token belongs to, as Slack tells it (`auth.test`).

    Raises:
        BadInput: Slack does not accept the token, or cannot be reached; the sentence says which.
    """
    try:
        told = await client.auth_test()
    except SlackApiError as error:
        # Not `from error`: what Slack answered is said, and a traceback would carry the whole request.
        code = error.response.get("error") if hasattr(error.response, "get") else None
        why = f"Slack does not accept the bot token ({code or 'no reason given'}). Copy it again from the app's settings."
        raise BadInput(why) from None
    except (aiohttp.ClientError, OSError) as error:
        raise BadInput(f"Slack cannot be reached ({type(error).__name__}). Check the network, then start again.") from None
    return OneWorkspace(token=client.token or "", team_id=told["team_id"], bot_user=told["user_id"], url=str(told.get("url", "")))
