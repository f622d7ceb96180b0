"""Words that keep an act from being done, or not yet: considering, planning, threatening, may, should, if."""

import re
from functools import lru_cache
from typing import Final

from briefs.article import Modal, ModalKind
from briefs.reading.scope import after, lowered

# "plans to", "plans not to", but not "close to the"
_TO: Final = r"(?=\s+(?:(?:not|\w+ly)\s+)?to\s+(?!(?:the|an?|its|their|his|her|our|this|that|these|those)\b)[a-z“\"])"
_SOMEBODY_TO: Final = r"(?=\s+(?:[\w’'-]+\s+){1,6}?to\s+[a-z])"  # "asked the mayor to"
_BE: Final = r"(?:is|are|was|were|be|been|being|['’]s|['’]re)"

# In each kind, what a longer cue would hide stands first.
_CUES: Final[dict[ModalKind, tuple[str, ...]]] = {
    ModalKind.CONSIDERS: (
        r"consider(?:s|ing)?(?!\s+(?:it(?:self)?|him(?:self)?|her(?:self)?|them(?:selves)?)\b)",
        r"(?:has|have|had)\s+considered(?=\s+\w+ing\b|\s+(?:a|the|whether)\b)", r"considered(?=\s+(?:\w+ing|whether)\b)",
        r"consideration(?=\s+(?:of|to|is|was)\b)", r"under\s+consideration",
        r"mull(?:s|ed|ing)?(?:\s+over)?", r"weigh(?:s|ed|ing)?(?:\s+up)?(?=\s+(?:whether|how|a|an|the|\w+ing|options?)\b)",
        r"contemplat(?:es|ed|ing|e)", r"ponder(?:s|ed|ing)?", r"thinking\s+(?:of|about)", r"toy(?:s|ed|ing)\s+with",
        r"looking\s+(?:at|into)(?=\s+\w+ing)", r"explor(?:es|ed|ing|e)(?=\s+(?:the\s+(?:possibility|option|idea)|whether|ways|\w+ing)\b)",
        r"(?:debat|discuss)(?:es|ed|ing|e)?(?=\s+(?:whether|how|the\s+possibility|\w+ing)\b)",
        r"(?:in|held|hold|holds|holding|resumed?|began|begin)\s+(?:\w+\s+)?(?:talks|negotiations|discussions)",
        r"(?:talks|negotiations|discussions)(?=\s+(?:\w+\s+){0,6}?(?:over|about|on|to|aimed)\b)", r"negotiat(?:es|ed|ing|e)",
    ),
    ModalKind.INTENDS: (
        r"will(?=\s)(?!\s+of\b)", r"['’]ll", r"won['’]t", r"shall",
        rf"plan(?:s|ned|ning)?{_TO}", r"plan(?:s|ned|ning)?(?=\s+(?:on|for)\s+(?:a|an|the|\w+ing)\b)",
        rf"inten(?:ds|ded|ding|d|tion|t){_TO}", r"intentions?(?=\s+of\b)",
        rf"(?:vow|pledg|promis|swor|swear|undertak|commit)(?:s|ed|es|ing|ting|ted|e)?{_TO}",
        r"vow(?:s|ed|ing)?", r"pledg(?:es|ed|ing|e)(?!\s+of\s+allegiance)", r"promis(?:es|ed|e)(?=\s)",
        rf"aim(?:s|ed|ing)?{_TO}", r"aim(?:s|ed)?(?=\s+(?:at\s+\w+ing|for)\b)",

        rf"{_BE}\s+(?:\w+ly\s+)?(?:set|due|scheduled|poised|prepared|preparing|ready|about|bound|going|determined|slated|gearing\s+up|willing)"
        rf"{_TO}",
        rf"(?:prepar(?:es|ed|ing|e)|ready|set|poised|scheduled|willing){_TO}", r"prepar(?:es|ing|e)(?=\s+for\b)",
        r"on\s+the\s+(?:verge|brink|cusp)\s+of",
        r"(?:is|are|was|were)(?=\s+to\s+(?:be|have|[a-z]+)\b)(?!\s+to\s+(?:date|blame)\b)",
    ),
    ModalKind.THREATENS: (r"threat(?:en(?:s|ed|ing)?)(?:\s+(?:to|with))?", r"threats?(?=\s+(?:to|of|by|from)\b)",),
    ModalKind.OFFERS: (
        rf"offer(?:s|ed|ing)?{_TO}", r"offer(?:s|ed|ing)?(?=\s+(?:of|a|an|the|him|her|them|its|their|his)\b)",
        r"propos(?:es|ed|ing|e|als?)", r"suggest(?:s|ed|ing)?(?=\s+\w+ing\b)", r"nominat(?:es|ed|ing|e)",
    ),
    ModalKind.DEMANDS: (
        r"demand(?:s|ed|ing)?", r"insist(?:s|ed|ing)?(?=\s+(?:on|upon)\b)", r"call(?:s|ed|ing)?(?=\s+(?:for|on|upon)\b)",
        r"urg(?:es|ed|ing|e)(?=\s)", rf"order(?:s|ed|ing)?{_SOMEBODY_TO}", rf"requir(?:es|ed|ing|e){_SOMEBODY_TO}",
        r"(?:press|push)(?:es|ed|ing)?(?=\s+for\b)", rf"(?:pressur|forc)(?:es|ed|ing|e){_SOMEBODY_TO}",
    ),
    ModalKind.ASKS: (
        r"ask(?:s|ed|ing)?(?=\s+(?:for|that|whether|if)\b)", rf"ask(?:s|ed|ing)?{_SOMEBODY_TO}", r"request(?:s|ed|ing)?",
        r"appeal(?:s|ed|ing)?(?=\s+(?:to|for)\b)", r"plead(?:s|ed|ing)?(?=\s+(?:for|with)\b)", rf"beg(?:s|ged|ging)?{_SOMEBODY_TO}",
        rf"invit(?:es|ed|ing|e){_SOMEBODY_TO}", r"appl(?:y|ies|ied|ying)(?=\s+for\b)",
    ),
    ModalKind.EXPECTS: (
        r"expect(?:s|ed|ing)?(?:\s+to)?", r"(?:un)?likely(?:\s+to)?", r"anticipat(?:es|ed|ing|e)", r"predict(?:s|ed|ing|ions?)?",
        r"forecast(?:s|ed|ing)?", rf"project(?:s|ed){_TO}", rf"estimated{_TO}", rf"(?:tipped|destined|doomed){_TO}",
    ),
    ModalKind.WANTS: (
        rf"want(?:s|ed|ing)?{_TO}", rf"want(?:s|ed)?{_SOMEBODY_TO}", r"in\s+(?:the\s+)?hopes?\s+(?:of|that)",
        r"hop(?:es|ed|ing|e)(?=\s+(?:to|that|for|of)\b)",
        rf"wish(?:es|ed|ing)?{_TO}", r"would\s+(?:like|prefer|love)", rf"(?:keen|eager|anxious|hopeful){_TO}",
        r"desire[sd]?(?=\s+(?:to|for)\b)",
    ),
    ModalKind.TRIES: (
        rf"(?:tr(?:y|ies|ied|ying)|attempt(?:s|ed|ing)?|efforts?|struggl(?:es|ed|ing|e)|endeavou?r(?:s|ed|ing)?|bids?|mov(?:es|ed)){_TO}",
        r"attempted(?=\s+\w)", r"attempts?(?=\s+(?:at|by|on|of)\b)", rf"(?:seek(?:s|ing)?|sought){_TO}",
        r"(?:seek(?:s|ing)?|sought)(?=\s)",
        r"tr(?:ies|ied|ying)(?=\s+\w+ing\b)", rf"work(?:s|ed|ing)?{_TO}",
    ),
    ModalKind.BEGINS: (
        r"beg(?:ins|inning|in|an|un)(?=\s+(?:to\s+[a-z]|[a-z]+ing\b))", r"start(?:s|ed|ing)?(?=\s+(?:to\s+[a-z]|[a-z]+ing\b))",
    ),
    ModalKind.AGREES: (
        r"agree(?:s|d|ing|ment)?(?=\s+(?:(?:not\s+)?to|on|that|in\s+principle)\b)", r"in\s+principle", r"consent(?:s|ed|ing)?(?=\s+to\b)",
    ),
    ModalKind.ALLOWS: (
        r"(?:allow|permit)(?:s|ed|ing|ted|ting)?(?=\s)", r"enabl(?:es|ed|ing|e)(?=\s)", r"authori[sz](?:es|ed|ing|e)(?=\s)",
        r"let(?:s|ting)?(?=\s+[a-z])",
    ),
    ModalKind.SHOULD: (
        r"should(?:n['’]t)?", r"must(?:n['’]t)?", r"ought\s+to", r"ha(?:s|ve|d)\s+to(?=\s+[a-z])", rf"needs?{_TO}", r"needed\s+to",
        r"supposed\s+to",
        r"obliged\s+to", r"required\s+to",
    ),
    ModalKind.MAY: (
        r"may(?=\s+[a-z])", r"(?<!military )(?<!economic )(?<!naval )(?<!the )(?<!its )(?<!their )might(?:n['’]t)?(?=\s)",
        r"could(?:n['’]t)?",
        r"can(?:not|['’]t)?(?=\s+[a-z]|\s*,)", r"capable\s+of", r"(?<!was )(?<!were )able\s+to",
    ),
    ModalKind.WOULD: (r"would(?:n['’]t)?",),
    ModalKind.CONDITION: (
        r"only\s+(?:if|when|once|after|until)", r"(?<!as )(?<!what )if(?!\s+(?:not\s+\w+[,.]|any\b|only\b|so\b))", r"unless",
        r"in\s+case(?=\s)(?!\s+of\s+\w+\s+v)", r"in\s+the\s+event(?:\s+(?:that|of))?", r"provid(?:ed|ing)(?=\s+that\b)",
        r"(?:so|as)\s+long\s+as",
        r"on\s+(?:the\s+)?condition(?=\s+(?:that|of)\b)(?!\s+of\s+anonymity)", r"depend(?:s|ed|ing|ent)?(?=\s+(?:on|upon)\b)",
        r"subject\s+to(?=\s+(?:\w+\s+){0,2}?(?:approval|ratification|agreement|confirmation|conditions|review)\b)", r"pending(?=\s)",
        r"assuming(?=\s+that\b)", r"otherwise", r"as\s+soon\s+as", r"not\s+until",
    ),
}  # fmt: skip
_ORDER: Final = (
    ModalKind.WANTS, ModalKind.CONDITION, ModalKind.AGREES, ModalKind.THREATENS, ModalKind.OFFERS, ModalKind.DEMANDS, ModalKind.EXPECTS,
    ModalKind.CONSIDERS, ModalKind.ASKS, ModalKind.SHOULD, ModalKind.TRIES, ModalKind.INTENDS, ModalKind.BEGINS, ModalKind.ALLOWS,
    ModalKind.MAY, ModalKind.WOULD,
)  # fmt: skip


@lru_cache(maxsize=1)
def _cue() -> re.Pattern[str]:
    """One pattern of all cues, each kind a group; built on first use."""
    groups = (rf"(?P<{kind.name}>{'|'.join(_CUES[kind])})" for kind in _ORDER)
    return re.compile(rf"(?:(?<![\w-])|(?=['’]))(?:{'|'.join(groups)})(?![\w-])")


@lru_cache(maxsize=512)
def modals(text: str) -> tuple[Modal, ...]:
    """The modal words of a sentence in reading order, each with the words of its clause that it governs."""
    found = []
    for match in _cue().finditer(lowered(text)):
        start, end = match.span()
        if text[start:end] != "May":  # the month, unless at the head of a question that news does not ask
            found.append(Modal(text[start:end], ModalKind[match.lastgroup or ""], start, end, after(text, end)))
    return tuple(found)
