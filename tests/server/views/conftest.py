"""The site on a graph made for its pages: ``things.ttl``."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient

from kg.settings import Settings
from server.app import create_app


@pytest.fixture(scope="session")
def things_data(tmp_path_factory: pytest.TempPathFactory, publish: Callable[..., None]) -> Path:
    """A data folder with that graph."""
    folder: Path = tmp_path_factory.mktemp("things")
    turtle = Path(__file__).with_name("things.ttl").read_text(encoding="utf-8")
    publish(folder, *ox.parse(turtle, format=ox.RdfFormat.TURTLE))
    return folder


@pytest.fixture(scope="session")
def things(things_data: Path) -> FlaskClient:
    """A browser on it."""
    return create_app(Settings(data=things_data)).test_client()
