"""Dumps: whole, sorted, the same bytes every time, and readable by other libraries."""

import gzip
import hashlib
import json
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib
import zstandard
from pyld import jsonld

from kg.dump import BUILD_NOTE, CHECKSUMS, DUMP_NAMES, MANIFEST, dumped_version, read_manifest, write_dumps
from kg.formats import GRAPH_FORMATS
from kg.settings import Settings
from kg.store import Snapshot

RDFLIB_NAMES = {"ttl": "turtle", "nt": "nt", "nq": "nquads", "trig": "trig", "jsonld": "json-ld"}


def dump(store: ox.Store, folder: Path) -> dict[str, bytes]:
    write_dumps(Snapshot(store, "v1", folder), folder, base=Settings().base, note={"quads": len(store)})
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture(scope="module")
def dumped(gold_store: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dumps")
    dump(gold_store, folder)
    return folder


def unpacked(folder: Path, ending: str) -> bytes:
    return gzip.decompress((folder / f"aidgraph.{ending}.gz").read_bytes())


def expected_size(store: ox.Store, ending: str) -> int:
    if ending in ("ttl", "nt", "hdt"):
        return sum(1 for _ in store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
    return len(store)


@pytest.mark.parametrize("ending", RDFLIB_NAMES)
def test_oxigraph_reads_the_same_quads_back(dumped: Path, gold_store: ox.Store, ending: str) -> None:
    quads = set(ox.parse(unpacked(dumped, ending), GRAPH_FORMATS[ending]))
    assert quads <= set(gold_store)
    assert len(quads) == expected_size(gold_store, ending)


@pytest.mark.filterwarnings(
    "ignore:(Dataset|ConjunctiveGraph):DeprecationWarning"
)  # rdflib 7.6 warns of calls of its own
@pytest.mark.parametrize("ending", RDFLIB_NAMES)
def test_rdflib_reads_as_many_triples(dumped: Path, gold_store: ox.Store, ending: str) -> None:
    dataset = rdflib.Dataset()
    dataset.parse(data=unpacked(dumped, ending), format=RDFLIB_NAMES[ending])
    assert sum(1 for _ in dataset.quads()) == expected_size(gold_store, ending)


def test_pyld_reads_the_same_quads(dumped: Path) -> None:
    lines = jsonld.to_rdf(json.loads(unpacked(dumped, "jsonld")), {"format": "application/n-quads"})
    assert sorted(lines.splitlines()) == sorted(unpacked(dumped, "nq").decode().splitlines())


@pytest.mark.parametrize("ending", ["nt", "nq"])
def test_lines_are_sorted(dumped: Path, ending: str) -> None:
    lines = unpacked(dumped, ending).splitlines()
    assert lines == sorted(lines)


def test_turtle_is_grouped_and_uses_prefixes(dumped: Path) -> None:
    text = unpacked(dumped, "ttl").decode()
    assert text.count("\nevent:russia-to-italy-pledged-2020-03-21 ") == 1
    assert "\taid:donor country:russia ;" in text
    assert "@prefix schema: <http://schema.org/> ." in text


def test_same_store_gives_the_same_bytes(gold_quads: frozenset[ox.Quad], dumped: Path, tmp_path: Path) -> None:
    again = ox.Store()
    for quad in sorted(gold_quads, key=str, reverse=True):
        again.add(quad)
    assert dump(again, tmp_path) == {path.name: path.read_bytes() for path in dumped.iterdir()}


def test_archives_hold_neither_time_nor_name(dumped: Path) -> None:
    for name in (name for name in DUMP_NAMES if name.endswith(".gz")):
        assert (dumped / name).read_bytes()[3:8] == b"\0\0\0\0\0", "flags and time of RFC 1952"


def test_checksums_can_be_checked(dumped: Path) -> None:
    lines = (dumped / CHECKSUMS).read_text().splitlines()
    assert [line.split("  ")[1] for line in lines] == sorted(DUMP_NAMES)
    for line in lines:
        digest, name = line.split("  ")
        assert hashlib.sha256((dumped / name).read_bytes()).hexdigest() == digest
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", CHECKSUMS], cwd=dumped, check=True)


def test_note_tells_the_version_that_was_dumped(dumped: Path, gold_store: ox.Store, tmp_path: Path) -> None:
    assert json.loads((dumped / BUILD_NOTE).read_text()) == {"version": "v1", "quads": len(gold_store)}
    assert dumped_version(dumped) == "v1"
    assert dumped_version(tmp_path) is None


def test_missing_dump_counts_as_not_dumped(tmp_path: Path) -> None:
    dump(ox.Store(), tmp_path)
    (tmp_path / DUMP_NAMES[0]).unlink()
    assert dumped_version(tmp_path) is None


def test_no_temporary_file_is_left(dumped: Path) -> None:
    assert {path.name for path in dumped.iterdir()} == {*DUMP_NAMES, CHECKSUMS, MANIFEST, BUILD_NOTE}


def test_manifest_lists_every_file_as_it_is(dumped: Path, gold_store: ox.Store) -> None:
    manifest = read_manifest(dumped)
    assert manifest is not None
    assert {file.name for file in manifest.files} == {*DUMP_NAMES}
    for file in manifest.files:
        content = (dumped / file.name).read_bytes()
        assert (file.size, file.sha256) == (len(content), hashlib.sha256(content).hexdigest())
        assert file.statements in (None, expected_size(gold_store, file.name.split(".")[1]))


def test_zstandard_holds_what_gzip_holds(dumped: Path) -> None:
    for ending in RDFLIB_NAMES:
        packed = (dumped / f"aidgraph.{ending}.zst").read_bytes()
        assert zstandard.ZstdDecompressor().decompressobj().decompress(packed) == unpacked(dumped, ending)
