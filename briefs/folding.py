"""Names and words as they are compared: what does not count in a name falls away. Nothing here decides who is who."""

import re
import unicodedata
from functools import lru_cache
from typing import Final

FOLDED_MAX: Final = 2_000  # characters read of one text; more is not a name or a query

# Letters that Unicode does not take apart into a letter and a mark, and that people type plain.
_PLAIN: Final = str.maketrans({"ø": "o", "đ": "d", "ł": "l", "ħ": "h", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ŧ": "t"})
# Apostrophes, primes, the Arabic letters' stand-ins in Latin script, and the kashida, which only stretches a word: they
# stand inside words and end none.
_APOSTROPHES: Final = "'’‘‛`´ʹʻʼʽʾʿˈ′＇\u0640"
# Classes of marks that make another letter, not an accent: nukta, kana voicing, virama (Unicode Standard, table 4-4).
_LETTER_MARKS: Final = frozenset({0, 7, 8, 9})
_HYPHENS: Final = re.compile("[-‐‑‒–—―−﹣－_]")
_ASCII_SIGNS: Final = re.compile("[^a-z0-9]+")
_ASCII_DROPPED: Final = str.maketrans("", "", "'`")
_CACHE: Final = 4_096


def _kept(char: str) -> str:
    """The character; nothing where it is an accent or invisible; a blank where it ends a word."""
    category = unicodedata.category(char)
    if category[0] in "LN":
        return char
    if category[0] == "M":
        return char if unicodedata.combining(char) in _LETTER_MARKS and not "\ufe00" <= char <= "\ufe0f" else ""
    return "" if category in {"Cf", "Cs"} else " "


@lru_cache(maxsize=_CACHE)
def fold(text: str) -> str:
    """The text in the form in which names and words are compared.

    Compatible forms are made one (full width, ligatures), case and accents go, as do apostrophes and whatever is
    invisible; hyphens and all other signs part words.

    Returns:
        Letters and digits in words with one blank between, and none around; empty where the text has none (emoji, "_").
        Of a text longer than `FOLDED_MAX` only the beginning counts. Folding twice changes nothing.
    """
    if text.isascii():
        # Most text, and the same answer ten times sooner.
        return " ".join(_ASCII_SIGNS.sub(" ", text[:FOLDED_MAX].lower().translate(_ASCII_DROPPED)).split())
    text = unicodedata.normalize("NFKC", text[:FOLDED_MAX])
    # Some letters only come apart once their case is folded, and the other way round: hence twice.
    for _ in range(2):
        text = unicodedata.normalize("NFKD", text.casefold()).translate(_PLAIN)
        text = "".join("" if char in _APOSTROPHES else _kept(char) for char in text)
    return unicodedata.normalize("NFC", " ".join(text.split()))


def fold_closed(text: str) -> str:
    """As `fold`, but a hyphen joins its words instead of parting them: "al-Quds" is "alquds"."""
    return fold(_HYPHENS.sub("", text))


def is_blank(text: str) -> bool:
    """Whether somebody typed nothing at all: blanks and invisible characters only."""
    return not any(unicodedata.category(char) not in {"Cf", "Cs", "Cc", "Mn"} and not char.isspace() for char in text)


# --- other spellings -------------------------------------------------------------------------------------------------

# Letters and pairs that transliterations from Arabic, Persian, Hebrew and Russian write one for the other.
_SPELLINGS: Final = (("ph", "f"), ("dj", "j"), ("ck", "k"), ("x", "ks"), ("tz", "s"), ("ts", "s"), ("sch", "s"))
_LETTERS: Final = str.maketrans({"q": "k", "c": "k", "z": "s", "w": "v"})
_VOWELS: Final = frozenset("aeiouy")
_DIPHTHONGS: Final = re.compile("[aeou]w(?![aeiouy])")
_ARTICLES: Final = frozenset({"al", "el", "ul"})


@lru_cache(maxsize=_CACHE)
def sound_key(folded: str) -> str:
    """A key that the spellings of one name share, whatever the transliteration: its consonants, in order.

    Vowels, a later h and doubled letters fall away (a first vowel leaves an "a"), kh, q and c become k, z becomes s;
    the article "al" does not count. "hezbollah", "Hizbullah" and "hizbolah" are all "hsbl". Different names share
    keys too, so a key only ever finds what may be offered.

    Args:
        folded: what `fold` returned.

    Returns:
        The keys of its words without blanks between, so that the key of a name's beginning begins its key.
    """
    words = folded.split()
    counted = [word for word in words if word not in _ARTICLES] or words
    return "".join(_word_key(word) for word in counted)


def _word_key(word: str) -> str:
    for spelling, letter in _SPELLINGS:
        word = word.replace(spelling, letter)
    word = _DIPHTHONGS.sub("a", word).translate(_LETTERS)
    # At the head of a word y is a consonant (Yemen is not Oman) and h is heard.
    key = "a" if word[0] in _VOWELS and word[0] != "y" else word[0]
    for letter in word[1:]:
        if letter in _VOWELS or letter == "h" or key.endswith(letter):
            continue
        key += letter
    return key


def one_typo(word: str) -> frozenset[str]:
    """Every word one typing error away: a letter left out, doubled or foreign, changed, or two changed about.

    Args:
        word: folded; some 55 times its length are returned, so give short ones.
    """
    letters = "abcdefghijklmnopqrstuvwxyz"
    splits = [(word[:at], word[at:]) for at in range(len(word) + 1)]
    found = {head + tail[1:] for head, tail in splits if tail}
    found |= {head + tail[1] + tail[0] + tail[2:] for head, tail in splits if len(tail) > 1}
    found |= {head + letter + tail[1:] for head, tail in splits if tail for letter in letters}
    found |= {head + letter + tail for head, tail in splits for letter in letters}
    return frozenset(found - {word, ""})


def cut_at_a_word(slug: str, most: int) -> str:
    """A slug of at most so many characters: cut where a word of it ends, unless the first is longer by itself."""
    if len(slug) <= most:
        return slug
    return (slug[: most + 1].rpartition("-")[0] or slug[:most]).strip("-")
