"""What this adapter can do for its readers."""

from typing import Final

from adapters.slack.limits import (
    ACTIONS_ELEMENTS_MAX,
    BLOCK_TEXT_BUDGET,
    BLOCK_TEXT_SEEN_MAX,
    BLOCKS_BUDGET,
    BUTTON_VALUE_MAX,
    MESSAGE_BLOCKS_MAX,
    OPTIONS_BUDGET,
    PLAIN_INPUT_MAX,
    SELECT_OPTIONS_MAX,
)
from briefs.ports.abilities import Abilities, Limit

ABILITIES: Final = Abilities(
    private="ephemeral messages",
    forms="modals",
    long_text=f"in a modal, {PLAIN_INPUT_MAX:,} characters, or behind the command",
    files="attached to a modal",
    suggestions="in the menus of a modal; Slack offers none behind a typed command",
    turning="the message is replaced",
    threads="Open in a thread",
    finds="by the id of its first block",
    edits="at any time",
    directs="direct messages of the app",
    addresses="permalinks",
    limits=(
        Limit("characters of text in a message's blocks", BLOCK_TEXT_SEEN_MAX, BLOCK_TEXT_BUDGET),
        Limit("blocks in a message", MESSAGE_BLOCKS_MAX, BLOCKS_BUDGET),
        Limit("buttons in a block", ACTIONS_ELEMENTS_MAX, ACTIONS_ELEMENTS_MAX),
        Limit("choices in a menu", SELECT_OPTIONS_MAX, OPTIONS_BUDGET),
        Limit("characters behind a button; a longer command is kept under a short id", BUTTON_VALUE_MAX, BUTTON_VALUE_MAX),
    ),
)
