"""What ``/metrics`` says: the numbers of all server processes added up, in the text formats of Prometheus.

prometheus_client writes the text and chooses between its formats; the numbers come from :mod:`.board`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from importlib.metadata import version
from itertools import accumulate, product
from pathlib import Path
from typing import Final

from prometheus_client import CollectorRegistry
from prometheus_client.exposition import choose_encoder
from prometheus_client.metrics_core import (
    CounterMetricFamily,
    GaugeMetricFamily,
    HistogramMetricFamily,
    InfoMetricFamily,
    Metric,
)
from prometheus_client.registry import Collector

from server.watch.board import BOUNDS, CLASSES, METHODS, ROUTES, Numbers, read_boards

_QUERIES_GIVEN_UP: Final = {
    "time_outs": "past its time limit",
    "exhausted": "past its memory limit, or the engine gave up",
    "refused": "there were too many",
    "abandoned": "the client had gone",
}
_COUNTERS: Final = {
    "cache_hits": "Queries answered from what was answered before.",
    "cache_misses": "Queries that had to be answered anew.",
    "writes": "Updates, uploads and deletions of graphs that were carried out.",
    "broken": "Answers that ended before they were whole.",
    "lines_lost": "Lines of the access log that could not be written.",
}
_GAUGES: Final = {
    "workers": "Processes that answer queries.",
    "idle": "Of these, those that wait for a query.",
    "cache_bytes": "Bytes of answers that are remembered.",
    "cache_entries": "Answers that are remembered.",
}
_STATES: Final = ("waiting", "quick", "slow", "stopped")


def metrics_text(folder: Path, store: Path, accept: str | None) -> tuple[bytes, str]:
    """The text and its Content-Type.

    Args:
        folder: where the boards are.
        store: the link ``DATA/store``.
        accept: the header of that name; Prometheus asks by it for OpenMetrics.
    """
    registry = CollectorRegistry()
    registry.register(_Once([*_families([*read_boards(folder)]), *_dataset(store)]))
    encode, content_type = choose_encoder(accept or "")
    return encode(registry), content_type


class _Once(Collector):
    def __init__(self, families: Iterable[Metric]) -> None:
        self._families = families

    def collect(self) -> Iterable[Metric]:
        return self._families


def _families(boards: Sequence[Numbers]) -> Iterator[Metric]:
    yield _requests(boards)
    yield _latencies(boards)
    yield _histogram("aidgraph_query_engine_seconds", "Seconds that the engine took for a query.", boards, "engine")
    yield _histogram("aidgraph_query_queue_seconds", "Seconds that a query waited for a worker.", boards, "queue")
    given_up = CounterMetricFamily("aidgraph_queries_given_up", "Queries that were not answered.", labels=["reason"])
    for name in _QUERIES_GIVEN_UP:
        given_up.add_metric([name], _sum(boards, name))
    yield given_up
    running = GaugeMetricFamily("aidgraph_queries", "Queries at work, by lane.", labels=["state"])
    for name in _STATES:
        running.add_metric([name], _sum(boards, name))
    yield running
    for name, help in _COUNTERS.items():
        yield CounterMetricFamily(f"aidgraph_{name}", help, _sum(boards, name))
    for name, help in _GAUGES.items():
        yield GaugeMetricFamily(f"aidgraph_{name}", help, _sum(boards, name))
    alive = sum(board.is_alive for board in boards)
    yield GaugeMetricFamily("aidgraph_processes", "Server processes that run.", alive)


def _sum(boards: Sequence[Numbers], name: str) -> float:
    return sum(board.single(name) for board in boards)


def _requests(boards: Sequence[Numbers]) -> Metric:
    """Only what occurred: six hundred lines of noughts help nobody."""
    family = CounterMetricFamily("aidgraph_requests", "Requests answered.", labels=["route", "method", "status"])
    for key in product(ROUTES, METHODS, CLASSES):
        if number := sum(board.count(*key) for board in boards):
            family.add_metric([*key], number)
    return family


def _latencies(boards: Sequence[Numbers]) -> Metric:
    help = "Seconds from the end of a request's header to the end of its answer."
    family = HistogramMetricFamily("aidgraph_request_seconds", help, labels=["route"])
    for route in ROUTES:
        buckets, total = _added(boards, route)
        if buckets[-1][1]:
            family.add_metric([route], buckets, total)
    return family


def _histogram(name: str, help: str, boards: Sequence[Numbers], histogram: str) -> Metric:
    buckets, total = _added(boards, histogram)
    return HistogramMetricFamily(name, help, buckets, total)


def _added(boards: Sequence[Numbers], histogram: str) -> tuple[list[tuple[str, float]], float]:
    """Cumulative buckets, as Prometheus has them, and the sum."""
    rows = [board.histogram(histogram) for board in boards]
    counts = [sum(column) for column in zip(*(buckets for buckets, _ in rows), strict=True)]
    bounds = [*map(str, BOUNDS), "+Inf"]
    return [*zip(bounds, accumulate(counts), strict=True)], sum(total for _, total in rows)


def _dataset(store: Path) -> Iterator[Metric]:
    """Which version is served and since when, by a look at the link that publishes it; nothing before the first."""
    yield InfoMetricFamily("aidgraph", "The program.", {"version": version("aidgraph")})
    try:
        published, target = store.lstat().st_mtime, store.readlink()
    except OSError:
        return
    yield InfoMetricFamily("aidgraph_dataset", "The data that is served.", {"version": target.parent.name})
    yield GaugeMetricFamily("aidgraph_dataset_published_timestamp_seconds", "When it was published.", published)
