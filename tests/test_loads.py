"""The dumps in programs of other people's making: each must find as many triples as the store holds."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from kg.store import open_snapshot

pytestmark = [pytest.mark.loads, pytest.mark.slow]

RDFLIB_NAMES = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "jsonld": "json-ld"}
RAPPER_NAMES = {"ttl": "turtle", "nt": "ntriples", "nq": "nquads", "trig": "trig"}  # it reads no JSON-LD
COUNT = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


@pytest.fixture(scope="module")
def expected(seeds_data: Path) -> dict[str, int]:
    """Triples or quads that each dump stands for, counted in the store itself."""
    store = open_snapshot(seeds_data).store
    triples = sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    assert 0 < triples < len(store)
    return {"ttl": triples, "nt": triples, "nq": len(store), "trig": len(store), "jsonld": len(store)}


def run(program: str, *arguments: str | Path, package: str, stdin: bytes = b"") -> tuple[str, str]:
    """What a program prints to standard output and standard error; skips where it is not installed."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ.get("PATH", "")])
    found = shutil.which(program, path=path)
    if found is None:
        pytest.skip(f"{program} is not installed (package {package})")
    done = subprocess.run([found, *arguments], input=stdin, capture_output=True, timeout=120)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout.decode(), done.stderr.decode()


@pytest.mark.parametrize("ending", RDFLIB_NAMES)
def test_oxigraph_loads_the_dump(ending: str, seeds_data: Path, expected: dict[str, int], tmp_path: Path) -> None:
    dump = seeds_data / "dumps" / f"aidgraph.{ending}.gz"
    store = ("--location", tmp_path / "store")
    run("oxigraph", "load", *store, "--file", dump, package="oxigraph of PyPI")
    query = ("query", *store, "--results-format", "csv", "--query", COUNT)
    assert run("oxigraph", *query, package="oxigraph of PyPI")[0].split() == ["n", str(expected[ending])]


@pytest.mark.parametrize("ending", RAPPER_NAMES)
def test_rapper_loads_the_dump(ending: str, seeds_data: Path, expected: dict[str, int]) -> None:
    content = gzip.decompress((seeds_data / "dumps" / f"aidgraph.{ending}.gz").read_bytes())
    arguments = ("--count", "--input", RAPPER_NAMES[ending], "-", "http://example.org/")
    said = run("rapper", *arguments, package="raptor2-utils of Debian", stdin=content)[1]
    assert re.findall(r"returned (\d+) triples", said) == [str(expected[ending])]
    assert "rror" not in said
    assert "arning" not in said


@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph).*deprecated:DeprecationWarning")  # rdflib 7.6 itself
@pytest.mark.parametrize("ending", RDFLIB_NAMES)
def test_rdflib_loads_the_dump(ending: str, seeds_data: Path, expected: dict[str, int]) -> None:
    dataset = rdflib.Dataset()
    content = gzip.decompress((seeds_data / "dumps" / f"aidgraph.{ending}.gz").read_bytes())
    dataset.parse(data=content, format=RDFLIB_NAMES[ending])
    assert sum(1 for _ in dataset.quads((None, None, None, None))) == expected[ending]
