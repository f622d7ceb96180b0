"""From the text of an article to its numbered sentences."""

from briefs.reading.read import read

__all__ = ["read"]
