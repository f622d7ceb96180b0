"""The names in an article: the curated lexicon first, then rules and tables, then what a tagger proposes."""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from briefs.entity import Kind, Mention, Span
from briefs.reading.names_article import Seen, survey, trusted
from briefs.reading.names_lexicon import EMPTY, Entry, Lexicon
from briefs.reading.names_pieces import Piece, is_headline, pieces
from briefs.reading.names_runs import Run
from briefs.reading.names_settle import settle
from briefs.reading.names_split import Found, found, split_run
from briefs.reading.names_words import GOVERNMENT_NOUNS
from briefs.reading.word_lists import word_set

__all__ = ["EMPTY", "Lexicon", "Span", "mentions"]

_SO_CALLED: Final = re.compile(r"\b(?:so-called|known as(?: the)?|dubbed(?: the)?|nicknamed(?: the)?) [“\"‘']([^“”\"‘’']{3,60})[”\"’']")
_MINISTRIES: Final = word_set("health foreign defence defense interior justice finance education oil information")


def mentions(sentences: Sequence[str], lexicon: Lexicon = EMPTY, proposed: Sequence[Sequence[Span]] = ()) -> tuple[Mention, ...]:
    """The names in an article.

    Args:
        sentences: their texts, in order.
        lexicon: names whose entity is known; the longest match counts, but never a part of a longer name.
        proposed: for each sentence what a tagger found; it adds names where nothing else was found, and a kind where
            nothing else tells, and never changes anything.

    Returns:
        In reading order, none within another; sentences are counted from 1.
    """
    read = [pieces(text) for text in sentences]
    seen = survey(sentences, read)
    entries: dict[tuple[int, Run], Entry] = {}
    names: list[list[Found]] = []
    for number, (text, sentence) in enumerate(zip(sentences, read, strict=True)):
        known = list(lexicon.matches(sentence))
        here = _merge(text, sentence, list(_by_rules(text, sentence, seen, number)), known)
        entries.update(((number, run), entry) for run, entry in known)
        names.append(here)
    settled = settle(names, read)
    for number, spans in enumerate(proposed[: len(settled)]):
        settled[number] = _with_proposed(sentences[number], settled[number], spans)
    return tuple(
        Mention(number + 1, name.start, name.end, name.text, name.kind, entry.slug if (entry := entries.get((number, name.pieces))) else "")
        for number, here in enumerate(settled)
        for name in here
    )


def _by_rules(text: str, sentence: Sequence[Piece], seen: Seen, number: int) -> Iterator[Found]:
    so_called = [match.span(1) for match in _SO_CALLED.finditer(text)] if "“" in text or '"' in text or "‘" in text else []
    for start, end in so_called:
        inside = [n for n, piece in enumerate(sentence) if start <= piece.start and piece.end <= end]
        if len(inside) > 1:
            yield found(sentence, text, (inside[0], inside[-1] + 1))
    headline = is_headline(sentence)
    for run in seen.known_runs(sentence) if headline else seen.names[number]:
        if any(start <= sentence[run[0]].start < end for start, end in so_called):
            continue
        told = trusted(sentence, run, seen)
        for name in seen.names[number].get(told) or split_run(sentence, text, told):
            if name.pieces[0] < name.pieces[1] and (headline or seen.is_name(name, sentence)):
                yield _with_government(name, sentence, text)


def _with_government(name: Found, sentence: Sequence[Piece], text: str) -> Found:
    """Take "administration" to a president's name, "government" to a country's: neither is the person or the country."""
    end = name.pieces[1]
    if name.kind is Kind.ORGANISATION or end >= len(sentence):
        return name
    if sentence[end - 1].bound:
        return _ruled(name, sentence, text)
    after = [piece.folded for piece in sentence[end : end + 2]]
    if after[0] in GOVERNMENT_NOUNS and sentence[end].gap:
        return found(sentence, text, (name.pieces[0], end + 1), Kind.ORGANISATION, sure=True)
    if name.adjective and after[0] in _MINISTRIES and after[1:] == ["ministry"]:
        return found(sentence, text, (name.pieces[0], end + 2), Kind.ORGANISATION, sure=True)
    return name


def _ruled(name: Found, sentence: Sequence[Piece], text: str) -> Found:
    """Whose it is belongs to the name of a "Fatah-run health ministry", which is another than a ministry elsewhere."""
    end = name.pieces[1]
    after = [piece.folded for piece in sentence[end : end + 2]]
    ruled = sentence[end - 1].rules
    if ruled and after[0] in GOVERNMENT_NOUNS:
        return found(sentence, text, (name.pieces[0], end + 1), Kind.ORGANISATION, sure=True)
    if ruled and after[0] in _MINISTRIES and after[1:] == ["ministry"]:
        return found(sentence, text, (name.pieces[0], end + 2), Kind.ORGANISATION, sure=True)
    return name


def _merge(text: str, sentence: Sequence[Piece], names: list[Found], known: list[tuple[Run, Entry]]) -> list[Found]:
    """Names by rule and names of the lexicon together; a name of the lexicon within a longer one is not meant.

    Those of the lexicon that are not meant are taken out of `known`.
    """
    kept = []
    for run, entry in known:
        within = [name for name in names if name.pieces[0] <= run[0] and run[1] <= name.pieces[1] and name.pieces != run]
        if not within:
            kept.append((run, entry))
            names = [name for name in names if name.pieces[1] <= run[0] or run[1] <= name.pieces[0]]
            names.append(found(sentence, text, run, entry.kind, sure=True))
    known[:] = kept
    return sorted(names, key=lambda name: name.start)


def _with_proposed(text: str, names: list[Found], spans: Sequence[Span]) -> list[Found]:
    """Names with what a tagger adds: a kind for a name without one, and names where none was found."""
    by_place = {(start, end): kind for start, end, kind in spans}
    told = [
        Found(name.pieces, name.text, name.start, name.end, name.kind or (None if name.sure else by_place.get((name.start, name.end))))
        for name in names
    ]
    for start, end, kind in spans:
        inside = 0 <= start < end <= len(text)
        if inside and text[start:end].strip() and all(name.end <= start or end <= name.start for name in told):
            told.append(Found((-1, -1), text[start:end], start, end, kind))
    return sorted(told, key=lambda name: name.start)
