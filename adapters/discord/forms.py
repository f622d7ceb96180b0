"""A form of the core's as a modal of Discord's."""

from typing import Final

from discord import ui

from adapters.discord.limits import MODAL_DESCRIPTION_MAX, MODAL_LABEL_MAX, MODAL_TITLE_MAX, TEXT_INPUT_MAX
from briefs.commands.ask import Asker
from briefs.commands.form import Form
from briefs.message.tear import shortened

LINE_MAX: Final = min(500, TEXT_INPUT_MAX)  # characters of a field; a command line has no more


def modal(form: Form, custom_id: str, asker: Asker) -> ui.Modal:
    """The modal that asks for what the form lacks.

    It is over before it is sent, as a layout is: discord.py keeps it nowhere, and what comes back is told by its id.

    Args:
        custom_id: carries the command line so far.
    """
    made = ui.Modal(title=shortened(f"/{form.command.name}", MODAL_TITLE_MAX), custom_id=custom_id, timeout=None)
    for option in form.fields:
        field: ui.TextInput[ui.Modal] = ui.TextInput(
            custom_id=option.name,
            required=form.required(option, asker),
            default=form.first_value(option, asker)[:LINE_MAX] or None,
            max_length=LINE_MAX,
        )
        label = shortened(option.help.partition(";")[0], MODAL_LABEL_MAX)
        made.add_item(ui.Label(text=label, description=shortened(option.help, MODAL_DESCRIPTION_MAX), component=field))
    made.stop()
    return made
