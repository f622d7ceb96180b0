"""How many of the makers' claims the gate judges rightly, kind by kind, in the half it was tuned on and in the other."""

from collections.abc import Iterable
from pathlib import Path

from briefs.article import Sentence
from briefs.drafting.grounding import check
from tests.bench.edits import falsified, reworded
from tests.bench.edits.made import Made, made, tidy
from tests.bench.edits.paraphrases import paraphrases

FALSIFIERS = {
    "hedges": falsified.hedges,
    "attributions": falsified.attributions,
    "modality": falsified.modality,
    "roles": falsified.roles,
    "figures": falsified.figures,
}
REWORDERS = (reworded.fronted, reworded.attributed, reworded.shortened, reworded.rearranged, reworded.respelled)


def false_claims(shared: Path) -> dict[str, list[Made]]:
    """Falsified sentences of the articles, by what was falsified."""
    return {name: made(shared, (maker,)) for name, maker in FALSIFIERS.items()}


def false_paraphrases() -> list[Made]:
    """The paraphrases written by hand, falsified in turn: reworded and wrong."""
    found = []
    for number, pair in enumerate(paraphrases()):
        for maker in FALSIFIERS.values():
            claims = ((kind, tidy(claim)) for kind, claim in maker(pair.claim, number))
            found += [Made(kind, pair.source, claim, pair.held) for kind, claim in claims if claim not in (pair.claim, pair.source)]
    return found


def honest_claims(shared: Path) -> list[Made]:
    """Rewordings that say the same, made by rule and by hand."""
    return [*made(shared, REWORDERS), *paraphrases()]


def passes(one: Made) -> bool:
    """Whether the gate lets a claim stand beside its sentence."""
    return check(one.claim, (Sentence(1, 1, one.source),)).passes


def share(claims: Iterable[Made], *, passing: bool) -> float:
    """The share of the claims that the gate lets pass, or refuses."""
    judged = [passes(one) is passing for one in claims]
    return sum(judged) / len(judged)
