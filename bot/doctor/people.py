"""Who decides on drafts, and where reviews go."""

from collections.abc import Iterator

from bot.doctor.reached import CALLED
from bot.doctor.store import reviews
from bot.platform_checks import platform_checks
from bot.settings import Settings
from briefs.digest import Place
from briefs.errors import StorageDown
from briefs.finding import Finding, fine, note


def people(settings: Settings) -> Iterator[Finding]:
    """Curators, the review channel, and who may ask for this page in a chat."""
    yield from _curators(settings)
    try:
        channel = reviews(settings)
    except StorageDown:  # which is a finding of its own
        yield note("Reviews", "Where they go stands in the database, which cannot be read.")
    else:
        yield _reviews(settings, channel)
    if not settings.operators:
        mend = "Name them in STANDFIRST_OPERATORS, like curators."
        yield note("Operators", "Nobody may ask for /standfirst doctor in a chat but whoever sits at the console.", mend)


def _curators(settings: Settings) -> Iterator[Finding]:
    if not settings.curators:
        mend = "Name them in STANDFIRST_CURATORS: discord:ID, slack:TEAM/USER."
        yield note("Curators", "Nobody but whoever sits at the console.", mend)
        return
    yield fine("Curators", f"{', '.join(sorted(settings.curators))}, and whoever sits at the console.")
    for platform in platform_checks(settings):
        if not any(name.startswith(f"{platform}:") for name in settings.curators):
            mend = "Name somebody of it in STANDFIRST_CURATORS, beside those that stand there."
            yield note("Curators", f"Nobody can decide on drafts on {CALLED[platform]}.", mend)


def _reviews(settings: Settings, channel: Place | None) -> Finding:
    if channel is not None:
        said = "STANDFIRST_REVIEWS" if channel == settings.reviews else "/curate here"
        return fine("Reviews", f"To {channel.space}/{channel.channel} ({said}).")
    if not settings.curators:
        mend = "Name curators, or type /curate here in a channel."
        return note("Reviews", "They wait in /curate queue: there is no channel for them, and no curator who could be told.", mend)
    return fine("Reviews", "To each curator's own chat, until one of them types /curate here in a channel.")
