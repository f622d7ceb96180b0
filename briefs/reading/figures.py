"""Numbers that count or measure something: what they count, in which unit, how surely and whose they are."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import Final

from briefs.article import Attribution, DateMark, Figure
from briefs.reading.dates import dates
from briefs.reading.hedges import AFTER_NUMBER, BEFORE_NUMBER, DOUBTFUL
from briefs.reading.numbers import NUMBER, amount
from briefs.reading.scope import lowered

NOUN_WORDS_MAX: Final = 4
SMALL: Final = 12  # up to here "about", "over" and their like are more often no hedges: "a row over two seats"

_JOINT: Final = re.compile(r"\s+(?:to|or)\s+[$£€]?|\s?[-–‑]\s?[$£€]?")
_FROM: Final = re.compile(r"\bfrom\s+(?:[$£€]\s?)?$", re.IGNORECASE)
_AND: Final = re.compile(r"\s+and\s+[$£€]?")
_BETWEEN: Final = re.compile(r"\bbetween\s+(?:[$£€]\s?)?$", re.IGNORECASE)
_SCORE_BEFORE: Final = re.compile(
    r"\b(?:won|win|wins|winning|beat|beats|beating|lost|lose|loses|losing|draw|drew|drawn|defeat\w*|score\w*|led|lead|leading|finish\w*|victory|vote\w*|trail\w*)\b[^,;:]*$",
    re.IGNORECASE,
)
_SCORE_AFTER: Final = re.compile(r"\s+(?:win|victory|defeat|loss|draw|lead|vote|decision|majority|score|ruling)\b")
_CURRENCY_BEFORE: Final = re.compile(r"(?:(?:\b(?:US|A|C|NZ|HK|S)\s?)?[$£€¥₹]|\b(?:USD|EUR|GBP|AUD|CAD|Rs\.?|US\$))\s?$")
_HEDGE_BEFORE: Final = re.compile(rf"(?<![\w-])(?P<hedge>{BEFORE_NUMBER})\s+$", re.IGNORECASE)
_UNIT_AFTER: Final = re.compile(
    r"\s?(?P<unit>%|percentage\s+points?|percent\b|per\s+cent\b|pc\b|pct\b|°\s?[CF]?|(?:US\s+|Australian\s+|Canadian\s+)?(?:dollars?|cents?)\b|euros?\b|pounds?\b|yen\b|yuan\b|rupees?\b"
    r"|roubles?\b|rubles?\b|francs?\b|(?:km|kg|cm|mm|mph|kph|km/h|kW|MW|GW|kWh|MWh|TWh|Hz|MHz|GHz|GB|MB|TB|ft|lbs?|oz|ha|m²|km²|sq\s?(?:km|m|ft|miles?)|m)\b)"
)
_TIME: Final = re.compile(
    r"[\s-](?:second|minute|hour|day|night|week|month|year|decade|century|centuries|mile|kilomet|met(?:er|re)|feet|foot|inch|ton|acre|hectare|litre|liter|gallon|barrel|degree)"
)
_WORD: Final = re.compile(r"\s+(?P<word>[^\W\d_][\w’'-]*)|\s?-\s?(?P<joined>[^\W\d_][\w-]*)")
_OF_THE: Final = re.compile(r"\s+of\s+(?:the|their|his|her|its|these|those|our|all|them)\b")
_OF: Final = re.compile(r"\s+of\b")
_WORTH_OF: Final = re.compile(r"(?:\s+worth)?\s+(?:of|in|for)\b(?:\s+the\b)?")
_MORE: Final = re.compile(r"\s+(?:more|further|additional|extra|or\s+(?:so|more|fewer|less))(?=\s+[a-z])")
_DONE: Final = re.compile(
    r"\s+(?:were|was|are|is|have\s+been|had\s+been|has\s+been)\s+(?:\w+ly\s+|also\s+|then\s+|still\s+)?(?P<done>[a-z]+)"
)
_BEFORE_OF: Final = re.compile(r"(?P<noun>[^\W\d_][\w’'-]*)\s+of\s*$")
_LAST_WORD: Final = re.compile(r"(?P<word>[^\W\d_][\w’'-]*)[\W\d]*$")
_IRREGULAR_PLURALS: Final = (
    "people men women children police troops feet percent dead wounded injured missing teeth mice lives wives headquarters"
)
_NO_NOUNS: Final = (
    "of in on at to for from by with and or but as than that which who whom whose when where while if is are was were be been being has "
    "have had do does did will would can could may might shall should must not no nor the a an it its their his her our my your this "
    "these those they he she we you i after before during since until over under between among against about across along into onto out "
    "off up down through per each every all both so because although though according including via amid near around later earlier ago "
    "yet then there here also only just even still already now said says more less fewer rose fell reached climbed dropped stood grew "
    "jumped hit cost totalled totaled numbered prior today yesterday tomorrow tonight monday tuesday wednesday thursday friday saturday "
    "sunday"
)
_IRREGULAR: Final = frozenset(_IRREGULAR_PLURALS.split())
_STOP: Final = frozenset(_NO_NOUNS.split())
_ONE_OF_THESE: Final = re.compile(
    r"(?:[\s-](?:more|further))?[\s-](?:person|man|woman|child|boy|girl|soldier|officer|civilian|policeman|passenger|student|worker|death"
    r"|day|week|month|year|hour|minute|mile|kilomet(?:er|re)|percent|per cent|dollar|pound|euro|vote|seat|point|goal)\b"
)
_SENTENCE_START: Final = re.compile(r"(?:^|[.!?:“\"‘]\s*)$")
_NAME_BEFORE: Final = re.compile(
    r"(?<![.!?“\"] )(?<!^)\b[A-Z][\w’'-]*\s$"
    r"|\b(?:[Nn]umber|Nos?|Article|Section|Chapter|Flight|Route|Formula|Channel|Act|Resolution|Page|Apollo)\.?\s$|\#$"
)
_SOMEBODY: Final = frozenset(("man", "woman", "boy", "girl", "child", "person", "baby"))  # the end of their noun phrase
_PRONOUNS: Final = frozenset(("he", "she", "they", "it", "i", "we", "you"))


@lru_cache(maxsize=512)
def figures(text: str) -> tuple[Figure, ...]:
    """The figures of a sentence in reading order; years, days of a month, times of day and numbers in names are none.

    A range ("5 to 10") and a score ("2-1", unit "score") are one figure each.
    """
    return tuple(_figures(text))


def owned(found: Sequence[Figure], attributions: Sequence[Attribution]) -> tuple[Figure, ...]:
    """The figures, each with whoever the innermost attribution around it names; a pronoun names nobody."""
    owners = ((figure, _owner(figure, attributions)) for figure in found)
    return tuple(replace(figure, whose=owner) if owner else figure for figure, owner in owners)


def _owner(figure: Figure, attributions: Sequence[Attribution]) -> str:
    around = [a for a in attributions if a.start <= figure.start and figure.end <= a.end and a.who.casefold() not in _PRONOUNS]
    return min(around, key=lambda a: a.end - a.start).who if around else ""


def _figures(text: str) -> Iterator[Figure]:
    marks = dates(text)
    for start, end, unit in _values(text):
        if _is_figure(text, start, end, marks):
            yield _figure(text, start, end, unit)


def _values(text: str) -> Iterator[tuple[int, int, str]]:
    """Where values stand, ranges and scores as one; with "score" or nothing."""
    matches = list(NUMBER.finditer(lowered(text)))
    at = 0
    while at < len(matches):
        start, end = matches[at].span()
        unit = ""
        if at + 1 < len(matches):
            between, following = text[end : matches[at + 1].start()], matches[at + 1]
            lead = text[max(0, start - 12) : start]
            ranged = _BETWEEN.search(lead) if _AND.fullmatch(between) else _JOINT.fullmatch(between) and not _FROM.search(lead)
            if ranged:
                unit = "score" if not between.strip("$£€ \n\t").isalpha() and _is_score(text, start, following) else ""
                end, at = following.end(), at + 1
        yield start, end, unit
        at += 1


def _is_score(text: str, start: int, second: re.Match[str]) -> bool:
    return bool(_SCORE_BEFORE.search(text[max(0, start - 60) : start]) or _SCORE_AFTER.match(text, second.end()))


def _is_figure(text: str, start: int, end: int, marks: Sequence[DateMark]) -> bool:
    value, lead = text[start:end], text[max(0, start - 30) : start]
    for mark in marks:
        if mark.start < end and start < mark.end and (value[0].isdigit() or len(value) > 3) and not _TIME.match(text, end):
            return False
    if value.casefold() == "one":
        return bool(_ONE_OF_THESE.match(text, end))
    if value[0].isupper() and not _SENTENCE_START.search(lead):
        return False  # "the Group of Seven"
    if re.match(r"\s?(?:a\.?m|p\.?m|GMT|UTC|o['’]clock)\b", text[end : end + 9]):
        return False
    if value.isdecimal() and _NAME_BEFORE.search(lead) and not _CURRENCY_BEFORE.search(lead) and not _HEDGE_BEFORE.search(lead):
        return _counts_something(text, end)  # "Apollo 11 landed", but "On Monday 12 people"
    return True


def _counts_something(text: str, end: int) -> bool:
    phrase = _noun_after(text, end)
    return bool(_UNIT_AFTER.match(text, end)) or bool(phrase and _is_plural(phrase.split()[-1]))


def _figure(text: str, start: int, end: int, unit: str) -> Figure:
    money = _CURRENCY_BEFORE.search(text, max(0, start - 6), start)
    behind = _UNIT_AFTER.match(text, end)
    noun_at = end
    if money:
        unit, noun_at = money[0].strip(), end
    elif behind:
        unit, noun_at = behind["unit"], behind.end()
    lead_end = money.start() if money else start
    hedge = _hedge(text, lead_end, text[start:end], end, bool(unit))
    lead = text[max(0, lead_end - 60) : lead_end]
    noun = _noun_after(text, noun_at, measured=bool(unit) and unit != "score", one=text[start:end].casefold() == "one")
    if not noun and unit != "score":
        noun = _noun_before(lead, hedge, measured=bool(unit))
    return Figure(text[start:end], noun, unit, hedge, "", start, end)


def _hedge(text: str, start: int, value: str, end: int, measured: bool) -> str:
    lead = text[max(0, start - 40) : start]
    if match := _HEDGE_BEFORE.search(lead):
        hedge = match["hedge"]
        size = amount(value)
        small = size is not None and size <= SMALL and not measured and not _TIME.match(text, end)
        if not (small and " ".join(hedge.casefold().split()) in DOUBTFUL):
            return hedge
    elif match := _BETWEEN.search(lead):
        return match[0].strip(" $£€")
    if match := AFTER_NUMBER.match(text, end):
        return re.sub(r"^.*?(?=or\s+\w+$|-odd|-plus|\+)", "", match[0], flags=re.DOTALL)
    return ""


def _noun_after(text: str, at: int, *, measured: bool = False, one: bool = False) -> str:
    """The words of the noun phrase that begins at `at`, up to its first plural; empty where none begins there."""
    for skipped in (_MORE, _OF_THE, _WORTH_OF if measured else None, _OF):
        if skipped and (match := skipped.match(text, at)):
            at = match.end()
    if match := _DONE.match(text, at):
        return match["done"] if match["done"] not in _STOP else ""
    words: list[str] = []
    start = end = at
    while len(words) < NOUN_WORDS_MAX and (match := _WORD.match(text, end)):
        word = match["word"] or match["joined"]
        if word.casefold() in _STOP or (words and word.endswith("ly")):
            break
        if not words:
            start = match.start("word") if match["word"] else match.start("joined")
        bare = re.sub(r"['’]s$", "", word)
        words.append(word)
        end = match.end() - len(word) + len(bare)
        if bare != word or _is_plural(bare) or bare in _SOMEBODY or one:
            break
    return text[start:end] if words else ""


def _is_plural(word: str) -> bool:
    return word.casefold() in _IRREGULAR or (len(word) > 3 and word[-1] == "s" and word[-2:] not in {"ss", "us", "is"})


def _noun_before(lead: str, hedge: str, *, measured: bool) -> str:
    """What a number without a noun behind it counts: "turnout of 58%", "wounding 238"; nothing where a pronoun is near."""
    lead = lead.rstrip()
    if hedge and lead.casefold().endswith(hedge.casefold()):
        lead = lead[: -len(hedge)].rstrip()
    if match := _BEFORE_OF.search(lead):
        return match["noun"]
    while not measured and (match := _LAST_WORD.search(lead)) and match["word"].casefold() not in _PRONOUNS:
        if match["word"].casefold() not in _STOP:
            return match["word"]
        lead = lead[: match.start()]
    return ""
