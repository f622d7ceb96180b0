"""`make pictures`: draw those whose page is another one than when they were drawn last."""

import json
import tempfile
from pathlib import Path

from tests.pictures.drawing import BYTES_MAX, PICTURES, console_picture, draw, fingerprint, pages


def main() -> None:
    """Draw what changed, and keep what every picture was drawn from."""
    kept = PICTURES / "drawn-from.json"
    before = json.loads(kept.read_text()) if kept.exists() else {}
    made = pages()
    now = {name: fingerprint(page) for name, page in made.items()}
    for name, page in made.items():
        picture = PICTURES / f"{name}.png"
        if before.get(name) != now[name] or not picture.exists():
            draw(page, picture)
            print(f"{picture.name}: {picture.stat().st_size:,} bytes", "TOO LARGE" * (picture.stat().st_size > BYTES_MAX))
    with tempfile.TemporaryDirectory() as folder:
        (PICTURES / "console-brief.svg").write_text(console_picture(Path(folder)), encoding="utf-8")
    kept.write_text(json.dumps(now, indent=2, sort_keys=True) + "\n")


if __name__ == "__main__":
    main()
