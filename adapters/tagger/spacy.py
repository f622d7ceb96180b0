"""spaCy as a proposer of names; it and its model are installed apart (the extra "tagger")."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from importlib import import_module
from typing import Any, Final

from briefs.entity import Kind, Span

MODEL: Final = "en_core_web_sm"
# The labels of spaCy's English models (OntoNotes 5) that are names; dates, amounts and the like are not.
_KINDS: Final[dict[str, Kind | None]] = {
    "PERSON": Kind.PERSON,
    "ORG": Kind.ORGANISATION,
    "GPE": Kind.PLACE,
    "LOC": Kind.PLACE,
    "FAC": Kind.PLACE,
    "NORP": None,
    "PRODUCT": None,
    "EVENT": None,
    "WORK_OF_ART": None,
    "LAW": None,
}

Pipe = Callable[[Iterable[str]], Iterable[Any]]


class SpacyNames:
    """A spaCy pipeline as a `NameFinder`.

    Args:
        pipe: the pipeline's own `pipe`: texts in, documents with `ents` out.
    """

    def __init__(self, pipe: Pipe) -> None:
        self._pipe = pipe

    @classmethod
    def load(cls, model: str = MODEL) -> "SpacyNames":
        """Load a model by its name; takes a second, and some 100 MB.

        Raises:
            ImportError: spaCy is not installed.
            OSError: the model is not.
        """
        pipeline = import_module("spacy").load(model)
        return cls(pipeline.pipe)

    async def find(self, sentences: Sequence[str]) -> tuple[tuple[Span, ...], ...]:
        """See the port."""
        return await asyncio.to_thread(self._find, sentences)

    def _find(self, sentences: Sequence[str]) -> tuple[tuple[Span, ...], ...]:
        return tuple(
            tuple((name.start_char, name.end_char, _KINDS[name.label_]) for name in document.ents if name.label_ in _KINDS)
            for document in self._pipe(sentences)
        )
