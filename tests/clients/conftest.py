"""Two servers of ours on loopback: one with the graph of the seeds, one with other facts about the same things."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.lock import write_lock
from kg.store import new_generation

sys.path.insert(0, str(Path(__file__).parents[1] / "server" / "helpers"))  # folders of tests are no packages

from live import Live, running

COUNTRY = "https://w3id.org/aidgraph/id/country/"
CONTINENTS = {"russia": "Europe and Asia", "china": "Asia", "italy": "Europe"}
CONTINENT = "http://example.org/continent"


@pytest.fixture(scope="session")
def other(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The server of the other facts: on which continent a country lies."""
    data = tmp_path_factory.mktemp("other")
    with write_lock(data), new_generation(data) as generation:
        for name, continent in CONTINENTS.items():
            node, continent_is = ox.NamedNode(COUNTRY + name), ox.NamedNode(CONTINENT)
            generation.store.add(ox.Quad(node, continent_is, ox.Literal(continent)))
    with running(data, tmp_path_factory.mktemp("other-log"), "--workers", "1") as server:
        yield server
        assert server.stop() == 0


@pytest.fixture(scope="session")
def endpoint(gold_data: Path, other: Live, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The server of the seeds, which may ask the other one."""
    options = ("--workers", "1", "--services", f"{other.address}/sparql")
    with running(gold_data, tmp_path_factory.mktemp("log"), *options) as server:
        yield server
        assert server.stop() == 0
