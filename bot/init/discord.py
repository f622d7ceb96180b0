"""The step for Discord: an application, its token, a server it is in."""

import asyncio
from functools import partial
from typing import Final

from adapters.discord.checks import SERVERS
from bot.doctor.written import DISCORD_TOKEN
from bot.init.setup import Setup, tested
from bot.platform_checks import Opened, discord_opened
from briefs.errors import BriefsError
from briefs.finding import Finding, Grade

PATH: Final = """
Discord
  1. Open https://discord.com/developers/applications, click New Application, give it a name.
  2. Under Bot, click Reset Token, and copy the token. No privileged intent is needed."""
QUESTION: Final = "Paste the bot token (it is not shown; Enter leaves Discord out):"


def set_up_discord(setup: Setup) -> Opened | None:
    """Ask for the token, show the way into a server; how to ask Discord from then on, None where it is left out."""
    setup.asked.say(PATH)
    found = tested(setup, DISCORD_TOKEN, QUESTION, lambda token: asyncio.run(_standing(setup, token)))
    if found is None:
        setup.asked.say("Discord is left out.")
        return None
    token, (account, invitation, findings) = found
    setup.asked.say(f"✓ Discord takes the token: the bot is {account}.")
    setup.save("Discord's token", {DISCORD_TOKEN: token})
    _tell(setup, [finding for finding in findings if finding.about != SERVERS])
    setup.asked.say(f"\n{invitation}\n")
    _into_a_server(setup, token, findings)
    return partial(discord_opened, setup.settings, token)


def _into_a_server(setup: Setup, token: str, findings: tuple[Finding, ...]) -> None:
    while True:
        servers = [finding for finding in findings if finding.about == SERVERS]
        if all(finding.grade is not Grade.WRONG for finding in servers):
            _tell(setup, servers, fine=True)
            return
        typed = setup.asked.ask("Press Enter once the bot is in a server of yours (or type later):")
        if typed.casefold() in {"later", "skip"}:
            return
        try:
            _, _, findings = asyncio.run(_standing(setup, token))
        except BriefsError as error:
            setup.asked.say(f"✗ {error}")
        else:
            if any(finding.about == SERVERS and finding.grade is Grade.WRONG for finding in findings):
                setup.asked.say("✗ Discord says that the bot is in no server yet.")


async def _standing(setup: Setup, token: str) -> tuple[str, str, tuple[Finding, ...]]:
    async with discord_opened(setup.settings, token) as checks:
        return checks.account, checks.invitation, await checks.standing()


def _tell(setup: Setup, findings: list[Finding], *, fine: bool = False) -> None:
    marks = {Grade.FINE: "✓", Grade.NOTE: "·", Grade.WRONG: "✗"}
    for finding in findings:
        if fine or finding.grade is not Grade.FINE:
            setup.asked.say(f"{marks[finding.grade]} {finding.told} {finding.mend}".rstrip())
