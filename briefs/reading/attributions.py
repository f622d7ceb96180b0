"""Who says what in a sentence, in which words, and where it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from briefs.article import Attribution, Quote
from briefs.reading import grammar as g
from briefs.reading.contents import ends_at
from briefs.reading.frames import Frame
from briefs.reading.line import QUOTED, Line, lines
from briefs.reading.nominal import nominals
from briefs.reading.passive import marked, quoted_subjects
from briefs.reading.phrases import phrases
from briefs.reading.telling import tellings

_TURNS: Final = frozenset({"and", "but", "while", "although", "though", "whereas", "nor", "yet"})
_JOINTS: Final = _TURNS | {",", "—", "–", "--"}
_HELPERS: Final = g.AUXILIARIES | {"not", "never"}
_BEFORE_CUE: Final = _HELPERS | {"it"}
_OPENING: Final = frozenset({"but", "and", "yet", "so", ",", "meanwhile"})
_MARKS: Final = '"“”„«» '


@dataclass(frozen=True, slots=True)
class _Found:
    """A telling in a line, with the stretches of words that are its content."""

    line: Line
    frame: Frame
    contents: tuple[tuple[int, int], ...]


def attributions(text: str, quotes: Sequence[Quote]) -> tuple[Attribution, ...]:
    """Who says what in one sentence.

    Args:
        quotes: those of `text`.

    Returns:
        Outermost first, each followed by those within its content; otherwise in the order of the sentence. What is said
        in two pieces ("…," X said, "…") is one entry each. `words` are the words of the sentence from the speaker to the
        cue with whatever denies it between ("have not acknowledged"), or the cue alone where the speaker stands apart.
        What stands in `start`:`end` has no quotation marks around it where it is one quotation.
    """
    found: list[_Found] = []
    for line in lines(text, quotes):
        found += _in_line(line)
    return tuple(_attribution(one, content) for one in _outermost_first(found) for content in one.contents if content[0] < content[1])


def _in_line(line: Line) -> list[_Found]:
    verbs = tellings(line)
    frames = [*verbs, *quoted_subjects(line, verbs), *marked(line), *phrases(line)]
    taken = frozenset(at for frame in verbs for at in range(frame.cue[0], max(frame.cue[1], frame.start or 0)))
    frames += nominals(line, taken)
    frames.sort(key=lambda frame: (frame.cue, frame.left))
    found: list[_Found] = []
    # Those that share another's content come when that is known.
    for frame in sorted(frames, key=lambda frame: frame.shares):
        contents = tuple(_contents(line, frame, frames, found))
        if contents:
            found.append(_Found(line, frame, contents))
    return sorted(found, key=lambda one: (one.frame.cue, one.frame.left))


def _contents(line: Line, frame: Frame, frames: Sequence[Frame], earlier: Sequence[_Found]) -> list[tuple[int, int]]:
    found: list[tuple[int, int]] = []
    if frame.shares:
        return _shared(line, frame, earlier)
    if frame.before:
        span = _before(line, frame, frames)
        if span[0] < span[1]:
            found.append(span)
    if frame.start is not None:
        end = frame.end if frame.end is not None else ends_at(line, frame.start, _borders(line, frame, frames))
        if frame.start < end:
            found.append((frame.start, end))
    return found


def _borders(line: Line, frame: Frame, frames: Sequence[Frame]) -> list[int]:
    """Where other tellings end what this one tells."""
    start = frame.start or 0
    found = []
    found += _relative_end(line, frame, start)
    if start <= frame.cue[0] and frame.start is not None:
        after = range(frame.cue[1], len(line) - 1)
        found += [at for at in after if line.at(at) == "," and _turns_away(line, at + 1)][:1]
    for other in frames:
        if other is frame or other.left <= max(start, frame.cue[0]) or other.nominal:
            continue
        joint = line.at(other.left - 1)
        ends_it = other.before and other.start is None
        resumes = other.before and other.start is not None and line.at(other.start) == QUOTED
        follows = other.who == frame.who and (joint in _JOINTS or other.who is not None)
        turns = (joint in _TURNS and other.who is not None) or (joint == "as" and other.shares)
        if ends_it or resumes or (follows and frame.who is not None) or turns or joint == ";":
            found.append(other.left)
    return found


def _relative_end(line: Line, frame: Frame, start: int) -> list[int]:
    """Where the clause of "X, who says that …, did it" ends before the sentence's own verb."""
    between = line.low[frame.who[1] : frame.cue[0]] if frame.who is not None else ()
    if "who" not in between and "which" not in between:
        return []
    commas = [at for at in range(start, len(line)) if line.at(at) == ","]
    return commas[:1] if any(g.is_finite(line.at(at + 1)) for at in commas) else []


def _turns_away(line: Line, at: int) -> bool:
    """Whether a clause of its own begins with the joining word."""
    word, after = line.at(at), line.at(at + 1)
    return after in g.PRONOUNS or after == "the" if word == "and" else word in _TURNS


def _before(line: Line, frame: Frame, frames: Sequence[Frame]) -> tuple[int, int]:
    """What stands before a telling and is told by it."""
    end = frame.left
    while end > 0 and line.at(end - 1) in {",", "—", "–", "--"}:
        end -= 1
    start = 0
    for at in range(end - 1):
        if line.at(at) == ";" or (line.at(at) in {":", "."} and line.at(at + 1) == QUOTED):
            start = at + 1
    for other in frames:
        if other.before and other.start is None and not other.shares and start < other.right < end and other.left < frame.left:
            start = other.right
    if line.at(end - 1) == QUOTED and end - 1 > start and line.at(end - 2) in {",", ":"}:
        start = end - 1
    while start < end and line.at(start) in _OPENING:
        start += 1
    return start, end


def _shared(line: Line, frame: Frame, earlier: Sequence[_Found]) -> list[tuple[int, int]]:
    told = [one for one in earlier if not one.frame.nominal and not one.frame.shares and one.frame.who is not None]
    around = next((one for one in told if one.frame.left < frame.left and frame.right <= one.frame.cue[0]), None)
    if around is not None:
        return list(around.contents)
    before = [one for one in told if one.frame.cue < frame.cue]
    if before:
        last = before[-1]
        near = frame.left - max(last.contents[-1][1], last.frame.right) <= 2
        if near:
            return [last.contents[-1]] if last.frame.start is not None and not last.frame.before else list(last.contents)
    start, end = _before(line, replace(frame, shares=False), ())
    return [(start, end)] if start < end else []


def _outermost_first(found: list[_Found]) -> list[_Found]:
    """Those within another's content after it, the others in the order of the sentence."""
    spans = [(one, [_characters(one.line, content) for content in one.contents]) for one in found]
    parents: dict[int, int] = {}
    for number, (one, own) in enumerate(spans):
        cue = one.line.starts[one.frame.cue[0]]
        around = [
            (end - start, other)
            for other, (_, contents) in enumerate(spans)
            if other != number
            for start, end in contents
            if start <= cue < end and not (own and own[0] == (start, end) and other > number)
        ]
        if one.frame.shares:
            around = [(0, other) for other, (told, contents) in enumerate(spans) if contents == own and not told.frame.shares] or around
        if around:
            parents[number] = min(around)[1]
    ordered: list[int] = []

    def place(parent: int | None) -> None:
        for number in range(len(found)):
            if parents.get(number) == parent and number not in ordered:
                ordered.append(number)
                place(number)

    place(None)
    ordered += [number for number in range(len(found)) if number not in ordered]
    return [found[number] for number in ordered]


def _characters(line: Line, content: tuple[int, int]) -> tuple[int, int]:
    start, end = line.starts[content[0]], line.ends[content[1] - 1]
    if content[1] - content[0] == 1 and line.at(content[0]) == QUOTED:
        while start < end and line.text[start] in _MARKS + "‘'":
            start += 1
        while start < end and line.text[end - 1] in _MARKS + "’'":
            end -= 1
    while start < end and line.text[end - 1] in ", ":
        end -= 1
    return start, end


def _attribution(one: _Found, content: tuple[int, int]) -> Attribution:
    line, frame = one.line, one.frame
    start, end = _characters(line, content)
    who = line.written(*frame.who) if frame.who is not None else ""
    return Attribution(_words(line, frame), who, line.text[start:end], line.written(*frame.cue), start, end, frame.nominal)


def _words(line: Line, frame: Frame) -> str:
    """The speaker and the cue with what stands between; the cue with its helpers where the speaker is elsewhere."""
    cue = frame.cue
    if frame.who is None:
        first = cue[0]
        if frame.nominal:
            return line.written(*cue)
        while line.at(first - 1) in _BEFORE_CUE:
            first -= 1
        return line.written(first, cue[1])
    first, last = min(frame.who[0], cue[0]), max(frame.who[1], cue[1])
    apart = frame.left > frame.who[1] or (frame.who[0] > cue[1] + 1 and line.at(cue[1]) not in {"by", "from"})
    if apart:
        start = frame.left if line.at(frame.left) in _HELPERS else cue[0]
        start -= line.at(start - 1) == "nor"
        return line.written(start, cue[1])
    return line.written(first, last)
