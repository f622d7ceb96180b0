"""What the platforms say: token, rights, commands, clock, the channels that digests go to."""

from collections.abc import AsyncIterator, Collection, Mapping
from datetime import timedelta
from typing import Final

from bot.platform_checks import Opened
from briefs.digest import Place
from briefs.errors import BriefsError
from briefs.finding import Finding, fine, note, wrong
from briefs.ports import PlatformChecks

AHEAD_MAX: Final = timedelta(seconds=60)  # a digest that comes a minute off is off; Slack's signatures bear five
CHANNELS_MAX: Final = 50  # looked at on each platform, one request or three each
CALLED: Final = {"discord": "Discord", "slack": "Slack"}


async def reached(platform: str, opened: Opened, places: Collection[Place], people: Mapping[str, str]) -> AsyncIterator[Finding]:
    """One platform.

    Args:
        places: channels that digests or reviews go to.
        people: as settings name them, with the settings that do.
    """
    called = CALLED[platform]
    try:
        async with opened() as checks:
            yield fine(f"{called} token", f"{called} takes it; the bot is {checks.account}.")
            yield _clock(called, checks.ahead)
            for finding in await checks.standing():
                yield finding
            yield await checks.commands()
            async for finding in _channels(called, checks, places):
                yield finding
            async for finding in _people(called, checks, people):
                yield finding
    except BriefsError as error:
        told, mend = parted(error)
        yield wrong(called, told, mend or "Try again later.")


def parted(error: BriefsError | str) -> tuple[str, str]:
    """What is wrong, and what to do: an error's sentences say both, in that order."""
    told, _, mend = str(error).partition(". ")
    return f"{told.removesuffix('.')}.", mend


def _clock(called: str, ahead: timedelta | None) -> Finding:
    about = "Clock"
    if ahead is None:
        return note(about, f"{called} did not tell its time, so that nothing can be said of this machine's clock.")
    if abs(ahead) > AHEAD_MAX:
        way = "ahead of" if ahead > timedelta() else "behind"
        told = f"This machine's clock is {abs(ahead).total_seconds():.0f} seconds {way} {called}'s."
        return wrong(about, told, "Have it set from the network (NTP): digests go by it.")
    return fine(about, f"Within {AHEAD_MAX.total_seconds():.0f} seconds of {called}'s.")


async def _channels(called: str, checks: PlatformChecks, places: Collection[Place]) -> AsyncIterator[Finding]:
    about = f"{called} channels"
    good = 0
    for place in sorted(places, key=lambda place: (place.space, place.channel))[:CHANNELS_MAX]:
        reach = await checks.reach(place)
        if reach.lacks:
            yield wrong(about, f"{reach.label}: {reach.lacks}", reach.mend)
        good += not reach.lacks
    if good:
        told = "The one channel" if good == len(places) == 1 else f"{good} of {len(places)} channels"
        yield fine(about, f"{told} that digests or reviews go to can be written and read.")
    if len(places) > CHANNELS_MAX:
        yield note(about, f"Only the first {CHANNELS_MAX} of {len(places)} were looked at.")


async def _people(called: str, checks: PlatformChecks, people: Mapping[str, str]) -> AsyncIterator[Finding]:
    about = f"{called} people"
    names = {name: await checks.called(name) for name in sorted(people)}
    for name in (name for name, found in names.items() if not found):
        yield wrong(about, f"{called} knows nobody called {name}.", f"Mend {people[name]}, or take that name out of it.")
    known = ", ".join(f"{found} ({name})" for name, found in names.items() if found)
    if known or not names:
        yield fine(about, f"In the settings: {known or 'nobody'}.")
