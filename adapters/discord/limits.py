"""What Discord allows, and how much of it we use; the only place where a figure of Discord's stands.

Sources: docs.discord.com/developers, the page named beside each figure; "(lib)" is discord.py 2.7.1. Lengths are in
characters, which Discord counts as code points; `size` counts them so that neither way of counting is passed.
"""

from typing import Final

# A message (resources/message).
CONTENT_MAX: Final = 2_000
NONCE_MAX: Final = 25
EMBEDS_MAX: Final = 10
EMBED_TEXT_MAX: Final = 6_000  # over all embeds
EMBED_TITLE_MAX: Final = 256
EMBED_DESCRIPTION_MAX: Final = 4_096
ATTACHMENTS_MAX: Final = 10
ALT_TEXT_MAX: Final = 1_024

# Components (components/reference).
COMPONENTS_MAX: Final = 40  # in a message, nested ones counted
TEXT_MAX: Final = 4_000  # over all text displays (lib: LayoutView.content_length); Discord's reference gives no figure
SECTION_TEXTS_MAX: Final = 3
CUSTOM_ID_MAX: Final = 100  # and at least 1; unique in the message
ROW_BUTTONS_MAX: Final = 5
BUTTON_LABEL_MAX: Final = 80
OPTIONS_MAX: Final = 25  # of a select menu, and at least 1; their values differ
OPTION_LABEL_MAX: Final = 100
OPTION_VALUE_MAX: Final = 100
OPTION_DESCRIPTION_MAX: Final = 100
PLACEHOLDER_MAX: Final = 150

# Modals (components/reference, interactions/receiving-and-responding).
MODAL_TITLE_MAX: Final = 45
MODAL_COMPONENTS_MAX: Final = 5
MODAL_LABEL_MAX: Final = 45
MODAL_DESCRIPTION_MAX: Final = 100
TEXT_INPUT_MAX: Final = 4_000
TEXT_INPUT_PLACEHOLDER_MAX: Final = 100

# Application commands (interactions/application-commands).
COMMAND_NAME_MAX: Final = 32  # of a command and of an option; at least 1, lower case
COMMAND_DESCRIPTION_MAX: Final = 100  # of a command and of an option; at least 1
COMMAND_OPTIONS_MAX: Final = 25  # of a command or subcommand
SUBCOMMANDS_MAX: Final = 25  # of a command or group
COMMAND_TEXT_MAX: Final = 8_000  # names, descriptions and values of one command together
COMMANDS_MAX: Final = 100  # slash commands of an app
CHOICES_MAX: Final = 25
CHOICE_NAME_MAX: Final = 100  # at least 1; of a suggestion, too
CHOICE_VALUE_MAX: Final = 100  # of a text; of a suggestion, too
AUTOCOMPLETE_MAX: Final = 25
STRING_OPTION_MAX: Final = 6_000

# Channels (resources/channel, topics/threads).
THREAD_NAME_MAX: Final = 100  # of a forum post, too; at least 1
FORUM_TAGS_MAX: Final = 5

# Interactions (interactions/receiving-and-responding).
FIRST_ANSWER_SECONDS: Final = 3
TOKEN_SECONDS: Final = 15 * 60

# Our own budgets, below the limits: a message holds at most this much, so that another way of counting does no harm.
TEXT_BUDGET: Final = 3_600  # over all text displays, escaped
COMPONENTS_BUDGET: Final = 36
LABEL_READABLE: Final = 34  # of a button; beyond it a phone cuts the label off (components/reference)


def size(text: str) -> int:
    """How long a text is for Discord: code points or UTF-16 units, whichever are more."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2
