"""Whether a line can be read by itself: no pronoun, no "the group" and no "also" that points at another sentence."""

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from briefs.drafting.lexicon import lemma, stem
from briefs.entity import Kind
from briefs.reading import grammar as g
from briefs.reading.cues import SAYING
from briefs.reading.nouns import is_plural
from briefs.reading.quotes import quotes
from briefs.reading.titles import OFFICES, ROLES
from briefs.reading.tokens import Token, tokens
from briefs.reading.wordlist import words

Named = tuple[str, Kind | None]  # a name of the line as written, and its kind

_HE: Final = words("he she him her his hers himself herself")
_IT: Final = words("it its itself")
_THEY: Final = words("they them their theirs themselves")
_OPENS: Final = words("he she they it this that these those")
_OPENING_WORDS: Final = 3  # of a quotation, in which a pronoun has nobody in it to stand for
_PRONOUNS: Final = _HE | _IT | _THEY
_WE: Final = words("i we me us my our ours you your mine yours")
_POINTING: Final = words("this that these those such")
_MAY_POINT: Final = _PRONOUNS | _WE | _POINTING | {"the"}
_WITH_THIS: Final = words("year week month morning afternoon evening weekend spring summer autumn winter season time century decade far")
_ONCE_MORE: Final = words("first second third latest deadliest worst biggest largest")  # "this is the first time": what is told above
_LATE: Final = words("past coming very")  # "this past week"
_THAT_ONE: Final = words("number figure time point reason case year day night")
_CONNECTING: Final = words(
    """
    but and or so yet however meanwhile moreover furthermore additionally nevertheless nonetheless instead therefore thus hence then
    later afterwards finally also besides similarly likewise otherwise consequently still too subsequently nor though separately elsewhere
    """
)
_ONES: Final = words("another both others neither former latter either others")
_POINTS_BACK: Final = re.compile(
    r"^(?:doing so|(?:due to|because of|despite|in spite of|as a result of|thanks to) (?:that|this|these|those)"
    r"|as a result|in addition|in response|for example|for instance|in contrast|by contrast|on the other hand"
    r"|at the same time|after that|before that|since then|the same|the two|the three|the other|the others|one of them|some of them"
    r"|in turn|as such|in doing so|in this|of these|of those|like many|much of (?:this|that|the)\b|until then|the following day"
    r"|the next day|the former|the latter|that (?:is|was|would|could|will|has|makes|means|came|comes)|what is more"
    r"|all of (?:them|these)|in the (?:second|third|latter|former|other) (?:case|instance)|in the (?:first|second) half"
    r"|in the \d+(?:st|nd|rd|th) minute)\b",
    re.IGNORECASE,
)
_EXPLETIVE: Final = re.compile(
    r"^it(?:['’]s| (?:is|was|remains|would be|will be|has been|had been|could be|may be))"
    r" (?:still |also |now |only |not )?(?:immediately |yet |entirely |\w+ly )?"
    r"(?:clear|unclear|unknown|known|not known|expected|believed|thought|said|reported|understood|estimated|feared|hoped|likely|unlikely"
    r"|possible|impossible|difficult|hard|uncertain|the first time|alleged|announced|confirmed|revealed|claimed|to be seen)\b",
    re.IGNORECASE,
)
_ANAPHORS: Final = words(
    """
    group groups organisation organization company firm militia militias movement party team club agency ministry country nation city
    town village island region area state province man woman men women boy girl couple pair two three duo trio incident attack attacks
    accident crash event events move decision plan plans proposal deal agreement talks report reports study survey law bill act
    legislation ruling verdict case trial charge charges statement announcement document documents project programme program mission
    operation strike airstrike airstrikes bombing bomb blast explosion shooting killing fire storm hurricane earthquake quake flood war
    conflict fighting clashes violence protest protests demonstration demonstrations rally election vote ballot campaign crisis outbreak
    disease virus match game tournament race competition contest season film book game site website vessel ship boat plane aircraft train
    bus car vehicle building house church school hospital museum park bridge dam film movie album song device system technology product
    network service pact treaty ceasefire truce sanctions rule rules measure measures investigation inquiry probe findings results
    mosque temple hall hotel station airport campus facility venue memorial festival exhibit exhibition gallery baby child
    ship constituency article scene panel contest cruise demonstration department model forms law court
    suspect suspects victim victims gunman attacker attackers rebels militants protesters demonstrators soldiers officers students
    workers residents villagers passengers crew researchers scientists animals bodies
    """
)
_TELL_NOTHING: Final = words("new old current same latest recent whole entire")
_TIMES: Final = words("times years months weeks days hours minutes decades seconds points percent votes")
_IDENTIFIES: Final = words("of in at on that who which whose where for to between against from with near by behind called named known")
_HUMAN: Final = (
    OFFICES
    | ROLES
    | words(
        """
    man woman boy girl person child baby mother father son daughter teenager victim suspect winner actor author leader owner officer
    official passenger driver everyone someone anyone nobody who whoever each
    """
    )
)
_GROUPS: Final = words(
    "police militia government team staff crew family people public media couple pair majority number group party army military"
)
_BODIES: Final = _GROUPS | words("organisation organization company firm movement club agency ministry")
_OPENERS: Final = words(
    "after before when while as since until although though despite following during in if because once with upon by at"
)
_OF_NOUNS: Final = g.ARTICLES | g.POSSESSIVES
_NO_NOUNS: Final = g.PREPOSITIONS | g.CONJUNCTIONS | g.PRONOUNS
_ENDS: Final = '.,;:!?)—–"”’'


@dataclass(frozen=True, slots=True)
class _Around:
    """What a line has around it.

    Args:
        known: stems of earlier sentences that are not cited.
        told: stems of the sentence that is cited beside it.
        pronouns: those that the sentence cited beside it leaves no doubt about.
        first: it is made of the article's first sentence.
    """

    named: Sequence[Named]
    known: frozenset[str]
    told: frozenset[str]
    pronouns: frozenset[str]
    first: bool


def stands_alone(
    text: str, *, named: Sequence[Named], known: Collection[str], told: Collection[str] = (), pronouns: Collection[str] = ()
) -> bool:
    """Whether nobody needs another sentence to know what a line speaks of.

    Args:
        named: names that stand in the line.
        known: stems of the words of all earlier sentences: "the deal" points back where a deal was spoken of before.
        told: stems of a sentence that is cited beside the line, so that "the deal" may be the one spoken of there.
        pronouns: those that can only mean the subject of that sentence.
    """
    quoted = [(quote.start, quote.end) for quote in quotes(text)]
    outside = [token for token in tokens(text) if not (quoted and any(start <= token.start < end for start, end in quoted))]
    low = [token.plain for token in outside]
    if not low or _begins_loosely(text, low):
        return False
    unseen = frozenset(known).difference(told) if told else frozenset(known)
    around = _Around(named, unseen, frozenset(told), frozenset(pronouns), first=not known)
    if any(_points_out(text, outside, at, around) for at, plain in enumerate(low) if plain in _MAY_POINT):
        return False
    return not any(_opens_with_pronoun(text[start:end]) for start, end in quoted)


def _begins_loosely(text: str, low: Sequence[str]) -> bool:
    bare = text.lstrip(" \"“‘'(")
    first = low[0]
    if first == "though" and low[1:2] != [","]:
        first = ""  # opens a clause of its own line
    if first in _CONNECTING or _POINTS_BACK.match(bare) or "however" in low:
        return True
    if "instead" in low[:-1] and low[low.index("instead") + 1] != "of":
        return True
    return first in _ONES and "and" not in low[1:10]


def _opens_with_pronoun(quote: str) -> bool:
    opening = [word.strip(".,;:!?'’").casefold() for word in quote.split()[: _OPENING_WORDS + 1]]
    opening = [word for word, after in zip(opening, [*opening[1:], ""], strict=True) if (word, after) != ("those", "who")][:_OPENING_WORDS]
    return len(quote.split()) > _OPENING_WORDS and bool(_OPENS.intersection(opening)) and not _EXPLETIVE.match(quote)


def _points_out(text: str, line: Sequence[Token], at: int, around: _Around) -> bool:
    """Whether the word at that place, one of those that may, stands for something outside the line."""
    plain = line[at].plain
    if plain in _PRONOUNS:
        return plain not in around.pronouns and _is_pronoun_of_others(text, line, at, around.named)
    if plain in _WE:
        return line[at].text != "US"
    if plain in _POINTING:
        return _points(line, at, around)
    return _is_anaphor(line, at, text[: line[at].start], around)


def _is_pronoun_of_others(text: str, line: Sequence[Token], at: int, named: Sequence[Named]) -> bool:
    """Whether nobody in the line can be meant by "he", "they" or "it"."""
    plain = line[at].plain
    before = text[: line[at].start]
    if plain in _THEY and _is_said_by_one(line, at, before, named):
        return True
    if plain in _IT:
        if plain != "its" and _is_object(line, at) and not _between(text, line, at, named):
            return True
        return not (_is_expletive(text, line, at) or _has_thing(before, line[:at], named) or _comes_soon(text, line, at, named))
    has = _has_person if plain in _HE else _has_many
    return not (has(before, line[:at], named) or _comes_soon(text, line, at, named))


def _is_said_by_one(line: Sequence[Token], at: int, before: str, named: Sequence[Named]) -> bool:
    """Whether one person says it of others whom the line does not name ("Ana Brekke said they …")."""
    verb = at - 2 if line[at - 1].plain == "that" else at - 1
    if verb < 1 or line[verb].plain not in SAYING or any(is_plural(token.plain) for token in line[:verb]):
        return False
    return any(kind is Kind.PERSON and before[: line[verb].start].rstrip().endswith(name) for name, kind in named)


def _has_person(before: str, line: Sequence[Token], named: Sequence[Named]) -> bool:
    return any(kind in (Kind.PERSON, None) and name in before for name, kind in named) or any(token.plain in _HUMAN for token in line)


def _has_many(before: str, line: Sequence[Token], named: Sequence[Named]) -> bool:
    names = [name for name, _ in named if name in before]
    if any(kind is Kind.ORGANISATION and name in before for name, kind in named) or len(names) > 1:
        return True
    return any(token.plain in _GROUPS or (_is_many(token.plain) and not any(token.text in name for name in names)) for token in line)


def _is_many(plain: str) -> bool:
    return is_plural(plain) and len(plain) > 3 and plain not in _TIMES


def _has_thing(before: str, line: Sequence[Token], named: Sequence[Named]) -> bool:
    if any(kind is not Kind.PERSON and name in before for name, kind in named):
        return True
    return any(token.plain in _OF_NOUNS for token in line[:-1])


def _is_object(line: Sequence[Token], at: int) -> bool:
    """Whether the pronoun is what is acted upon: a verb right before it, none after it."""
    after = line[at + 1].plain if at + 1 < len(line) else ""
    return at > 0 and g.is_finite(line[at - 1].plain) and line[at - 1].plain not in g.AUXILIARIES and not g.is_finite(after)


def _between(text: str, line: Sequence[Token], at: int, named: Sequence[Named]) -> bool:
    """Whether something is named between the first verb and the word: nobody is acted upon by himself as "it"."""
    verb = next((n for n in range(at) if g.is_finite(line[n].plain)), at)
    inside = text[line[verb].end : line[at].start]
    determined = any(line[n].plain in _OF_NOUNS for n in range(verb, at))
    return determined or any(kind is not Kind.PERSON and name in inside for name, kind in named)


def _is_expletive(text: str, line: Sequence[Token], at: int) -> bool:
    """Whether "it" stands for what follows ("it is not clear whether", "made it hard to")."""
    rest = text[line[at].start :]
    after = line[at + 1].plain if at + 1 < len(line) else ""
    return bool(_EXPLETIVE.match(rest)) or (line[at].plain == "it" and after.endswith(("able", "ible", "cult", "hard", "sier")))


def _comes_soon(text: str, line: Sequence[Token], at: int, named: Sequence[Named]) -> bool:
    """Whether the line begins with a clause whose pronoun is named right after it ("After he took office, Lee …")."""
    if line[0].plain not in _OPENERS:
        return False
    comma = text.find(",", line[at].start)
    after = text[comma + 1 :].lstrip() if comma >= 0 else ""
    return any(after.removeprefix("the ").startswith(name) for name, _ in named)


def _points(line: Sequence[Token], at: int, around: _Around) -> bool:
    after = line[at + 1].plain if at + 1 < len(line) else ""
    plain = line[at].plain
    near = [token.plain for token in line[at + 1 : at + 3] if token.is_word]
    again = at == 0 and bool(around.told) and bool(_ONCE_MORE.intersection(token.plain for token in line[1:6]))
    if again or any(stem(lemma(word)) in around.told for word in near) or (plain == "this" and line[at - 1].plain == ";"):
        return False
    if after in _LATE and at + 2 < len(line):
        after = line[at + 2].plain
    time = after in _WITH_THIS or g.is_time(after) or after in {"who", "which", "of", "as"}
    if time or plain in {"this", "these"}:
        return (plain == "that" and after in _THAT_ONE) or not (
            time or stem(lemma(after)) in {stem(lemma(token.plain)) for token in line[:at]}
        )
    return _points_that(line, at, after, around) if plain in {"that", "those"} else at == 0


def _points_that(line: Sequence[Token], at: int, after: str, around: _Around) -> bool:
    """Whether "that" or "those" is no conjunction and no relative pronoun."""
    if at == 0:
        return True
    if line[at].plain == "those":
        return False
    before = line[at - 1].plain
    ends = at + 2 >= len(line) or not line[at + 2].is_word
    if after in _THAT_ONE or (ends and (stem(lemma(after)) in around.known or after in _ANAPHORS)):
        return True
    acts = g.is_finite(before) and before not in SAYING
    stops = after in {"", ".", ";"} or (after == "," and (acts or before in g.PREPOSITIONS))
    return stops or before in {"like", "after", "before", "for", "of"}


def _is_anaphor(line: Sequence[Token], at: int, before: str, around: _Around) -> bool:
    """Whether "the" and its noun point at something that an earlier sentence spoke of and this line does not."""
    end = _noun_after(line, at)
    if end is None:
        return False
    noun = line[end].plain
    after = line[end + 1].plain if end + 1 < len(line) else ""
    base = stem(lemma(noun))
    counted = after == "with" and end + 2 < len(line) and line[end + 2].text[0].isdigit()  # "the ward with 90 votes"
    identified = after in _IDENTIFIES and not counted
    if base in {stem(lemma(token.plain)) for token in line[:at]} or identified or _names(noun, around.named, before):
        return False
    told = [line[n].plain for n in range(at + 1, end) if line[n].plain not in _TELL_NOTHING]
    if told and not any(stem(lemma(plain)) in around.known for plain in told):
        return False  # told from others by a word that is new
    # Within a line "the militias" are those it speaks of.
    if at == 0 and end == 1 and noun in _ANAPHORS and not around.first:
        return base not in around.told  # whatever it was called before
    return base in around.known and (at == 0 or (noun in _ANAPHORS and not is_plural(noun)))


def _noun_after(line: Sequence[Token], at: int) -> int | None:
    """The place of the noun that "the" belongs to, where it is a common one; None for a name."""
    for end in range(at + 1, min(len(line), at + 4)):
        if not line[end].is_word or line[end].text[0].isupper() or line[end].plain in g.PREPOSITIONS:
            return None
        after = line[end + 1] if end + 1 < len(line) else None
        if line[end].plain in _ANAPHORS or after is None or not after.is_word or _ends_phrase(after.plain):
            return None if after is not None and after.text[0].isupper() and after.is_word else end
    return None


def _ends_phrase(word: str) -> bool:
    return g.is_finite(word) or word in _NO_NOUNS or g.is_adverb(word)


def _names(noun: str, named: Sequence[Named], before: str) -> bool:
    """Whether a name earlier in the line is what "the country" or "the group" stands for."""
    kinds = {kind for name, kind in named if name in before}
    if noun in {"country", "nation", "city", "town", "village", "island", "region", "area", "state", "province"}:
        return Kind.PLACE in kinds
    if noun in {"man", "woman", "boy", "girl", "suspect", "victim", "gunman"}:
        return Kind.PERSON in kinds
    return noun in _BODIES and Kind.ORGANISATION in kinds
