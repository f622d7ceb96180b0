"""What a line says of the article itself ("the article does not say when"): a curator's words, which no sentence could have."""

import re
from collections.abc import Iterator
from typing import Final

from briefs.reading.scope import lowered

# The article spoken of, in forms that claim nothing of the world.
_TEXT: Final = r"(?:the\s+)?(?:article|source|sentences?|report|text)"
_SILENT: Final = (
    rf"(?:{_TEXT}\s+(?:does\s+not|do\s+not|doesn['’]t)\s+(?:say|tell|give|name|explain|make\s+clear)|{_TEXT}\s+leaves?\s+(?:it\s+)?open"
    r"|(?:is|are|was|were)\s+not\s+(?:said|given|told|named|known\s+from\s+it)(?:\s+either)?)"
)
# One of these stands in every claim that has a remark, which saves the search.
_HINTS: Final = ("article", "source", "sentence", "report", "text", "not", "written", "read", "spoken", "background", "undated")
_REMARK: Final = re.compile(  # of the claim in small letters
    rf"""
    (?P<question>(?:^|(?<=[;:,(])\s*)(?:and\s+)?(?:who|whose|which|when|where|why|how|whether|what)\b[^;:]*?,\s+{_SILENT}(?=[.;)]|$))
  | (?P<subject>(?:^|(?<=[;:])\s*)(?:whether|who|whose|which|when|where|what)\b[^;]*?\s{_SILENT}(?=[.;,)]|$))
  | (?P<given>(?:(?<=[,;(])\s*|^)(?:(?:the|its|their|a)\s+)?(?:[\w’'-]+\s+){{0,3}}?not\s+given(?:\s+either)?(?=[.;,)]|$))
  | (?P<silent>(?:(?<=[,;:(])\s*)(?:which\s+(?:one|of\s+them)[^;]*,\s+)?{_SILENT}(?=[.;,)]|$))
  | (?P<absent>(?:(?<=[,;:])\s*|^)(?:and\s+)?(?:it|{_TEXT})\s+does\s+not\s+(?:name|mention|speak\s+of)\b[^;.]*)
  | (?P<aside>\bas\s+(?:of\s+)?{_TEXT}(?:\s+(?:has|puts|spells|gives)\s+it)?\b|\bas\s+(?:written|we\s+read\s+it)\b)
  | (?P<standing>\bas\s+{_TEXT}\s+stands?\b)
  | (?P<spoken>\b(?:is|are|was|were)\s+spoken\s+of\s+as\s+[\w-]+)
  | (?P<label>^(?:background|undated|as\s+written):?)
  | (?P<named>\((?:{_TEXT}):)
    """,
    re.VERBOSE,
)


def remarks(claim: str) -> tuple[tuple[int, int], ...]:
    """Where in a claim its author speaks of the article and not of what it tells: character offsets, in order.

    Only forms that say nothing of the world count: that the article is silent on a question, how it spells or words
    something, where it stands.
    """
    return tuple(match.span() for match in _found(claim))


def absences(claim: str) -> tuple[tuple[int, int], ...]:
    """Those of the remarks that say what is not named: its names cannot stand in a sentence."""
    return tuple(match.span() for match in _found(claim) if match["absent"])


def _found(claim: str) -> Iterator[re.Match[str]]:
    low = lowered(claim)
    return _REMARK.finditer(low) if any(map(low.__contains__, _HINTS)) else iter(())
