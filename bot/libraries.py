"""Which libraries are on the shelf: the bundled SAMPLE, and one's own."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from adapters.sources.library import bundled, edition_of, read_library
from bot.settings import Settings
from briefs.desk.lookup import SamplePolicy
from briefs.errors import BadInput
from briefs.ports import Library, Storage

SAMPLE_LIBRARY: Final = "sample"
OWN_LIBRARY: Final = "own"


def own_folder(settings: Settings) -> Path | None:
    """The folder of one's own library; None where the settings name none.

    Raises:
        BadInput: they name one that is not there.
    """
    if settings.library is not None and not settings.library.is_dir():
        raise BadInput(f"STANDFIRST_LIBRARY: there is no folder {settings.library}. Name one that has a library.toml.")
    return settings.library


async def load_libraries(storage: Storage, settings: Settings, *, passing: bool) -> None:
    """Put the libraries the settings name on the shelf where their files changed, and take those away that they do not.

    Args:
        passing: none is taken away.

    Raises:
        BadInput: one's own is not there.
        BrokenLibrary: one cannot be used.
    """
    roots = {SAMPLE_LIBRARY: None if settings.sample is SamplePolicy.NEVER else bundled(), OWN_LIBRARY: own_folder(settings)}
    if passing:
        roots = {name: root for name, root in roots.items() if root}
    editions = {name: edition_of(root) if root else "" for name, root in roots.items()}
    if all([await storage.shelf.library_edition(name) == edition for name, edition in editions.items()]):
        return
    # Both anew where one changed, one's own last: where they name the same thing, one's own stands.
    libraries = [replace(read_library(root), name=name) if root else Library(name, "", (), (), ()) for name, root in roots.items()]
    for library in sorted(libraries, key=lambda library: bool(library.edition)):
        await storage.shelf.load_library(library, datetime.now(UTC))
