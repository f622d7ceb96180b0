"""What this adapter can do for its readers."""

from typing import Final

from adapters.discord.limits import (
    AUTOCOMPLETE_MAX,
    COMPONENTS_BUDGET,
    COMPONENTS_MAX,
    CUSTOM_ID_MAX,
    OPTIONS_MAX,
    ROW_BUTTONS_MAX,
    TEXT_BUDGET,
    TEXT_INPUT_MAX,
    TEXT_MAX,
)
from briefs.ports.abilities import Abilities, Limit

ABILITIES: Final = Abilities(
    private="ephemeral replies",
    forms="modals",
    long_text=f"in a modal, {TEXT_INPUT_MAX:,} characters",
    files="attached to a command or to a modal",
    suggestions="autocomplete of options",
    turning="the reply is edited",
    threads="Open in a thread, where asker and bot may make one",
    finds="by the id of its first button",
    edits="at any time",
    directs="direct messages",
    addresses="message links",
    limits=(
        Limit("characters of text in a message", TEXT_MAX, TEXT_BUDGET),
        Limit("parts of a message, nested ones counted", COMPONENTS_MAX, COMPONENTS_BUDGET),
        Limit("buttons in a row", ROW_BUTTONS_MAX, ROW_BUTTONS_MAX),
        Limit("choices in a menu", OPTIONS_MAX, OPTIONS_MAX),
        Limit("characters behind a button; a longer command is kept under a short id", CUSTOM_ID_MAX, CUSTOM_ID_MAX),
        Limit("suggestions while typing", AUTOCOMPLETE_MAX, AUTOCOMPLETE_MAX),
    ),
)
