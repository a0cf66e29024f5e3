"""A small graph with its index, for all tests of the lists."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "helpers"))  # folders of tests are no packages

from world import World, make_world


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    """That graph. Tests only read it."""
    made = make_world(tmp_path_factory.mktemp("world"))
    yield made
    made.index.close()
