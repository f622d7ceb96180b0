"""Where what somebody says begins after the verb, and where it ends."""

from collections.abc import Sequence
from typing import Final

from briefs.reading import grammar as g
from briefs.reading.circumstances import ENDS, after_settings
from briefs.reading.clauses import is_clause
from briefs.reading.cues import NOUN_TOO, NOUNS, SAYING, Takes
from briefs.reading.line import BRACKETED, QUOTED, Line
from briefs.reading.noun_phrases import starting_at
from briefs.reading.wordlist import words

_NOT_SAID: Final = words("nothing so anything something everything goodbye hello thanks little much more sorry prayers mass grace")
_OF_ANOTHER: Final = {
    "accuse": {"of"}, "blame": {"for", "on"}, "describe": {"as"}, "characterise": {"as"}, "characterize": {"as"}, "portray": {"as"},
    "denounce": {"as"}, "quote": {"as"},
}  # fmt: skip
_JUDGING: Final = words("a an the one his her its their too so very")  # begin what somebody is called
_ASIDES: Final = words("however though too moreover meanwhile simply nonetheless nevertheless")
_JOINTS: Final = words(", ; — – - -- : and but while although though nor or as whereas")
_TOLD: Final = g.DETERMINERS | g.OBJECTS | g.QUANTIFIERS
_JOINED: Final = g.PREPOSITIONS | {"and", "'s"}


def begins_after(line: Line, verb: int, takes: Takes) -> int | None:
    """The first word of what is said after the verb; None where nothing is.

    Args:
        verb: the number of the verb's last word.
        takes: what may follow that verb.
    """
    at = verb + 1
    if Takes.HEARER in takes:
        heard = _after_hearer(line, at)
        if heard is not None:
            return _content(line, after_settings(line, heard), takes)
        if not takes & (Takes.CLAUSE | Takes.QUESTION) or line.at(at) == "to":
            return None
    elif line.at(at) == "to" and not _is_infinitive(line, at):
        heard = _after_hearer(line, at + 1)
        at = heard if heard is not None else at
    return _content(line, after_settings(line, at), takes)


def after_frame(line: Line, verb: int, takes: Takes) -> int:
    """The first word after the verb, its hearer and where it was said, when what is said stands before."""
    at = verb + 1
    if Takes.HEARER in takes and line.at(at) not in ENDS:
        at = _after_hearer(line, at) or at
    elif line.at(at) == "to" and not _is_infinitive(line, at):
        at = _after_hearer(line, at + 1) or at
    return after_settings(line, at)


def ends_at(line: Line, start: int, borders: Sequence[int]) -> int:
    """The word after the last one of what is said from `start` on.

    Args:
        borders: numbers of words at which somebody else's words, or the next telling of the same speaker, begin.
    """
    last = len(line)
    while last > start and line.at(last - 1) in g.STOPS:
        last -= 1
    if line.at(start) == QUOTED and _is_whole(line, start):
        return start + 1
    end = min((border for border in borders if start < border), default=last)
    end = min(end, last)
    for at in range(start + 1, end):
        if line.at(at) == "," and _leaves(line, start, at):
            end = at
            break
    return _without_joint(line, start, end)


def _content(line: Line, at: int, takes: Takes) -> int | None:
    word = line.at(at)
    found: int | None = None
    if word == "that":
        found = at if line.at(at + 1) in g.AUXILIARIES and not g.is_plain_verb(line.at(at + 2)) else at + 1
        found += line.at(found) == ","
    elif word == QUOTED:
        # "a song called “…”" is named so, and nothing is said of it.
        found = None if Takes.OTHER in takes and Takes.CLAUSE not in takes else at
    elif word == ":":
        found = at + 1
    elif word in {",", "—", "–"}:
        found = _after_comma(line, at)
    elif word in g.QUESTIONS:
        found = at if Takes.CLAUSE in takes or Takes.QUESTION in takes or word == "whether" else None
    elif Takes.CLAIM in takes:
        found = at if any(line.at(n) in NOUNS for n in range(at, at + 6)) else None
    else:
        found = _bare(line, at, takes)
    return found if found is not None and found < len(line) and line.at(found) not in ENDS else None


def _bare(line: Line, at: int, takes: Takes) -> int | None:
    """What is said without "that" or a mark before it."""
    word, after = line.at(at), line.at(at + 1)
    found: int | None = None
    if word in ENDS or word in _NOT_SAID:
        found = None
    elif Takes.OF in takes and word in {"of", "about"}:
        found = at + 1
    elif word == "to":
        found = at + 1 if Takes.DOING in takes and after.endswith("ing") else None
        found = at if Takes.TO_HAVE in takes and found is None else found
    elif Takes.ANYTHING in takes:
        found = at if word not in {"about", "of", "as"} or after[:1].isdigit() else None
    elif _is_act(word, takes) or _is_object(line, at, takes) or _is_bare_clause(line, at, takes):
        found = at
    return found


def _is_act(word: str, takes: Takes) -> bool:
    return Takes.DOING in takes and word.endswith("ing") and len(word) > 5


def _is_bare_clause(line: Line, at: int, takes: Takes) -> bool:
    return Takes.CLAUSE in takes and line.at(at) not in g.CONJUNCTIONS and is_clause(line, at)


def _is_object(line: Line, at: int, takes: Takes) -> bool:
    word = line.at(at)
    small = word in g.PREPOSITIONS or word in g.CONJUNCTIONS or (g.is_adverb(word) and word not in g.QUANTIFIERS)
    return not small and (Takes.OBJECT in takes or (Takes.OTHER in takes and _of_another(line, at)))


def _of_another(line: Line, at: int) -> bool:
    """Whether the words say something of somebody or something else: "the mayor of lying", "it a disgrace"."""
    verb = SAYING.get(line.at(at - 1), ("",))[0]
    end = next((n for n in range(at, len(line)) if line.at(n) in {".", ";", ":"}), len(line))
    if QUOTED in line.low[at:end]:
        return line.at(at) != QUOTED
    marks = _OF_ANOTHER.get(verb)
    if marks is not None:
        return any(line.at(n) in marks for n in range(at + 1, end))
    thing = (at, at + 1) if line.at(at) in g.OBJECTS else starting_at(line, at)
    return thing is not None and line.at(thing[1]) in _JUDGING


def _after_comma(line: Line, at: int) -> int | None:
    if line.at(at + 1) == QUOTED:
        return at + 1
    if line.at(at + 1) in _ASIDES and line.at(at + 2) == ",":
        return _content(line, at + 3, Takes.CLAUSE | Takes.ANYTHING)
    # "said, in his first speech, that": what stands between two commas is how it was said.
    for other in range(at + 2, min(at + 14, len(line))):
        if line.at(other) == ",":
            manner = line.at(at + 1) in g.PREPOSITIONS or line.at(at + 1).endswith("ing")
            return other + 2 if line.at(other + 1) == "that" and manner else None
    return None


def _is_infinitive(line: Line, to: int) -> bool:
    after = line.at(to + 1)
    if g.is_plain_verb(after) or after in g.AUXILIARIES or (after in SAYING and after not in NOUN_TOO):
        return True
    told = after in _TOLD or line.capital(to + 1) or after.endswith("s")
    return not told and line.at(to + 2) not in {"that", ":", "", "."}


def _after_hearer(line: Line, at: int) -> int | None:
    """The word after whoever is told; None where nobody is or where he is told to do something."""
    if line.at(at) in {"that", ":", ",", QUOTED, "of"} or line.at(at) in ENDS:
        return None
    if line.at(at) in g.OBJECTS:
        end = at + 1
    else:
        phrase = starting_at(line, at)
        if phrase is None:
            return None
        end = _hearer_end(line, at, phrase[1])
    return None if line.at(end) == "to" else end


def _hearer_end(line: Line, start: int, end: int) -> int:
    """Where the hearer ends and a clause without "that" begins: names and plain nouns do not run into each other."""
    if line.at(end) not in g.AUXILIARIES and not g.is_finite(line.at(end)):
        return end
    for at in range(start + 1, end):
        joined = line.at(at) in _JOINED or line.at(at - 1) in _JOINED or line.at(at - 1) in g.DETERMINERS
        if not joined and line.capital(at) != line.capital(at - 1):
            return at
    return start + 1 if end - start > 1 and line.at(start) not in g.DETERMINERS else end


def _is_whole(line: Line, at: int) -> bool:
    """Whether a quotation ends what is said: it has a stop of its own, or nothing of its clause follows."""
    after = line.at(at + 1)
    inside = line.text[line.starts[at] : line.ends[at]].rstrip("\"'”’» ")
    if inside.endswith((".", "!", "?", ",")):
        return True
    return (after in ENDS and not (after == "," and line.at(at + 2) in {"and", "or"} and line.at(at + 3) == QUOTED)) or after == BRACKETED


def _leaves(line: Line, start: int, comma: int) -> bool:
    """Whether what follows the comma is told by the article itself and no longer by the speaker."""
    after = line.at(comma + 1)
    if after in {"but", "yet"}:
        following = line.at(comma + 2)
        return g.is_past(following) or following in {"did", "was", "were", "has", "is"}
    if after in {"which", "who", "where"}:
        # A speaker of what is or will be is not the one who tells what was.
        tells = next((line.at(at) for at in range(start, comma) if g.is_finite(line.at(at))), "")
        verb = next((line.at(at) for at in range(comma + 2, min(comma + 6, len(line))) if g.is_finite(line.at(at))), "")
        later = any(line.at(at) in {"will", "'ll", "can", "must"} for at in range(start, comma))
        return later and tells != "" and (g.is_past(verb) or verb in {"was", "were", "had"})
    return False


def _without_joint(line: Line, start: int, end: int) -> int:
    while end > start + 1 and line.at(end - 1) in _JOINTS:
        end -= 1
    return end
