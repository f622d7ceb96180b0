"""What went wrong, in one sentence that says what to do."""

from briefs.errors import BriefsError, BrokenLibrary, NotFound, Overtaken, StorageDown
from briefs.message import Buttons, Message, Outcome, Prose, words
from briefs.pages.presses import press


def problem_page(error: BriefsError, command: str) -> Message:
    """Something foreseen: its sentence, and a press for each nearest thing.

    Args:
        command: what was asked, without its slash; empty where not even that was understood.
    """
    said = Prose(words(str(error)))
    if isinstance(error, Overtaken) and error.slug:
        look = Buttons((press("As it stands now", "curate open", error.slug), press("What was decided", "curate log", error.slug)))
        return Message(str(error), (said, look), outcome=Outcome.BAD_INPUT)
    if not isinstance(error, NotFound):
        outcome = Outcome.FAULT if isinstance(error, StorageDown | BrokenLibrary) else Outcome.BAD_INPUT
        return Message(str(error), (said,), outcome=outcome)
    command = "curate open" if command and error.kind == "draft" else command  # a draft is looked at before anything is done to it
    pressed = (press(name, command, **{error.option: name}) if error.option else press(name, command, name) for name in error.nearest)
    row = tuple(pressed) if command else ()
    return Message(str(error), (said, Buttons(row)) if row else (said,), outcome=Outcome.NOT_FOUND)


def reader_page(error: BriefsError) -> Message:
    """As `problem_page`, where it is not known who reads it: nothing that is only for whoever runs the installation."""
    return store_page() if isinstance(error, StorageDown) else problem_page(error, "")


def store_page() -> Message:
    """The store cannot be reached, as those are told who can do nothing about it: its own sentence is in the log."""
    text = "What I keep cannot be reached just now, so there is no answer. Nothing is lost; please try again in a minute."
    return Message(text, (Prose(words(text)),), outcome=Outcome.FAULT)


def fault_page(number: str) -> Message:
    """Something nobody foresaw: only its number in the log."""
    text = f"Something went wrong on our side (fault {number}). It is in the log under that number; please try again."
    return Message(text, (Prose(words(text)),), outcome=Outcome.FAULT)
