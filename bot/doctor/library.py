"""One's own library, read as a start reads it."""

from collections.abc import Iterator

from adapters.sources.library import read_library
from bot.doctor.reached import parted
from bot.libraries import own_folder
from bot.settings import Settings
from briefs.errors import BadInput, BrokenLibrary
from briefs.finding import Finding, fine, wrong
from briefs.pages.wording import plural

ABOUT = "Library"


def library(settings: Settings) -> Iterator[Finding]:
    """Whether a start could put it on the shelf; nothing where the settings name none."""
    try:
        if (folder := own_folder(settings)) is None:
            return
        read = read_library(folder)
    except BadInput as error:
        yield wrong(ABOUT, *parted(error))
    except BrokenLibrary as error:
        yield wrong(ABOUT, f"{settings.library} cannot be read.", f"Mend {error}")
    else:
        yield fine(ABOUT, f"{folder}: {plural(len(read.articles), 'article')}, {plural(len(read.briefs), 'brief')}, each line checked.")
