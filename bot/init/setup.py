"""What all steps of setting up share: who is asked, where answers go, what stands already."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bot.doctor.written import misplaced
from bot.envfile import read_env, save
from bot.init.asking import Questions, agreed
from bot.settings import Settings, in_environment
from briefs.errors import BadInput, BriefsError

T = TypeVar("T")


@dataclass(slots=True)
class Setup:
    """The setting up as far as it has got.

    Args:
        env: the file `.env`, whether it is there or not.
        settings: as they were at the start.
        saved: what finished steps have saved, in words.
    """

    asked: Questions
    env: Path
    settings: Settings
    saved: list[str] = field(default_factory=list)

    def standing(self, name: str) -> str:
        """The value a setting has, in the environment or the file; empty where it has none."""
        return in_environment().get(name) or read_env(self.env).value(name)

    def is_fixed(self, name: str) -> bool:
        """Whether the environment says it, so that whatever stands in the file counts for nothing."""
        return bool(in_environment().get(name))

    def save(self, what: str, changes: Mapping[str, str]) -> None:
        """Save a step's answers, all in one; those that stand already, or that the environment fixes, are left alone.

        Raises:
            BadInput: the file cannot be written.
        """
        new = {name: value for name, value in changes.items() if not self.is_fixed(name) and read_env(self.env).value(name) != value}
        if new:
            save(self.env, new)
            self.saved.append(what)
            self.asked.say(f"✓ {what[0].upper()}{what[1:]}: saved in {self.env}.")


def tested(setup: Setup, name: str, question: str, test: Callable[[str], T]) -> tuple[str, T] | None:
    """A token that the platform took, with what the test gave; None where it was left out.

    One that stands already is tried first, and gives way only to another that was taken, where that is wanted. No token is
    shown or remembered.

    Args:
        test: asks the platform; raises BriefsError with what is wrong.
    """
    kept: tuple[str, T] | None = None
    if standing := setup.standing(name):
        place = "the environment, which wins over .env" if setup.is_fixed(name) else str(setup.env)
        setup.asked.say(f"One stands already in {place}; trying it.")
        kept = _tried(setup, name, standing, test)
        if setup.is_fixed(name):
            if kept is None:
                setup.asked.say(f"Change {name} in the environment, then run standfirst init again.")
            return kept
        if kept is not None and agreed(setup.asked, "Keep it?"):
            return kept
        if kept is None and not agreed(setup.asked, "Replace it?"):
            return None
    while typed := setup.asked.hidden(question):
        if (result := _tried(setup, name, typed, test)) is not None:
            return result
    return kept


def _tried(setup: Setup, name: str, token: str, test: Callable[[str], T]) -> tuple[str, T] | None:
    """The token and what the test gave; what is wrong with it is said, and then there is None."""
    try:
        if wrong := misplaced(name, token):
            raise BadInput(wrong)
        if not token.isascii() or not token.isprintable() or " " in token or set(token) & set("'\"#$\\"):
            raise BadInput("That is no token: it has blanks or signs that none has. Copy it again.")
        return token, test(token)
    except BriefsError as error:
        setup.asked.say(f"✗ {error}")
        return None
