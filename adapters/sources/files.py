"""Articles from text files: bytes → text → front matter → Article."""

import codecs
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Final

from adapters.sources.front_matter import front_matter, line_ends
from briefs.article import Article
from briefs.errors import BrokenArticle, shown
from briefs.folding import cut_at_a_word
from briefs.message import whole
from briefs.reading import read

FIELDS: Final = ("title", "outlet", "byline", "published", "licence", "link")
FIELD_MAX: Final = 300  # characters of a title or an outlet
# Names of commands' options: what is typed after a command begins with none of them by accident.
OPTION_NAMES: Final = frozenset(
    (
        "page",
        "line",
        "part",
        "as",
        "switch",
        "size",
        "in",
        "compare",
        "name",
        "what",
        "words",
        "date",
        "entities",
        "sure",
        "until",
        "at",
        "tz",
        "days",
        "topics",
        "empty",
        "brief",
        "command",
        "about",
        "alias",
        "drop",
        "fact",
        "kind",
        "other",
        "remove",
        "rename",
        "tail",
        "unalias",
        "why",
        "also",
        "before",
        "cites",
        "draft",
        "file",
        "licence",
        "link",
        "new",
        "number",
        "of",
        "outlet",
        "reason",
        "said",
        "section",
        "slug",
        "text",
        "title",
        "updates",
        "v",
    )
)
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MARKUP: Final = re.compile(r"\s*<(?:!doctype|html|head|body|p|div|meta|script|svg|img|title|article)\b", re.IGNORECASE)
_ADDRESS: Final = re.compile(r"https://[A-Za-z0-9.-]+(?::\d+)?(?:[/?#][!-~]*)?")
NOTHING: Final[Mapping[str, str]] = {}
HANDLE_MAX: Final = 40  # characters
HANDLE_WORDS: Final = 5  # of a text without a title, of which its handle is made
_BINARY_SHARE: Final = 0.02  # control characters beyond this share of the text mean it is no text,
_BINARY_MIN: Final = 10  # when there are as many as these
_SAMPLE: Final = 20_000  # characters looked at
_JOINERS: Final = "\u200c\u200d"  # unseen, but scripts and emoji need them within a word
_BLANK: Final = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")  # no control characters, and yet unseen


@dataclass(frozen=True, slots=True)
class ReadFile:
    """An article read from a file, and what the person who gave it should look at."""

    article: Article
    remarks: tuple[str, ...]


def read_file(path: Path, *, max_bytes: int, now: datetime) -> ReadFile:
    """Read a text file with an optional front matter as an article.

    Args:
        max_bytes: a larger file is refused unread.
        now: an aware datetime; a publication date later than it is remarked on.

    Raises:
        BrokenArticle: it cannot be read as one; the sentence says why and what to do.
    """
    name = shown(path.name)
    try:
        if not path.is_file():
            raise BrokenArticle(f"{name}: no such file." if not path.exists() else f"{name}: not a file. Name text files.")
        size = path.stat().st_size
        if size > max_bytes:
            raise BrokenArticle(f"{name}: too large ({size:,} bytes; at most {max_bytes:,}, setting STANDFIRST_MAX_ARTICLE_BYTES).")
        raw = path.read_bytes()
    except OSError as error:
        raise BrokenArticle(f"{name}: cannot be read ({error.strerror or 'unknown reason'}).") from error
    try:
        return read_text(decode(raw), handle=handle_of(path.stem), now=now)
    except BrokenArticle as error:
        raise BrokenArticle(f"{name}: {error}") from error


def read_text(text: str, *, handle: str, now: datetime, given: Mapping[str, str] = NOTHING) -> ReadFile:
    """Read text with an optional front matter (title, outlet, byline, published, licence, link) as an article.

    Args:
        handle: empty: one made of its title or its first words.
        given: fields that go before those of the front matter.

    Raises:
        BrokenArticle: there is nothing to read, or the front matter is broken.
    """
    fields, body, _ = front_matter(line_ends(whole(text)))
    fields |= given
    if not body.strip():
        raise BrokenArticle("There is nothing to brief: no text in it.")
    if _MARKUP.match(body):
        raise BrokenArticle("It looks like a web page. Save the article's plain text and give that.")
    published = _published(fields)
    remarks = [f"“{shown(key)}” in the front matter is not known and was left out." for key in fields if key not in FIELDS]
    if published is not None and _moment(published) > now:
        remarks.append(f"It says it was published on {published.isoformat()}, which lies in the future: check the date.")
    article = read(
        body,
        handle=handle or handle_of(_seen(fields, "title") or " ".join(body.split()[:HANDLE_WORDS])),
        title=_seen(fields, "title"),
        outlet=_seen(fields, "outlet"),
        byline=fields.get("byline", ""),
        published=published,
        licence=fields.get("licence", ""),
        link=_link(fields),
    )
    return ReadFile(article, tuple(remarks))


def decode(raw: bytes) -> str:
    """The text of a file: a byte-order mark wins, then UTF-8, then Windows-1252 with U+FFFD for what it does not know.

    Raises:
        BrokenArticle: it is no text.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            text = raw.decode(encoding, "replace")
            break
    else:
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError:
            text = raw.decode("cp1252", "replace")
    controls = sum(unicodedata.category(c) == "Cc" and c not in "\n\r\t\f\v\x85" for c in text[:_SAMPLE])
    binary = controls >= _BINARY_MIN and controls > _BINARY_SHARE * min(len(text), _SAMPLE)
    if raw.startswith((b"PK\x03\x04", b"%PDF")) or "\x00" in text or binary:
        raise BrokenArticle("It is not a text file. Save the article as plain text (.txt or .md) and give that.")
    return text


def handle_of(stem: str) -> str:
    """A handle made from a file's name: lower case, letters, digits and hyphens; "article" where none are left.

    It is never the name of a command's option: "page" becomes "page-article".
    """
    plain = unicodedata.normalize("NFKD", stem).encode("ascii", "ignore").decode().casefold()
    handle = cut_at_a_word(re.sub(r"[^a-z0-9]+", "-", plain).strip("-"), HANDLE_MAX) or "article"
    return f"{handle}-article" if handle in OPTION_NAMES else handle


def _seen(fields: Mapping[str, str], key: str) -> str:
    """The field without what nobody sees; empty when that is all there is."""
    value = "".join(_shown(c) for c in fields.get(key, ""))
    plain = " ".join(value.split()).strip(_JOINERS)
    if len(plain) > FIELD_MAX:
        raise BrokenArticle(f"{key}: too long ({len(plain):,} characters; at most {FIELD_MAX}). Shorten it in the front matter.")
    return plain if any(c not in _JOINERS and not c.isspace() for c in plain) else ""


def _shown(character: str) -> str:
    if character in _JOINERS:
        return character
    if character in _BLANK or unicodedata.category(character) in {"Cf", "Cs"}:
        return ""
    return character if character.isprintable() else " "


def _link(fields: Mapping[str, str]) -> str:
    typed = fields.get("link", "").strip()
    if typed and not _ADDRESS.fullmatch(typed):
        raise BrokenArticle(f"link: “{shown(typed)}” is not an address. Write it like https://example.org/news, or leave it out.")
    return typed


def _published(fields: Mapping[str, str]) -> date | datetime | None:
    typed = fields.get("published", "").strip()
    if not typed:
        return None
    try:
        if re.fullmatch(r"\d{4}-\d{2}-\d{2}", typed):
            return date.fromisoformat(typed)
        moment = datetime.fromisoformat(typed)
    except ValueError:
        raise BrokenArticle(f"published: “{shown(typed)}” is not a date. Write it like 2026-11-22 or 2026-11-22T07:30+00:00.") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _moment(published: date | datetime) -> datetime:
    if isinstance(published, datetime):
        return published
    return datetime(published.year, published.month, published.day, tzinfo=UTC)
