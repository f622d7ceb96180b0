"""What is counted while the bot runs, in the form Prometheus reads; no name of a person, no word of a message is in it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, ProcessCollector, disable_created_metrics, generate_latest

NAMESPACE: Final = "standfirst"
LATENESS: Final = (1, 2, 5, 10, 30, 60, 300, 900, 1_800, 3_600, 10_800, 21_600)  # seconds; after six hours nothing is posted
ANSWERS: Final = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 1.5, 2.5, 5, 10)  # seconds; platforms wait three
POSTS: Final = (0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30, 60, 90)  # seconds; a post has ended within 90
LAGS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5)  # seconds


@dataclass(frozen=True, slots=True)
class Family:
    """A figure as it is told of.

    Args:
        kind: counter, gauge or histogram.
        labels: what it is told apart by; may be empty.
    """

    name: str
    kind: str
    meaning: str
    labels: tuple[str, ...]


class Measures:
    """The figures of one process, in a registry of their own.

    Args:
        version: the bot's.
    """

    def __init__(self, version: str) -> None:
        disable_created_metrics()  # type: ignore[no-untyped-call]  # when each series began is of no use, and half of all lines
        self._registry = CollectorRegistry()
        self._families: list[Family] = []
        ProcessCollector(registry=self._registry)
        self._deliveries = self._counter("deliveries", "Deliveries by what became of a try", "platform", "outcome")
        self._lateness = self._histogram("delivery_lateness_seconds", "From when it was due to when it was sent", LATENESS, "platform")
        self._owed = self._gauge("deliveries_owed", "Deliveries that are due and neither sent nor given up", "platform")
        self._answers = self._histogram("command_seconds", "From an ask to its answer", ANSWERS, "command", "outcome")
        self._posts = self._histogram("post_seconds", "From the beginning of a post to its outcome", POSTS, "platform")
        self._errors = self._counter("platform_errors", "What a platform did not do as it was asked", "platform", "kind")
        self._connected = self._gauge("platform_connected", "1 where the platform is connected", "platform")
        self._lag = self._histogram("loop_lag_seconds", "How much later than asked for the event loop came back", LAGS)
        self._store = self._gauge("store_up", "1 where the store answers")
        self._gauge("build_info", "1; the version is its label", "version").labels(version).set(1)

    def delivered(self, platform: str, outcome: str, lateness: float | None = None) -> None:
        """One try of a delivery has ended.

        Args:
            lateness: seconds, where it was sent.
        """
        self._deliveries.labels(platform, outcome).inc()
        if lateness is not None:
            self._lateness.labels(platform).observe(max(0.0, lateness))

    def answered(self, command: str, outcome: str, seconds: float) -> None:
        """A command of the catalogue was answered."""
        self._answers.labels(command, outcome).observe(seconds)

    def posted(self, platform: str, seconds: float) -> None:
        """A post has ended, however it did."""
        self._posts.labels(platform).observe(seconds)

    def failed(self, platform: str, kind: str) -> None:
        """A platform did not do something: "refused", "again", "unknown", "unreadable", "untold", "fault" or "lost" (the connection)."""
        self._errors.labels(platform, kind).inc()

    def connected(self, platform: str, *, is_connected: bool) -> None:
        """Whether the platform is connected now."""
        self._connected.labels(platform).set(is_connected)

    def lagged(self, seconds: float) -> None:
        """The event loop came back so much later than it was asked to."""
        self._lag.observe(max(0.0, seconds))

    def owed(self, depths: Mapping[str, int] | None) -> None:
        """How many deliveries are owed now, by platform; None: the store does not answer."""
        self._store.set(depths is not None)
        for platform, depth in (depths or {}).items():
            self._owed.labels(platform).set(depth)

    def exposition(self) -> bytes:
        """All of it as text (prometheus.io/docs/instrumenting/exposition_formats, version 0.0.4)."""
        return generate_latest(self._registry)

    def families(self) -> tuple[Family, ...]:
        """Every figure of our own; those of the process are the client library's."""
        return tuple(self._families)

    def _counter(self, name: str, help: str, *labels: str) -> Counter:
        self._families.append(Family(f"{NAMESPACE}_{name}_total", "counter", help, labels))
        return Counter(name, help, labels, namespace=NAMESPACE, registry=self._registry)

    def _gauge(self, name: str, help: str, *labels: str) -> Gauge:
        self._families.append(Family(f"{NAMESPACE}_{name}", "gauge", help, labels))
        return Gauge(name, help, labels, namespace=NAMESPACE, registry=self._registry)

    def _histogram(self, name: str, help: str, buckets: tuple[float, ...], *labels: str) -> Histogram:
        self._families.append(Family(f"{NAMESPACE}_{name}", "histogram", help, labels))
        return Histogram(name, help, labels, namespace=NAMESPACE, registry=self._registry, buckets=buckets)
