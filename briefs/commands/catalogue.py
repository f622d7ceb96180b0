"""Every command, in the order of help; adapters mount this list and nothing else."""

from typing import Final

from briefs.commands.digests import DIGESTS
from briefs.commands.operating import ABOUT, DOCTOR, PRIVACY, help_command
from briefs.commands.reading import BRIEF, ENTITY, FIND, SOURCE, TIMELINE
from briefs.commands.registry import Command
from briefs.commands.sharing import SHARING, share_command

_READING: Final = (BRIEF, ENTITY, SOURCE, TIMELINE, FIND)
_KNOWN: Final = (*_READING, *DIGESTS, SHARING, ABOUT, PRIVACY, DOCTOR)
_REST: Final = (*_READING, *DIGESTS, share_command((*_KNOWN, help_command(_KNOWN))), SHARING, ABOUT, PRIVACY, DOCTOR)
CATALOGUE: Final[tuple[Command, ...]] = (*_REST, help_command(_REST))
