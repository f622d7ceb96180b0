"""Which sentences say something for each section of a brief; a section is only filled from sentences that say it."""

import re
from typing import Final

from briefs.article import ModalKind, Sentence
from briefs.reading import grammar as g
from briefs.reading.nouns import is_plural
from briefs.reading.scope import lowered
from briefs.reading.tokens import tokens

_MATTERS: Final = re.compile(
    r"\b(?:(?:would|will|could|may|might|can) (?:be|become|mark) the (?:first|largest|biggest|worst|highest|lowest|longest)\b"
    r"|(?:is|was|becomes|became|marks|marked) the (?:first|second|third|only) (?:time|\w+ (?:ever|since|in \w+ years|to\b))"
    r"|(?:could|may|might|would|will) (?:\w+ )?(?:erode|undermine|weaken|strengthen|affect|threaten|trigger|lead to|spell"
    r"|reshape|jeopardi[sz]e"
    r"|endanger|worsen|destabili[sz]e|disrupt|cost|pave the way|open the way|mean that|help (?:to )?\w+)\b"
    r"|(?:rais(?:es|ed|ing)|fuel(?:s|led|ling)?|sparked|sparking|prompt(?:s|ed|ing)) (?:\w+ )?(?:concerns?|fears?|questions"
    r"|worries|alarm|criticism|debate)\b"
    r"|(?:historic|landmark|unprecedented|milestone|groundbreaking|turning point|at stake|far-reaching|major blow|wake-up call)\b"
    r"|(?:largest|biggest|worst|deadliest|highest|lowest|strongest|longest|first) (?:\w+ ){0,4}(?:ever|since"
    r"|in (?:\w+ )?(?:years|decades|history))\b"
    r"|(?:important|crucial|critical|vital|essential) (?:because|for|to|in|step|as)\b|(?:importance|implications?"
    r"|consequences) (?:of|for)\b"
    r"|significan(?:ce of|t (?:step|shift|change|moment|blow|setback|victory|breakthrough|impact|threat))\b"
    r"|plays? an? (?:key|crucial|important|vital|major) (?:role|part)\b)",
)
_NOT_KNOWN: Final = re.compile(
    r"\b(?:(?:not|isn['’]t|wasn['’]t|n['’]t) (?:been )?"
    r"(?:yet |immediately |entirely |yet been |independently |fully |officially |publicly )*"
    r"(?:clear|known|confirmed|verified|certain|determined|identified|established|disclosed|revealed|released|acknowledged"
    r"|commented|responded)\b"
    r"|(?:is|are|was|were|remains?|remained|it['’]s) (?:still |as yet |currently |also )*(?:unclear|unknown|uncertain"
    r"|undetermined|unconfirmed|unidentified|unexplained)\b"
    r"|remains to be (?:seen|determined|decided)\b|yet to (?:be )?(?:determine|confirm|comment|identify|establish|decide"
    r"|announce|respond|release"
    r"|determined|confirmed|identified|established|decided|announced|released|verified)\b"
    r"|(?:could|can|did|does|do|has|have|had|would)(?: not|n['’]t)(?: immediately| yet"
    r"| independently)? (?:be (?:\w+ )?(?:verified|confirmed|reached|established|identified)"
    r"|respond(?:ed)? to|comment(?:ed)?\b|specif(?:y|ied)|elaborate|disclose|confirm|say (?:how|when|what|where|who|whether"
    r"|why)|give (?:any )?(?:details|a reason)|reply)"
    r"|declined to (?:comment|say|elaborate|confirm|name|specify|give)\b|refused to (?:comment|say|confirm|name)\b"
    r"|no (?:one|group|organi[sz]ation|party|\w+ group) (?:has |had |have )?(?:yet |so far |immediately )?(?:claimed|acknowledged)\b"
    r"|(?:has|have|had)(?: not|n['’]t) (?:said|explained|disclosed|given|told|named)"
    r" (?:why|how|when|what|where|who|whether|any|the reason)"
    r"|because of (?:the )?(?:uncertaint(?:y|ies)|lack of data)\b|there (?:is|are|was|were) (?:still )?(?:no|some|much) "
    r"(?:uncertainty|agreement|consensus|doubt)\b"
    r"|no (?:immediate |official |further )?(?:comment|confirmation|word|details|information|explanation)\b|questions? remains?\b"
    r"|(?:cause|motive|reason|identity|identities|whereabouts)\b(?! of which)[^.]{0,60}"
    r"\b(?:under investigation|being investigated|unknown"
    r"|unclear|not (?:yet )?been)\b)",
)
_NEXT: Final = re.compile(
    r"\b(?:will|won['’]t|shall)\b(?! (?:and testament|of))|\bplans? to\b|\b(?:is|are) (?:\w+ )?(?:set|due|expected|scheduled"
    r"|slated|likely|poised|preparing|planning"
    r"|considering|hoping|aiming|in talks|ready|prepared) \b|\b(?:has|have) (?:also )?(?:vowed|pledged|promised|threatened"
    r"|agreed|announced plans)\b"
    r"|\b(?:vows?|pledges?|promises?|threatens?|intends?|aims?|hopes?|wants?) to\b|\b(?:is|are) to (?:be |begin|start|meet|hold"
    r"|take|vote|decide|appear|return|face|open|visit)"
    r"|\b(?:tomorrow|next (?:week|month|year|spring|summer|autumn|fall|winter|Monday|Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday))\b"
    r"|\b(?:upcoming|forthcoming)\b|\blater this (?:week|month|year)\b",
)
_WARNS: Final = re.compile(  # what somebody says he will do
    r"\b(?:said|says?|stated|warned|announced|added|vowed|threatened|promised) (?:that )?(?:it|he|she|they|the \w+) (?:would|will)\b"
)
_FEAR: Final = re.compile(
    r"\b(?:concern(?:s|ed)?|fears?|feared|worr(?:y|ies|ied)|afraid) (?:that |about )?(?:the \w+ |\w+ )?(?:will|would|might)\b"
)
_PAST_SETTING: Final = re.compile(r"(?:Yesterday|Last (?:week|month|year|night)|Earlier)\b")
_PAST_FRAME: Final = re.compile(
    r"\b(?:had|was|were) (?:\w+ )?(?:planned|expected|set|due|scheduled|supposed|planning|going) to\b|\bwould have\b"
)
_RULES: Final = re.compile(  # what holds for all at all times
    r"\b(?:is|are|was|were) (?:required|obliged|expected|allowed|supposed) to\b(?!.*\b(?:court|judge|ruling|ordered)\b)"
    r"|\b(?:each|every) (?:year|day|week|month)\b|\b(?:is|are) (?:a|an) (?:kind|type|form|sort) of\b|\brefers to\b"
)
_ASIDE: Final = re.compile(r"\b(?:which|who|whose|where|when|because)\b[^,;]*$")  # what stands after it is said by the way
_AHEAD: Final = frozenset(
    {ModalKind.INTENDS, ModalKind.EXPECTS, ModalKind.CONSIDERS, ModalKind.THREATENS, ModalKind.AGREES, ModalKind.CONDITION}
)


def matters(sentence: Sentence) -> bool:
    """Whether it says why the news matters."""
    return _says(_MATTERS, sentence, lowered(sentence.text))


def not_known(sentence: Sentence) -> bool:
    """Whether it says that something is not known, not confirmed or not answered."""
    return _says(_NOT_KNOWN, sentence, lowered(sentence.text), aside=_ASIDE)


def whats_next(sentence: Sentence) -> bool:
    """Whether it says what is planned, scheduled, threatened or expected."""
    if not any(modal.kind in _AHEAD for modal in sentence.modals):
        return False
    if _PAST_FRAME.search(sentence.text) or _FEAR.search(sentence.text) or _PAST_SETTING.match(sentence.text):
        return False
    return _says(_NEXT, sentence, sentence.text, aside=_ASIDE) or _says(_WARNS, sentence, sentence.text)


_ANSWER: Final = re.compile(
    r"\b(?:(?:den(?:y|ies|ied)|reject(?:s|ed)?|disput(?:es?|ed)|refut(?:es?|ed)|dismiss(?:es|ed)|rebut(?:s|ted)?"
    r"|contradict(?:s|ed)?) (?!visas?\b|entry\b)"
    r"|(?:pleads?|pleaded|pled|declared|found|be) not guilty\b|in (?:[\w’']+ ){1,3}defen[cs]e\b|defended (?:the|his|her|its|their)\b"
    r"|no wrongdoing\b|(?:called|calls) (?:the|these|those) (?:claims?|charges?|allegations?|accusations?) \w+"
    r"|(?:retaliated|fired back|hit back|responded by)\b)",
)
_ANSWERING: Final = re.compile(r"\b(?:stat|assert|maintain|insist|claim|argu|respond|contend)(?:e[sd]?|s|ed)?$")
_ACCUSES: Final = re.compile(
    r"\b(?:accus|alleg|claim|blam|charg|suspect|arrest|trial|sued?\b|lawsuit|prosecut|denounc|critici[sz]|condemn|indict|convict"
    r"|guilty|fraud|attack|fired\b|shell|imprison|abus)",
)


def accuses(text: str) -> bool:
    """Whether a line lays something at somebody's door."""
    return bool(_ACCUSES.search(lowered(text)))


def answers(sentence: Sentence) -> bool:
    """Whether it denies, disputes or answers what somebody is blamed for."""
    return _says(_ANSWER, sentence, lowered(sentence.text))


def may_answer(sentence: Sentence) -> bool:
    """Whether somebody insists in it that something is not so: an answer, where he is the one who is blamed."""
    return any(
        said.who and _ANSWERING.search(said.cue) and any(said.start <= no.start < said.end for no in sentence.negations)
        for said in sentence.attributions
    )


def background(sentence: Sentence) -> bool:
    """Whether it says how things are at all times: in the present, with no day, no speaker and nothing ahead."""
    if _RULES.search(sentence.text):
        return True
    if sentence.attributions or sentence.dates or any(modal.kind in _AHEAD for modal in sentence.modals):
        return False
    found = tokens(sentence.text)
    for at in range(1, len(found)):
        plain = found[at].plain
        if found[at].text[0].isupper():
            continue
        if g.is_finite(plain):
            following = [token.plain for token in found[at + 1 : at + 3] if not g.is_adverb(token.plain)]
            if plain in {"is", "are"}:
                return not (following and following[0].endswith("ing"))
            return plain.endswith("s") and plain not in g.AUXILIARIES and not g.is_past(plain)
        if g.is_plain_verb(plain) and is_plural(found[at - 1].plain):
            return True
    return True  # its verb could be a noun: a present of all times


def _says(cue: re.Pattern[str], sentence: Sentence, text: str, aside: re.Pattern[str] | None = None) -> bool:
    """Whether the cue stands outside quotations: what somebody quotes is his own view of what comes or matters.

    Args:
        text: the sentence's, in the case the cue is written in.
    """
    places = [match.start() for match in cue.finditer(text)]
    places = [at for at in places if aside is None or not aside.search(sentence.text[:at])]
    return any(not any(quote.start <= at < quote.end for quote in sentence.quotes) for at in places)
