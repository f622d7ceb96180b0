"""What was found, on a terminal or as JSON."""

import asyncio
import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Final

from bot import __version__
from bot.doctor.examine import Examination
from bot.settings import Settings
from briefs.errors import BriefsError
from briefs.finding import Finding, Grade
from briefs.pages.wording import plural

MARKS: Final = {Grade.FINE: "✓", Grade.NOTE: "·", Grade.WRONG: "✗"}
FINE, WRONG = 0, 1


def doctor(settings: Settings | BriefsError, *, as_json: bool) -> int:
    """Look at everything and tell it; 0 where nothing is wrong, 1 where something is."""
    found = asyncio.run(Examination(settings, Path.cwd()).findings())
    bad = any(finding.grade is Grade.WRONG for finding in found)
    if as_json:
        told = {"version": __version__, "fine": not bad, "findings": [asdict(finding) for finding in found]}
        print(json.dumps(told, ensure_ascii=False, indent=2))
    else:
        print(f"Standfirst {__version__}")
        for finding in found:
            print(*_lines(finding), sep="\n")
        print(_counted(found))
    return WRONG if bad else FINE


def _lines(finding: Finding) -> list[str]:
    told = f"{MARKS[finding.grade]} {finding.about}: {finding.told}"
    return [told, f"    → {finding.mend}"] if finding.mend else [told]


def _counted(found: Sequence[Finding]) -> str:
    grades = Counter(finding.grade for finding in found)
    if not grades[Grade.WRONG]:
        return f"Nothing is wrong ({plural(len(found), 'thing')} looked at)."
    return f"{plural(grades[Grade.WRONG], 'thing')} to mend; {grades[Grade.FINE]} fine."
