"""The steps for curators and the console's zone."""

import asyncio
from collections.abc import Mapping
from typing import Final

from bot.init.asking import agreed
from bot.init.setup import Setup
from bot.platform_checks import Opened
from bot.settings import PREFIX
from bot.wiring import machine_zone
from briefs.errors import BadInput, BriefsError, shown
from briefs.zones import parse_zone

CURATORS: Final = f"{PREFIX}CURATORS"
ZONE: Final = f"{PREFIX}ZONE"
ABOUT: Final = """
Curators
  They decide what readers see: no draft goes out before one of them approves it.
  Discord: switch on Developer Mode (Settings, Advanced), right-click a person or role, Copy ID.
  Slack: open the person's profile, the three dots, Copy member ID."""
REVIEWS: Final = """· What waits for a decision goes to each curator's own chat, until one of them types /curate here in a channel;
  STANDFIRST_REVIEWS may name that channel as well."""


def set_up_curators(setup: Setup, opened: Mapping[str, Opened]) -> None:
    """Ask who decides on drafts; each name is looked up on its platform."""
    asked = setup.asked
    asked.say(ABOUT)
    if standing := setup.standing(CURATORS):
        asked.say(f"Named already: {shown(standing)}")
    if not standing or (not setup.is_fixed(CURATORS) and not agreed(asked, "Keep them?")):
        names = _asked_for(setup, opened)
        for name, called in names.items():
            asked.say(f"✓ {name} is {called}.")
        if names:
            setup.save("the curators", {CURATORS: ",".join(names)})
    asked.say(REVIEWS)


def _asked_for(setup: Setup, opened: Mapping[str, Opened]) -> dict[str, str]:
    """Whom somebody names as curators, with what their platforms call them; whoever made an app is offered."""
    if not opened:
        setup.asked.say("Without a platform there is only whoever sits at the console, and may decide.")
        return {}
    maker = asyncio.run(_maker(opened))
    enter = f"{' '.join(maker.values())}, who made the app" if maker else "nobody yet"
    while True:
        typed = setup.asked.ask(f"Who decides on drafts? Ids, with blanks between (Enter: {enter}; none: nobody yet):")
        if not typed:
            return maker
        if typed.casefold() == "none":
            return {}
        try:
            return asyncio.run(_named(opened, typed))
        except BriefsError as error:
            setup.asked.say(f"✗ {error}")


def set_up_zone(setup: Setup) -> None:
    """Ask for the console's time zone; Enter keeps what holds now."""
    standing = setup.settings.zone
    now = standing or machine_zone()
    setup.asked.say("\nTime zone")
    if setup.is_fixed(ZONE):
        setup.asked.say(f"{now.key}, which the environment says.")
        return
    question = f"The console's time zone, as in Europe/London (Enter: {now.key}{'' if standing else ', as this machine'}):"
    while typed := setup.asked.ask(question):
        try:
            zone = parse_zone(typed)
        except BriefsError as error:
            setup.asked.say(f"✗ {error}")
            continue
        setup.save("the zone", {ZONE: zone.key})
        return


async def _maker(opened: Mapping[str, Opened]) -> dict[str, str]:
    """Whoever made an app, as settings name them, with what the platform calls them; empty where none tells."""
    for one in opened.values():
        try:
            async with one() as checks:
                if owner := await checks.owner():
                    return {owner: await checks.called(owner) or owner}
        except BriefsError:
            continue
    return {}


async def _named(opened: Mapping[str, Opened], typed: str) -> dict[str, str]:
    """People and roles by the names settings use, with what their platforms call them.

    Raises:
        BadInput: one is unknown, or a platform cannot be asked.
    """
    left, found = dict.fromkeys(typed.replace(",", " ").split()), {}
    for one in opened.values():
        async with one() as checks:
            for word in tuple(left):
                if name := checks.principal(word):
                    if not (called := await checks.called(name)):
                        raise BadInput(f"Nobody there is called {name}. Copy the id once more.")
                    found[name] = called
                    del left[word]
    if left:
        raise BadInput(f"“{shown(next(iter(left)))}” is no id of a person or role. Copy the id as said above, or type none.")
    return found
