"""The step for Slack: an app from the manifest, its two tokens."""

import asyncio
from functools import partial
from typing import Final

from adapters.slack.checks import CONNECTION, RIGHTS, app_token_taken
from adapters.slack.manifest import manifest
from bot.doctor.written import APP_TOKEN, BOT_TOKEN
from bot.init.setup import Setup, tested
from bot.platform_checks import Opened, slack_opened
from briefs.commands.catalogue import CATALOGUE
from briefs.errors import BadInput
from briefs.finding import Grade

PATH: Final = """
Slack
  1. Open https://api.slack.com/apps, click Create New App, From a manifest, and choose your workspace.
  2. Choose the tab YAML, replace what stands there with {lines}, click Next, then Create.
"""
MANIFEST: Final = "slack-manifest.yaml"  # beside .env: a terminal breaks long lines, and a file does not
RULE: Final = "-" * 72
INSTALL: Final = """
  3. Under Install App, click Install to Workspace and allow it. That page then has the Bot User OAuth Token."""
BOT_QUESTION: Final = "Paste the bot token, xoxb-… (it is not shown; Enter leaves Slack out):"
APP: Final = """
  4. Under Basic Information, App-Level Tokens, click Generate Token and Scopes, add the scope connections:write, click Generate."""
APP_QUESTION: Final = "Paste the app-level token, xapp-… (it is not shown; Enter leaves Slack out):"


def set_up_slack(setup: Setup) -> Opened | None:
    """Show the way to an app, ask for both tokens; how to ask Slack from then on, None where it is left out."""
    asked = setup.asked
    made = manifest(CATALOGUE)
    asked.say(f"{PATH.format(lines=_lines(setup, made))}{RULE}\n{made.rstrip()}\n{RULE}{INSTALL}")
    bot = tested(setup, BOT_TOKEN, BOT_QUESTION, lambda token: asyncio.run(_bot(setup, token)))
    if bot is None:
        asked.say("Slack is left out.")
        return None
    token, (account, invitation) = bot
    asked.say(f"✓ Slack takes the token: the bot is {account}.")
    if setup.settings.slack.signing_secret.get_secret_value() and not setup.standing(APP_TOKEN):
        asked.say("· A signing secret stands already, so Slack calls the bot over HTTP, and no app-level token is needed.")
        setup.save("Slack's token", {BOT_TOKEN: token})
        return partial(slack_opened, setup.settings, token)
    asked.say(APP)
    app = tested(setup, APP_TOKEN, APP_QUESTION, lambda pasted: asyncio.run(_both(setup, token, pasted)))
    if app is None:
        asked.say("Slack is left out.")
        return None
    asked.say("✓ Slack takes the app-level token.")
    # Both at once: with one of them, the bot could not start.
    setup.save("Slack's tokens", {BOT_TOKEN: token, APP_TOKEN: app[0]})
    asked.say(f"\n{invitation} There it can post.")
    return partial(slack_opened, setup.settings, token)


def _lines(setup: Setup, made: str) -> str:
    """Where the manifest is copied from: a file as well, where one can be written."""
    file = setup.env.with_name(MANIFEST)
    try:
        file.write_text(made, encoding="utf-8")
    except OSError:
        return "the lines between the rules"
    return f"all of the file\n     {file}\n     (the same stands between the rules)"


async def _bot(setup: Setup, token: str) -> tuple[str, str]:
    """As whom Slack knows the token, and how the bot comes into a channel.

    Raises:
        BadInput: it does not, or the bot lacks a right.
    """
    async with slack_opened(setup.settings, token) as checks:
        for finding in await checks.standing():
            if finding.about == RIGHTS and finding.grade is Grade.WRONG:
                raise BadInput(f"{finding.told} {finding.mend} Then paste the token again.")
        return checks.account, checks.invitation


async def _both(setup: Setup, token: str, app_token: str) -> None:
    """See whether Slack takes the app token, and whether it is of the same app.

    Raises:
        BadInput: it does not, or is not.
    """
    await app_token_taken(app_token, setup.settings.slack.base_url)
    async with slack_opened(setup.settings, token, app_token) as checks:
        for finding in await checks.standing():
            if finding.about == CONNECTION and finding.grade is Grade.WRONG:
                raise BadInput(f"{finding.told} {finding.mend}")
