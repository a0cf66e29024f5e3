"""A graph in which everything that can be a name, a text or a link is an attack, and the server on it."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient

from kg.settings import Settings
from server.app import create_app

sys.path.insert(0, str(Path(__file__).parent / "helpers"))  # folders of tests are no packages
sys.path.insert(0, str(Path(__file__).parents[1] / "server" / "helpers"))

from attacks import write_hostile
from live import Live, running


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with that graph. Tests only read it."""
    return write_hostile(tmp_path_factory.mktemp("hostile"))


@pytest.fixture(scope="session")
def app(hostile: Path) -> Flask:
    """The site on it."""
    return create_app(Settings(data=hostile, token="a-token-of-the-tests"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    """A browser without scripts."""
    return app.test_client()


@pytest.fixture(scope="session")
def server(hostile: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """The server on it, with its access log in the file ``access.log`` beside its other one."""
    folder = tmp_path_factory.mktemp("server")
    log = folder / "access.log"
    options = ("--workers", "1", "--access-log", str(log), "--copy-memory", "0", "--upload-limit", "8")
    with running(hostile, folder, *options) as live:
        yield live
        assert live.stop() == 0
