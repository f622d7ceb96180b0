"""Articles of a library: article.md and sentences.toml."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Final

from adapters.sources.front_matter import front_matter, line_ends
from adapters.sources.toml_tables import Table, nearest, toml_table
from briefs.article import Article, Attribution, Figure, Hedge, Sentence, Wording, article_id
from briefs.drafting.marked import stands
from briefs.errors import BrokenArticle, BrokenLibrary
from briefs.reading import read
from briefs.reading.dates import dates, resolve

_FIELDS: Final = ("id", "handle", "wording", "title", "outlet", "byline", "published", "licence")
_ID: Final = re.compile(r"[0-9a-f]{64}")
_HANDLE: Final = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_PARAGRAPH: Final = re.compile(r"##\s+Paragraph\s+(\d+)\s*")
_SENTENCE: Final = re.compile(r"(\d+)\.\s+(.*)")


def read_article(file: str, source: str, *, sample: bool) -> Article:
    """Read article.md: a retelling's numbered sentences under `## Paragraph n`, or an original's plain paragraphs.

    Args:
        file: its name below the library's root.

    Raises:
        BrokenLibrary: with the line and what to mend.
    """
    if not source.strip():
        raise BrokenLibrary(file, 1, "The file is empty: fill it, or delete its folder.")
    source = line_ends(source)
    try:
        fields, body, first = front_matter(source)
    except BrokenArticle as error:
        raise BrokenLibrary(file, error.line or 1, str(error)) from error
    blame = _Blame(file, source, first)
    blame.check(fields)
    published = _published(fields.get("published", ""), blame)
    article = (
        _original(file, body, first, fields, blame) if fields["wording"] == Wording.ORIGINAL else _retelling(file, body, first, fields)
    )
    return replace(
        article,
        title=fields.get("title", ""),
        outlet=fields.get("outlet", ""),
        byline=fields.get("byline", ""),
        licence=fields.get("licence", ""),
        published=published,
        sentences=tuple(_dated(sentence, published) for sentence in article.sentences),
        sample=sample,
    )


def _dated(sentence: Sentence, published: date | datetime | None) -> Sentence:
    """The sentence with its relative dates resolved; as it is where the day of publication is not known."""
    if published is None:
        return sentence
    return replace(sentence, dates=tuple(resolve(mark, published) for mark in sentence.dates or dates(sentence.text)))


class _Blame:
    """Where the fields of a front matter stand."""

    def __init__(self, file: str, source: str, first: int) -> None:
        self.file = file
        self.lines = source.splitlines()[: first - 1]

    def broken(self, key: str, mend: str) -> BrokenLibrary:
        lines = (number for number, line in enumerate(self.lines, start=1) if line.partition(":")[0].strip().lower() == key)
        return BrokenLibrary(self.file, next(lines, 1), mend)

    def check(self, fields: Mapping[str, str]) -> None:
        for key in fields:
            if key not in _FIELDS:
                raise self.broken(key, f"“{key}” is not known here: {nearest(key, _FIELDS)}")
        for key in ("handle", "wording"):
            if not fields.get(key):
                raise self.broken(key, f"The front matter needs “{key}”: add a line “{key}: …” between the two lines of ---.")
        if fields["wording"] not in tuple(Wording):
            raise self.broken("wording", f"“{fields['wording']}” is not a wording: {nearest(fields['wording'], tuple(Wording))}")
        if not _HANDLE.fullmatch(fields["handle"]):
            raise self.broken("handle", f"“{fields['handle']}” is not a handle: small letters, digits and hyphens, such as “iraq”.")
        if fields["wording"] == Wording.RETELLING and not _ID.fullmatch(fields.get("id", "")):
            raise self.broken("id", "“id” must be the original's id: 64 digits of 0–9 and a–f. `standfirst ingest` shows it.")


def _published(written: str, blame: _Blame) -> date | datetime | None:
    if not written:
        return None
    try:
        if len(written) == len("2026-11-22"):
            return date.fromisoformat(written)
        moment = datetime.fromisoformat(written)
    except ValueError:
        moment = None
    if moment is None or moment.tzinfo is None:
        raise blame.broken("published", f"“{written}” is no date: write 2026-11-22, or 2026-11-22T06:52:00Z with its offset.")
    return moment


def _original(file: str, body: str, first: int, fields: Mapping[str, str], blame: _Blame) -> Article:
    try:
        article = read(body, handle=fields["handle"])
    except BrokenArticle as error:
        raise BrokenLibrary(file, first, str(error)) from error
    if fields.get("id", article.id) != article_id(body):
        raise blame.broken("id", f"The text below has another id: write id: {article.id}, or leave the line out.")
    return article


def _retelling(file: str, body: str, first: int, fields: Mapping[str, str]) -> Article:
    return Article(fields["id"], fields["handle"], _retold(file, body, first), Wording.RETELLING)


def _retold(file: str, body: str, first: int) -> tuple[Sentence, ...]:
    """The numbered sentences of a retelling; lines that begin with > are notes for whoever reads the file."""
    found: list[Sentence] = []
    paragraph = 0
    for number, line in enumerate(body.splitlines(), start=first):
        if not line.strip() or line.startswith(">"):
            continue
        if match := _PARAGRAPH.fullmatch(line):
            if int(match[1]) != paragraph + 1:
                raise BrokenLibrary(file, number, f"Paragraph {paragraph + 1} comes here, not {match[1]}.")
            paragraph += 1
        elif (match := _SENTENCE.fullmatch(line.strip())) and paragraph:
            if int(match[1]) != len(found) + 1:
                raise BrokenLibrary(file, number, f"Sentence {len(found) + 1} comes here, not {match[1]}.")
            found.append(Sentence(len(found) + 1, paragraph, match[2].strip()))
        else:
            raise BrokenLibrary(file, number, "This is neither “## Paragraph 1” nor a sentence such as “1. …” below one.")
    if not found:
        raise BrokenLibrary(file, first, "No sentence in it: write “## Paragraph 1”, and below it “1. …”.")
    return tuple(found)


def annotate(article: Article, file: str, source: str) -> Article:
    """The article with what sentences.toml says of its sentences.

    Raises:
        BrokenLibrary: with the line and what to mend.
    """
    top = toml_table(file, source)
    top.only("sentence")
    sentences = list(article.sentences)
    done: set[int] = set()
    for table in top.tables("sentence"):
        table.only("number", "hedges", "attributions", "figures")
        number = table.number("number")
        sentence = article.sentence(number)
        if sentence is None:
            raise table.broken(f"There is no sentence {number}: the article's are 1 to {len(sentences)}.", "number")
        if number in done:
            raise table.broken(f"Sentence {number} comes twice: put both together.", "number")
        done.add(number)
        sentences[number - 1] = replace(
            sentence,
            hedges=tuple(_hedge(each, sentence) for each in table.tables("hedges")),
            attributions=tuple(_attribution(each, sentence) for each in table.tables("attributions")),
            figures=tuple(_figure(each, sentence) for each in table.tables("figures")),
        )
    return replace(article, sentences=tuple(sentences))


def _hedge(table: Table, sentence: Sentence) -> Hedge:
    table.only("words", "of")
    return Hedge(_said(table, "words", sentence), _said(table, "of", sentence))


def _attribution(table: Table, sentence: Sentence) -> Attribution:
    table.only("words", "who", "of")
    return Attribution(_said(table, "words", sentence), table.text("who"), _said(table, "of", sentence))


def _figure(table: Table, sentence: Sentence) -> Figure:
    table.only("value", "noun", "unit", "hedge", "whose")
    unit, hedge, whose = (_said(table, key, sentence) if table.text(key, "") else "" for key in ("unit", "hedge", "whose"))
    return Figure(_said(table, "value", sentence), _said(table, "noun", sentence), unit, hedge, whose)


def _said(table: Table, key: str, sentence: Sentence) -> str:
    words = table.text(key)
    if not stands(words, sentence.text):
        raise table.broken(f"“{words}” does not stand in sentence {sentence.number}: “{sentence.text}”", key, words)
    return words
