"""The storage, its ledger watched."""

from briefs.ports import Ledger, Storage


class WatchedStorage:
    """See the port. Everything but the ledger is that of the storage it is given."""

    def __init__(self, storage: Storage, ledger: Ledger) -> None:
        self.ledger = ledger
        self.shelf, self.subscriptions, self.asks = storage.shelf, storage.subscriptions, storage.asks
        self.spaces, self.seen, self.close = storage.spaces, storage.seen, storage.close
        self.curation, self.reports = storage.curation, storage.reports
