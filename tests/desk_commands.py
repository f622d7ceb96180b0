"""A tiny catalogue with a command of every kind of option: a long text, a file, choices, an edit of one line."""

from dataclasses import dataclass, field

from briefs.commands.ask import Ask, Role
from briefs.commands.operating import help_command
from briefs.commands.registry import Command, Option
from briefs.desk.desk import Desk
from briefs.errors import BadInput
from briefs.message import Button, Buttons, Message, Prose, words
from briefs.pages.presses import asking, press, with_text

STANDS = "“We will see,” a spokesman said.\nHe named no date: none."


@dataclass
class Asked:
    """Whatever the commands were asked."""

    asks: list[Ask] = field(default_factory=list)

    async def take(self, ask: Ask, desk: Desk) -> Message:
        """Take it in; a title of "no" is refused."""
        if ask.options.get("title") == "no":
            raise BadInput("title: that says nothing. Write what happened.")
        self.asks.append(ask)
        return Message("Taken.", (Prose(words("Taken.")),))


async def _line(ask: Ask, desk: Desk) -> Message:
    """One line with its presses."""
    edit = asking(with_text(press("Edit", "desk edit", "iraq", line=3), "text", STANDS))
    again = with_text(press("Put it back", "desk edit", "iraq", line=3), "text", STANDS)
    page = press("Add an article", "desk add")
    return Message("Line 3", (Prose(words("Line 3")), Buttons((edit, Button("Put it back", again.command), page))))


def desk_commands(asked: Asked, who: Role | None = None) -> tuple[Command, ...]:
    """The catalogue; `who` is the role that all but help take."""
    add = Command(
        path=("desk", "add"),
        help="Take in an article",
        answer=asked.take,
        options=(
            Option("text", "The article, as it stands", required=True, long=True),
            Option("title", "Its headline", in_form=True),
            Option("outlet", "Who published it", in_form=True),
            Option("date", "When it was published", in_form=True),
            Option("kind", "news or other", choices=("news", "other")),
            Option("file", "A text file, .txt or .md", file=True),
        ),
        examples=("/desk add file:article.txt", "/desk add Two were seen."),
        who=who,
    )
    edit = Command(
        path=("desk", "edit"),
        help="Reword one line",
        answer=asked.take,
        options=(
            Option("what", "The brief", positional=True, required=True),
            Option("line", "Its number", number=True, required=True),
            Option("text", "How it shall read", required=True, long=True),
        ),
        examples=("/desk edit iraq line:3 text:Two were seen.",),
        who=who,
    )
    line = Command(path=("desk", "line"), help="One line with its presses", answer=_line, examples=("/desk line",), who=who)
    mine = (add, edit, line)
    return (*mine, help_command(mine))
