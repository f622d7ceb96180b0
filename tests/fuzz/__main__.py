"""`make fuzz`: ten thousand hostile messages on each platform, and what was found."""

import argparse
import asyncio
import logging
import os
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from pathlib import Path

from tests.fuzz.asked import prepared
from tests.fuzz.run import PLATFORMS, Finding, batch

A_BATCH = 150
SHOWN = 40  # kinds of findings


def _batch(seed: str, messages: int, store: Path) -> list[Finding]:
    logging.disable(logging.ERROR)  # what the bot says of hostile asks is not news here
    return asyncio.run(batch(seed, messages, store))


def main(given: Sequence[str]) -> int:
    """Make them, say what is wrong with any; the exit code is 1 where something is."""
    reads = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    reads.add_argument("--messages", type=int, default=10_000, help="on each platform")
    reads.add_argument("--seed", default="1", help="other messages with another one")
    reads.add_argument("--batch", help="only this one, as a finding names it")
    options = reads.parse_args(given)
    sizes = [min(A_BATCH, options.messages - at) for at in range(0, options.messages, A_BATCH)]
    seeds = [options.batch] if options.batch else [f"{options.seed}.{number}" for number in range(len(sizes))]
    began, done, found = time.monotonic(), 0, list[Finding]()
    with tempfile.TemporaryDirectory() as folder, ProcessPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        store = asyncio.run(prepared(Path(folder)))
        running = {pool.submit(_batch, seed, size, store): size for seed, size in zip(seeds, sizes, strict=False)}
        for ended in as_completed(running):
            found += ended.result()
            done += running[ended]
            if sys.stdout.isatty():
                print(f"\r{done:,} messages, {len(found)} findings", end="", flush=True)
    print(f"\r{done:,} messages on each of {', '.join(PLATFORMS)}: {len(found)} findings ({time.monotonic() - began:.0f} s)")
    _tell(found)
    return 1 if found else 0


def _tell(found: Sequence[Finding]) -> None:
    """Each kind of finding once, with one message that shows it."""
    kinds = Counter((finding.platform, finding.what) for finding in found)
    for (platform, what), times in kinds.most_common(SHOWN):
        shows = next(finding for finding in found if (finding.platform, finding.what) == (platform, what))
        print(f"{times:6} × {platform}: {what}   e.g. --batch {shows.batch}, message {shows.number}: {shows.asked[:100]!r}")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
