"""The one hello in a new space, and what the bot reads and stores."""

from briefs.message import Buttons, Heading, Message, Prose, Section, Typed, Words, words
from briefs.message.parts import Line
from briefs.pages.presses import press

READS = (
    "What you type after one of its commands, and the buttons you press under its messages. It reads no other message.",
    "Where it looks whether a digest has arrived, the newest posts of that channel, for its own alone.",
)
STORES = (
    "For each digest: the channel, its time and zone, who asked for it, and whether each edition arrived.",
    "Long commands behind its buttons, and whether sharing is switched off here.",
    "Nothing of what you ask for, and no names of yours but that of whoever asked for a digest, as the platform's id.",
)


def hello_page() -> Message:
    """What a space is told once, when the bot comes in."""
    said = "Hello, this is Standfirst: news briefs of which you can check every line against the sentence it rests on."
    how = Prose((Words("Type "), Typed("/brief"), Words(" to read, or "), Typed("/standfirst help"), Words(" for everything it does.")))
    row = (
        press("See a sample", "brief"),
        press("Daily digest here", "digest subscribe"),
        press("What I read and store", "standfirst privacy"),
    )
    return Message(said, (Prose(words(said)), how, Buttons(row)), only_asker=False)


def privacy_page() -> Message:
    """What it reads and what it stores, in plain words."""
    title = "What this bot reads and stores"
    sections = (Section("It reads", tuple(map(_line, READS))), Section("It stores", tuple(map(_line, STORES))))
    return Message(f"{title}: only its own commands and digests.", (Heading(title), *sections))


def _line(text: str) -> Line:
    return Line(words(text))
