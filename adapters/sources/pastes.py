"""Articles as somebody gives them in a chat: pasted, or attached as a text file."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from adapters.sources.files import decode, handle_of, read_text
from briefs.errors import BrokenArticle
from briefs.ports import Given


@dataclass(frozen=True, slots=True)
class Pastes:
    """See the port `ArticleSource`.

    Args:
        max_bytes: a larger text is refused.
    """

    max_bytes: int

    def read(self, given: str | bytes, *, name: str, fields: Mapping[str, str], now: datetime) -> Given:
        """See the port."""
        raw = given.encode("utf-8", "surrogatepass") if isinstance(given, str) else given
        if len(raw) > self.max_bytes:
            most = f"an article has at most {self.max_bytes:,} (setting STANDFIRST_MAX_ARTICLE_BYTES)"
            raise BrokenArticle(f"It is too large: {len(raw):,} bytes, and {most}.")
        text = given if isinstance(given, str) else decode(given)
        found = read_text(text, handle=handle_of(PurePath(name).stem) if name else "", now=now, given=fields)
        return Given(found.article, found.remarks)
