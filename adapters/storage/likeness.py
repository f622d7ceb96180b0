"""How like a name is to what was mistyped; a file of its own, because few answers need it and it takes time to load."""

from typing import Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

_ONE_ERROR_MIN: Final = 4  # letters from which one typing error is forgiven, and from which two are
_TWO_ERRORS_MIN: Final = 8
_SAME_SOUND_MIN: Final = 60.0  # likeness, of 100, that two spellings with the same consonants must have


def likeness(typed: str, key: str, folded: str, sound: str) -> float:
    """How like a name is to what was typed of it, 0 where it is out of reach; the best of its words as a beginning."""
    reach = 2 if len(typed) >= _TWO_ERRORS_MIN else 1 if len(typed) >= _ONE_ERROR_MIN else 0
    best = 0.0
    at = 0
    while at >= 0:
        rest = folded[at : at + len(typed) + 1]
        for length in range(len(typed) - 1, len(typed) + 2):
            if OSA.distance(typed, rest[:length], score_cutoff=reach) <= reach:
                best = max(best, fuzz.ratio(typed, rest[:length]))
        at = folded.find(" ", at) + 1 or -1
    if not best and len(key) > 1 and sound.startswith(key):
        near = max(fuzz.ratio(typed, folded[:length]) for length in range(len(typed) - 2, len(typed) + 4))
        best = near if near >= _SAME_SOUND_MIN else 0.0
    # The whole name is a little nearer than one that goes on.
    return best - min(5.0, abs(len(folded) - len(typed)) / 10) if best else 0.0
