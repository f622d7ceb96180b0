"""Logs: to standard error, one line each, without tokens or what people wrote."""

import logging
import sys


def set_up(level: str) -> None:
    """Log from that level on; libraries only from warning on."""
    logging.basicConfig(stream=sys.stderr, level=logging.WARNING, format="%(asctime)s %(levelname)s %(name)s: %(message)s", force=True)
    for package in ("briefs", "adapters", "bot"):
        logging.getLogger(package).setLevel(level.upper())
