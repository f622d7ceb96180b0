"""Every command, in the order of help; adapters mount this list and nothing else."""

from typing import Final

from briefs.commands.digests import DIGESTS
from briefs.commands.operating import ABOUT, help_command
from briefs.commands.reading import BRIEF, ENTITY, FIND, SOURCE, TIMELINE
from briefs.commands.registry import Command

_REST: Final = (BRIEF, ENTITY, SOURCE, TIMELINE, FIND, *DIGESTS, ABOUT)
CATALOGUE: Final[tuple[Command, ...]] = (*_REST, help_command(_REST))
