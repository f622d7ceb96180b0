"""What an adapter can do for its readers, declared beside each adapter; a contract test tries it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """How much a platform takes at once.

    Args:
        what: a few words, with the unit.
        most: the platform's own limit; 0: none.
        used: how much of it we use.
    """

    what: str
    most: int
    used: int


@dataclass(frozen=True, slots=True)
class Abilities:
    """How an adapter does what readers may expect of it, in a few words each; empty: it does not.

    Args:
        private: an answer is seen only by whoever asked.
        forms: a command that lacks something asks for it, and a press that changes words begins with those that stand.
        long_text: a text of several lines is taken.
        files: a text file is taken.
        suggestions: values are offered while somebody types.
        turning: pages of an answer are turned where it stands.
        threads: an answer can be opened in a thread.
        finds: a post is found again after a restart.
        edits: a post can be put right where it stands.
        directs: one person can be told something, and it is found again.
        addresses: a post has an address that can be opened.
        limits: what is taken at once, the most telling first.
    """

    private: str
    forms: str
    long_text: str
    files: str
    suggestions: str
    turning: str
    threads: str
    finds: str
    edits: str
    directs: str
    addresses: str
    limits: tuple[Limit, ...] = ()
