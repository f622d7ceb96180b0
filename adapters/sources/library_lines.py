"""Cited lines of a library, each held against its sentences before it is let through."""

from collections.abc import Mapping, Sequence
from typing import Final

from adapters.sources.toml_tables import Table, nearest
from briefs.article import CITATIONS_MAX, Article, Citation, CitedLine, Level, Sentence, Wording
from briefs.drafting.dated import dates_of
from briefs.drafting.grounding import check
from briefs.drafting.marked import required, stands
from briefs.errors import Ungrounded

LINE_KEYS: Final = ("text", "cites", "attributions", "hedges", "kept")


def line_of_article(table: Table, article: Article, *, note: bool = False) -> CitedLine:
    """The line whose `cites` are sentence numbers of this article; `note` as in `check`."""
    numbers = table.numbers("cites")
    return _line(table, [(article, number) for number in numbers], note=note)


def line_of_articles(table: Table, articles: Mapping[str, Article], *, note: bool = False) -> CitedLine:
    """The line whose `cites` are references such as "iraq:6": an article's handle and a sentence number; `note` as in `check`."""
    return _line(table, [_reference(table, written, articles) for written in table.texts("cites")], note=note)


def _reference(table: Table, written: str, articles: Mapping[str, Article]) -> tuple[Article, int]:
    handle, _, number = written.rpartition(":")
    if not handle or not number.isdecimal():
        raise table.broken(f'“{written}” is no reference: write handle and sentence number, such as "iraq:6".', "cites", written)
    if handle not in articles:
        raise table.broken(f"“{written}” cites an article that is not here: {nearest(handle, tuple(articles))}", "cites", written)
    return articles[handle], int(number)


def _line(table: Table, cited: Sequence[tuple[Article, int]], *, note: bool) -> CitedLine:
    text = table.text("text")
    if not cited:
        raise table.broken("A line rests on a sentence: add its number under “cites”.", "cites")
    if len(cited) > CITATIONS_MAX:
        raise table.broken(f"A line rests on at most {CITATIONS_MAX} sentences: part it, or cite fewer.", "cites")
    sentences = [_sentence(table, article, number) for article, number in cited]
    verdict = check(text, sentences, note=note)
    if not verdict.passes:
        raise table.broken(" ".join(verdict.reasons), "text")
    _refuse_bad_marks(table, text, sentences)
    retold = any(article.wording is Wording.RETELLING for article, _ in cited)
    try:
        return CitedLine(
            text,
            tuple(Citation(article.id, number) for article, number in cited),
            # Whatever its words, a line beside a retelling does not have the article's own.
            Level.REWORDED if retold else verdict.level,
            table.texts("attributions"),
            table.texts("hedges"),
            table.texts("kept"),
            dates_of(text, sentences),
        )
    except Ungrounded as error:
        raise table.broken(str(error), "text") from error


def _sentence(table: Table, article: Article, number: int) -> Sentence:
    sentence = article.sentence(number)
    if sentence is None:
        last = len(article.sentences)
        raise table.broken(f"{article.handle} has no sentence {number}: its sentences are 1 to {last}.", "cites", str(number))
    return sentence


def _refuse_bad_marks(table: Table, text: str, sentences: Sequence[Sentence]) -> None:
    """Marks say what readers see set off: each must stand in the line, and nothing that has to be kept stays unmarked."""
    marked = {key: table.texts(key) for key in ("attributions", "hedges")}
    for key, parts in marked.items():
        for part in parts:
            if not part.strip() or part not in text:
                raise table.broken(f"“{part}” under “{key}” does not stand in the text, letter for letter.", key)
    wanted = [need[:2] for sentence in sentences for need in required(text, sentence)]
    wanted += [
        ("hedges", figure.hedge) for sentence in sentences for figure in sentence.figures if _tells(text, figure.hedge, figure.value)
    ]
    for key, words in wanted:
        if not any(stands(words, part) for part in marked[key]):
            raise table.broken(f"“{words}” stands in the text unmarked: add it under “{key}”.", key if marked[key] else "text")


def _tells(text: str, hedge: str, value: str) -> bool:
    return bool(hedge) and stands(value, text) and stands(hedge, text)
