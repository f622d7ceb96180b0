"""Words that deny."""

import re
from functools import lru_cache
from typing import Final

from briefs.article import Negation
from briefs.reading.scope import after, lowered

_CUE: Final = re.compile(
    r"""
    (?<![\w’'-])(?:
        no\s+longer | no[ ]one | nobody | none | nothing | nowhere | neither | nor | never | without | cannot
      | (?:fail(?:s|ed|ing)?|failure|refus(?:es|ed|ing|e|al)|declin(?:es|ed|ing|e)|neglect(?:s|ed|ing)?|unable|unwilling|yet)\ to(?=\s+\w)
      | den(?:y|ies|ied|ying) | denials? | (?:fail|refus|declin)(?:s|es|ed|e|ing)?(?=\s*(?:[,.;]|$))
      | reject(?:s|ed|ing)? | rul(?:es|ed|ing|e)\s+out | lack(?:s|ed|ing)?(?:\s+of)? | avoid(?:s|ed|ing)? | instead\s+of | rather\s+than
      | prevent(?:s|ed|ing)? | stop(?:s|ped|ping)?\s+short\s+of | hardly | barely | scarcely | far\s+from
      | (?<!whether\ or\ )(?<!,\ if\ )not(?!\s+(?:only|least|just|to\s+mention|surprisingly))
      | no(?!\s+(?:doubt|later|sooner|more\s+than|fewer\s+than|less\s+than|wonder)\b)(?=\s+[^\W\d_])
    )(?![\w-]|['’]\w)
  | \b(?:is|are|was|were|do|does|did|have|has|had|ca|could|wo|would|should|must|need|might|ai)n['’]t\b
    """,
    re.VERBOSE,
)
_NUMBERED: Final = re.compile(r"No\.?\s*\d")


@lru_cache(maxsize=512)
def negations(text: str) -> tuple[Negation, ...]:
    """The words of a sentence that deny, in reading order, each with what it denies.

    "Not only", "no more than", "no doubt", "whether or not" and "No. 5" deny nothing.
    """
    found = []
    for match in _CUE.finditer(lowered(text)):
        start, end = match.span()
        if not _NUMBERED.match(text, start):
            found.append(Negation(text[start:end], start, end, after(text, end)))
    return tuple(found)
