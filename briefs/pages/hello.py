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
    "What you share with a channel: the post, your name and id, so that a correction of what it says reaches it, too.",
    "What you report as wrong: your words, the line, the channel and your id, so that you can be told what came of it.",
    "Of curators: articles they give, drafts, and each decision with its name, moment and reason, what stood before and after.",
    "Of you, the platform's id where you asked for a digest, shared or reported something. It keeps no log of what you read or ask for.",
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
    curating = (
        Words("Whoever curates: give an article with "),
        Typed("/curate add"),
        Words(". Drafts to review go to the curators' own chats until one of them types "),
        Typed("/curate here"),
        Words(" in a channel."),
    )
    blocks = [Prose(words(said)), how, Prose(curating)]
    if resting:
        again = f"{plural(resting, 'digest')} of before {'rests' if resting == 1 else 'rest'}; in its channel, "
        blocks.append(Prose((Words(again), Typed("/digest resume"), Words(" lets it come again."))))
    return Message(said, (*blocks, Buttons(row)), only_asker=False)


def privacy_page(*, rejected: int, reports: int, ledger: int) -> Message:
    """What it reads, what it stores, for how long, and how to be forgotten, in plain words.

    Args:
        rejected, reports, ledger: for how many days drafts that were rejected, reports that were answered, and records of
            what was posted are kept; 0: for ever.
    """
    title = "What this bot reads and stores"
    kept = (
        f"Drafts that were rejected: {_days(rejected)}. Reports, once they are answered: {_days(reports)}.",
        f"Records of what was posted, with its words: {_days(ledger)}; of each digest the last fourteen stay.",
        "Briefs, cards and the log of decisions, until whoever runs this bot deletes them.",
    )
    own = (
        "/standfirst forget shows what is kept of you, and deletes it when you say so.",
        "Removing the bot from here deletes its notes on this place; the digests rest, and their records stay as said above.",
    )
    told = {"It reads": READS, "It stores": STORES, "It keeps": kept, "It forgets": own}
    sections = tuple(Section(name, tuple(map(_line, lines))) for name, lines in told.items())
    return Message(f"{title}: only its own commands, digests and what you report.", (Heading(title), *sections))


def _days(days: int) -> str:
    return f"{plural(days, 'day')}" if days else "for ever"


def _line(text: str) -> Line:
    return Line(words(text))
