"""Numbers as news writes them, in digits and in words, and how much they are."""

import re
from functools import lru_cache
from typing import Final

_UNITS: Final = (
    *("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen"),
    *("sixteen", "seventeen", "eighteen", "nineteen"),
)
_TENS: Final = ("twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SMALL: Final = {word: number for number, word in enumerate(_UNITS, start=1)} | {
    word: 10 * number for number, word in enumerate(_TENS, start=2)
}
_SCALES: Final = {
    "dozen": 12, "hundred": 100, "thousand": 1_000, "million": 10**6, "billion": 10**9, "trillion": 10**12,
    "k": 1_000, "m": 10**6, "mn": 10**6, "bn": 10**9, "tn": 10**12, "crore": 10**7, "lakh": 10**5,
}  # fmt: skip
_FRACTIONS: Final = {"half": 2, "halves": 2, "third": 3, "quarter": 4, "fifth": 5, "sixth": 6, "eighth": 8, "tenth": 10}

_ONES: Final = "|".join(_UNITS)
_SPELLED_TENS: Final = rf"(?:{'|'.join(_TENS)})(?:[- ](?:{'|'.join(_UNITS[:9])}))?"
_SCALE: Final = "hundred|thousand|million|billion|trillion|dozen|crore|lakh"
_DIGITS: Final = r"\d{1,3}(?:,\d{2,3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_NAMED: Final = rf"(?:{_SPELLED_TENS}|(?:{_ONES})\b)"
_PLAIN: Final = (
    rf"(?:(?:{_DIGITS})(?:(?:[- ](?:{_SCALE})\b)+|(?:\s?(?:mn|bn|tn)|[km])\b)?"
    rf"|(?:{_NAMED}|a|half an?)[- ](?:{_SCALE})\b(?:[- ](?:and )?(?:{_SCALE}|{_NAMED})\b)*"
    rf"|{_NAMED}(?: (?:{_SCALE})\b)*)"
)
_VAGUE: Final = (
    "(?:(?:tens|dozens|hundreds|scores) of (?:thousands|millions|billions)"
    "|(?:dozens|scores|hundreds|thousands|millions|billions|trillions))"
)
_FRACTION: Final = (
    rf"(?:(?:(?:{_ONES})[- ])?(?:thirds|quarters|fifths|sixths|eighths|tenths)|one-(?:third|quarter|fifth|sixth|eighth|tenth)"
    r"|(?:one|a) (?:third|quarter|fifth|sixth|eighth|tenth)(?= of\b|[,.;])"
    r"|half(?=(?: of| the| its| their| his| her| all)\b))"
)
_BEGINS: Final = r"(?=[\dabdefhmnoqst])"  # a number's first sign, which saves the search in most places
# A number, of a text in small letters: `scope.lowered`.
NUMBER: Final = re.compile(rf"(?<![\w.,/:’'])(?<!(?<!\d)-){_BEGINS}(?:{_VAGUE}|{_FRACTION}|{_PLAIN})(?![\w/]|[.,:]\d)")
_WORD: Final = re.compile(r"\d[\d,]*(?:\.\d+)?|[a-z]+")


@lru_cache(maxsize=1_024)
def amount(written: str) -> float | None:
    """How much a number is: "two dozen" 24, "1.5 million" 1500000, "half" 0.5; None of what has no one value ("dozens")."""
    words = _WORD.findall(written.casefold())
    total, current, seen = 0.0, 0.0, False
    for word in words:
        if word[0].isdigit():
            current, seen = current + float(word.replace(",", "")), True
        elif word in _SMALL:
            current, seen = current + _SMALL[word], True
        elif (part := word.removesuffix("s") if word != "halves" else word) in _FRACTIONS and (word in _FRACTIONS or seen):
            current, seen = (current or 1) / _FRACTIONS[part], True
        elif word in _SCALES:
            seen = True
            if _SCALES[word] >= 1_000:
                total, current = total + (current or 1) * _SCALES[word], 0.0
            else:
                current = (current or 1) * _SCALES[word]
        elif word not in {"a", "an", "and", "of"}:
            return None
    return total + current if seen else None
