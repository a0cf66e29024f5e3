"""The other forms of the dump, by what the recipes do not use: Oxigraph's command and rdflib."""

from __future__ import annotations

import gzip
import subprocess
import sys
from pathlib import Path

import pytest
import rdflib
from served import Dumps

pytestmark = [pytest.mark.loads, pytest.mark.slow]

OXIGRAPH = str(Path(sys.executable).with_name("oxigraph"))
COUNT = "SELECT (COUNT(*) AS ?n) { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


@pytest.mark.parametrize("ending", ["ttl", "nt", "nq", "trig", "jsonld"])
def test_oxigraph_loads_every_form(ending: str, seeds: Dumps, tmp_path: Path) -> None:
    store = ("--location", tmp_path / "store")
    subprocess.run(
        [OXIGRAPH, "load", *store, "--file", seeds.folder / f"aidgraph.{ending}.gz"], check=True, timeout=120
    )
    query = [OXIGRAPH, "query", *store, "--results-format", "csv", "--query", COUNT]
    answered = subprocess.run(query, check=True, capture_output=True, text=True, timeout=120)
    assert answered.stdout.split() == ["n", str(seeds.count(ending))]


@pytest.mark.filterwarnings("ignore:(Dataset|ConjunctiveGraph).*deprecated:DeprecationWarning")  # rdflib 7.6 itself
@pytest.mark.parametrize(("ending", "name"), [("nt", "nt"), ("trig", "trig"), ("jsonld", "json-ld")])
def test_rdflib_reads_every_form(ending: str, name: str, seeds: Dumps) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=gzip.decompress((seeds.folder / f"aidgraph.{ending}.gz").read_bytes()), format=name)
    assert sum(1 for _ in dataset.quads((None, None, None, None))) == seeds.count(ending)
