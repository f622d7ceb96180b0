"""What a platform of our own was asked and what became of it, one JSON object a line: evidence, and the 429s it gave."""

import json
from collections import deque
from pathlib import Path
from typing import Any, Final

KEPT: Final = 1_000  # requests kept in memory where they are traced; a long run makes hundreds of thousands


class Trace:
    """The requests: all in memory; or, where there is a file, all in the file without their bodies, and the last ones in memory."""

    def __init__(self, file: Path | None = None) -> None:
        self.requests: deque[dict[str, Any]] = deque(maxlen=KEPT if file else None)
        self._file = file.open("a", encoding="utf-8") if file else None

    def asked(self, told: dict[str, Any]) -> dict[str, Any]:
        """Write a request down before anything is done with it; what becomes of it is added to the same object."""
        self.requests.append(told)
        return told

    def answered(self, told: dict[str, Any], **more: Any) -> None:
        """Write down what became of a request: its status is in the object by now."""
        if self._file is not None:
            line = {name: value for name, value in told.items() if name not in {"body", "args", "token"}} | more
            self._file.write(json.dumps(line) + "\n")
            self._file.flush()
