"""The seed articles in the embedded store, and published in real stores of other makers."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "helpers"))  # folders of tests are no packages

from backends import oxigraph, settings_for, virtuoso

from kg.remote.backend import Secrets, backend_of
from kg.remote.client import Client
from kg.remote.health import Breaker
from kg.remote.pushing import push
from kg.remote.store import RemoteStore
from kg.settings import Settings

STARTS = {"oxigraph": oxigraph, "virtuoso": virtuoso}


@pytest.fixture(scope="session", params=sorted(STARTS))
def published(
    request: pytest.FixtureRequest, gold_data: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Settings]:
    """Settings with a store in which the graph of the seed articles was published. Tests only read it."""
    data = tmp_path_factory.mktemp("data") / "data"
    shutil.copytree(gold_data, data, symlinks=True)
    with STARTS[request.param](tmp_path_factory.mktemp(request.param)) as given:
        settings = settings_for(data, given)
        push(settings)
        yield settings


@pytest.fixture(scope="session", params=sorted(STARTS))
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A store for all tests that write."""
    with STARTS[request.param](tmp_path_factory.mktemp(request.param)) as given:
        yield given


@pytest.fixture
def empty(running: dict[str, str], tmp_path: Path) -> Settings:
    """Settings with an empty store, and a data folder without anything in it."""
    settings = settings_for(tmp_path / "data", running)
    backend = backend_of(settings)
    secrets = Secrets(settings.store_user, settings.store_password)
    client = Client(backend, secrets, Breaker(None))
    graphs = [backend.default_graph] if backend.default_graph else []
    graphs += [graph.value for graph in RemoteStore(client).named_graphs() if "example.org" in graph.value]
    for graph in graphs:
        client.update(f"DROP SILENT GRAPH <{graph}>", may_repeat=True)
    if not backend.default_graph:
        client.update("CLEAR DEFAULT", may_repeat=True)
    client.close()
    return settings
