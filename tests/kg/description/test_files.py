"""When the descriptions are written, and that they go with the dumps that they describe."""

from __future__ import annotations

from errno import ENOSPC
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import BNode, Graph, URIRef
from rdflib.namespace import DCAT, PROV, RDF, VOID

from kg.counts import count_facts
from kg.description.files import DESCRIPTIONS, former_versions, is_described
from kg.dumping import refresh_dumps
from kg.dumps.manifest import Manifest, read_manifest
from kg.errors import StoreError
from kg.lock import write_lock
from kg.settings import Settings
from kg.store import new_generation, open_snapshot

DATASET = URIRef("https://w3id.org/aidgraph/.well-known/void#dataset")
NODE = ox.NamedNode("http://example.org/x")


def write(settings: Settings, value: str) -> str:
    """Let the graph say nothing but this and dump it; the version that the dumps have then."""
    with write_lock(settings.data), new_generation(settings.data) as generation:
        generation.store.clear()
        generation.store.add(ox.Quad(NODE, NODE, ox.Literal(value)))
    return dump(settings)


def dump(settings: Settings) -> str:
    snapshot = open_snapshot(settings.data)
    refresh_dumps(snapshot, settings, count_facts(snapshot.store))
    manifest = read_manifest(settings.data / "dumps")
    assert manifest is not None
    return manifest.version


def revisions(settings: Settings) -> list[str]:
    account = Graph().parse(settings.data / "dumps" / "provenance.ttl")
    return [str(former).rpartition("#version-")[2] for former in account.objects(None, PROV.wasRevisionOf)]


def test_void_tells_the_dumps_beside_it(dumps: Path, manifest: Manifest) -> None:
    void = Graph().parse(dumps / "void.ttl")
    assert int(void.value(DATASET, VOID.triples)) == manifest.triples
    found = {str(one).rpartition("/")[2] for one in void.objects(None, DCAT.downloadURL)}
    assert found == {file.name for file in manifest.files}
    assert not [term for triple in void for term in triple if isinstance(term, BNode)]
    assert not list(void.subjects(RDF.type, DCAT.DataService))


def test_each_account_names_the_version_before(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    first, second = write(settings, "one"), write(settings, "two")
    assert revisions(settings) == [first]
    assert dump(settings) == second
    assert revisions(settings) == [first]
    assert write(settings, "one") == first
    assert revisions(settings) == [second]


def test_first_account_names_no_version_before(tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "data")
    write(settings, "one")
    assert revisions(settings) == []


def test_damaged_manifest_tells_of_no_version(tmp_path: Path) -> None:
    (tmp_path / "manifest.json").write_text("{")
    assert former_versions(tmp_path) == []


def test_dumps_that_cannot_be_described_leave_the_old_ones(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    settings = Settings(data=tmp_path / "data")
    write(settings, "one")
    folder = settings.data / "dumps"
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def fail(*_: object) -> None:
        raise OSError(ENOSPC, "No space left on device")

    monkeypatch.setattr("kg.dumping.write_descriptions", fail)
    with pytest.raises(StoreError, match="No space"):
        write(settings, "two")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_files_in_the_making_are_hidden_and_none_is_left(dumps: Path) -> None:
    hidden = {path.name for path in dumps.iterdir() if path.name.startswith(".")}
    assert hidden <= {".newer.json.lock"}  # which is no dump and stays empty


@pytest.mark.parametrize("name", DESCRIPTIONS)
def test_one_that_is_missing_is_noticed(tmp_path: Path, name: str) -> None:
    for one in DESCRIPTIONS:
        (tmp_path / one).touch()
    assert is_described(tmp_path)
    (tmp_path / name).unlink()
    assert not is_described(tmp_path)
