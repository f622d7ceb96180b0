"""The name of a delivery in Slack's history."""

from base64 import urlsafe_b64encode
from hashlib import sha256
from typing import Final

MARK_LENGTH: Final = 22  # characters of base64: 132 bits, so that two deliveries never share a mark


def mark_of(channel_id: str, key: str) -> str:
    """22 characters of A–Z a–z 0–9 - _ for a delivery's key in a channel; the same ones for ever.

    The key itself tells space, channel and edition, may be of any length and hold any character; a mark does not.
    """
    whole = f"{len(channel_id)}:{channel_id}{key}".encode("utf-8", "surrogatepass")
    return urlsafe_b64encode(sha256(whole).digest()).decode()[:MARK_LENGTH]
