"""What this adapter can do for its readers: little, which is what it is an example of."""

from typing import Final

from adapters.example.chat import LINE_MAX
from briefs.ports.abilities import Abilities, Limit

ABILITIES: Final = Abilities(
    private="on the line that asked",
    forms="",
    long_text="behind the command, as long as the line is",
    files="",
    suggestions="",
    turning="",
    threads="",
    finds="",
    edits="",
    directs="",
    addresses="",
    limits=(Limit("bytes of a line", 0, LINE_MAX),),
)
