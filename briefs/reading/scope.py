"""How far the words before or after a place in a sentence reach: to the next border of a clause."""

import re
from typing import Final

REACH: Final = 120  # characters a cue is thought to govern at most

_BORDER: Final = re.compile(
    r"[,;:!?()\[\]]|\.(?=[\s”\"’)]|$)|\s[–—-]\s|\s(?=(?:but|while|although|though|whereas|because|unless|if|when|which|who|whose|until|after|before"
    r"|since|as|so that|in case|in the event|according to|despite|amid)\b)"
)
_BACK: Final = re.compile(r"[,;:!?()\[\]]|\.\s|\s[–—-]\s|\b(?:but|while|although|though|whereas|because|that|which|who|when|if|and)\s")


def lowered(text: str) -> str:
    """The text without case, each character where it was: a pattern of small letters is found much faster than one of either case."""
    low = text.lower()
    return low if len(low) == len(text) else "".join(char.lower() if len(char.lower()) == 1 else char for char in text)


def after(text: str, at: int) -> str:
    """The words from `at` to the end of their clause, without surrounding blanks; empty where none follow."""
    window = text[at : at + REACH]
    border = _BORDER.search(window)
    found = window[: border.start()] if border else window.rpartition(" ")[0] if len(window) == REACH else window
    return found.strip(' \n“”"')


def before(text: str, at: int) -> str:
    """The words from the beginning of their clause to `at`, without surrounding blanks."""
    window = text[max(0, at - REACH) : at]
    end = 0
    for border in _BACK.finditer(window):
        end = border.end()
    return window[end:].strip(' \n“”"')
