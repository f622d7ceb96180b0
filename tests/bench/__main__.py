"""The benchmark table: `make bench`. Every figure is from raw samples taken in this run, on this machine."""

import asyncio
import platform
import sqlite3
from importlib.metadata import version

from tests.bench import (
    bench_answers,
    bench_digests,
    bench_discord,
    bench_engine,
    bench_process,
    bench_run,
    bench_slack,
    bench_storage,
    bench_zones,
)
from tests.bench.rows import table

PACKAGES = ("sqlalchemy", "pydantic-settings", "prompt-toolkit", "rich", "rapidfuzz", "apscheduler", "discord.py", "slack-bolt")


def main() -> None:
    """Measure everything and print it."""
    packages = ", ".join(f"{name} {version(name)}" for name in PACKAGES)
    print(f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {packages}")
    rows = [
        *bench_process.run(),
        *bench_run.run(),
        *bench_engine.run(),
        *asyncio.run(bench_answers.run()),
        *bench_discord.run(),
        *bench_slack.run(),
        *bench_storage.run(),
        *bench_zones.run(),
        *bench_digests.run(),
    ]
    print(table(rows))


if __name__ == "__main__":
    main()
