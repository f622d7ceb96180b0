"""Whose words stand in quotation marks, as far as their own sentence tells."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from briefs.article import Attribution, Quote
from briefs.reading import grammar as g
from briefs.reading.cues import COMMITS, SAYING
from briefs.reading.frames import chain_before
from briefs.reading.line import QUOTED, Line, lines
from briefs.reading.speakers import main_subject, subject
from briefs.reading.wordlist import words

_NAMING: Final = words(
    """
    so-called called named dubbed titled entitled labelled labeled nicknamed termed as word words term phrase slogan song film movie
    book novel album play series poem show operation codenamed
    """
)
_REACH: Final = 12  # words between an act of speech and its quotation


def spoken(text: str, quotes: Sequence[Quote], told: Sequence[Attribution]) -> tuple[Quote, ...]:
    """The quotations of one sentence with their speakers.

    Args:
        quotes, told: those of `text`.

    Returns:
        As many, in the same order. Names, titles and words held at arm's length ("so-called") have no speaker, nor has
        a quotation whose sentence does not say whose it is.
    """
    around = lines(text, quotes) if quotes else ()
    if not around:
        return tuple(quotes)
    return tuple(replace(quote, who=_speaker(quote, quotes, told, around)) for quote in quotes)


def _speaker(quote: Quote, quotes: Sequence[Quote], told: Sequence[Attribution], around: Sequence[Line]) -> str:
    outer = [other for other in quotes if other.start < quote.start and quote.end < other.end]
    within = max((other.start for other in outer), default=-1)
    found = [one for one in told if one.who and one.start - 1 <= quote.start and quote.end <= one.end + 2 and one.start > within]
    if found:
        nearest = min(found, key=lambda one: one.end - one.start)
        alone = nearest.end - nearest.start >= quote.end - quote.start - 2 and nearest.start >= quote.start
        return nearest.who if alone or not _is_name(quote, around) else ""
    return "" if outer or _is_name(quote, around) else _committed(quote, around[0])


def _place(quote: Quote, line: Line) -> int | None:
    return next((at for at, word in enumerate(line.low) if word == QUOTED and line.starts[at] <= quote.start < line.ends[at]), None)


def _is_name(quote: Quote, around: Sequence[Line]) -> bool:
    """Whether the words are a name, a title or somebody else's word for the thing."""
    inside = next(line.text[quote.start : quote.end] for line in around)
    first_words = [word for word in inside.split() if word[0].isalpha()]
    titled = len(first_words) > 1 and all(word[0].isupper() for word in first_words if len(word) > 3)
    for line in around:
        at = _place(quote, line)
        if at is not None:
            before = line.at(at - 1)
            known = before == "as" and line.at(at - 2) in {"known", "listed"}
            return known or (before in _NAMING and before != "as") or (titled and before not in {",", ":"})
    return False


def _committed(quote: Quote, line: Line) -> str:
    """The subject of an act of speech whose object is quoted ("vowed to “…”", "condemned the “…”")."""
    place = _place(quote, line)
    if place is None:
        return ""
    if line.at(place - 1) == ":":
        led = _leading(line, place - 1, ":")
        return led[0] if led is not None else ""
    for at in range(place - 1, max(-1, place - _REACH), -1):
        word = line.at(at)
        if word in {";", ":", "which", "who"} or (word == "," and at < place - 1):
            return ""
        if word in COMMITS and line.at(at + 1) not in {"by", "as"}:
            chain = chain_before(line, at)
            active = not chain.passive and not chain.to and line.at(chain.first - 1) not in g.DETERMINERS
            who = subject(line, chain.first) if active else None
            if who is None and active and word.endswith("ing"):
                who = main_subject(line, at)
            return line.written(*who) if who is not None else ""
    return ""


def introduced(text: str, quotes: Sequence[Quote]) -> tuple[str, str] | None:
    """Who speaks in what follows a sentence that leads up to it ("She wrote:"), and with what verb; None without one."""
    ends = text.rstrip()[-1:]
    if ends not in {":", ","}:
        return None
    around = lines(text, quotes)
    return _leading(around[0], len(around[0]) - 1, ends) if around else None


def _leading(line: Line, last: int, ends: str) -> tuple[str, str] | None:
    """The last verb of speech before the mark `last` that has a subject, with it."""
    for at in range(last - 1, -1, -1):
        if line.at(at) not in SAYING and line.at(at) not in COMMITS:
            continue
        chain = chain_before(line, at)
        finite = not (chain.passive or chain.to or line.at(at).endswith("ing"))
        who = subject(line, chain.first) if finite and (ends == ":" or at == last - 1) else None
        if who is not None:
            return line.written(*who), line.written(at, at + 1)
    return None
