"""`standfirst health`: ask the bot that runs on this machine whether it is well, and say so in one sentence."""

import http.client
import json
from typing import Final

from bot.settings import Settings
from bot.started import as_started

WELL, UNWELL = 0, 1  # exit codes
PATIENCE: Final = 5.0  # seconds; a loop that is held up longer does not come to answering anybody either
ANYWHERE: Final = {"0.0.0.0": "127.0.0.1", "::": "::1", "": "127.0.0.1"}  # noqa: S104 where that is listened on, this machine is part of it
ANSWER_MAX: Final = 100_000  # bytes


def health(settings: Settings) -> int:
    """Ask `/healthz`, print one sentence; the exit code is 0 where the bot is well, and 1 where it is not or does not answer."""
    where = settings.observe
    if not where.port:
        print("Nobody can be asked: set STANDFIRST_OBSERVE__PORT to a free port, for run and for health.")
        return UNWELL
    connection = http.client.HTTPConnection(ANYWHERE.get(where.host, where.host), where.port, timeout=PATIENCE)
    try:
        connection.request("GET", "/healthz")
        told = json.loads(connection.getresponse().read(ANSWER_MAX))
        well, problems, platforms = bool(told["ok"]), list(map(str, told["problems"])), list(map(str, told["platforms"]))
    except (OSError, http.client.HTTPException):
        asked = f"Not well: nothing answers on port {where.port} within {PATIENCE:.0f} seconds. Is `standfirst run` running?"
        print(as_started(asked))
        return UNWELL
    except (ValueError, KeyError, TypeError):
        print(f"Not well: what answers on port {where.port} is not Standfirst. Set another STANDFIRST_OBSERVE__PORT.")
        return UNWELL
    finally:
        connection.close()
    serves = f"it serves {' and '.join(platforms)}" if platforms else "it is starting"
    print(f"Well: {serves}." if well else f"Not well: {' '.join(problems)}")
    return WELL if well else UNWELL
