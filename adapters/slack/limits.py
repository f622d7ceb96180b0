"""Slack's limits, and our own budgets below them; the one place where either stands.

Characters are what `text.size` counts: after escaping, the larger of code points and UTF-16 units, since Slack names no
unit. Sources are pages of docs.slack.dev, as of mid 2026, and where they are silent, what is said beside the figure.
"""

from typing import Final

# reference/block-kit: blocks
MESSAGE_BLOCKS_MAX: Final = 50
VIEW_BLOCKS_MAX: Final = 100  # a modal or the Home tab
BLOCK_ID_MAX: Final = 255
HEADER_MAX: Final = 150
SECTION_MAX: Final = 3_000
SECTION_FIELDS_MAX: Final = 10
SECTION_FIELD_MAX: Final = 2_000
CONTEXT_ELEMENTS_MAX: Final = 10
ACTIONS_ELEMENTS_MAX: Final = 25

# reference/block-kit: composition objects
TEXT_MAX: Final = 3_000  # a text object; at least 1
OPTION_TEXT_MAX: Final = 75
OPTION_DESCRIPTION_MAX: Final = 75
OPTION_VALUE_MAX: Final = 75  # that page says 150, @slack/types 3.2.0 says 75: the smaller one
CONFIRM_TITLE_MAX: Final = 100
CONFIRM_TEXT_MAX: Final = 300
CONFIRM_BUTTON_MAX: Final = 30

# reference/block-kit: elements
ACTION_ID_MAX: Final = 255
BUTTON_TEXT_MAX: Final = 75  # about 30 are seen on a small screen
BUTTON_VALUE_MAX: Final = 2_000
SELECT_OPTIONS_MAX: Final = 100
PLACEHOLDER_MAX: Final = 150
PLAIN_INPUT_MAX: Final = 3_000
INPUT_LABEL_MAX: Final = 2_000

# reference/views/modal-views, interactivity/handling-user-interaction
MODAL_TITLE_MAX: Final = 24
MODAL_BUTTON_MAX: Final = 24  # submit and close
MODAL_STACK_MAX: Final = 3  # views
CALLBACK_ID_MAX: Final = 255
PRIVATE_METADATA_MAX: Final = 3_000
ACK_SECONDS: Final = 3  # commands, presses, events; a trigger_id lives as long
RESPONSE_URL_USES_MAX: Final = 5
RESPONSE_URL_SECONDS: Final = 30 * 60

# reference/methods: chat.postMessage, chat.update, chat.postEphemeral
POST_TEXT_MAX: Final = 40_000  # `text`; Slack cuts what is longer, and advises 4,000
UPDATE_TEXT_MAX: Final = 4_000  # `text`; an update refuses what is longer
EPHEMERAL_TEXT_BYTES_MAX: Final = 4_000
BLOCK_TEXT_SEEN_MAX: Final = 13_200  # all text of a message's blocks; unpublished, reported in slackapi/bolt-js issue 2509

# interactivity/implementing-slash-commands, reference/app-manifest
COMMANDS_MAX: Final = 50  # of one app
COMMAND_NAME_MAX: Final = 32  # with its slash; at least 2
COMMAND_DESCRIPTION_MAX: Final = 2_000
COMMAND_HINT_MAX: Final = 1_000
APP_NAME_MAX: Final = 35
APP_DESCRIPTION_MAX: Final = 140
APP_LONG_DESCRIPTION_MIN: Final = 175  # where one is given
APP_LONG_DESCRIPTION_MAX: Final = 4_000
BOT_NAME_MAX: Final = 80

# Our own choice, below the limits.
BLOCKS_BUDGET: Final = 45
BLOCK_TEXT_BUDGET: Final = 11_000  # all text of a message's blocks
BLOCK_TEXT_EDITED: Final = 12_900  # the same of a post that was corrected, and was within the budget before
RICH_TEXT_BUDGET: Final = 2_700  # one stretch of a line in a rich_text block, for which no limit is published
CONTEXT_BUDGET: Final = 1_800  # one element of small print
SUMMARY_BUDGET: Final = 3_900  # `text`
HEADER_BUDGET: Final = 140
OPTIONS_BUDGET: Final = 75  # in one menu
PERSON_BUDGET: Final = 80  # a name, which nothing can break into lines
