"""From a run of capitalised words to the names in it: titles fall away, countries part from what they describe."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from briefs.entity import Kind
from briefs.reading.equivalents import equivalents
from briefs.reading.given_names import given_names
from briefs.reading.names_pieces import Piece
from briefs.reading.names_runs import Run
from briefs.reading.names_words import ORGANISATION_WORDS, OTHER_WORDS, PLACE_WORDS
from briefs.reading.places import key, places
from briefs.reading.titles import HONORIFICS, NAME_TITLES, OFFICES, PORTFOLIOS
from briefs.reading.word_lists import word_set

_HEADS: Final = ORGANISATION_WORDS | PLACE_WORDS | OTHER_WORDS | frozenset({"nations", "area", "pad"})
_NO_TITLED: Final = _HEADS - {"house", "guard"}
_NOT_TITLES: Final = frozenset({"motors", "electric", "dynamics", "assembly", "mills", "election"})  # General Motors, General Assembly
_WITHIN_TITLES: Final = OFFICES | HONORIFICS.keys() | {"of", "state", "for", "defence", "general"}
_LONGEST: Final = 5  # words of a place or a well-known name that begins a run


@dataclass(frozen=True, slots=True)
class Found:
    """A name found in a sentence.

    Args:
        pieces: where it stands among the sentence's pieces.
        kind: what its own words or the title before it tell; None where they do not.
        sure: nothing that the rest of the article says changes the kind.
        adjective: a country's adjective that describes what follows.
    """

    pieces: Run
    text: str
    start: int
    end: int
    kind: Kind | None = None
    sure: bool = False
    adjective: bool = False

    @property
    def key(self) -> str:
        """The name as it is compared."""
        return key(self.text)


def found(
    sentence: Sequence[Piece], text: str, run: Run, kind: Kind | None = None, *, sure: bool = False, adjective: bool = False
) -> Found:
    """A name that covers those pieces of a sentence."""
    start, end = sentence[run[0]].start, sentence[run[1] - 1].end
    if text[end : end + 1] == "." and sentence[run[1] - 1].folded in {"jr", "sr", "inc", "corp", "co", "ltd"} and end + 1 < len(text):
        end += 1
    return Found(run, text[start:end], start, end, kind, sure, adjective)


def split_run(sentence: Sequence[Piece], text: str, run: Run) -> Iterator[Found]:
    """The names in a run, in order."""
    start, end = run
    titles = _titles(sentence, run)
    if titles is None:
        yield from _without_country(sentence, text, run)
        return
    before, after = titles
    if before > start:
        yield from _without_country(sentence, text, (start, before))
    if after < end:
        yield found(sentence, text, (after, end), Kind.PERSON, sure=True)


def _titles(sentence: Sequence[Piece], run: Run) -> Run | None:
    """Where the titles of a run begin and where the name after them does; None where it has none."""
    start, end = run
    words = [piece.folded for piece in sentence[start:end]]
    if words[-1] in _NO_TITLED and not (words[-1] == "state" and "secretary" in words):
        return None
    for at, word in enumerate(words):
        is_office = word in OFFICES or word in HONORIFICS
        if (
            not is_office
            or (word in NAME_TITLES and (at > 0 or word in given_names()))
            or (word == "general" and at + 1 < len(words) and words[at + 1] in _NOT_TITLES)
        ):
            continue
        first = at
        while first > 0 and words[first - 1] in PORTFOLIOS:
            first -= 1
        last = at + 1
        while last < len(words) and words[last] in _WITHIN_TITLES:
            last += 1
        if word in NAME_TITLES and last == len(words):
            return None  # "King", "Judge": as likely a surname
        return start + first, start + last
    return None


def _without_country(sentence: Sequence[Piece], text: str, run: Run) -> Iterator[Found]:
    """Part "Iraqi" from "Iraqi Shia", but not from "Iraqi Communist Party"; "Texas" from "Texas Greg Abbott"."""
    start, end = run
    whole = found(sentence, text, run)
    if end - start == 1 or _is_known(whole.text) or sentence[end - 1].folded in _HEADS:
        yield _typed_by_itself(whole, sentence)
        return
    table = places()
    for size in range(min(_LONGEST, end - start - 1), 0, -1):
        head = found(sentence, text, (start, start + size))
        follower = sentence[start + size].folded
        is_adjective = bool(table.country_of(head.text))
        is_people = head.key in table.people
        is_place = table.find(head.text) is not None or (sentence[start].text.isupper() and size == 1 and len(head.text) > 2)
        if is_adjective or is_people or (is_place and follower in given_names() and size < end - start - 1):
            yield _typed_by_itself(head, sentence)
            yield from _without_country(sentence, text, (start + size, end))
            return
    yield _typed_by_itself(whole, sentence)


def _is_known(name: str) -> bool:
    return places().find(name) is not None or bool(equivalents().main(None, key(name)))


def _typed_by_itself(name: Found, sentence: Sequence[Piece]) -> Found:
    """The name with the kind that tables tell."""
    table = places()
    run = name.pieces
    if table.country_of(name.text):
        after = sentence[run[1]] if run[1] < len(sentence) else None
        describes = sentence[run[1] - 1].bound or (
            after is not None and after.gap and (_is_described(after) or _is_listed(sentence, run[1]))
        )
        return Found(run, name.text, name.start, name.end, Kind.PLACE if describes else None, True, describes)
    if name.key in table.people:
        return Found(run, name.text, name.start, name.end, None, True)
    known = equivalents()
    for kind in (Kind.ORGANISATION, Kind.PERSON, Kind.PLACE):
        if known.main(kind, name.key) and (len(name.key) > 2 or name.text.isupper()):
            return Found(run, name.text, name.start, name.end, kind, True)
    place = table.find(name.text)
    if place is not None:
        return Found(run, name.text, name.start, name.end, Kind.PLACE, False)
    return name


_NOT_DESCRIBED: Final = word_set(
    """
    and or but is are was were be been being has have had will would can could may might shall should must do does did who which
    that of in on at by for from with to as than said say says not also
    """
)


def _is_listed(sentence: Sequence[Piece], at: int) -> bool:
    """Whether "and" and another adjective follow, which describe the same: "Gabonese and Estonian teams"."""
    return (
        at + 2 < len(sentence)
        and sentence[at].folded in {"and", "or"}
        and bool(places().country_of(sentence[at + 1].text))
        and _is_described(sentence[at + 2])
    )


def _is_described(after: Piece) -> bool:
    return after.folded not in _NOT_DESCRIBED and after.text[0].isalnum()
