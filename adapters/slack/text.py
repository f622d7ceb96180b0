"""Words and spans as Slack shows them: letter for letter, and never as its syntax.

Words from outside stand in `rich_text` and `plain_text`, where nothing is syntax, so they are sent as they are: no
escaping, no substitutes. They stand in `mrkdwn` only if no character of them could be syntax there, since `mrkdwn` has
no escape for its marks; and then `verbatim` keeps names and addresses from turning into mentions and links.
"""

import re
import unicodedata
from datetime import datetime
from typing import Any, Final, TypeAlias, assert_never
from zoneinfo import ZoneInfo

from adapters.slack.limits import CONTEXT_ELEMENTS_MAX, PERSON_BUDGET, SUMMARY_BUDGET, TEXT_MAX
from briefs.message import Channel, Hedged, Label, Line, Link, Moment, Person, Rich, Said, Span, Typed, Words

Payload: TypeAlias = dict[str, Any]  # a JSON object of Slack's

MORE: Final = "…"
CHANNEL_ID: Final = re.compile(r"[CGD][A-Z0-9]{2,}")
DATE: Final = "{date_short} {time}"  # shown in the zone of the reader's device
_MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")  # in English on every machine

# What could be syntax in mrkdwn: marks and their full-width twins, which Slack reads as well; a colon that could begin
# an emoji's name; the words that call everyone.
_LIVE: Final = re.compile("[*＊_＿~～`｀&<>＞]|[:：](?=\\S)|[@＠](?=here|channel|everyone)", re.IGNORECASE)
_OPENS: Final = ("", " ", "(")  # after these a mark opens a style for sure
_CLOSES: Final = ("", " ", ".", ",", ";", "!", "?", ")")  # and before these one closes it

# In the notification text there is nothing but mrkdwn; marks give way to letters that look like them.
_ALIKE: Final = str.maketrans({"*": "∗", "＊": "﹡", "_": "ˍ", "＿": "⸏", "~": "∼", "～": "〜", "`": "ˋ", "｀": "ˋ"})
_CALLS: Final = re.compile(r"[@＠](?=\w)")
_NAMES_CHANNEL: Final = re.compile(r"[#＃](?=\w)")
_COLON: Final = re.compile("[:：](?=//|[^\\s:：]+[:：])")
_QUOTES: Final = re.compile(r"^\s*[>＞]")

_RTL: Final = "\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff"
_RTL_RUN: Final = re.compile(f"[{_RTL}](?:\\W*[{_RTL}])*")
_HOLDS_ON: Final = re.compile("[\u200c\u200d\ufe0e\ufe0f\U0001f3fb-\U0001f3ff]")  # belongs to the character before it
_FLAG_HALF: Final = re.compile("[\U0001f1e6-\U0001f1ff]*$")


def escape(text: str) -> str:
    """The text with `&`, `<` and `>` as Slack's three entities."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def size(text: str) -> int:
    """How long the text is once escaped: UTF-16 units, which are never fewer than code points."""
    units = len(text) if text.isascii() else len(text.encode("utf-16-le")) // 2
    return units + 4 * text.count("&") + 3 * (text.count("<") + text.count(">"))


def isolated(text: str) -> str:
    """The text with its right-to-left runs between U+2068 and U+2069, so that they reorder nothing around them."""
    return text if text.isascii() else _RTL_RUN.sub("\u2068\\g<0>\u2069", text)


def shortened(text: str, most: int) -> str:
    """The text isolated, in a size of at most `most`: cut after a word, with "…" behind it."""
    if size(whole := isolated(text)) <= most:
        return whole
    room, short = most, isolated(_cut(text, most))
    while (over := size(short) - most) > 0:  # isolating has made it longer
        room -= over
        short = isolated(_cut(text, room)) if room > 1 else MORE
    return short


def _cut(text: str, room: int) -> str:
    """The text in a size of at most `room`, "…" included; never within a character that others make up."""
    if size(text) <= room:
        return text
    end = min(room - 1, len(text))
    while size(text[:end]) > room - 1:
        end -= max(1, (size(text[:end]) - room) // 5)  # no character is larger than five
    word = text[: end + 1].rfind(" ")
    if word >= end // 2 > 0:
        return text[:word].rstrip(" ,;:") + MORE
    whole = end
    while whole and (unicodedata.combining(text[whole]) or _HOLDS_ON.match(text[whole]) or text[whole - 1] == "\u200d"):
        whole -= 1
    if _FLAG_HALF.match(text[whole : whole + 1]) and len(_FLAG_HALF.search(text[:whole])[0]) % 2:  # type: ignore[index]  # always matches
        whole -= 1
    return text[: whole or end] + MORE


def summary_text(summary: str) -> str:
    """The message's `text`, escaped, for notifications and screen readers; never empty, at most `SUMMARY_BUDGET`.

    It can style nothing and call nobody, whatever parsing is on: marks are replaced by letters that look like them. What
    is quoted stands in the blocks, as it is.
    """
    text = _QUOTES.sub("›", summary.translate(_ALIKE))
    text = _NAMES_CHANNEL.sub("﹟", _CALLS.sub("﹫", _COLON.sub("∶", text))).strip()
    short = shortened(text, SUMMARY_BUDGET)
    if short != isolated(text):
        stop = max(short.rfind(mark) for mark in (". ", "! ", "? "))
        short = f"{short[: stop + 1]} {MORE}" if stop > len(short) // 2 else short
    return escape(short) or MORE


def plain_text(text: str, most: int = TEXT_MAX) -> Payload:
    """A `plain_text` object of at most `most`, in which no emoji's name becomes one; never empty."""
    return {"type": "plain_text", "text": shortened(text, most) if text.strip() else MORE, "emoji": False}


def bold_text(text: str) -> Payload:
    """A text object in bold, or in plain letters where one of them could be syntax; never cut."""
    if not text.strip() or _LIVE.search(text):
        return {"type": "plain_text", "text": isolated(text), "emoji": False}
    return _mrkdwn(f"*{isolated(text.strip())}*")


def words(text: str, style: str = "") -> list[Payload]:
    """The text as an element of rich_text, none where it is empty.

    Args:
        style: "bold", "italic", "code", or none.
    """
    if not text:
        return []
    # What is to be typed is copied as well, and must have no character that was not there.
    element: Payload = {"type": "text", "text": text if style == "code" else isolated(text)}
    return [element | {"style": {style: True}} if style else element]


def rich(spans: Rich) -> list[Payload]:
    """The spans as elements of rich_text; may be empty."""
    return joined([element for span in spans for element in _rich(span)])


def cited(line: Line) -> list[Payload]:
    """The line as elements of rich_text and behind it the sentences it rests on: … [4, 5]."""
    told = rich(line.spans)
    if line.cites:
        told += words(f"{' ' if told else ''}[{', '.join(line.cites)}]")
    return joined(told)


def joined(elements: list[Payload]) -> list[Payload]:
    """The elements with neighbours of one style made one."""
    told: list[Payload] = []
    for element in elements:
        before = told[-1] if told else {}
        if element["type"] == before.get("type") == "text" and element.get("style") == before.get("style"):
            told[-1] = before | {"text": before["text"] + element["text"]}
        else:
            told.append(element)
    return told


def small(spans: Rich) -> list[Payload] | None:
    """The spans as elements of a context block; may be empty. None where a context block would need too many.

    One mrkdwn object where no character could be syntax; else the words as plain text, with a date of its own between.
    """
    plains = [_plain(span) for span in spans]
    if not any(plain.strip() for plain in plains):
        return []
    if not _LIVE.search("".join(" " if isinstance(span, Moment) else plain for span, plain in zip(spans, plains, strict=True))):
        return [_mrkdwn("".join(_marked(spans, plains, place) for place in range(len(spans))))]
    elements: list[Payload] = []
    words_so_far = ""
    for span, plain in zip(spans, plains, strict=True):
        if isinstance(span, Moment):
            elements += [*_plain_element(words_so_far), _mrkdwn(_date_token(span))]
            words_so_far = ""
        else:
            words_so_far += plain
    elements += _plain_element(words_so_far)
    return elements if len(elements) <= CONTEXT_ELEMENTS_MAX else None


def plain_words(spans: Rich) -> str:
    """The spans as words alone."""
    return "".join(map(_plain, spans))


def _rich(span: Span) -> list[Payload]:  # noqa: PLR0911 one branch a span
    match span:
        case Words(text):
            return words(text)
        case Said(text):
            return words(text, "italic")
        case Hedged(text) | Label(text):
            return words(text, "bold")
        case Typed(text):
            return words(text, "code")
        case Person():
            return words(_plain(span))
        case Link(text, address):
            return [{"type": "link", "url": address, "text": text}] if address.startswith("https://") and text.strip() else words(text)
        case Channel(channel):
            return [{"type": "channel", "channel_id": channel}] if CHANNEL_ID.fullmatch(channel) else words(channel)
        case Moment(at):
            return [{"type": "date", "timestamp": int(at.timestamp()), "format": DATE, "fallback": _plain(span)}]
        case _:
            assert_never(span)


def _plain(span: Span) -> str:
    match span:
        case Moment(at, zone):
            return _written(at, ZoneInfo(zone))
        case Person(user, name):
            return _cut(name if name.strip() else user, PERSON_BUDGET)
        case Channel(channel):
            return channel
        case _:
            return span.text


def _marked(spans: Rich, plains: list[str], place: int) -> str:
    """One span of mrkdwn; its style is left out where its marks might be shown instead of read."""
    span, plain = spans[place], plains[place]
    if isinstance(span, Moment):
        return _date_token(span)
    mark = "_" if isinstance(span, Said) else "`" if isinstance(span, Typed) else "*" if isinstance(span, Hedged | Label) else ""
    core = plain.strip()
    before = ("".join(plains[:place]) + plain[: len(plain) - len(plain.lstrip())])[-1:]
    after = (plain[len(plain.rstrip()) :] + "".join(plains[place + 1 :]))[:1]
    if not mark or not core or before not in _OPENS or after not in _CLOSES:
        return isolated(plain)
    start = plain.index(core)
    return f"{plain[:start]}{mark}{core if mark == '`' else isolated(core)}{mark}{plain[start + len(core) :]}"


def _mrkdwn(text: str) -> Payload:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _plain_element(text: str) -> list[Payload]:
    return [{"type": "plain_text", "text": isolated(text.strip()), "emoji": False}] if text.strip() else []


def _date_token(moment: Moment) -> str:
    return f"<!date^{int(moment.at.timestamp())}^{DATE}|{_plain(moment)}>"


def _written(at: datetime, zone: ZoneInfo) -> str:
    """A moment with its zone, named as people do, for where Slack shows no date of its own: 22 Nov 2026 06:52 London."""
    local = at.astimezone(zone)
    place = "UTC" if zone.key in {"UTC", "Etc/UTC"} else zone.key if zone.key.startswith("Etc/") else zone.key.rpartition("/")[2]
    return f"{local.day} {_MONTHS[local.month - 1]} {local.year} {local:%H:%M} {place.replace('_', ' ')}"
