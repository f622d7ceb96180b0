"""Who decides on drafts, and where reviews go."""

from collections.abc import Iterator

from bot.doctor.store import reviews
from bot.settings import Settings
from briefs.finding import Finding, fine, note


def people(settings: Settings) -> Iterator[Finding]:
    """Curators, the review channel, and who may ask for this page in a chat."""
    if settings.curators:
        yield fine("Curators", f"{', '.join(sorted(settings.curators))}, and whoever sits at the console.")
    else:
        mend = "Name them in STANDFIRST_CURATORS: discord:ID, slack:TEAM/USER."
        yield note("Curators", "Nobody but whoever sits at the console.", mend)
    channel = reviews(settings)
    if channel is None:
        told = "To each curator's own chat, until one of them types /curate here in a channel."
        yield fine("Reviews", told)
    else:
        said = "STANDFIRST_REVIEWS" if channel == settings.reviews else "/curate here"
        yield fine("Reviews", f"To {channel.space}/{channel.channel} ({said}).")
    if not settings.operators:
        mend = "Name them in STANDFIRST_OPERATORS, like curators."
        yield note("Operators", "Nobody may ask for /standfirst doctor in a chat but whoever sits at the console.", mend)
