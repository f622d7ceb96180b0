"""Every error raised on purpose; `str(error)` may be shown to a reader."""

from collections.abc import Sequence
from datetime import timedelta
from typing import Final

SHOWN_MAX: Final = 60  # characters of what somebody typed that an answer repeats


def shown(typed: str) -> str:
    """What somebody typed, fit to repeat in an answer: one line, printable, cut at `SHOWN_MAX` characters."""
    line = " ".join("".join(c if c.isprintable() else " " for c in typed).split())
    return line if len(line) <= SHOWN_MAX else line[: SHOWN_MAX - 1].rstrip() + "…"


class BriefsError(Exception):
    """Something that was foreseen: the message says what is wrong and what to do."""


class BadInput(BriefsError):
    """What was asked cannot be understood or is not allowed as it stands; the sentence says how to write it."""


class BrokenSettings(BadInput):
    """Settings that do not hold; each of the sentences names one, and what to write."""

    def __init__(self, sentences: Sequence[str]) -> None:
        super().__init__(" ".join(sentences))
        self.sentences = tuple(sentences)


class NotFound(BriefsError):
    """No such thing on our shelves.

    `option` is the option the name was given in, where it was not given plainly: what names the nearest instead.
    """

    def __init__(self, kind: str, asked: str, nearest: Sequence[str] = (), hint: str = "", option: str = "") -> None:
        offer = f" Did you mean {' or '.join(nearest)}?" if nearest else ""
        more = f" {hint}" if hint else ""
        super().__init__(f"No {kind} called “{shown(asked)}”.{offer}{more}")
        self.kind, self.asked, self.nearest, self.option = kind, asked, tuple(nearest), option


class NotAllowed(BriefsError):
    """The asker may not do this; the sentence says who may, and what to do next."""


class TooSoon(BriefsError):
    """It may be asked again after `wait`; the sentence says so."""

    def __init__(self, why: str, wait: timedelta) -> None:
        seconds = max(1, -(-wait // timedelta(seconds=1)))
        super().__init__(f"{why} Try again in {seconds} {'second' if seconds == 1 else 'seconds'}.")
        self.wait = wait


class Ungrounded(BriefsError):
    """A line rests on no sentence, or loses what its sentence says of who said it and how surely."""


class LineRefused(Ungrounded):
    """What a curator typed cannot stand beside the sentences it cites: why, and which sentences would bear it."""

    def __init__(self, reasons: Sequence[str], better: Sequence[int] = ()) -> None:
        hint = f" It would pass beside cites:{','.join(map(str, better))}." if better else ""
        super().__init__(f"This line was not saved. {' '.join(reasons)}{hint}")
        self.reasons, self.better = tuple(reasons), tuple(better)


class BrokenLibrary(BriefsError):
    """A file of a library cannot be used: which file, which line, and what to mend."""

    def __init__(self, file: str, line: int, mend: str) -> None:
        super().__init__(f"{file}, line {line}: {mend}")
        self.file, self.line, self.mend = file, line, mend


class BrokenArticle(BriefsError):
    """A file or paste cannot be read as an article; the sentence says why and what to do.

    `line` is the one to blame, counted from 1; 0 where it is not one line.
    """

    def __init__(self, mend: str, line: int = 0) -> None:
        super().__init__(mend)
        self.line = line


class Overtaken(BriefsError):
    """Somebody decided on the same thing meanwhile: the sentence says who did what, and that nothing of this was done."""

    def __init__(self, told: str, slug: str = "", *, by_asker: bool = False) -> None:
        super().__init__(f"{told} Nothing {'was done now' if by_asker else 'of yours was done'}: look at it as it stands now.")
        self.slug = slug


class Busy(BriefsError):
    """Somebody else is at it, and only one may be."""


class StorageDown(BriefsError):
    """The store cannot be reached, is full, or is damaged."""
