"""From the text of an article to an Article whose sentences are marked with all that can be seen in them."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime

from briefs.article import Article, DateMark, Quote, Sentence, article_id
from briefs.entity import Kind, Mention
from briefs.errors import BrokenArticle
from briefs.reading.attributions import attributions
from briefs.reading.dates import resolve
from briefs.reading.quotes import quoted_spans, runs_on
from briefs.reading.running import Named, Piece, Run, Speaker, with_people, with_runs
from briefs.reading.sentences import split
from briefs.reading.spoken import introduced, spoken

Names = Callable[[Sequence[str]], Sequence[Mention]]


def read(
    text: str,
    *,
    handle: str,
    title: str = "",
    outlet: str = "",
    byline: str = "",
    published: date | datetime | None = None,
    licence: str = "",
    link: str = "",
    names: Names | None = None,
) -> Article:
    """Read an article: its id, its paragraphs and its sentences with their places in the untouched text and their marks.

    Args:
        text: the body, after any front matter.
        handle: the short name it should bear; the shelf makes it unique.
        published: what relative dates are counted from; without it they stay unresolved.
        names: finds the names in the texts of all sentences, so that "he said" is somebody's only where no other person
            is about; without it such a pronoun stays as written.

    Raises:
        BrokenArticle: there is no text in it.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    spans = split(plain)
    if not spans:
        raise BrokenArticle("There is nothing to brief: no text in it.")
    runs = _runs(plain, spans)
    pieces: dict[int, set[tuple[int, int]]] = {}
    for number, start, end in (piece for run in runs for piece in run):
        pieces.setdefault(number, set()).add((start, end))
    marked = [_marked(number, span, plain, pieces.get(number, set()), published) for number, span in enumerate(spans, start=1)]
    sentences = with_runs(marked, runs, _introductions(marked, runs))
    if names is not None:
        sentences = with_people(sentences, _people(sentences, names))
    return Article(
        id=article_id(plain),
        handle=handle,
        sentences=sentences,
        title=title,
        outlet=outlet,
        byline=byline,
        published=published,
        licence=licence,
        link=link,
        text=plain,
    )


def _marked(
    number: int, span: tuple[int, int, int], plain: str, pieces: set[tuple[int, int]], published: date | datetime | None
) -> Sentence:
    """The sentence of that number.

    Args:
        span: its paragraph, and where it stands in `plain`.
        pieces: where the quotations of the whole text stand in it.
    """
    # The marks' patterns take a while to compile, and a cold answer does not need them.
    from briefs.reading.marks import mark

    paragraph, start, end = span
    text = plain[start:end]
    seen = mark(text)
    # What a mark opens or closes shows in the whole paragraph, not always in one sentence of it.
    alone = {(quote.start, quote.end) for quote in seen.quotes}
    quotes, told = seen.quotes, seen.attributions
    if pieces != alone:
        quotes = tuple(Quote(start, end) for start, end in sorted(pieces, key=lambda piece: (piece[0], -piece[1])))
        told = attributions(text, quotes)
        quotes = spoken(text, quotes, told)
    return Sentence(
        number,
        paragraph,
        text,
        start,
        end,
        hedges=seen.hedges,
        attributions=told,
        figures=seen.figures,
        quotes=quotes,
        modals=seen.modals,
        negations=seen.negations,
        dates=tuple(resolve(_as_quoted(one, quotes), published) for one in seen.dates),
    )


def _as_quoted(mark: DateMark, quotes: Sequence[Quote]) -> DateMark:
    """The mark, told to be somebody's own words where a quotation that began in another sentence has it."""
    quoted = any(quote.start <= mark.start and mark.end <= quote.end for quote in quotes)
    return replace(mark, quoted=True) if quoted and not mark.quoted else mark


def _people(sentences: Sequence[Sentence], names: Names) -> list[Named]:
    """Whoever is named outside quotations and may be a person."""
    found = []
    for one in names([sentence.text for sentence in sentences]):
        quotes = sentences[one.sentence - 1].quotes
        if one.kind in {Kind.PERSON, None} and len(one.text) > 1 and not any(q.start <= one.start < q.end for q in quotes):
            found.append((one.sentence, one.start, one.text))
    return found


def _runs(text: str, spans: Sequence[tuple[int, int, int]]) -> list[list[Piece]]:
    """Every unbroken quotation of the text as its pieces in the sentences."""
    runs: list[list[Piece]] = []
    open_until = -1
    first = 0
    for start, end in quoted_spans(text):
        while first < len(spans) and spans[first][2] <= start:
            first += 1
        pieces: list[Piece] = []
        for number in range(first, len(spans)):
            _, begun, ended = spans[number]
            if begun >= end:
                break
            piece = (number + 1, max(start, begun) - begun, min(end, ended) - begun)
            if piece[1] < piece[2]:
                pieces.append(piece)
        if runs and open_until >= 0 and not text[open_until:start].strip(' \n"“”'):
            runs[-1] += pieces
        elif pieces:
            runs.append(pieces)
        open_until = end if runs_on(text, end) else -1
    return runs


def _introductions(sentences: Sequence[Sentence], runs: Sequence[Run]) -> dict[int, Speaker]:
    """The speakers that sentences ending in a colon lead up to, where a quotation follows."""
    found: dict[int, Speaker] = {}
    for run in runs:
        number = run[0][0] - 1
        if number >= 1 and run[0][1] <= 2:
            before = sentences[number - 1]
            speaker = introduced(before.text, before.quotes)
            if speaker is not None:
                found[number] = Speaker(*speaker)
    return found
