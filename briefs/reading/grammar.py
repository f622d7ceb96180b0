"""The small words of English, and what a word can be by its form alone; no dictionary, so every answer is a likelihood."""

from functools import lru_cache
from typing import Final

from briefs.reading.cues import SAYING, Form, past, third
from briefs.reading.wordlist import words

BE: Final = words("is are was were be been being am isn't aren't wasn't weren't 're 'm")
HAVE: Final = words("has have had having hasn't haven't hadn't 've")
MODALS: Final = words(
    """
    will would can could may might shall should must won't wouldn't can't cannot couldn't shouldn't mustn't 'll 'd ought
    """
)
DO: Final = words("do does did don't doesn't didn't")
AUXILIARIES: Final = BE | HAVE | MODALS | DO
SUBJECTS: Final = words(
    """
    he she it they we i you everyone everybody someone somebody nobody others another neither either both one some many most few
    """
)
PRONOUNS: Final = words("he she it they we i you there")
OBJECTS: Final = words("him her them me us you it himself herself themselves itself")
POSSESSIVES: Final = words("his her its their our my your whose")
ARTICLES: Final = words("the a an this these those each every any no")
DETERMINERS: Final = POSSESSIVES | ARTICLES
QUANTIFIERS: Final = words(
    """
    some many most several all both few another other others half one two three four five six seven eight nine ten none neither
    either dozens hundreds thousands scores
    """
)
PREPOSITIONS: Final = words(
    """
    of for from in at on to with by near inside outside within without against behind around between among across over under about
    into onto off through during after before since until despite via amid upon towards toward beyond above below along per
    following including like than
    """
)
SMALL: Final = DETERMINERS | PREPOSITIONS
JOINING: Final = words("of for from in at on to with by near inside outside within against behind around between among across over about")
CONJUNCTIONS: Final = words(
    """
    that because but although though while whilst whereas when whenever whether if unless since as after before until than so and or
    nor yet once where how why what which who whom lest
    """
)
QUESTIONS: Final = frozenset({"whether", "how", "why", "what", "when", "where", "which", "who", "if"})
STOPS: Final = frozenset({",", ";", ":", ".", "!", "?", "—", "–", "-", "--", "/", '"', "*", "|"})
WEEKDAYS: Final = words("monday tuesday wednesday thursday friday saturday sunday")
MONTHS: Final = words("january february march april may june july august september october november december")
TIMES: Final = (
    WEEKDAYS
    | MONTHS
    | words(
        """
    today yesterday tomorrow tonight week weeks weekend month months year years day days morning afternoon evening night noon
    midnight hour hours minute minutes spring summer autumn winter decade decades ago earlier later
    """
    )
)
SETTINGS: Final = words(  # where and how something is said
    """
    statement statements interview interviews email e-mail emails letter letters conference briefing briefings speech speeches post
    posts tweet tweets report reports message messages video blog broadcast hearing visit trip meeting address note memo release
    press ruling filing testimony podcast programme program documentary call session rally website site page telegram facebook
    twitter x remarks comments televised ceremony event summit forum debate tour ballot court
    """
)
ADVERBS: Final = words(
    """
    also later then already just still again now never ever always often once since first further even soon once long not only thus
    therefore however instead meanwhile both all too once yet already himself herself itself themselves simply openly here
    """
)
LEADING: Final = words(
    """
    meanwhile however also still then later now yet thus instead finally but and separately earlier recently similarly today
    yesterday so nevertheless nonetheless moreover furthermore besides overall once again afterwards elsewhere or nor plus though
    """
)
_NOT_ADVERBS: Final = words(
    """
    family ally supply reply assembly anomaly monopoly bully rally italy july early only elderly daily weekly friendly
    """
)
_IRREGULAR_PASTS: Final = words(
    """
    began came went got took made gave left met saw rose fell held led lost won kept brought bought sold sent built ran became grew
    knew drew flew threw broke chose drove froze stole woke fought caught taught sought stood understood spent meant dealt felt hit
    hurt shut spread struck stuck swept sank sang swam withdrew overthrew underwent arose awoke bore beat fled bled fed shot shook
    wore tore paid laid lay sat slept spoke slid wound hung dug
    """
)
_COMMON_VERBS: Final = words(
    """
    accept allow appear arrive attack become begin belong break bring build buy carry cause change come contain continue cost cover
    create depend deserve differ die eat emerge exist face fail fall fight finish follow force give go grow happen help hit hold
    identify improve include increase involve keep kill know lack lead leave let lie like live look lose love make mean meet move
    need occur offer oppose owe own pay pose prefer produce prove provide put raise range reach receive refuse regret reject remain
    remember represent require rise run see seek seem sell send serve sit sleep speak stand start stay stop suffer support take tend
    threaten trust try turn use wait walk want watch win wish work worry wonder get
    """
)
_THIRDS: Final = frozenset(third(verb) for verb in _COMMON_VERBS)
_PASTS: Final = frozenset(past(verb) for verb in _COMMON_VERBS) | _IRREGULAR_PASTS


def is_adverb(word: str) -> bool:
    """Whether the word may stand between a subject and its verb."""
    return word in ADVERBS or (word.endswith("ly") and len(word) > 4 and word not in _NOT_ADVERBS)


def is_year(word: str) -> bool:
    """Whether the word is written like a year."""
    return len(word) == 4 and word.isdigit() and word[:2] in {"17", "18", "19", "20"}


def is_time(word: str) -> bool:
    """Whether the word names a time."""
    return word in TIMES or is_year(word)


def is_past(word: str) -> bool:
    """Whether the word looks like a verb's past."""
    return word in _PASTS or (word.endswith("ed") and len(word) > 4 and not word.endswith("eed"))


@lru_cache(maxsize=4_096)
def is_finite(word: str) -> bool:
    """Whether the word looks like a verb that has a subject."""
    if word in AUXILIARIES:
        return word not in {"be", "been", "being", "having"}
    if is_past(word) or word in _THIRDS:
        return True
    known = SAYING.get(word)
    return known is not None and bool(known[1] & (Form.PAST | Form.THIRD))


def is_plain_verb(word: str) -> bool:
    """Whether the word is a common verb as it stands after "to" or a plural."""
    return word in _COMMON_VERBS


def is_name_part(word: str) -> bool:
    """Whether the word can be a part of a noun phrase: no small word, no verb that is surely one, no stop."""
    if word in CONJUNCTIONS or word in PREPOSITIONS or word in AUXILIARIES or word in STOPS:
        return False
    if word in PRONOUNS or (word in OBJECTS and word != "her") or word == "not":
        return False
    return word not in {"also", "then", "however", "therefore", "never", "to", "according"}
