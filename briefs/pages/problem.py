"""What went wrong, in one sentence that says what to do."""

from briefs.errors import BriefsError, BrokenLibrary, NotFound, StorageDown
from briefs.message import Buttons, Message, Outcome, Prose, words
from briefs.pages.presses import press


def problem_page(error: BriefsError, command: str) -> Message:
    """Something foreseen: its sentence, and a press for each nearest thing.

    Args:
        command: what was asked, without its slash; empty where not even that was understood.
    """
    said = Prose(words(str(error)))
    if not isinstance(error, NotFound):
        outcome = Outcome.FAULT if isinstance(error, StorageDown | BrokenLibrary) else Outcome.BAD_INPUT
        return Message(str(error), (said,), outcome=outcome)
    pressed = (press(name, command, **{error.option: name}) if error.option else press(name, command, name) for name in error.nearest)
    row = tuple(pressed) if command else ()
    return Message(str(error), (said, Buttons(row)) if row else (said,), outcome=Outcome.NOT_FOUND)


def fault_page(number: str) -> Message:
    """Something nobody foresaw: only its number in the log."""
    text = f"Something went wrong on our side (fault {number}). It is in the log under that number; please try again."
    return Message(text, (Prose(words(text)),), outcome=Outcome.FAULT)
