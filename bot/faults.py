"""A fault where there is no log to write it to."""

from pathlib import Path
from traceback import extract_tb


def placed(error: Exception) -> str:
    """A fault by its kind and line alone ("KeyError, checks.py line 12"): whatever else it says may hold anything."""
    lines = extract_tb(error.__traceback__)
    return f"{type(error).__name__}, {Path(lines[-1].filename).name} line {lines[-1].lineno}" if lines else type(error).__name__
