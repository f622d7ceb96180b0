"""What this adapter can do for its readers."""

from typing import Final

from adapters.console.files import FILE_MAX
from briefs.ports.abilities import Abilities, Limit

ABILITIES: Final = Abilities(
    private="it has one reader",
    forms="the words that stand are put at the prompt to be typed on",
    long_text="pasted or typed behind the command",
    files="named by their path",
    suggestions="TAB",
    turning="",
    threads="",
    finds="by its line in the channel's file",
    edits="the corrected post is shown",
    directs="in its one channel",
    addresses="",
    limits=(Limit("bytes of a file, unless STANDFIRST_MAX_ARTICLE_BYTES says otherwise", 0, FILE_MAX),),
)
