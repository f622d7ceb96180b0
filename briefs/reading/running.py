"""Speakers that only their surroundings tell: quotations that run through sentences and paragraphs, and "he said"."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from briefs.article import Attribution, Sentence
from briefs.reading.given_names import Sex, sex_of
from briefs.reading.titles import HONORIFICS, OFFICES, ROLES
from briefs.reading.wordlist import words

Piece = tuple[int, int, int]  # the number of a sentence, and where a quotation stands in its text
Run = Sequence[Piece]
Named = tuple[int, int, str]  # the number of a sentence, where a name stands in it, and the name

_SEXES: Final = {"he": Sex.MALE, "she": Sex.FEMALE}
_TITLES: Final = frozenset({*HONORIFICS, *OFFICES, *ROLES})
_BACK: Final = 2  # paragraphs in which a pronoun's person is looked for: its own and the one before
_NOT_PEOPLE: Final = words(
    """
    ministry department office agency council committee court church company group university police army government news times post
    herald tribune guardian organisation organization association foundation institute party union bank service force board
    commission authority party club team report study statement survey bbc cnn
    """
)
_BLANK: Final = "\"“”„«»'‘’ .,;:!?…—–-()"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who says it, and the words of saying, as written where they are named."""

    who: str
    cue: str


def with_runs(sentences: Sequence[Sentence], runs: Sequence[Run], introduced: Mapping[int, Speaker]) -> tuple[Sentence, ...]:
    """The sentences with the speakers of quotations that run on from one to the next.

    Args:
        sentences: of one article, numbered from 1, with their own quotations and attributions.
        runs: every unbroken quotation in reading order: (sentence, start, end) of each piece of it.
        introduced: by the number of a sentence that only leads up to a quotation ("She wrote:"), who and with what verb.

    Returns:
        A quotation whose speaker one of its sentences names is that speaker's in all of them. One that follows another
        in its paragraph, or a sentence with a single speaker there, is that speaker's too, as is one that is introduced.
    """
    known = {sentence.number: sentence for sentence in sentences}
    for run in runs:
        speaker = next((told for piece in run if (told := _told(known[piece[0]], piece)) is not None), None)
        if speaker is not None and len(run) == 1:
            continue  # the sentence itself has said whose words they are, or that they are a name
        speaker = speaker or _from_before(known, run[0], introduced)
        if speaker is not None:
            for piece in run:
                known[piece[0]] = _spoken_by(known[piece[0]], piece, speaker)
    return tuple(known[sentence.number] for sentence in sentences)


def with_people(sentences: Sequence[Sentence], people: Sequence[Named]) -> tuple[Sentence, ...]:
    """The sentences with "he" and "she" as speakers named where exactly one person can be meant.

    Args:
        people: (number of the sentence, place in it, name) of all that may be a person named in the article.

    Returns:
        The person is the last named speaker of this paragraph or the one before; where any other person is named there
        too, or title and given name say otherwise, the pronoun stays as written.
    """
    found: list[Sentence] = []
    for sentence in sentences:
        pronouns = {one.who for one in sentence.attributions if one.who.casefold() in _SEXES and not is_inside(one, sentence)}
        names = {pronoun: _person(pronoun, sentence, found, people) for pronoun in pronouns}
        found.append(_renamed(sentence, {pronoun: name for pronoun, name in names.items() if name}))
    return tuple(found)


def _told(sentence: Sentence, piece: Piece) -> Speaker | None:
    """Who says the quotation by the sentence's own words."""
    for one in sentence.attributions:
        if one.who and one.start - 1 <= piece[1] and piece[2] <= one.end + 2 and not is_inside(one, sentence):
            return Speaker(one.who, one.cue)
    return None


def _from_before(known: Mapping[int, Sentence], first: Piece, introduced: Mapping[int, Speaker]) -> Speaker | None:
    """The speaker of a quotation that stands alone, by the sentence before it."""
    mine, before = known[first[0]], known.get(first[0] - 1)
    if before is None or mine.text[: first[1]].strip(_BLANK) or (first[2] < len(mine.text.rstrip(_BLANK)) and not _is_only_quoted(mine)):
        return None
    if before.number in introduced:
        return introduced[before.number]
    if before.paragraph != mine.paragraph:
        return None
    told = [one for one in before.attributions if one.who and not one.nominal and not is_inside(one, before)]
    if not told:
        return None
    outer = all(one.who == told[0].who or told[0].start <= one.start <= one.end <= told[0].end for one in told)
    return Speaker(told[0].who, told[0].cue) if outer or _is_only_quoted(before) else None


def is_inside(one: Attribution, sentence: Sentence) -> bool:
    """Whether the telling itself stands within a quotation."""
    at = sentence.text.find(one.words)
    return at >= 0 and any(quote.start <= at and at + len(one.words) <= quote.end for quote in sentence.quotes)


def _is_only_quoted(sentence: Sentence) -> bool:
    """Whether nothing of the sentence stands outside quotation marks."""
    at = 0
    outside = ""
    for quote in sentence.quotes:
        outside += sentence.text[at : quote.start] if quote.start > at else ""
        at = max(at, quote.end)
    return bool(sentence.quotes) and not (outside + sentence.text[at:]).strip(_BLANK)


def _spoken_by(sentence: Sentence, piece: Piece, speaker: Speaker) -> Sentence:
    """The sentence with that piece of it as the speaker's words."""
    quotes = tuple(replace(q, who=speaker.who) if (q.start, q.end) == piece[1:] and not q.who else q for q in sentence.quotes)
    if _told(sentence, piece) is not None:
        return replace(sentence, quotes=quotes)
    words = speaker.who if speaker.cue.endswith("ing") else f"{speaker.who} {speaker.cue}"
    if speaker.cue.casefold() == "according to":
        words = f"according to {speaker.who}"
    _, start, end = piece
    added = Attribution(words, speaker.who, sentence.text[start:end], speaker.cue, start, end)
    return replace(sentence, attributions=(added, *sentence.attributions), quotes=quotes)


def _person(pronoun: str, sentence: Sentence, before: Sequence[Sentence], people: Sequence[Named]) -> str:
    first = sentence.paragraph - _BACK + 1
    near = [one for one in before if one.paragraph >= first]
    speakers = [a.who for one in near for a in one.attributions if is_person(a.who) and not is_inside(a, one)]
    if not speakers:
        return ""
    last = speakers[-1]
    start = near[0].number
    place = min(sentence.text.find(one.words) for one in sentence.attributions if one.who == pronoun)
    named = [name for number, at, name in people if start <= number and (number, at) < (sentence.number, place)]
    others = [name for name in (*speakers, *named) if not _same(name, last)]
    against = sex_of_name(last).against(_SEXES[pronoun.casefold()])
    return "" if others or against else last


def _renamed(sentence: Sentence, names: dict[str, str]) -> Sentence:
    if not names:
        return sentence
    told = tuple(_named(one, sentence, names) for one in sentence.attributions)
    quotes = tuple(replace(quote, who=names.get(quote.who, quote.who)) for quote in sentence.quotes)
    return replace(sentence, attributions=told, quotes=quotes)


def _named(one: Attribution, sentence: Sentence, names: Mapping[str, str]) -> Attribution:
    name = names.get(one.who)
    if name is None or is_inside(one, sentence):
        return one
    # Words that another sentence has ("he wrote") must make sense without it.
    return replace(one, who=name, words=one.words if one.words in sentence.text else f"{name} {one.cue}")


def is_person(who: str) -> bool:
    """Whether a speaker, as written, is one person with a name."""
    words = who.split()
    if not words or not words[-1][:1].isupper() or words[0].casefold() in {"the", "a", "an"}:
        return False
    if any(word.casefold() in _NOT_PEOPLE for word in words) or " and " in who or (words[-1].isupper() and len(words[-1]) > 1):
        return False
    titled = any(word.casefold().rstrip(".") in _TITLES for word in words[:-1])
    return titled or sex_of(words[0]) is not Sex.UNKNOWN or len(words) in {1, 2, 3}


def sex_of_name(who: str) -> Sex:
    """What the title or the given name of a speaker, as written, tells."""
    for word in who.split():
        found = HONORIFICS.get(word.casefold().rstrip("."), Sex.UNKNOWN)
        if found is not Sex.UNKNOWN:
            return found
    words = [word for word in who.split() if word[:1].isupper()]
    return sex_of(words[-2]) if len(words) > 1 else Sex.UNKNOWN


def _same(one: str, other: str) -> bool:
    """Whether two names can be one person's: the same last word."""
    return bool(one.split()) and bool(other.split()) and one.rsplit(maxsplit=1)[-1].casefold() == other.rsplit(maxsplit=1)[-1].casefold()
