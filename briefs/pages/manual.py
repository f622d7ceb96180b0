"""Help, and what the bot says of itself."""

from collections.abc import Sequence

from briefs.message import Block, Buttons, Heading, Label, Manual, Message, Prose, Usage, Words, words
from briefs.pages.presses import press

PROMISES = (
    "Every line rests on numbered sentences of its source, and one press shows them.",
    "Who said it, and how surely, is never trimmed away.",
    "Look-alike names are never merged; a doubtful name is a question.",
    "A curator approves what you see.",
    "A digest comes at the channel's own local time.",
)


def help_page(topic: str, commands: Sequence[Usage]) -> Message:
    """How the commands are written, with lines to try."""
    title = f"Help: /{topic}" if topic else "Standfirst: briefings you can check"
    blocks: list[Block] = [Heading(title)]
    if not topic:
        blocks.append(
            Prose(
                (
                    Label("How to write it:"),
                    Words(' /verb what key:value. "Quotes" keep words together. One explained: /standfirst help VERB.'),
                )
            )
        )
    blocks.append(Manual(tuple(commands)))
    if not topic:
        blocks.append(Buttons((press("Briefs", "brief"), press("About", "standfirst about"))))
    return Message(title, tuple(blocks))


def about_page(version: str, running: str, *, sample: bool) -> Message:
    """What it is, what it promises, what it runs on."""
    blocks: list[Block] = [
        Heading(f"Standfirst {version}"),
        Prose(words("Briefs and entity cards made from news articles, on your command and in a daily digest.")),
    ]
    blocks += [Prose(words(f"{number}. {promise}")) for number, promise in enumerate(PROMISES, start=1)]
    if sample:
        note = "What you see is the bundled SAMPLE: our own retelling of one article, made to show how it works. It is no news."
        blocks.append(Prose((Label("SAMPLE:"), Words(f" {note}"))))
    blocks.append(Prose(words(running)))
    return Message(f"Standfirst {version}: briefings you can check.", tuple(blocks))
