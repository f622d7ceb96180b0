"""Who asks: rights, zone, language and name of a person in a workspace, as Slack tells them."""

import logging
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any, Final
from zoneinfo import ZoneInfo

from adapters.slack.calls import Calls
from adapters.slack.inbound import Came
from adapters.slack.installations import PLATFORM, space_of
from briefs.commands.ask import Asker
from briefs.commands.rights import Rights
from briefs.errors import BadInput
from briefs.zones import parse_zone

KEEP: Final = 60.0  # seconds a person is not asked for again; so long an admin who is none any more stays one
RETRY: Final = 5.0  # seconds until somebody of whom Slack told nothing is asked for again
KNOWN_MAX: Final = 10_000  # people remembered at once
MEMBERS: Final = "members"  # the setting that lets anyone in a channel change its digests
DIRECT: Final = "D"  # what the id of a direct conversation begins with

# Commands that have the bot post in the channel from then on: worth asking Slack whether it can.
POSTING: Final = frozenset({"digest subscribe", "curate here"})

log = logging.getLogger(__name__)
NOT_HERE: Final = "I am not in this channel. Type /invite and my name here, or nothing arrives."


@dataclass(frozen=True, slots=True)
class Known:
    """What Slack tells of a person; nothing of one it tells nothing of."""

    admin: bool = False
    zone: ZoneInfo | None = None
    locale: str = "en"
    name: str = ""


class People:
    """The people of every workspace; each is asked for at most once a minute (users.info).

    Args:
        digests: "admins" or "members": who manages a channel's digests.
        clock: seconds that never go back.
    """

    def __init__(self, calls: Calls, rights: Rights, digests: str, clock: Callable[[], float] = time.monotonic) -> None:
        self._calls, self._rights, self._digests, self._clock = calls, rights, digests, clock
        self._known: dict[tuple[str, str], tuple[float, Known]] = {}

    async def asker(self, came: Came) -> Asker:
        """Who asks, with what may be done now. Slack does not tell whether they may write in the channel: who asks may."""
        known = await self.known(came.team, came.user)
        direct = came.channel.startswith(DIRECT) or not came.channel
        manages = self._digests == MEMBERS and not direct
        principal = f"{PLATFORM}:{came.team}/{came.user}"
        return Asker(
            space=space_of(came.team),
            # The Home tab is no channel; what is asked there belongs to the person.
            channel=came.channel or came.user,
            user=came.user,
            roles=self._rights.roles([principal], manages=manages, administers=known.admin),
            zone=known.zone,
            locale=known.locale,
            name=known.name or came.name,
            others=not direct,
            may_write=True,
            threads=True,
            principal=principal,
        )

    async def posting(self, came: Came, asker: Asker, command: str) -> Asker:
        """The asker, with what keeps the bot from posting in the channel where the command has it post there."""
        return replace(asker, hindrance=await self.hindrance(came)) if command in POSTING else asker

    async def hindrance(self, came: Came) -> str:
        """Why the bot cannot post in the channel, a sentence; empty where it can, or Slack does not tell."""
        code = await self._calls.refused(came.team, lambda client: client.conversations_history(channel=came.channel, limit=1))
        return NOT_HERE if code in {"not_in_channel", "channel_not_found"} else ""

    async def known(self, team: str, user: str) -> Known:
        """What Slack tells of a person."""
        now = self._clock()
        at, known = self._known.get((team, user), (-KEEP, Known()))
        if now - at < KEEP:
            return known
        answer = await self._calls.make(team, lambda client: client.users_info(user=user, include_locale=True))
        told = answer.get("user") if answer is not None else None
        known = _known(told if isinstance(told, dict) else {}, team)
        if len(self._known) >= KNOWN_MAX:
            self._known.clear()
        self._known[team, user] = (now if told else now - KEEP + RETRY, known)
        return known


def _known(user: dict[str, Any], team: str) -> Known:
    profile = user.get("profile")
    shown = (profile if isinstance(profile, dict) else {}).get("display_name") or user.get("real_name") or ""
    return Known(
        # Who manages another workspace, and is a guest in a channel of this one, manages nothing here.
        admin=user.get("team_id", team) == team and (user.get("is_admin") is True or user.get("is_owner") is True),
        zone=_zone(str(user.get("tz") or "")),
        locale=str(user.get("locale") or "en"),
        name=str(shown),
    )


def _zone(name: str) -> ZoneInfo | None:
    try:
        return parse_zone(name) if name else None
    except BadInput:
        return None
