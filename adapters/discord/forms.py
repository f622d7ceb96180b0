"""A form of the core's as a modal of Discord's."""

from typing import Final

from discord import TextStyle, ui

from adapters.discord.limits import MODAL_DESCRIPTION_MAX, MODAL_LABEL_MAX, MODAL_TITLE_MAX, TEXT_INPUT_MAX
from briefs.commands.ask import Asker
from briefs.commands.form import Form
from briefs.commands.registry import Option
from briefs.message.tear import shortened

LINE_MAX: Final = min(500, TEXT_INPUT_MAX)  # characters of a field; a command line has no more, but for a long text
CUT: Final = f"Only its first {TEXT_INPUT_MAX:,} characters stand here: Discord's fields hold no more."


def modal(form: Form, custom_id: str, asker: Asker) -> ui.Modal:
    """The modal that asks for what the form lacks.

    It is over before it is sent, as a layout is: discord.py keeps it nowhere, and what comes back is told by its id.

    Args:
        custom_id: carries the command line so far.
    """
    made = ui.Modal(title=shortened(f"/{form.command.name}", MODAL_TITLE_MAX), custom_id=custom_id, timeout=None)
    for option in form.fields:
        value, required = form.first_value(option, asker), form.required(option, asker)
        label = shortened(option.help.partition(";")[0], MODAL_LABEL_MAX)
        told = CUT if option.long and len(value) > TEXT_INPUT_MAX else shortened(option.help, MODAL_DESCRIPTION_MAX)
        made.add_item(ui.Label(text=label, description=told, component=_field(option, value, required=required)))
    made.stop()
    return made


def _field(option: Option, value: str, *, required: bool) -> ui.Item[ui.Modal]:
    if option.file:
        return ui.FileUpload(custom_id=option.name, required=required, min_values=int(required), max_values=1)
    most = TEXT_INPUT_MAX if option.long else LINE_MAX
    style = TextStyle.paragraph if option.long else TextStyle.short
    return ui.TextInput(custom_id=option.name, style=style, required=required, default=value[:most] or None, max_length=most)
