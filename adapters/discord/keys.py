"""The name of a delivery on Discord: what a send is told apart by, and what the history is searched for."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Final

MARK_LENGTH: Final = 22  # characters of base64: 132 bits, so that two deliveries never share a mark; a nonce may have 25


def mark_of(channel_id: str, key: str) -> str:
    """22 characters of A–Z a–z 0–9 - _ for a delivery's key in a channel; the same ones for ever.

    The channel is part of it because Discord tells nonces apart by author alone: the second channel of one edition would
    be answered with the first one's message, and get none.
    """
    whole = f"{len(channel_id)}:{channel_id}{key}".encode("utf-8", "surrogatepass")
    return urlsafe_b64encode(sha256(whole).digest()).decode()[:MARK_LENGTH]
