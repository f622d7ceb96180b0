"""What many bots do, for comparison: post, then mark as posted. `python -m tests.soak.peer DATABASE DISCORD TOKEN SLACK TOKEN`.

It has a list of what is due and no ledger: no word is written down before a post is made, nothing is looked for afterwards.
"""

import asyncio
import sqlite3
import sys
import time
from typing import Final

import aiohttp

TABLE: Final = (
    "CREATE TABLE IF NOT EXISTS due (name TEXT PRIMARY KEY, platform TEXT, space TEXT, channel TEXT, at REAL, done INTEGER DEFAULT 0)"
)
DUE: Final = "SELECT name, platform, channel FROM due WHERE done = 0 AND at <= ? ORDER BY at LIMIT 50"
AT_ONCE: Final = 10
PATIENCE: Final = 5  # seconds of one request


async def main(database: str, discord: str, discord_token: str, slack: str, slack_token: str) -> None:
    """Post what is due, for ever."""
    books = sqlite3.connect(database, isolation_level=None)
    at_once = asyncio.Semaphore(AT_ONCE)
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(total=PATIENCE)) as http:

        async def send(name: str, platform: str, channel: str) -> None:
            text = f"Your {name} briefing"
            if platform == "discord":
                url, head = f"{discord}/channels/{channel}/messages", f"Bot {discord_token}"
                body = {"content": text}
            else:
                url, head, body = f"{slack}chat.postMessage", f"Bearer {slack_token}", {"channel": channel, "text": text}
            try:
                async with at_once, http.post(url, json=body, headers={"Authorization": head}) as answer:
                    told = await answer.json()
                    posted = answer.status == 200 and told.get("ok", True)
            except (aiohttp.ClientError, TimeoutError, ValueError):
                posted = False  # it is tried again
            if posted:
                books.execute("UPDATE due SET done = 1 WHERE name = ?", [name])

        while True:
            await asyncio.gather(*(send(*row) for row in books.execute(DUE, [time.time()]).fetchall()))
            await asyncio.sleep(0.2)


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:]))
