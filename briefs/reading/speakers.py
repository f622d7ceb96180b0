"""Whose verb it is: the subject before a verb, through times, asides and relative clauses."""

from briefs.reading import grammar as g
from briefs.reading.cues import NOUN_TOO
from briefs.reading.line import BRACKETED, QUOTED, Line
from briefs.reading.noun_phrases import PHRASE_MAX, Span, begins_clause, ending_at


def subject(line: Line, verb: int) -> Span | None:
    """Whose verb it is that begins with the word `verb` (its auxiliaries counted in); None where that cannot be seen."""
    before = line.at(verb - 1)
    if before == ",":
        return _before_commas(line, verb - 1) or _before_stray_comma(line, verb - 1)
    if before == BRACKETED:
        return subject(line, verb - 1)
    if before in {"who", "which", "that"}:
        return _antecedent(line, verb - 1)
    earlier = _before_time(line, verb - 1) if g.is_time(before) else 0
    return (subject(line, earlier) if earlier > 0 else None) or _plain(line, verb)


def _plain(line: Line, verb: int) -> Span | None:
    """The phrase right before the verb, or the one that a relative clause before the verb hangs on."""
    found = ending_at(line, verb)
    if found is not None and (line.at(found[0] - 1) not in {"who", "which"} or line.at(verb + 1) in g.AUXILIARIES):
        return found
    for at in range(verb - 1, max(-1, verb - PHRASE_MAX), -1):
        if line.at(at) == ",":
            return found
        if line.at(at) in {"who", "which"}:
            return ending_at(line, at)
    return found


def main_subject(line: Line, before: int) -> Span | None:
    """The subject of the first verb before the word `before`."""
    for at in range(1, before):
        if g.is_finite(line.at(at)) and line.at(at) not in NOUN_TOO and line.at(at - 1) not in g.DETERMINERS and not line.capital(at):
            found = subject(line, at)
            if found is not None:
                return found
    return None


def _before_time(line: Line, at: int) -> int:
    """The word at which a time that ends with the word `at` begins ("on Monday", "last week")."""
    while at > 0 and (g.is_time(line.at(at - 1)) or line.at(at - 1) in {"last", "this", "next", "late", "early", "earlier", "the"}):
        at -= 1
    return at - 1 if line.at(at - 1) in {"on", "in", "from", "at", "during", "over"} else at


def _antecedent(line: Line, relative: int) -> Span | None:
    end = relative - 1 if line.at(relative - 1) == "," else relative
    found = ending_at(line, end)
    if found is None:
        return None
    verb = next((at for at in range(end - 1, found[0], -1) if g.is_past(line.at(at)) or line.at(at - 1) == "to"), None)
    joint = next((at for at in range(verb or end, end) if line.at(at) in g.JOINING), None)
    return (joint + 1, end) if joint is not None and joint + 1 < end else found


def _before_commas(line: Line, comma: int) -> Span | None:
    """Who stands before what is set between commas: "Ann Hill, a nurse from Hull, said"."""
    for at in range(1, comma):
        if line.at(at) != ",":
            continue
        found = ending_at(line, at)
        if found is not None and begins_clause(line, found[0]) and _aside(line, at + 1, comma):
            return found
    return None


def _before_stray_comma(line: Line, comma: int) -> Span | None:
    """The subject that a stray comma parts from its verb's helper ("The firm, has said")."""
    strays = line.at(comma + 1) in g.HAVE or line.at(comma + 2) in g.PRONOUNS or line.at(comma + 2) == "that"
    found = ending_at(line, comma) if strays else None
    return found if found is not None and found[0] == 0 else None


def _aside(line: Line, first: int, last: int) -> bool:
    """Whether the words can stand between commas after a name: no clause of their own."""
    if line.at(first) in {"who", "whom", "which", "whose", "where"} or line.at(first).endswith("ing") or g.is_past(line.at(first)):
        return QUOTED not in line.low[first:last]
    if line.at(first) in g.CONJUNCTIONS and line.at(first) not in {"and", "as", "who", "which"}:
        return False
    in_relative = False
    for at in range(first, last):
        in_relative = in_relative or line.at(at) in {"who", "whom", "which", "that", "whose"}
        verb = line.at(at) in g.AUXILIARIES or line.at(at) in g.PRONOUNS
        if verb and not in_relative:
            return False
    return True
