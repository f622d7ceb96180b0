"""A message as JSON and back: what a frozen edition and `say --json` hold."""

from functools import cache

from pydantic import TypeAdapter

from briefs.message import Message


@cache
def _adapter() -> TypeAdapter[Message]:
    """Built on first use: most answers never need it."""
    return TypeAdapter(Message)


def to_json(message: Message) -> str:
    """The message as one line of JSON; the same message always gives the same text."""
    return _adapter().dump_json(message).decode()


def from_json(text: str) -> Message:
    """The message that `to_json` wrote.

    Raises:
        ValueError: the text is not such a message.
    """
    return _adapter().validate_json(text)
