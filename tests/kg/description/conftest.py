"""The descriptions that stand beside the dumps of the gold graph."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.dumps.manifest import Manifest, read_manifest


@pytest.fixture(scope="session")
def dumps(gold_data: Path) -> Path:
    """The folder of the dumps. Tests only read it."""
    return gold_data / "dumps"


@pytest.fixture(scope="session")
def manifest(dumps: Path) -> Manifest:
    found = read_manifest(dumps)
    assert found is not None
    return found
