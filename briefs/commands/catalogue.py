"""Every command, in the order of help; adapters mount this list and nothing else."""

from typing import Final

from briefs.commands.curate import ADD, ALSO, APPROVE, HERE, HOLD, LOG, OPEN, QUEUE, REJECT, RELEASE, UNDO
from briefs.commands.curate_after import CORRECT, CORRECTIONS, WITHDRAW
from briefs.commands.curate_cards import APART, CARD, MERGE, SPLIT
from briefs.commands.curate_lines import DROP, EDIT, MOVE, POINT, SET, SWAP
from briefs.commands.digests import DIGESTS
from briefs.commands.operating import ABOUT, DOCTOR, FORGET, PRIVACY, help_command
from briefs.commands.reading import BRIEF, ENTITY, FIND, SOURCE, TIMELINE
from briefs.commands.registry import Command
from briefs.commands.reporting import ANSWER, REPORTED, REPORTS, WRONG
from briefs.commands.sharing import SHARING, share_command

_READING: Final = (BRIEF, ENTITY, SOURCE, TIMELINE, FIND)
_CURATING: Final = (
    ADD,
    QUEUE,
    OPEN,
    EDIT,
    SWAP,
    POINT,
    DROP,
    MOVE,
    SET,
    APPROVE,
    HOLD,
    RELEASE,
    REJECT,
    ALSO,
    CARD,
    MERGE,
    APART,
    SPLIT,
    CORRECT,
    WITHDRAW,
    REPORTS,
    ANSWER,
    UNDO,
    LOG,
    HERE,
)
_OPERATING: Final = (SHARING, CORRECTIONS, WRONG, REPORTED, ABOUT, PRIVACY, FORGET, DOCTOR)
_KNOWN: Final = (*_READING, *DIGESTS, *_CURATING, *_OPERATING)
_REST: Final = (*_READING, *DIGESTS, *_CURATING, share_command((*_KNOWN, help_command(_KNOWN))), *_OPERATING)
CATALOGUE: Final[tuple[Command, ...]] = (*_REST, help_command(_REST))
