"""The one hello in a new space, and what the bot reads and stores."""

from briefs.message import Buttons, Heading, Message, Prose, Section, Typed, Words, words
from briefs.message.parts import Line
from briefs.pages.presses import press
from briefs.pages.wording import plural

READS = (
    "What you type after one of its commands, and the buttons you press under its messages. It reads no other message.",
    "Where it looks whether a digest has arrived, the newest posts of that channel, for its own alone.",
)
STORES = (
    "For each digest: the channel, its time and zone, who asked for it, and whether each edition arrived.",
    "Whether sharing is switched off here, and the command line behind a button where it is too long for the button.",
    "Of you, the platform's id where you asked for a digest. It keeps no log of what you read or ask for.",
    "Ask whoever runs this bot to have any of it deleted; removing the bot from here deletes all but the digests' records.",
)


def hello_page(resting: int = 0) -> Message:
    """What a space is told once, when the bot comes in.

    Args:
        resting: editions it had asked for before the bot was removed; they do not come again by themselves.
    """
    said = "Hello, this is Standfirst: news briefs of which you can check every line against the sentence it rests on."
    how = Prose((Words("Type "), Typed("/brief"), Words(" to read, or "), Typed("/standfirst help"), Words(" for everything it does.")))
    row = (
        press("See a sample", "brief"),
        press("Daily digest here", "digest subscribe"),
        press("What I read and store", "standfirst privacy"),
    )
    blocks = [Prose(words(said)), how]
    if resting:
        again = f"{plural(resting, 'digest')} of before {'rests' if resting == 1 else 'rest'}; in its channel, "
        blocks.append(Prose((Words(again), Typed("/digest resume"), Words(" lets it come again."))))
    return Message(said, (*blocks, Buttons(row)), only_asker=False)


def privacy_page() -> Message:
    """What it reads and what it stores, in plain words."""
    title = "What this bot reads and stores"
    sections = (Section("It reads", tuple(map(_line, READS))), Section("It stores", tuple(map(_line, STORES))))
    return Message(f"{title}: only its own commands and digests.", (Heading(title), *sections))


def _line(text: str) -> Line:
    return Line(words(text))
