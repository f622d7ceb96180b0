"""`standfirst check`: hold a claim against the sentences of an article."""

import json
from typing import Final

from bot.settings import Settings
from bot.wiring import build
from briefs.article import CITATIONS_MAX, Article, Level, Sentence, Wording
from briefs.drafting.grounding import Verdict, check, support
from briefs.errors import BadInput, NotFound

SHOWN, REFUSED = 0, 3  # exit codes
CLAIM_MAX: Final = 1_000  # characters
_MEANS: Final = {
    Level.VERBATIM: "VERBATIM: the sentence's own words.",
    Level.CUT: "CUT: its own words in their own order, parts left out.",
    Level.REWORDED: "REWORDED: other words, nothing wrong that the gate can see; a curator has to approve it.",
    Level.REFUSED: "REFUSED: it is never shown.",
}


async def check_claim(settings: Settings, claim: str, ref: str, cite: str, *, as_json: bool) -> int:
    """Print the verdict, its reasons and the sentences it rests on; the exit code says whether the claim may be shown.

    Args:
        ref: the article's handle or id.
        cite: numbers of its sentences, "12,13"; empty to take the best ones.

    Raises:
        BriefsError: no such article or sentence, or no claim.
    """
    claim = " ".join(claim.split())
    if not claim or len(claim) > CLAIM_MAX:
        raise BadInput("Write the claim as one sentence." if not claim else f"The claim is too long: at most {CLAIM_MAX:,} characters.")
    bot = await build(settings, passing=True)
    try:
        article = await bot.storage.shelf.article(ref.strip())
    finally:
        await bot.close()
    if article is None:
        raise NotFound("article", ref, hint="Name its handle, as `standfirst ingest` printed it.")
    if cite:
        sentences = _cited(article, cite)
        verdict = check(claim, sentences)
    else:
        sentences, verdict = support(claim, article)
    print(_as_json(article, sentences, verdict) if as_json else _as_text(article, sentences, verdict))
    return SHOWN if verdict.passes else REFUSED


def _cited(article: Article, cite: str) -> tuple[Sentence, ...]:
    parts = [part.strip() for part in cite.split(",") if part.strip()]
    if not parts or not all(part.isascii() and part.isdecimal() and len(part) < 7 for part in parts):
        raise BadInput("--cite takes numbers of sentences with commas between them, for example: --cite 12,13")
    numbers = sorted({int(part) for part in parts})
    if len(numbers) > CITATIONS_MAX:
        raise BadInput(f"A line rests on at most {CITATIONS_MAX} sentences: cite fewer.")
    found = [article.sentence(number) for number in numbers]
    if None in found:
        raise BadInput(f"{article.handle} has sentences 1 to {len(article.sentences)}.")
    return tuple(sentence for sentence in found if sentence is not None)


def _as_text(article: Article, sentences: tuple[Sentence, ...], verdict: Verdict) -> str:
    retold = " (our retelling, not the article's own words)" if article.wording is Wording.RETELLING else ""
    rests = [f"  {article.handle}:{sentence.number}{retold} {sentence.text}" for sentence in sentences]
    return "\n".join([_MEANS[verdict.level], *(f"  – {reason}" for reason in verdict.reasons), *(["Beside:", *rests] if rests else [])])


def _as_json(article: Article, sentences: tuple[Sentence, ...], verdict: Verdict) -> str:
    told = {
        "level": verdict.level.value,
        "shown": verdict.passes,
        "reasons": list(verdict.reasons),
        "article": article.id,
        "wording": article.wording.value,
        "sentences": [{"ref": f"{article.handle}:{sentence.number}", "text": sentence.text} for sentence in sentences],
    }
    return json.dumps(told, ensure_ascii=False, indent=2)
