"""The verbs and nouns that tell of somebody's words or thoughts, and what may follow them."""

from enum import Flag, auto
from typing import Final

from briefs.reading.wordlist import words


class Takes(Flag):
    """What a verb of saying may be followed by, beside "that" and a quotation, which any of them may."""

    NOTHING = 0
    CLAUSE = auto()  # "said he would"
    OBJECT = auto()  # "confirmed the raid"
    DOING = auto()  # "denied taking it"
    TO_HAVE = auto()  # "claims to have"
    HEARER = auto()  # "told them that": who hears it comes first
    OTHER = auto()  # "accused the mayor of", "called it a disgrace": what is said of somebody or something
    OF = auto()  # "warned of"
    CLAIM = auto()  # "rejected claims that": only such an object
    QUESTION = auto()  # "asked how"
    ANYTHING = auto()  # "say": whatever follows is said


_VERBS: Final = {
    Takes.ANYTHING | Takes.CLAUSE: "say",
    Takes.HEARER | Takes.CLAUSE: "tell inform assure remind notify caution",
    Takes.HEARER | Takes.CLAUSE | Takes.OF: "warn",
    Takes.HEARER | Takes.QUESTION: "ask",
    Takes.CLAUSE | Takes.OBJECT | Takes.DOING | Takes.TO_HAVE: "claim deny admit",
    Takes.CLAUSE | Takes.OBJECT | Takes.DOING: "report acknowledge",
    Takes.CLAUSE | Takes.OBJECT: "confirm announce allege",
    Takes.CLAUSE | Takes.OF: "complain boast",
    Takes.CLAUSE: (
        "add affirm argue assert assume attest believe charge clarify comment concede conclude confess contend declare describe "
        "determine disclose doubt emphasise emphasize estimate explain fear feel find forecast hint hope hypothesise hypothesize "
        "imply indicate insist joke lament learn maintain mention note observe opine point posit predict proclaim protest quip reaffirm "
        "reason recall recount reiterate remark repeat reveal show speculate state stress suggest surmise suspect swear testify theorise "
        "theorize think tweet worry write"
    ),
    Takes.NOTHING: (
        "advise agree answer blog continue counter cry demand echo exclaim expect hear hold message muse pledge post promise propose put "
        "read recommend reply respond retort rule shout sigh signal speak tease text threaten understand urge vow whisper yell"
    ),
    Takes.OTHER: "accuse blame brand call characterise characterize denounce describe dub label portray quote",
    Takes.CLAIM: "contest dismiss dispute rebut refute reject",
}
_IRREGULAR: Final = {
    "say": ("said", "said"), "tell": ("told", "told"), "write": ("wrote", "written"), "think": ("thought", "thought"),
    "find": ("found", "found"), "show": ("showed", "shown"), "swear": ("swore", "sworn"), "hear": ("heard", "heard"),
    "read": ("read", "read"), "feel": ("felt", "felt"), "understand": ("understood", "understood"), "hold": ("held", "held"),
    "put": ("put", "put"), "speak": ("spoke", "spoken"), "forecast": ("forecast", "forecast"),
}  # fmt: skip
_DOUBLING: Final = frozenset({"put", "quip", "admit", "rebut", "dub", "blog"})  # putting, quipped


class Form(Flag):
    """Which form of its verb a word is; one word may be several ("said", "put")."""

    BASE = auto()
    THIRD = auto()
    PAST = auto()
    PARTICIPLE = auto()
    ING = auto()


def third(verb: str) -> str:
    """The form that goes with he, she or it."""
    if verb.endswith(("s", "sh", "ch", "x", "z", "o")):
        return verb + "es"
    return verb[:-1] + "ies" if verb.endswith("y") and verb[-2] not in "aeiou" else verb + "s"


def past(verb: str) -> str:
    """The regular past."""
    if verb.endswith("e"):
        return verb + "d"
    if verb.endswith("y") and verb[-2] not in "aeiou":
        return verb[:-1] + "ied"
    return _doubled(verb) + "ed"


def _doubled(verb: str) -> str:
    return verb + verb[-1] if verb in _DOUBLING else verb


def _forms(verb: str) -> tuple[tuple[str, Form], ...]:
    done, participle = _IRREGULAR.get(verb, (past(verb), past(verb)))
    ing = (verb.removesuffix("e") if verb.endswith("e") else _doubled(verb)) + "ing"
    return (verb, Form.BASE), (third(verb), Form.THIRD), (done, Form.PAST), (participle, Form.PARTICIPLE), (ing, Form.ING)


def _table() -> dict[str, tuple[str, Form, Takes]]:
    table: dict[str, tuple[str, Form, Takes]] = {}
    for takes, verbs in _VERBS.items():
        for verb in verbs.split():
            for written, form in _forms(verb):
                _, forms, taken = table.get(written, (verb, form, takes))
                table[written] = (verb, form | forms, takes | taken)
    return table


SAYING: Final = _table()  # word -> (verb, which forms of it, what it takes)
NOUN_TOO: Final = words(  # forms that are nouns as often: whether they are verbs shows in what stands around them
    """
    answer answers blog blogs caution charge charges claim claims comment comments contest demand demands dispute doubt doubts
    estimate estimates fear fears find finds forecast forecasts hint hints hope hopes joke jokes label labels message messages note
    notes pledge pledges post posts promise promises protest protests quip quips reason reasons remark remarks reply report reports
    rule rules show shows sigh signal signals state states stress text texts tweet tweets vow vows yell
    """
)
NOUNS: Final = words(  # of which "that …" or "of …" tells the content
    """
    accusation accusations admission allegation allegations announcement argument assertion assertions assurance assurances belief
    claim claims complaint complaints concern concerns confirmation contention denial denials estimate estimates fear fears finding
    findings forecast forecasts hint hints insistence insinuation insinuations observation prediction predictions promise promises
    reminder report reports rumor rumors rumour rumours speculation statement statements story stories suggestion suggestions
    suspicion suspicions testimony theory view warning warnings word
    """
)
OF_NOUNS: Final = words(  # those whose "of …" is what is claimed, not whose claim it is
    """
    accusation accusations admission allegation allegations claim claims complaints denial denials fears prediction predictions
    report reports rumor rumors rumours rumour speculation suspicion suspicions warning warnings word
    """
)
MARKERS: Final = frozenset({"allegedly", "reportedly", "purportedly", "supposedly", "ostensibly"})  # nobody says it
COMMITS: Final = words(  # verbs whose quoted object is their subject's words, though nothing is claimed
    """
    blast blasted call called calls condemn condemned condemning demand demanded demands dismiss dismissed hail hailed hailing
    lambasted ordered pledge pledged pledges praise praised praising promise promised promises threaten threatened threatens
    threatening urge urged urges urging urge vow vowed vows vowing recommended recommend criticise criticised criticized denounced
    slammed declared reported requested cautioned defended refer refers referred recommending promising admitted expressed explained
    wrote
    """
)
REFUSING: Final = frozenset({"decline", "declined", "declines", "refuse", "refused", "refuses", "fail", "failed", "fails"})
INVERTING: Final = words(  # verbs that may stand before their subject
    """
    add admit agree announce argue ask answer believe caution claim comment complain conclude continue declare exclaim explain
    insist joke lament note observe predict quip recall remark reply report respond retort say shout state suggest tweet warn write
    """
)
GOING_ON: Final = frozenset(
    {"continue", "continued", "continues", "continuing", "went", "goes", "appear", "appeared", "appears", "seem", "seems", "seemed"}
)
