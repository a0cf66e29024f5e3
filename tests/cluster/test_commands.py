"""The command itself, language model and all: with a cluster it makes the graph that it makes without."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from kg.store import open_snapshot

ROOT = Path(__file__).parents[2]
AIDGRAPH = str(Path(sys.executable).with_name("aidgraph"))
PAGE = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")


def run(*arguments: str, code: int = 0, **environment: str) -> str:
    """Run a build; what it says on standard error."""
    command = [AIDGRAPH, "build", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300, env=os.environ | environment)
    assert done.returncode == code, done.stderr
    return done.stderr


@pytest.mark.slow
def test_build_on_a_cluster_makes_the_same_graph(cluster: Any, seeds_data: Path, tmp_path: Path) -> None:
    data = tmp_path / "data"
    run(str(ROOT / "seeds"), "--data", str(data), "--cluster", cluster.address)
    assert {*open_snapshot(data).store} == {*open_snapshot(seeds_data).store}
    assert [*(data / "shards").rglob("*.nq.zst")]


@pytest.mark.parametrize("option", [["--shards", "s3://me:SECRET@news/shards", "seeds"], ["s3://me:SECRET@news/today"]])
def test_address_with_credentials_is_refused_and_not_repeated(option: list[str], tmp_path: Path) -> None:
    arguments = [word.replace("seeds", str(ROOT / "seeds")) for word in option]
    said = run(*arguments, "--data", str(tmp_path), "--cluster", "tcp://127.0.0.1:9", code=1)
    assert "credentials do not belong in an address" in said
    assert "SECRET" not in said


@pytest.mark.slow
@pytest.mark.parametrize("command", ["scheduler", "worker"])
def test_options_that_the_page_names_are_options_of_dask(command: str) -> None:
    done = subprocess.run([sys.executable, "-m", "dask", command, "--help"], capture_output=True, text=True, check=True)
    named = {one for line in re.findall(rf"dask {command}[^\n`]*", PAGE) for one in re.findall(r"--[a-z-]+", line)}
    assert named
    assert named <= set(re.findall(r"--[a-z-]+", done.stdout))
