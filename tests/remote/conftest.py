"""The seed articles in the embedded store, and published in real stores of other makers."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "helpers"))  # folders of tests are no packages

from backends import oxigraph, settings_for, virtuoso

from kg.remote.pushing import push
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


@pytest.fixture(params=sorted(STARTS))
def empty(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Settings]:
    """Settings with an empty store of one's own, and a data folder without anything in it."""
    (tmp_path / "store").mkdir()
    with STARTS[request.param](tmp_path / "store") as given:
        yield settings_for(tmp_path / "data", given)
