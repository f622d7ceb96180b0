"""Which platforms can be asked how the bot is there, by the settings."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from functools import partial

from bot.settings import Settings
from briefs.errors import BadInput
from briefs.ports import PlatformChecks

Opened = Callable[[], AbstractAsyncContextManager[PlatformChecks]]


class NoAsks:
    """The port `Asks` where nothing is kept: a test post has no button whose line would be too long."""

    async def keep(self, space: str, line: str) -> str:
        """See the port."""
        return next(iter((await self.keep_all(space, (line,))).values()))

    async def keep_all(self, space: str, lines: Sequence[str]) -> Mapping[str, str]:  # noqa: ARG002 see the port
        """See the port."""
        if lines:
            raise BadInput("Nothing can be kept here.")
        return {}

    async def recall(self, space: str, short: str) -> str | None:  # noqa: ARG002 see the port
        """See the port."""
        return None


def discord_opened(settings: Settings, token: str) -> AbstractAsyncContextManager[PlatformChecks]:
    """The bot with that token on Discord."""
    from adapters.discord.checks import discord_checks

    return discord_checks(token, NoAsks(), settings.discord.api_url)


def slack_opened(settings: Settings, bot_token: str, app_token: str = "") -> AbstractAsyncContextManager[PlatformChecks]:
    """The bot with that token on Slack."""
    from adapters.slack.checks import slack_checks

    secret = settings.slack.signing_secret.get_secret_value()
    return slack_checks(bot_token, NoAsks(), app_token=app_token, signing_secret=secret, base_url=settings.slack.base_url)


def platform_checks(settings: Settings) -> dict[str, Opened]:
    """Every platform whose token is set, by name, in the order the settings have them."""
    found: dict[str, Opened] = {}
    if token := settings.discord.token.get_secret_value():
        found["discord"] = partial(discord_opened, settings, token)
    if token := settings.slack.bot_token.get_secret_value():
        found["slack"] = partial(slack_opened, settings, token, settings.slack.app_token.get_secret_value())
    return found
