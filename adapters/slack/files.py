"""The text file that somebody attaches to a form: named in what Slack sends, fetched from Slack itself."""

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Final

import aiohttp
from yarl import URL

from adapters.slack.calls import Calls
from adapters.slack.client import LIMITED, SLACK
from adapters.slack.inbound import Payload
from briefs.commands.ask import Attached
from briefs.errors import BadInput, shown

FETCH_MAX: Final = 20.0  # seconds of one file, with all it takes
HOPS_MAX: Final = 3  # redirects within one address
CHUNK: Final = 65_536  # bytes read at once
_HOSTS: Final = ("slack.com", "slack-gov.com")
_FAULT: Final = 500  # an answer's status from which on it is Slack's own fault

log = logging.getLogger(__name__)

OUTSIDE: Final = "it lies outside of Slack. Save it as a text file and attach that, or paste its text."
GONE: Final = "it is gone from Slack. Attach it again, or paste its text."
WITHHELD: Final = (
    "Slack does not hand it to the bot. Paste its text instead, or have whoever runs the bot install it again (right files:read)."
)
DOWN: Final = "Slack did not hand it over just now. Send the form again in a moment."


@dataclass(frozen=True, slots=True)
class Chosen:
    """A file as Slack names it.

    Args:
        url: where it can be fetched; empty where Slack has to be asked.
        size: bytes, as Slack says; 0 where it does not.
        kind: its media type; empty where Slack does not say.
    """

    id: str
    name: str
    url: str
    size: int = 0
    kind: str = ""


def chosen_files(view: Payload) -> dict[str, Chosen]:
    """The file of each field of a modal that takes one, by the `action_id` of the field."""
    found: dict[str, Chosen] = {}
    state = view.get("state")
    values = state.get("values") if isinstance(state, Mapping) else None
    for block in values.values() if isinstance(values, Mapping) else ():
        for name, field in block.items() if isinstance(block, Mapping) else ():
            files = field.get("files") if isinstance(field, Mapping) else None
            if isinstance(files, list) and files and isinstance(files[0], Mapping):
                found[str(name)] = _chosen(files[0])
    return found


class Files:
    """Fetches files with the workspace's own token, which goes to Slack's own addresses alone.

    Args:
        session: the connections; its own time limit is not that of a file.
        base_url: where Slack is; where it is another address than Slack's own, files may lie there as well.
        max_bytes: a larger file is refused, unread.
    """

    def __init__(self, calls: Calls, session: aiohttp.ClientSession, *, base_url: str = SLACK, max_bytes: int) -> None:
        self._calls, self._session, self._max = calls, session, max_bytes
        self._own = URL(base_url).origin()

    async def fetch(self, team: str, option: str, file: Chosen) -> Attached:
        """The file's name and content.

        Args:
            option: the option it was given in, which what goes wrong is said of.

        Raises:
            BadInput: it is too large, gone, or not to be had; the sentence says what to do.
        """
        try:
            async with asyncio.timeout(FETCH_MAX):
                return Attached(file.name, await self._content(team, file))
        except _NotHad as problem:
            raise BadInput(f"{option}: “{shown(file.name)}” cannot be taken: {problem}") from None
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            log.info("a file of Slack's could not be fetched: %s", type(error).__name__)
            raise BadInput(f"{option}: “{shown(file.name)}” cannot be taken: {DOWN}") from None

    async def _content(self, team: str, file: Chosen) -> bytes:
        if not file.url:
            file = await self._asked(team, file)
        if file.size > self._max:
            raise _NotHad(self._too_large(f"{file.size:,} bytes"))
        token = await self._calls.token(team)
        if not token:
            raise _NotHad(WITHHELD)
        url = _url(file.url)
        for _ in range(1 + HOPS_MAX):
            if url is None or not self._is_slacks(url):
                raise _NotHad(OUTSIDE)
            given = {"Authorization": f"Bearer {token}", "Accept-Encoding": "identity"}
            async with self._session.get(url, headers=given, allow_redirects=False, timeout=aiohttp.ClientTimeout(FETCH_MAX)) as answer:
                if not 300 <= answer.status < 400:
                    return await self._read(answer, file)
                # Whoever may not read a file is sent to a page to sign in, on another host.
                onward = _url(answer.headers.get("Location", ""), url)
                if onward is None or onward.origin() != url.origin():
                    raise _NotHad(WITHHELD)
                url = onward
        raise _NotHad(WITHHELD)

    async def _asked(self, team: str, file: Chosen) -> Chosen:
        """The file as Slack names it when asked: one shared from another workspace comes as its id alone."""
        answer = await self._calls.make(team, lambda client: client.files_info(file=file.id))
        told = answer.get("file") if answer is not None else None
        if not isinstance(told, dict):
            raise _NotHad(GONE)
        return _chosen(told)

    async def _read(self, answer: aiohttp.ClientResponse, file: Chosen) -> bytes:
        if answer.status in {404, 410}:
            raise _NotHad(GONE)
        if answer.status == LIMITED or answer.status >= _FAULT:
            raise _NotHad(DOWN)
        page = answer.content_type == "text/html" and file.kind != "text/html"
        if answer.status >= 400 or page:  # a page in the place of the file asks to sign in
            raise _NotHad(WITHHELD)
        content = bytearray()
        async for chunk in answer.content.iter_chunked(CHUNK):
            content += chunk
            if len(content) > self._max:
                raise _NotHad(self._too_large("it is larger"))
        return bytes(content)

    def _is_slacks(self, url: URL) -> bool:
        """Whether the bot's token may go there."""
        if url.origin() == self._own:
            return True
        host = url.host or ""
        return url.scheme == "https" and url.port == 443 and any(host == known or host.endswith(f".{known}") for known in _HOSTS)

    def _too_large(self, how: str) -> str:
        return f"it is too large ({how}; an article has at most {self._max:,} bytes). Attach a shorter text."


class _NotHad(Exception):
    """Why a file cannot be had: the end of a sentence, and what to do."""


def _chosen(file: Mapping[str, Any]) -> Chosen:
    def said(name: str) -> str:
        value = file.get(name)
        return value if isinstance(value, str) else ""

    size = file.get("size")
    return Chosen(
        id=said("id"),
        name=said("name") or said("title") or "file",
        url=said("url_private_download") or said("url_private"),
        size=size if isinstance(size, int) else 0,
        kind=said("mimetype"),
    )


def _url(text: str, base: URL | None = None) -> URL | None:
    """The address; None where it is none, or names somebody to sign in as."""
    try:
        found = URL(text) if base is None else base.join(URL(text))
        return found if found.is_absolute() and found.scheme in {"http", "https"} and not found.user and not found.password else None
    except ValueError:
        return None
