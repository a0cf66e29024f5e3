"""A store with the ontology and its worked example, and the application on it."""

from __future__ import annotations

from collections.abc import Callable
from importlib import resources
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.settings import Settings
from kg.store import new_generation, write_lock
from server.app import create_app

ARTICLE = "https://w3id.org/aidgraph/id/article/000-0888dd242fe82e2b"


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
