"""The soak runs for some seconds on a small graph, with nothing wrong and then with every fault once."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.dump import write_dumps
from kg.loading import load_files
from kg.settings import Settings
from kg.store import open_snapshot

HERE = Path(__file__).parent


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with a made-up graph of some articles, and one dump."""
    folder = tmp_path_factory.mktemp("soak")
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(HERE)
        from graph import write_graph

        write_graph(folder / "graph.nq.gz", 40)
    load_files(folder / "data", [folder / "graph.nq.gz"])
    snapshot = open_snapshot(folder / "data")
    write_dumps(snapshot, folder / "data" / "dumps", base=Settings().base, note={}, formats=("nt",))
    return folder / "data"


def run(data: Path, *options: str) -> tuple[dict[str, Any], str]:
    """The last line of what it says, and all of it; it ends well."""
    command = [sys.executable, str(HERE / "soak.py"), str(data), "--clients", "4", *options]
    paths = os.pathsep.join([str(HERE.parents[1]), str(HERE)])
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=600, check=False, env=os.environ | {"PYTHONPATH": paths}
    )
    assert done.returncode == 0, done.stdout + done.stderr
    told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return told, done.stdout


def test_every_answer_is_right(data: Path) -> None:
    told, text = run(data, "--minutes", "0.1")
    assert told["sums"]["right"] == sum(told["sums"].values()) > 50
    assert all(f"| {kind} | " in text for kind in ("page", "list", "data", "sparql", "search", "fragments", "write"))


def test_every_answer_is_right_or_an_honest_error_and_all_recovers(data: Path) -> None:
    told, text = run(data, "--minutes", "0", "--faults", "--fault-seconds", "0.5")
    assert (told["sums"]["wrong"], told["slow to recover"], told["stopped"]) == (0, [], 0)
    assert text.count("well again after") >= 6
