"""A store with the ontology and its worked example, the application on it, and the real server on it."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from importlib import resources
from itertools import pairwise
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.lock import write_lock
from kg.settings import Settings
from kg.store import new_generation
from server.app import create_app

sys.path.insert(0, str(Path(__file__).parent / "helpers"))  # folders of tests are no packages

from live import Live, running

ARTICLE = "https://w3id.org/aidgraph/id/article/000-0888dd242fe82e2b"
NEXT = ox.NamedNode("http://example.org/next")


Publish = Callable[..., None]


def _publish(data: Path, *extra: ox.Quad) -> None:
    """Publish a new generation: the ontology, the example (also as its article's graph) and ``extra``."""
    folder = resources.files("ontology")
    example = folder.joinpath("example.ttl").read_bytes()
    with write_lock(data), new_generation(data) as generation:
        generation.store.load(folder.joinpath("aid.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
        generation.store.load(example, format=ox.RdfFormat.TURTLE)
        generation.store.load(example, format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(ARTICLE))
        generation.store.extend(extra)


@pytest.fixture(scope="session")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a store and two files of dumps. Tests only read it."""
    folder = tmp_path_factory.mktemp("data")
    _publish(folder)
    (folder / "dumps").mkdir()
    (folder / "dumps" / "aidgraph.nt.gz").write_bytes(b"\x1f\x8b0123456789")
    (folder / "dumps" / "SHA256SUMS").write_text("0  aidgraph.nt.gz\n")
    (folder / "dumps" / "aidgraph.ttl.gz.tmp").write_bytes(b"half")
    return folder


@pytest.fixture(scope="session")
def publish() -> Publish:
    """The function that publishes a generation in a folder of the test's own."""
    return _publish


@pytest.fixture(scope="session")
def app(data: Path) -> Flask:
    """The application on that folder."""
    return create_app(Settings(data=data))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A client of it."""
    return app.test_client()


@pytest.fixture(scope="session")
def store() -> ox.Store:
    """The same triples in memory."""
    store = ox.Store()
    for name in ("aid.ttl", "example.ttl"):
        store.load(resources.files("ontology").joinpath(name).read_bytes(), format=ox.RdfFormat.TURTLE)
    return store


@pytest.fixture(scope="session")
def live(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The server on that folder, as its command starts it; it does not end with a fault."""
    with running(data, tmp_path_factory.mktemp("live"), "--workers", "2") as server:
        yield server
        assert server.stop() == 0


@pytest.fixture(scope="session")
def hard_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a chain of 3,000 links besides, long enough for its closure to take too long."""
    folder = tmp_path_factory.mktemp("hard")
    nodes = [ox.NamedNode(f"http://example.org/chain/{number}") for number in range(3001)]
    _publish(folder, *(ox.Quad(one, NEXT, other) for one, other in pairwise(nodes)))
    return folder


@pytest.fixture(scope="session")
def strict(hard_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server that allows little: 2 seconds and 256 MiB a query, 1 MiB of buffer, half a second for headers."""
    limits = ("--query-timeout", "2", "--query-memory", "256", "--answer-buffer", "1", "--copy-memory", "0")
    changes = (
        "import server.front.exchange, server.front.http\n"
        "server.front.exchange.BODY_SECONDS = server.front.http.HEADER_SECONDS = 0.5\n"
    )
    with running(hard_data, tmp_path_factory.mktemp("strict"), *limits, "--workers", "1", changes=changes) as server:
        yield server
        assert server.stop() == 0
