"""Edits that a gate must refuse: a hedge, a speaker, a modality or a role is not the sentence's any more."""

import re
from collections.abc import Iterator
from itertools import pairwise

_NUMBER = r"(?:[$£€]?\d[\d,.]*|two|three|four|five|six|seven|eight|nine|ten|a dozen|dozens|hundreds|thousands|half|a third|a quarter)"
_BEFORE = {
    "about": "more than", "around": "at least", "approximately": "over", "roughly": "nearly", "nearly": "more than", "almost": "over",
    "over": "under", "more than": "less than", "at least": "at most", "up to": "at least", "as many as": "more than", "some": "over",
    "less than": "more than", "fewer than": "more than", "an estimated": "exactly", "at most": "at least", "close to": "over",
}  # fmt: skip
_SURE = {
    "reportedly": "certainly", "allegedly": "evidently", "apparently": "certainly", "possibly": "definitely", "perhaps": "surely",
    "probably": "certainly", "likely": "certain", "potentially": "certainly", "almost": "wholly", "nearly": "wholly", "partly": "wholly",
    "largely": "wholly", "mostly": "entirely", "generally": "always", "usually": "always", "often": "always", "sometimes": "always",
    "some of": "all of", "many of": "all of", "most of": "all of", "one of": "all of", "several of": "all of", "mainly": "only",
    "seems to": "is known to", "appears to": "is known to", "appeared to": "was known to", "seemed to": "was known to", "so-called": "true",
    "alleged": "proven", "suspected": "proven", "possible": "certain", "many": "all", "most": "all", "some": "all", "few": "all",
}  # fmt: skip
_MODAL = {
    "may": "will", "might": "will", "could": "will", "can": "must", "should": "will", "would": "will", "will": "may", "must": "may",
}  # fmt: skip
_PHRASE = {
    r"(?:plans?|planned|planning|intends?|intended|hopes?|hoped|hoping|wants?|wanted|wanting|aims?|aimed) to": "has agreed to",
    r"(?:tries|tried|trying|attempts?|attempted|attempting|seeks?|sought|seeking) to": "managed to",
    r"(?:is|are|was|were) (?:expected|due|scheduled|set|likely) to": "is certain to",
    r"(?:considering|weighing|discussing|debating|exploring)": "approving",
    r"(?:agreed|agrees|decided) to": "refused to",
    r"(?:promised|vowed|pledged|offered|threatened|proposed) to": "began to",
    r"(?:asked|urged|told|ordered|called on|invited)(?= [\w ]{1,30} to )": "forced",
    r"(?:has|have|had) to": "may",
    r"(?:is|are|was|were) able to": "had to",
    r"if": "because",
    r"unless": "because",
    r"(?:need|needs|needed) to": "can",
}  # fmt: skip
_SAID = r"(?:said|says|told [\w ]{3,25}|added|stated|explained|reported|wrote|announced|noted|claimed|claims)"
_WHO = r"(?:(?:[Tt]he |[Aa] |an )?(?:[\w’'.-]+ ){0,6}?[\w’'.-]+|he|she|they|it)"
_LAST = re.compile(rf"^(?P<what>.{{15,}}?),[”\"]? (?P<who>{_WHO}) (?P<cue>{_SAID})\.$")
_INVERTED = re.compile(rf"^(?P<what>.{{15,}}?),[”\"]? (?P<cue>said|says|added|explained) (?P<who>{_WHO})\.$")
_FIRST = re.compile(
    rf"^(?P<who>{_WHO}) (?P<cue>said|says|added|stated|reported|announced|claimed|claims) (?:that )?(?P<what>[a-zA-Z“\"].{{15,}})$"
)
_ACCORDING = re.compile(r"^According to (?P<who>[^,]+), (?P<what>.{15,})$")
_ACCORDING_LAST = re.compile(r"^(?P<what>.{15,}?),? according to (?P<who>[^,.]+)\.$")
_NOT_SAYING = re.compile(
    r"\b(?:was|were|is|are|has|have|had|been|who|which|that|what|if|when|as|not|never|no|nobody|and|but|while)\b|n['’]t|[,“”\"]"
)
_OTHERS = ("the harbour master", "Henrik Solberg", "the Ministry of Fisheries", "witnesses", "a neighbour")
_CUES = ("denied", "doubted", "confirmed", "demanded")


def hedges(text: str, number: int) -> Iterator[tuple[str, str]]:
    """A hedge dropped, or another put in its place."""
    for hedge, other in _BEFORE.items():
        for match in re.finditer(rf"(?<!around )(?<!about )\b{hedge} (?={_NUMBER}\b)", text, re.IGNORECASE):
            yield "hedge dropped", text[: match.start()] + text[match.end() :]
            yield "hedge changed", text[: match.start()] + other + " " + text[match.end() :]
    for hedge, other in _SURE.items():
        pattern = rf"\b{hedge}\b(?! (?:of|than|{_NUMBER})\b)" if " " not in hedge else rf"\b{hedge}\b"
        for match in re.finditer(pattern, text):
            yield "hedge changed", text[: match.start()] + other + text[match.end() :]
            if hedge.endswith(("ly", " of", "called", "leged", "pected")) or hedge in ("perhaps", "almost"):
                after = text[match.end() :]
                yield "hedge dropped", text[: match.start()] + after.removeprefix(" the" if hedge == "one of" else "")


def attributions(text: str, number: int) -> Iterator[tuple[str, str]]:
    """Who says it dropped, another put in the place, or what they do to it changed."""
    for pattern in (_LAST, _INVERTED, _FIRST, _ACCORDING, _ACCORDING_LAST):
        match = pattern.match(text)
        if not match or _NOT_SAYING.search(match["who"]) or len(match["what"].split()) < 4:
            continue
        what = match["what"].strip(' "“”')
        yield "attribution dropped", what if what.endswith(".") else what + "."
        start, end = match.span("who")
        yield "attribution changed", text[:start] + _OTHERS[number % len(_OTHERS)] + text[end:]
        if "cue" in match.groupdict():
            start, end = match.span("cue")
            if match["cue"] not in _CUES:
                yield "attribution changed", text[:start] + _CUES[number % len(_CUES)] + text[end:]


def modality(text: str, number: int) -> Iterator[tuple[str, str]]:
    """What may, should or is meant to be, told as what will be or is, and the other way round."""
    for modal, other in _MODAL.items():
        for match in re.finditer(rf"(?<!\w){modal}(?= (?:not |also |\w+ly )?[a-z]+)", text):
            yield "modality changed", text[: match.start()] + other + text[match.end() :]
            if modal in ("may", "might", "could", "should"):
                yield "modality dropped", text[: match.start()].rstrip() + text[match.end() :]
    for phrase, other in _PHRASE.items():
        for match in re.finditer(rf"\b{phrase}\b", text):
            yield "modality changed", text[: match.start()] + other + text[match.end() :]


_NAME = re.compile(r"\b[A-Z][\w-]*+(?: (?:of |de )?[A-Z][\w-]*+)*+(?![’'])")
_CALENDAR = re.compile(
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|January|February|March|April|May|June|July|August|September|October|November|December"
)
_PHRASE_OF_NOUN = (
    r"(?:[Tt]he|[Aa]n?|[Hh]is|[Hh]er|[Tt]heir|[Ii]ts) (?:(?!and|or|that|which|who)[a-z-]+ )?"
    r"(?!and|or|about|for|to|that|which|who|was|were|has|have|had|is|are)[a-z-]{3,}"
)
_NAMED = r"[A-Z][\w-]+(?: [A-Z][\w-]+)*"
_ONE = rf"(?:{_PHRASE_OF_NOUN}|{_NAMED})"
_DONE = (
    "attacked|killed|arrested|beat|defeated|met|met with|accused|criticised|criticized|supported|told|asked|sued|invited|helped|hit|won|"
    "lost|faced|joined|left|visited|opposed|banned|bought|called|found|founded|replaced|succeeded|sent|shot|warned|elected|awarded|"
    "rejected|condemned|detained|backed|backs|urged|fired|hosted|launched|built|created|destroyed|damaged|injured|wounded|rescued|led|"
    "described|denied|released|published|proposed|made|held|produced|saw|took|gave|brought|used|covered|followed|caused|struck|reached|"
    "targeted|threatened|posted|wrote|filed|ended|began|stopped|changed|won|includes|included|requires|required|allowed|forced|reported|"
    "developed|designed|donated|featured|presented|displayed|organised|organized|funded|sponsored|chose|selected|signed|captured|exchanged"
)
_ACTIVE = re.compile(
    rf"(?<![\w’'-])(?P<a>{_ONE}) (?P<verb>(?:(?:has|have|had|also|later|then|has also) )?(?:{_DONE})) (?P<b>{_ONE})(?![\w’'-])"
)
_PASSIVE = re.compile(
    rf"(?<![\w’'-])(?P<a>{_ONE}) "
    r"(?P<verb>(?:was|were|is|are|has been|have been|had been|been) (?:\w+ly )?\w+(?:ed|en|t|n|d) by) "
    rf"(?P<b>{_ONE})(?![\w’'-])"
)


_COUNT = re.compile(
    r"(?<![\w.,$£€–-])(?:\d{1,3}(?:,\d{3})+|\d{1,3}|two|three|four|five|six|seven|eight|nine|ten)(?= [a-z]{3,})"
    r"(?! (?:and|to|or|years? old)\b)"
)


def figures(text: str, number: int) -> Iterator[tuple[str, str]]:
    """Two numbers of a sentence in each other's place, where they count different things."""
    found = list(_COUNT.finditer(text))
    for one, other in pairwise(found):
        counted = [text[match.end() :].split()[0] for match in (one, other)]
        if one[0] != other[0] and counted[0] != counted[1]:
            yield "numbers swapped", text[: one.start()] + other[0] + text[one.end() : other.start()] + one[0] + text[other.end() :]


def roles(text: str, number: int) -> Iterator[tuple[str, str]]:
    """Two names, or the doer and the done-to of a verb, in each other's place."""
    found = [m for m in _NAME.finditer(text) if m.start() and not _CALENDAR.search(m[0])]
    for one, other in pairwise(found):
        between = text[one.end() : other.start()]
        if one[0][:4] != other[0][:4] and len(between.split()) > 1 and not re.fullmatch(r",? (?:and|or|the|,|\w+) ?(?:the )?", between):
            yield "names swapped", text[: one.start()] + other[0] + between + one[0] + text[other.end() :]
    for pattern in (_ACTIVE, _PASSIVE):
        for match in pattern.finditer(text):
            a, b = match["a"], match["b"]
            if {a, b} & _PRONOUNS or _HANGS.search(text[: match.start()]):
                continue  # not the doer, but what hangs on it
            if a.casefold() != b.casefold() and not _CALENDAR.search(a + b):
                first, second = (
                    (b[0].upper() + b[1:] if a[0].isupper() else b),
                    (a[0].lower() + a[1:] if a.split()[0] in _DETERMINERS else a),
                )
                yield "roles swapped", f"{text[: match.start()]}{first} {match['verb']} {second}{text[match.end() :]}"
                if pattern is _PASSIVE:
                    continue
                yield "roles swapped", f"{first} {match['verb']} {second}."


_PRONOUNS = {"He", "She", "It", "They", "We", "I", "You", "There", "This", "That"}
_HANGS = re.compile(r"\b(?:of|in|on|at|by|for|with|from|to|into|the|a|an|near|and|or) $")
_DETERMINERS = ("The", "A", "An", "His", "Her", "Their", "Its")
