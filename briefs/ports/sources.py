"""The port of whatever makes an article of what somebody gives."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from briefs.article import Article


@dataclass(frozen=True, slots=True)
class Given:
    """An article as read, and what whoever gave it should look at, a sentence each."""

    article: Article
    remarks: tuple[str, ...] = ()


class ArticleSource(Protocol):
    """Makes articles of pastes and files."""

    def read(self, given: str | bytes, *, name: str, fields: Mapping[str, str], now: datetime) -> Given:
        """The article that a text, or a text file's content, is; a front matter may say what `fields` do not.

        Args:
            name: a file's; empty for a paste, whose handle follows from its title or its first words.
            fields: title, outlet, byline, published, licence and link, as typed; those that are there go before the front matter.
            now: aware; a publication date later than it is remarked on.

        Raises:
            BrokenArticle: it cannot be read as one; the sentence says why and what to do.
        """
        ...
