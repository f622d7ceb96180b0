"""The steps for curators and the console's zone."""

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from bot.doctor.reached import CALLED
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
  They decide what readers see: no draft goes out before one of them approves it."""
HOW: Final = {
    "discord": "  Discord: switch on Developer Mode (Settings, Advanced), right-click a person or role, Copy ID.",
    "slack": "  Slack: open the person's profile, the three dots, Copy member ID.",
}
REVIEWS: Final = """· What waits for a decision goes to each curator's own chat, until one of them types /curate here in a channel;
  STANDFIRST_REVIEWS may name that channel as well."""


def set_up_curators(setup: Setup, opened: Mapping[str, Opened]) -> None:
    """Ask who decides on drafts; each name is looked up on its platform."""
    asked = setup.asked
    asked.say("\n".join([ABOUT, *(HOW[name] for name in opened)]))
    standing = _names(setup.standing(CURATORS))
    if standing:
        asked.say(f"Named already: {shown(', '.join(standing))}")
    if not setup.is_fixed(CURATORS):
        _ask_for_curators(setup, opened, standing)
    asked.say(REVIEWS)


def _ask_for_curators(setup: Setup, opened: Mapping[str, Opened], standing: Sequence[str]) -> None:
    """Those that stand are kept where that is wanted; then only platforms of which there is none are asked for."""
    kept = standing if standing and agreed(setup.asked, "Keep them?") else ()
    wanted = {name: opened[name] for name in _without(opened, kept)}
    if kept and not wanted:
        return
    names = _asked_for(setup, wanted, beside=bool(kept))
    for name, called in names.items():
        setup.asked.say(f"✓ {name} is {called}.")
    if names:
        setup.save("the curators", {CURATORS: ",".join([*kept, *names])})
    if lacking := _without(opened, [*kept, *names]):
        told = " or ".join(CALLED[name] for name in lacking)
        setup.asked.say(f"· Nobody can decide on drafts on {told} yet: name somebody in {CURATORS}, or run standfirst init again.")


def _without(opened: Iterable[str], curators: Iterable[str]) -> list[str]:
    """The platforms of which none of those curators is."""
    having = {name.partition(":")[0] for name in curators}
    return [platform for platform in opened if platform not in having]


def _names(typed: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(typed.replace(",", " ").split()))


def _asked_for(setup: Setup, opened: Mapping[str, Opened], *, beside: bool) -> dict[str, str]:
    """Whom somebody names as curators, with what their platforms call them; whoever made an app is offered.

    Args:
        beside: there are some already, of other platforms.
    """
    if not opened:
        setup.asked.say("Without a platform there is only whoever sits at the console, and may decide.")
        return {}
    maker = asyncio.run(_maker(opened))
    where = f" on {' and '.join(CALLED[name] for name in opened)}" if beside else ""
    enter = f"Enter: {' '.join(maker.values())}, who made the app; none: nobody yet" if maker else "Enter: nobody yet"
    while True:
        typed = setup.asked.ask(f"Who decides on drafts{where}? Ids, with blanks between ({enter}):")
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
    left, found = dict.fromkeys(_names(typed)), {}
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
