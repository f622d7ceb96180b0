"""Rewordings that say the same: a gate may ask a curator, but not refuse them."""

import re
from collections.abc import Iterator

_MONTH = "(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_DAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_TIME = (
    r"(?:on|in|by|since|until|during|after|before) (?:(?:the )?(?:early|late|last|next|past) )?"
    rf"(?:{_DAY}|{_MONTH}|the weekend|\d{{4}})(?: (?:\d{{1,2}}(?:, \d{{4}})?|\d{{4}}|morning|evening|night|afternoon))?"
    r"|yesterday|last (?:week|month|year|night)|this (?:week|month|year)"
)
_BACK = re.compile(rf"^(?P<rest>[^“”\",;:()]{{20,}}?) (?P<when>{_TIME})\.$")
_FRONT = re.compile(rf"^(?P<when>{_TIME}),? (?P<rest>[^“”\";:()]{{20,}})\.$", re.IGNORECASE)
_PLACE = re.compile(r"^(?P<where>(?:In|At|Near|Outside) [^,]{3,40}), (?P<rest>[^“”\";:()]{20,})\.$")
_SECOND_CLAUSE = re.compile(r"\b(?:after|that|who|which|and|when|because|as)\b")
_WHO = r"(?:(?:[Tt]he |[Aa]n? )?(?:[\w’'.-]+ ){0,5}?[\w’'.-]+)"
_LAST = re.compile(rf"^(?P<what>[^“”\"]{{15,}}?), (?P<who>{_WHO}) (?P<cue>said|says|reported)\.$")
_ACCORDING = re.compile(r"^According to (?P<who>[^,“”\"]+), (?P<what>[^“”\"]{15,})\.$")
_ACCORDING_LAST = re.compile(r"^(?P<what>[^“”\"]{15,}?),? according to (?P<who>[^,.“”\"]+)\.$")
_FIRST = re.compile(rf"^(?P<who>{_WHO}) (?P<cue>said|says|reported) that (?P<what>[^“”\"]{{15,}})\.$")
_QUOTED = re.compile(r"^(?P<what>[“\"][^“”\"]{10,}),(?P<close>[”\"]) (?P<who>[^“”\"]{2,60}?) (?P<cue>said|says)\.$")
_QUOTED_SAID = re.compile(r"^(?P<what>[“\"][^“”\"]{10,}),(?P<close>[”\"]) (?P<cue>said|says) (?P<who>[^“”\",]{2,60})\.$")
_RELATIVE = re.compile(r", (?:which|who|whose|where) [^,“”\"]+(?P<end>, |\.$)")
_NOT_IN_RELATIVE = re.compile(r"\b(?:not|no|may|might|could|said|says|according|reportedly)\b")
_APPOSED = re.compile(r"(?P<name>[A-Z][\w-]+ [A-Z][\w-]+), (?P<what>(?:an?|the) [a-z][^,“”\"]{4,50}),(?= )")
_TITLE = re.compile(
    r"\b(?P<what>spokesman|spokeswoman|director|president|chairman|coach|captain|professor|minister|author|artist|lawyer|mayor) "
    r"(?P<name>[A-Z][a-z]+ [A-Z][a-z]+)\b(?!['’])"
)
_THING = "(?P<thing>government|president|capital|army|parliament|prime minister|economy|leader|mayor|coach|family|people|city)"
_OWNED = re.compile(rf"\b(?P<owner>[A-Z][a-z]+)['’]s {_THING}\b")
_OF = re.compile(rf"\b[Tt]he {_THING} of (?P<owner>[A-Z][a-z]+)\b(?! [A-Z])")
_DATE = re.compile(rf"\b(?P<month>{_MONTH}) (?P<day>\d{{1,2}})(?=[\s,.])(?!, \d{{4}})")
_PASSIVE = re.compile(
    r"^(?P<a>(?:The|A|An) (?:[a-z-]+ ){0,2}[a-z]+|[A-Z][a-z]+(?: [A-Z][a-z]+)*) was (?P<verb>founded|created|designed|built|opened|killed"
    r"|arrested|attacked|awarded|organised|organized|published|led|won|developed|hosted|written|produced|reported|donated|selected|rejected)"
    r" by (?P<b>the (?:[a-z-]+ ){0,2}[a-z]+|(?:the )?[A-Z][\w-]+(?: [A-Z][\w-]+)*)"
    r"(?P<rest>(?: (?:in|on|at|for|to|after)\b[^,“”\"]*)?)\.$"
)
_SYNONYMS = {
    "began": "started", "started": "began", "however": "but", "many people": "numerous people", "several": "a number of", "injured": "hurt",
    "arrested": "detained", "purchase": "buy", "children": "kids", "movie": "film", "begin": "start", "ended": "finished",
    "received": "got", "shows": "displays", "large": "big", "big": "large", "company": "firm", "companies": "firms", "help": "assist",
    "photos": "pictures", "photographs": "photos", "attempt": "try", "game": "match", "match": "game",
    "team": "side", "award": "prize", "prize": "award", "percent": "per cent", "because": "since", "near": "close to",
    "currently": "at present", "approximately": "roughly", "about": "around", "around": "about", "nearly": "almost", "almost": "nearly",
    "more than": "over", "over": "more than", "building": "structure", "buy": "purchase",
    "reported": "said", "stated": "said", "during": "in the course of", "residents": "inhabitants", "country": "nation", "method": "way",
}  # fmt: skip
_ONLY_BEFORE_NUMBER = frozenset({"about", "around", "nearly", "almost", "over", "more than", "approximately"})
_SPELLED = ("two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def fronted(text: str, number: int) -> Iterator[tuple[str, str]]:
    """A time or place from the end to the front, or back."""
    if (match := _BACK.match(text)) and not _SECOND_CLAUSE.search(match["rest"]):
        yield "adverbial moved", f"{match['when']}, {_lower(match['rest'])}."
    for pattern, name in ((_FRONT, "when"), (_PLACE, "where")):
        # After a second clause the phrase would belong to that one.
        if (match := pattern.match(text)) and "," not in match["rest"] and not _SECOND_CLAUSE.search(match["rest"]):
            yield "adverbial moved", f"{match['rest']} {_lower(match[name])}."


def attributed(text: str, number: int) -> Iterator[tuple[str, str]]:
    """The speaker from the end to the front, or back."""
    if (match := _LAST.match(text)) and "," not in match["who"]:
        yield "attribution moved", f"{match['who']} {match['cue']} that {_lower(match['what'])}."
        yield "attribution moved", f"According to {_lower(match['who'])}, {_lower(match['what'])}."
    if match := _ACCORDING.match(text):
        yield "attribution moved", f"{match['what']}, according to {match['who']}."
        yield "attribution moved", f"{match['what']}, {match['who']} said."
    if match := _ACCORDING_LAST.match(text):
        yield "attribution moved", f"According to {match['who']}, {_lower(match['what'])}."
    if match := _FIRST.match(text):
        yield "attribution moved", f"{match['what']}, {_lower(match['who'])} {match['cue']}."
        yield "attribution moved", f"{match['who']} stated that {match['what']}."
    for pattern in (_QUOTED, _QUOTED_SAID):
        if match := pattern.match(text):
            who, cue, quoted = match["who"], match["cue"], f"{match['what']},{match['close']}"
            yield "attribution moved", f"{who} {cue}: {match['what']}{match['close']}."
            yield "attribution moved", f"{quoted} {cue} {who}." if pattern is _QUOTED else f"{quoted} {who} {cue}."


def shortened(text: str, number: int) -> Iterator[tuple[str, str]]:
    """A relative clause or an apposition left out."""
    for match in _RELATIVE.finditer(text):
        if match.start() > 20 and not _NOT_IN_RELATIVE.search(match[0]):
            rest = "." if match["end"] == "." else " " + text[match.end() :]
            yield "relative clause dropped", text[: match.start()] + rest
    for match in _APPOSED.finditer(text):
        yield "apposition dropped", f"{text[: match.start()]}{match['name']}{text[match.end() :]}"


def rearranged(text: str, number: int) -> Iterator[tuple[str, str]]:
    """Titles, owners and passives written the other way."""
    for match in _TITLE.finditer(text):
        yield "title moved", f"{text[: match.start()]}{match['name']}, the {match['what']},{text[match.end() :]}"
    for match in _OWNED.finditer(text):
        yield "owner moved", f"{text[: match.start()]}the {match['thing']} of {match['owner']}{text[match.end() :]}"
    for match in _OF.finditer(text):
        yield "owner moved", f"{text[: match.start()]}{match['owner']}'s {match['thing']}{text[match.end() :]}"
    if match := _PASSIVE.match(text):
        verb = {"written": "wrote", "led": "led", "won": "won"}.get(match["verb"], match["verb"])
        yield "passive made active", f"{match['b']} {verb} {_lower(match['a'])}{match['rest']}."


def respelled(text: str, number: int) -> Iterator[tuple[str, str]]:
    """Numbers, dates, countries and plain words written the other way."""
    if '"' in text or "“" in text:
        return  # the words of a quotation are nobody's to change
    for match in _DATE.finditer(text):
        yield "date respelled", f"{text[: match.start()]}{match['day']} {match['month']}{text[match.end() :]}"
    for value, word in enumerate(_SPELLED, start=2):
        for match in re.finditer(rf"(?<![\w-]){word}(?= [a-z])", text):
            yield "number respelled", text[: match.start()] + str(value) + text[match.end() :]
        for match in re.finditer(rf"(?<![\w.,:–-]){value}(?= [a-z]{{3}})", text):
            yield "number respelled", text[: match.start()] + word + text[match.end() :]
    for match in re.finditer(r"(?<![\w.,$])(\d{1,3}),(\d{3})(?![\d,.]*\d)", text):
        yield "number respelled", text[: match.start()] + match[1] + match[2] + text[match.end() :]
    for one, other in (
        ("the United States", "the US"),
        ("the U.S.", "the United States"),
        ("the US ", "the United States "),
        ("the United Kingdom", "the UK"),
    ):
        if one in text:
            yield "country respelled", text.replace(one, other)
    for word, other in _SYNONYMS.items():
        tail = r"(?= \d)" if word in _ONLY_BEFORE_NUMBER else ""
        match = re.search(rf"(?<![\w-]){word}\b(?!-){tail}", text)
        if match:
            yield "synonym", text[: match.start()] + other + text[match.end() :]


def _lower(words: str) -> str:
    """The words without a first capital that only the sentence's beginning gave them."""
    first = words.split()[0]
    small = (
        "The A An In On At By It He She They This These Those There Some Many More Most Several Police Officials Last Yesterday After "
        "Before During Since His Her Their Its About Two Three Near Outside Until"
    )
    return words[0].lower() + words[1:] if first in small.split() else words
