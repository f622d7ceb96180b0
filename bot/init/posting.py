"""The last step: a test post in a channel, read back from it."""

import asyncio
from typing import Final
from uuid import uuid4

from bot.init.asking import agreed
from bot.init.setup import Setup
from bot.platform_checks import Opened
from briefs.digest import Again, Later, Place, Refused, Sent, Unknown
from briefs.errors import BadInput, BriefsError
from briefs.message import Heading, Message, Prose, words
from briefs.ports import Absent, PlatformChecks, Reach

TEST: Final = "TEST: Standfirst can post here"
TOLD: Final = "This is a test by whoever sets the bot up, and no digest. Nothing needs to be done."
LISTED_MAX: Final = 40
HOW: Final = {
    "discord": "Which channel shall have a test post? Its number above, or a link or id (Enter: none):",
    "slack": "Which channel shall have a test post? Paste the link of one the bot is in (right-click it, Copy, Copy link; Enter: none):",
}


def try_post(setup: Setup, platform: str, opened: Opened) -> bool:
    """Post in a channel of the user's choice and read it back; whether that was done."""
    asked = setup.asked
    asked.say(f"\nTest post on {platform.capitalize()}")
    try:
        listed = asyncio.run(_listed(opened))
    except BriefsError as error:
        asked.say(f"✗ {error}")
        return False
    for number, reach in enumerate(listed, start=1):
        asked.say(f"  {number:>2} {reach.label}{f' ({reach.lacks})' if reach.lacks else ''}")
    while typed := asked.ask(HOW[platform]):
        try:
            place, label, receipt = asyncio.run(_posted(opened, typed, listed))
        except BriefsError as error:
            asked.say(f"✗ {error}")
            continue
        asked.say(f"✓ The test post is in {label}, and was read back from there.")
        if agreed(asked, "Take it away again?"):
            done = asyncio.run(_removed(opened, place, receipt))
            asked.say("✓ It is gone." if done else "· It could not be taken away; it says that it is a TEST.")
        return True
    asked.say("Nothing was posted.")
    return False


async def _listed(opened: Opened) -> tuple[Reach, ...]:
    async with opened() as checks:
        return (await checks.channels())[:LISTED_MAX]


async def _posted(opened: Opened, typed: str, listed: tuple[Reach, ...]) -> tuple[Place, str, str]:
    """Where it was posted, how that is called, and the receipt.

    Raises:
        BadInput: it is no channel, the bot may not post or read there, or the post did not arrive; the sentence says what to do.
    """
    async with opened() as checks:
        place = listed[int(typed) - 1].place if typed.isdecimal() and 0 < int(typed) <= len(listed) else await checks.place(typed)
        if place is None:
            number = "Type a number of the list, or paste" if listed else "Paste"
            raise BadInput(f"That is no channel the bot knows. {number} a channel's link or id.")
        reach = await checks.reach(place)
        if reach.lacks:
            raise BadInput(f"{reach.lacks} {reach.mend} Then choose it again, or another one.")
        return place, reach.label, await _seen(checks, place)


async def _seen(checks: PlatformChecks, place: Place) -> str:
    """The receipt of a test post that was found in its channel.

    Raises:
        BadInput: it was not posted, or is not found.
    """
    key = f"test:{uuid4().hex}"
    message = Message(TEST, (Heading(TEST), Prose(words(TOLD))), only_asker=False)
    match await checks.publisher.publish(place, message, key):
        case Refused(reason=reason) | Again(reason=reason):
            raise BadInput(f"{reason} Then choose it again, or another one.")
        case Unknown(reason=reason):
            raise BadInput(f"{reason} Look there before you choose it again.")
        case Sent():
            pass
    match await checks.publisher.find(place, key):
        case Sent(receipt=receipt):
            return receipt
        case Later(reason=reason):
            raise BadInput(f"It was posted, but could not be read back: {reason}")
        case Absent():
            raise BadInput("It was posted, but is not found in the channel. Give the bot the right to read the channel's history.")


async def _removed(opened: Opened, place: Place, receipt: str) -> bool:
    try:
        async with opened() as checks:
            return await checks.remove(place, receipt)
    except BriefsError:
        return False
