"""The table of sentences with who says what in them (attributions.txt)."""

from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("attributions.txt")
_AROUND = " \"“”‘’',.;:—"


@dataclass(frozen=True)
class Case:
    """A sentence, and (who, cue, content, nominal) of each telling in it, outermost first."""

    text: str
    told: tuple[tuple[str, str, str, bool], ...]


def cases(table: Path = TABLE) -> list[Case]:
    found: list[tuple[str, list[tuple[str, str, str, bool]]]] = []
    for line in table.read_text("utf-8").splitlines():
        if line.startswith("  "):
            who, cue, content, *noun = (part.strip() for part in line.split("|"))
            found[-1][1].append((who, cue, bare(content), noun == ["noun"]))
        elif line and not line.startswith("#"):
            found.append((line, []))
    return [Case(text, tuple(told)) for text, told in found]


def bare(content: str) -> str:
    """A content without the marks around it, which are not what is said."""
    return content.strip(_AROUND)
