"""The benchmark of the pages runs and tells what it should, on a small graph and without limits of time."""

from __future__ import annotations

import re
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from kg.index.opened import open_index
from kg.loading import load_files
from kg.store import open_snapshot

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a made-up graph of some articles."""
    folder = tmp_path_factory.mktemp("pages")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(HERE)
        from graph import write_graph

        write_graph(folder / "graph.nq.gz", 40)
    load_files(folder / "data", [folder / "graph.nq.gz"])
    return folder / "data"


def test_pages_are_several_of_each_kind_and_none_comes_twice(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(HERE)
    from addresses import pages_of

    with closing(open_index(open_snapshot(data).path.parent)) as index:
        pages = pages_of(index, 6)
    paths = [path for found in pages.values() for path in found]
    assert len(paths) == len(set(paths))
    assert [len(pages[kind]) for kind in ("event", "article", "term", "search")] == [6, 6, 6, 6]


def test_run_tells_times_sizes_and_the_largest(data: Path) -> None:
    command = [sys.executable, str(HERE / "pages.py"), "--data", str(data), "--most", "3", "--no-browser"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stdout + done.stderr
    rows = re.findall(r"^(\S.*?) +\d+ +(\d+\.\d) +\d+\.\d +(\d+\.\d) +- +-  /", done.stdout, re.M)
    assert {"home", "event", "map", "search", "answered query"} <= {name for name, _, _ in rows}
    assert all(float(median) > 0 and float(size) > 0 for _, median, size in rows)
    assert re.search(r"^60 KiB or more: ", done.stdout, re.M)
