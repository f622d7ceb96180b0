"""What several tests need: the folder of real articles, which are not ours to keep in the repository."""

import logging
import os
from pathlib import Path

import pytest
from hypothesis import settings

# Machines are shared and noisy: a slow example is no failure.
settings.register_profile("standfirst", deadline=None)
settings.load_profile("standfirst")

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(autouse=True)
def _logging_as_it_was():
    """What a test that runs the command line sets up for the log ends with it."""
    loggers = [logging.getLogger(), *(logging.getLogger(name) for name in ("briefs", "adapters", "bot"))]
    before = [(logger, logger.level, list(logger.handlers)) for logger in loggers]
    raises = logging.raiseExceptions
    yield
    logging.raiseExceptions = raises
    for logger, level, handlers in before:
        logger.setLevel(level)
        logger.handlers[:] = handlers


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with the real articles; without it the test is skipped, on CI it fails."""
    folder = Path(os.environ.get("STANDFIRST_SHARED", REPOSITORY.parent / "shared"))
    if not (folder / "articles" / "iraq-militias.txt").is_file():
        reason = f"needs the real articles: set STANDFIRST_SHARED to their folder ({folder} is not it)"
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    return folder
