"""Setting up, from the first question to the test post."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Final

from bot.envfile import read_env
from bot.init.asking import Questions, chosen, questions
from bot.init.discord import set_up_discord
from bot.init.people import set_up_curators, set_up_zone
from bot.init.posting import try_post
from bot.init.setup import Setup
from bot.init.slack import set_up_slack
from bot.platform_checks import Opened
from bot.settings import ENV_FILE, Settings
from briefs.errors import BadInput

DONE, ENDED, INTERRUPTED = 0, 2, 130
PLATFORMS: Final[dict[str, Callable[[Setup], Opened | None]]] = {"discord": set_up_discord, "slack": set_up_slack}
WHICH: Final = "Which platforms? 1 discord, 2 slack; Enter: both; none: the console alone:"


def init(settings: Settings, folder: Path) -> int:
    """Set it up in that folder; 0 done, 2 nobody answered any more, 130 interrupted.

    Raises:
        BadInput: `.env` cannot be read or written.
    """
    env = folder / ENV_FILE
    _may_write(env)
    setup = Setup(questions(), env, settings)
    try:
        _steps(setup)
    except (KeyboardInterrupt, EOFError) as ended:
        stopped = "Stopped." if isinstance(ended, KeyboardInterrupt) else "There are no more answers to read."
        kept = f"{', '.join(setup.saved)}: saved in {env}." if setup.saved else f"{env} was left as it was."
        setup.asked.say(f"\n{stopped} {kept} Run standfirst init again to go on; what is saved is kept.")
        return INTERRUPTED if isinstance(ended, KeyboardInterrupt) else ENDED
    return DONE


def _may_write(env: Path) -> None:
    """Find out before anything is asked.

    Raises:
        BadInput: it cannot be read, or not be written.
    """
    read_env(env)
    if not os.access(env.resolve().parent, os.W_OK | os.X_OK):
        raise BadInput(f"{env} cannot be written. Start in a folder of your own, or give this user the right to write in {env.parent}.")


def _steps(setup: Setup) -> None:
    asked = setup.asked
    asked.say(f"This sets Standfirst up in {setup.env}. Ctrl-C stops it at any time; what a finished step has saved stays.")
    wanted = chosen(asked, WHICH, tuple(PLATFORMS))
    opened = {name: one for name in wanted if (one := PLATFORMS[name](setup)) is not None}
    set_up_curators(setup, opened)
    set_up_zone(setup)
    posted = [name for name, one in opened.items() if try_post(setup, name, one)]
    _end(asked, setup, opened=bool(opened), posted=bool(posted))


def _end(asked: Questions, setup: Setup, *, opened: bool, posted: bool) -> None:
    kept = f"saved in {setup.env}, which only you can read" if setup.saved else "as it was"
    asked.say(f"\nDone: everything is {kept}.")
    if not opened:
        asked.say("Next: standfirst chat opens the chat in this terminal.")
        return
    asked.say("Next:\n  standfirst run      starts the bot, and delivers digests as long as it runs")
    asked.say("  /digest subscribe at:07:30      in a channel: a digest there every day\n  /brief      the newest briefs")
    asked.say(f"  standfirst doctor      looks at everything, at any time{'' if posted else '; no test post was seen yet'}")
