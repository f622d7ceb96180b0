"""Everything that is looked at, in order; what cannot be looked at is a finding as well."""

import asyncio
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from adapters.storage.storage import file_of
from bot.doctor.library import library
from bot.doctor.machine import machine
from bot.doctor.people import people
from bot.doctor.reached import parted, reached
from bot.doctor.store import reviews, store, subscribed
from bot.doctor.written import ABOUT, written
from bot.faults import placed
from bot.platform_checks import Opened, platform_checks
from bot.settings import PREFIX, Settings
from bot.started import as_started
from briefs.digest import Place
from briefs.errors import BriefsError, BrokenSettings
from briefs.finding import Finding, Grade, note, wrong

OURS: Final = "This is a fault of the check itself: please report it with what stands there."


@dataclass(frozen=True, slots=True)
class Examination:
    """See the port `Checks`.

    Args:
        settings: or what keeps them from being used, as a sentence.
        folder: where the process was started, and `.env` is looked for.
    """

    settings: Settings | BriefsError
    folder: Path

    async def findings(self) -> tuple[Finding, ...]:
        """See the port."""
        return tuple(replace(found, told=as_started(found.told), mend=as_started(found.mend)) for found in await self._found())

    async def _found(self) -> tuple[Finding, ...]:
        here = await asyncio.to_thread(lambda: [*_caught(machine), *_caught(lambda: written(self.folder))])
        if not isinstance(self.settings, Settings):
            here = [found for found in here if (found.about, found.grade) != (ABOUT, Grade.FINE)]
            return (*here, *_unread(self.settings), note("Storage and platforms", "They are looked at once the settings can be used."))
        settings = self.settings
        stored = await asyncio.to_thread(lambda: [*_caught(lambda: library(settings)), *_caught(lambda: _stored(settings))])
        return (*here, *stored, *await _platforms(settings), *_caught(lambda: people(settings)))


def _unread(error: BriefsError) -> Iterator[Finding]:
    """Each setting that keeps all of them from being used."""
    for sentence in error.sentences if isinstance(error, BrokenSettings) else (str(error),):
        told, mend = parted(sentence)
        yield wrong(ABOUT, told, mend or "Mend that setting.")


def _stored(settings: Settings) -> Iterator[Finding]:
    return store(file_of(settings.database), datetime.now(UTC))


async def _platforms(settings: Settings) -> list[Finding]:
    opened = platform_checks(settings)
    if not opened:
        return [note("Platforms", "No chat platform has a token.", "standfirst init sets one up.")]
    places = await asyncio.to_thread(_places, settings)
    names = _named(settings)
    gathered = await asyncio.gather(
        *(
            _one(name, one, {p for p in places if p.platform == name}, {n: by for n, by in names.items() if n.startswith(f"{name}:")})
            for name, one in opened.items()
        )
    )
    return [finding for found in gathered for finding in found]


def _named(settings: Settings) -> dict[str, str]:
    """Everybody whom the settings name, with the names of the settings that do."""
    groups = {"CURATORS": settings.curators, "MANAGERS": settings.managers, "OPERATORS": settings.operators}
    everybody = frozenset().union(*groups.values())
    return {one: " and ".join(f"{PREFIX}{name}" for name, names in groups.items() if one in names) for one in everybody}


def _places(settings: Settings) -> set[Place]:
    """The channels that digests and reviews go to; a store that cannot be read has its own finding."""
    named = {settings.reviews} if settings.reviews else set()
    try:
        reviewed = reviews(settings)
        return ({reviewed} if reviewed else set()) | {subscription.place for subscription in subscribed(file_of(settings.database))}
    except BriefsError:
        return named


async def _one(platform: str, opened: Opened, places: set[Place], names: dict[str, str]) -> list[Finding]:
    """All there is to say of one platform, as far as it gets."""
    found: list[Finding] = []
    try:
        async for finding in reached(platform, opened, places, names):
            found.append(finding)
    except Exception as error:  # noqa: BLE001 one check that fails keeps no other from being told
        found.append(_fault(error))
    return found


def _caught(looks: Callable[[], Iterable[Finding]]) -> list[Finding]:
    """What a look finds, as far as it gets."""
    found: list[Finding] = []
    try:
        for finding in looks():
            found.append(finding)
    except BriefsError as error:
        told, mend = parted(error)
        found.append(wrong("Storage", told, mend or "Mend that, then look again."))
    except Exception as error:  # noqa: BLE001 one check that fails keeps no other from being told
        found.append(_fault(error))
    return found


def _fault(error: Exception) -> Finding:
    return wrong("Doctor", f"A check failed ({placed(error)}).", OURS)
