"""All the words of a neutral message, for tests that look for some."""

from dataclasses import fields, is_dataclass

from briefs.message import Message


def words_of(message: Message) -> str:
    """Every text in a message, summary first, in reading order; citations in brackets."""
    return " ".join(_texts(message))


def _texts(part: object) -> list[str]:
    if isinstance(part, str):
        return [part]
    if isinstance(part, tuple):
        return [text for item in part for text in _texts(item)]
    if is_dataclass(part):
        return [text for f in fields(part) if f.name not in {"kind", "outcome"} for text in _texts(getattr(part, f.name))]
    return []
