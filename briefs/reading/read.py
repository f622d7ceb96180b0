"""From the text of an article to an Article with numbered sentences."""

from datetime import date, datetime

from briefs.article import Article, Sentence, article_id
from briefs.errors import BrokenArticle
from briefs.reading.sentences import split


def read(
    text: str,
    *,
    handle: str,
    title: str = "",
    outlet: str = "",
    byline: str = "",
    published: date | datetime | None = None,
    licence: str = "",
) -> Article:
    """Read an article: its id, its paragraphs and its sentences with their places in the untouched text.

    Args:
        text: the body, after any front matter.
        handle: the short name it should bear; the shelf makes it unique.

    Raises:
        BrokenArticle: there is no text in it.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").strip()
    spans = split(plain)
    if not spans:
        raise BrokenArticle("There is nothing to brief: no text in it.")
    sentences = tuple(Sentence(n, paragraph, plain[start:end], start, end) for n, (paragraph, start, end) in enumerate(spans, start=1))
    return Article(
        id=article_id(plain),
        handle=handle,
        sentences=sentences,
        title=title,
        outlet=outlet,
        byline=byline,
        published=published,
        licence=licence,
        text=plain,
    )
