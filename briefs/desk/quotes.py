"""How much of an article readers are shown: what its licence and the settings allow."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from briefs.article import Article, Citation, CitedLine, Level, Sentence, Wording
from briefs.brief import Brief
from briefs.ports import Curation
from briefs.quoting import WHOLE, is_open, repeated_of, run_of, words_in

LICENCE: Final = "licence:"  # before an article's id: the installation's note of the licence a curator has given


@dataclass(frozen=True, slots=True)
class Quotes:
    """What may be quoted of articles whose licence does not let their words be shown at length.

    Args:
        words: in a row; 0: any number.
        share: per cent of an article's words that one brief may repeat; 0: any.
    """

    curation: Curation
    words: int = 25
    share: int = 50

    async def most(self, article: Article) -> int:
        """How many words of the article may be shown in a row; `WHOLE`: all there are. A retelling is our own words."""
        if article.wording is Wording.RETELLING or self.words == WHOLE or is_open(await self.licence(article)):
            return WHOLE
        return self.words

    async def licence(self, article: Article) -> str:
        """The article's licence: the one a curator has given, else its own; empty where neither is known."""
        return await self.curation.note(LICENCE + article.id) or article.licence

    async def problem(self, brief: Brief, article: Article) -> str:
        """Why a brief repeats more of its article than may be shown, with the figures and what to do; empty where it does not."""
        most = await self.most(article)
        if most == WHOLE:
            return ""
        how = f"Reword or shorten it, or say what the licence allows: /curate set {brief.slug} licence:…"
        for number, line in enumerate(brief.lines, start=1):
            if (run := run_of(line.text, [s.text for s in _cited(line, article)])) > most:
                return f"Line {number} repeats {run} words of the article in a row, and {most} may be shown. {how}"
        total = sum(words_in(sentence.text) for sentence in article.sentences)
        repeated = sum(repeated_of(sentence.text, _repeating(brief, article, sentence)) for sentence in article.sentences)
        if self.share and repeated * 100 > self.share * total:
            part = round(repeated * 100 / total)
            return (
                f"The brief repeats {part} % of the article ({repeated:,} of {total:,} words), and {self.share} % may be shown. "
                f"Drop or reword lines, or say what the licence allows: /curate set {brief.slug} licence:…"
            )
        return ""


def _repeating(brief: Brief, article: Article, sentence: Sentence) -> Sequence[str]:
    """The lines that have words of the sentence as they stand there."""
    own = Citation(article.id, sentence.number)
    return [line.text for line in brief.lines if line.level in (Level.VERBATIM, Level.CUT) and own in line.citations]


def _cited(line: CitedLine, article: Article) -> Sequence[Sentence]:
    return [sentence for _, sentence in line.beside({article.id: article})]
