"""The text of ``/metrics``, read back by the parser of prometheus_client."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client.openmetrics.parser import text_string_to_metric_families as parse_open
from prometheus_client.parser import text_string_to_metric_families as parse_plain

from server.watch.board import Board
from server.watch.metrics import metrics_text

OPEN = "application/openmetrics-text; version=1.0.0"


@pytest.fixture
def boards(tmp_path: Path) -> Iterator[tuple[Board, Board]]:
    """Two processes, one of which has ended."""
    first, second = Board(tmp_path), Board(tmp_path)
    for board, number in ((first, 1), (second, 2)):
        for _ in range(number):
            board.count("/sparql", "GET", 200, 0.002)
            board.observe("engine", 0.25)
        board.put("time_outs", number)
        board.put("workers", number)
    second.close()
    yield first, second
    first.close()


def samples(folder: Path, store: Path) -> dict[tuple[str, ...], float]:
    text, _ = metrics_text(folder, store, None)
    families = parse_plain(text.decode())
    return {(one.name, *one.labels.values()): one.value for family in families for one in family.samples}


@pytest.mark.usefixtures("boards")
def test_counters_of_all_processes_are_added(tmp_path: Path) -> None:
    found = samples(tmp_path, tmp_path / "store")
    assert found["aidgraph_requests_total", "GET", "sparql", "2xx"] == 3
    assert found["aidgraph_queries_given_up_total", "time_outs"] == 3
    assert found["aidgraph_query_engine_seconds_sum",] == 0.75


@pytest.mark.usefixtures("boards")
def test_gauges_are_of_living_processes(tmp_path: Path) -> None:
    found = samples(tmp_path, tmp_path / "store")
    assert (found["aidgraph_workers",], found["aidgraph_processes",]) == (1, 1)


@pytest.mark.usefixtures("boards")
def test_buckets_are_cumulative(tmp_path: Path) -> None:
    found = samples(tmp_path, tmp_path / "store")
    buckets = [found["aidgraph_request_seconds_bucket", bound, "sparql"] for bound in ("0.001", "0.0025", "+Inf")]
    assert buckets == [0, 3, 3]


@pytest.mark.usefixtures("boards")
def test_version_and_its_day_are_told(tmp_path: Path) -> None:
    (tmp_path / "stores" / "000003-2e25523f" / "rocksdb").mkdir(parents=True)
    store = tmp_path / "store"
    store.symlink_to("stores/000003-2e25523f/rocksdb")
    found = samples(tmp_path, store)
    assert found["aidgraph_dataset_info", "000003-2e25523f"] == 1
    assert found["aidgraph_dataset_published_timestamp_seconds",] == store.lstat().st_mtime


@pytest.mark.usefixtures("boards")
@pytest.mark.parametrize("accept", [None, "", "*/*", "text/plain", "q=;;,", OPEN])
def test_form_follows_accept(tmp_path: Path, accept: str | None) -> None:
    text, content_type = metrics_text(tmp_path, tmp_path / "store", accept)
    is_open = accept == OPEN
    assert content_type.startswith("application/openmetrics-text" if is_open else "text/plain")
    families = (parse_open if is_open else parse_plain)(text.decode())
    assert "aidgraph_workers" in {family.name for family in families}
