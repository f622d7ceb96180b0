"""Questions to whoever sets the bot up: with a line editor at a terminal, from plain lines where there is none."""

import sys
from collections.abc import Sequence
from getpass import getpass
from typing import Protocol

from bot.started import as_started

YES, NO = "y", "n"


class Questions(Protocol):
    """Something that asks. What is asked raises `EOFError` where nobody is there to answer any more."""

    def say(self, text: str = "") -> None:
        """Tell something; several lines are fine."""
        ...

    def ask(self, question: str) -> str:
        """What was typed, without blanks around it; empty where only Enter was pressed."""
        ...

    def hidden(self, question: str) -> str:
        """As `ask`; what is typed is neither shown nor remembered."""
        ...


class Lines:
    """Plain lines; see `Questions`."""

    def say(self, text: str = "") -> None:
        """See the protocol."""
        print(as_started(text), flush=True)

    def ask(self, question: str) -> str:
        """See the protocol."""
        print(f"{question} ", end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        if not sys.stdin.isatty():
            print(flush=True)  # nobody has pressed Enter on the screen
        return line.strip()

    def hidden(self, question: str) -> str:
        """See the protocol."""
        return getpass(f"{question} ").strip() if sys.stdin.isatty() else self.ask(question)


class Terminal:
    """A line editor; see `Questions`. Every question has its own, so that no token can be called back with the arrow keys."""

    def say(self, text: str = "") -> None:
        """See the protocol."""
        print(as_started(text), flush=True)

    def ask(self, question: str) -> str:
        """See the protocol."""
        from prompt_toolkit import prompt

        return prompt(f"{question} ").strip()

    def hidden(self, question: str) -> str:
        """See the protocol. A star for each character shows that a paste has come."""
        from prompt_toolkit import prompt

        return prompt(f"{question} ", is_password=True).strip()


def questions() -> Questions:
    """Whatever can be asked here."""
    return Terminal() if sys.stdin.isatty() and sys.stdout.isatty() else Lines()


def agreed(asked: Questions, question: str, *, otherwise: bool = True) -> bool:
    """Yes or no; Enter is what `otherwise` says."""
    while True:
        typed = asked.ask(f"{question} [{'Y/n' if otherwise else 'y/N'}]").casefold()
        if not typed:
            return otherwise
        if typed[0] in {YES, NO}:
            return typed[0] == YES
        asked.say("Type y or n.")


def chosen(asked: Questions, question: str, names: Sequence[str]) -> tuple[str, ...]:
    """Some of those names, by name or number counted from 1, with blanks or commas between; "all", "none", or Enter for all."""
    while True:
        typed = asked.ask(question).casefold().replace(",", " ").split()
        if not typed or typed[0] in {"all", "both"}:
            return tuple(names)
        if typed == ["none"]:
            return ()
        numbered = {str(number): name for number, name in enumerate(names, start=1)}
        found = [numbered.get(word) or next((name for name in names if name == word), "") for word in typed]
        if all(found):
            return tuple(dict.fromkeys(found))
        asked.say(f"Type {', '.join(f'{number} or {name}' for number, name in numbered.items())}, both, or none.")
