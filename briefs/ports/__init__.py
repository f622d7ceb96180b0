"""What the core asks of the world: Protocols whose docstrings are contracts, each sentence with a test.

Times are aware; what a method returns is UTC. Every method may raise `StorageDown` or, for a publisher, nothing.
What belongs to the installation (articles, briefs, entities) takes no space; what belongs to a space takes a `Place`
or a space and never touches another's.
"""

from typing import Protocol

from briefs.ports.books import Ledger, Subscriptions
from briefs.ports.checks import Checks, PlatformChecks, Reach
from briefs.ports.curation import Curation, Reports
from briefs.ports.names import NameFinder
from briefs.ports.publisher import Absent, Publisher
from briefs.ports.shelf import Library, Shelf, Stored, Suggested
from briefs.ports.sources import ArticleSource, Given
from briefs.ports.spaces import Asks, Seen, Spaces

__all__ = [
    "Absent",
    "ArticleSource",
    "Asks",
    "Checks",
    "Curation",
    "Given",
    "Ledger",
    "Library",
    "NameFinder",
    "PlatformChecks",
    "Publisher",
    "Reach",
    "Reports",
    "Seen",
    "Shelf",
    "Spaces",
    "Storage",
    "Stored",
    "Subscriptions",
    "Suggested",
]


class Storage(Protocol):
    """Everything that is remembered."""

    @property
    def shelf(self) -> Shelf:
        """Articles, briefs, cards."""
        ...

    @property
    def subscriptions(self) -> Subscriptions:
        """Who asked for which edition."""
        ...

    @property
    def ledger(self) -> Ledger:
        """Deliveries."""
        ...

    @property
    def curation(self) -> Curation:
        """Drafts and decisions."""
        ...

    @property
    def reports(self) -> Reports:
        """What readers found wrong."""
        ...

    @property
    def asks(self) -> Asks:
        """Long command lines."""
        ...

    @property
    def spaces(self) -> Spaces:
        """Notes on spaces."""
        ...

    @property
    def seen(self) -> Seen:
        """What came already."""
        ...

    async def close(self) -> None:
        """Let go of every connection; nothing may be asked afterwards."""
        ...
