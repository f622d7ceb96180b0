"""Who decides on drafts, and where reviews go."""

from collections.abc import Iterator

from bot.settings import Settings
from briefs.finding import Finding, fine, note


def people(settings: Settings) -> Iterator[Finding]:
    """Curators, the review channel, and who may ask for this page in a chat."""
    if settings.curators:
        yield fine("Curators", f"{', '.join(sorted(settings.curators))}, and whoever sits at the console.")
    else:
        mend = "Name them in STANDFIRST_CURATORS: discord:ID, slack:TEAM/USER."
        yield note("Curators", "Nobody but whoever sits at the console.", mend)
    if settings.reviews is None:
        told = "To each curator's own chat, until one of them types /curate here in a channel."
        yield fine("Reviews", told)
    else:
        yield fine("Reviews", f"To {settings.reviews.space}/{settings.reviews.channel} (STANDFIRST_REVIEWS).")
    if not settings.operators:
        mend = "Name them in STANDFIRST_OPERATORS, like curators."
        yield note("Operators", "Nobody may ask for /standfirst doctor in a chat but whoever sits at the console.", mend)
