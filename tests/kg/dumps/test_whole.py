"""Dumps are the same bytes for the same graph, and whole or not there, whatever happens to who writes them."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import dump
from kg.dump import DUMP_NAMES, MANIFEST, dumped_version, read_manifest, write_dumps
from kg.dumps.lines import sort_graph
from kg.dumps.manifest import CHECKSUMS
from kg.dumps.spool import SortedGraph
from kg.errors import DataError, StoreError
from kg.settings import Settings
from kg.store import Snapshot

BASE = Settings().base
PROGRAM = f"""
import sys
from pathlib import Path
import pyoxigraph as ox
from kg.dump import write_dumps
from kg.store import Snapshot
store = ox.Store()
store.bulk_load(path=sys.argv[1], format=ox.RdfFormat.N_QUADS)
folder = Path(sys.argv[2])
print("ready", flush=True)
write_dumps(Snapshot(store, "v2", folder), folder, base={BASE!r}, note={{}})
"""


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


def start(quads: Path, folder: Path, **environment: str) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", PROGRAM, str(quads), str(folder)],
        env=os.environ | environment, stdout=subprocess.PIPE, text=True,
    )  # fmt: skip


@pytest.fixture(scope="module")
def quads(gold_store: ox.Store, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("quads") / "gold.nq"
    gold_store.dump(path, ox.RdfFormat.N_QUADS)
    return path


@pytest.fixture
def dumped(tmp_path: Path) -> Path:
    """Dumps of another graph, which a failing dump must leave as they are."""
    store = ox.Store()
    store.load(b'<http://example.org/a> <http://example.org/p> "o" .', ox.RdfFormat.N_TRIPLES)
    write_dumps(Snapshot(store, "v1", tmp_path), tmp_path, base=BASE, note={})
    return tmp_path


@pytest.mark.parametrize(
    "environment",
    [{"PYTHONHASHSEED": "1", "TZ": "Asia/Kathmandu"}, {"PYTHONHASHSEED": "4711", "TZ": "America/Lima", "LC_ALL": "C"}],
)
def test_other_process_writes_the_same_bytes(
    environment: dict[str, str], gold_store: ox.Store, quads: Path, tmp_path: Path
) -> None:
    here, there = tmp_path / "here", tmp_path / "there"
    write_dumps(Snapshot(gold_store, "v2", here), here, base=BASE, note={})
    backwards = tmp_path / "backwards.nq"
    backwards.write_bytes(b"".join(reversed(quads.read_bytes().splitlines(keepends=True))))
    with start(backwards, there, **environment) as process:
        assert process.wait(60) == 0
    assert contents(there) == contents(here)


def test_several_processes_write_the_same_bytes(
    gold_store: ox.Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    write_dumps(Snapshot(gold_store, "v2", one), one, base=BASE, note={})
    monkeypatch.setattr(dump, "FEW", 0)
    write_dumps(Snapshot(gold_store, "v2", two), two, base=BASE, note={}, jobs=2)
    assert contents(two) == contents(one)


def take_a_name(new: Path, _: SortedGraph) -> None:
    """A folder lies where a dump belongs, so that it cannot be opened: a disk may fail at any file."""
    (new / "aidgraph.nt.gz").mkdir()


def spoil_lines(_: Path, graph: SortedGraph) -> None:
    """Lines that end the process that reads them."""
    graph.every.write_bytes(b"<a>\n")
    graph.default.write_bytes(b"<a>\n")


@pytest.mark.parametrize(
    ("spoil", "reason"), [(take_a_name, "Is a directory"), (spoil_lines, "the process that worked on it ended")]
)
def test_fault_in_another_process_leaves_the_old_files(
    spoil: Callable[[Path, SortedGraph], None], reason: str, gold_store: ox.Store, dumped: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def sort_and_spoil(snapshot: Snapshot, apart: Path) -> SortedGraph:
        graph = sort_graph(snapshot, apart)
        (new,) = {path for path in dumped.iterdir() if path.name.startswith(".")} - {apart}
        spoil(new, graph)
        return graph

    before = contents(dumped)
    monkeypatch.setattr(dump, "FEW", 0)
    with pytest.raises(StoreError, match=f"cannot be written .*{reason}.*the old ones were left"):
        write_dumps(Snapshot(gold_store, "v2", dumped), dumped, base=BASE, note={}, jobs=2, sort=sort_and_spoil)
    assert contents(dumped) == before
    assert dumped_version(dumped) == "v1"


def test_version_is_that_of_the_content(gold_store: ox.Store, tmp_path: Path) -> None:
    versions = []
    for name, store in (("a", gold_store), ("b", gold_store), ("c", ox.Store())):
        versions.append(write_dumps(Snapshot(store, name, tmp_path), tmp_path / name, base=BASE, note={}).version)
    assert versions[0] == versions[1] != versions[2]


@pytest.mark.parametrize("seconds", [0.0, 0.05, 0.15, 0.3, 0.6])
def test_killed_dump_leaves_old_files_or_new_ones(seconds: float, quads: Path, dumped: Path) -> None:
    """All are the old ones, or all are the new ones. Between two renames, a moment that no test can hit for certain,
    no version is told, so that the next build writes them again."""
    before = contents(dumped)
    with start(quads, dumped) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(seconds)
        process.send_signal(signal.SIGKILL)
    after = {path.name: path.read_bytes() for path in dumped.iterdir() if path.is_file()}
    if dumped_version(dumped) == "v1":
        assert after == before
    else:
        assert seconds > 0
    if dumped_version(dumped) is not None:
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", CHECKSUMS], cwd=dumped, check=True)


def test_dumps_between_two_renames_are_those_of_no_version(dumped: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As a kill there would leave them: some files are new, and the note is gone."""
    rename, renamed = Path.replace, []

    def dying(path: Path, target: Path) -> Path:
        renamed.append(target)
        if len(renamed) > 3:
            raise OSError("killed")
        return rename(path, target)

    monkeypatch.setattr(Path, "replace", dying)
    with pytest.raises(StoreError):
        write_dumps(Snapshot(ox.Store(), "v2", dumped), dumped, base=BASE, note={})
    assert dumped_version(dumped) is None


def test_next_dump_clears_what_a_killed_one_left(gold_store: ox.Store, dumped: Path) -> None:
    (dumped / ".unfinished-x").mkdir()
    (dumped / ".unfinished-x" / "aidgraph.ttl.gz").write_bytes(b"half")
    write_dumps(Snapshot(gold_store, "v2", dumped), dumped, base=BASE, note={})
    assert [path.name for path in dumped.iterdir() if path.name.startswith(".")] == []


def test_full_disk_leaves_the_old_files(gold_store: ox.Store, dumped: Path) -> None:
    """A limit on the size of files stands for the disk: it fails the same write, with another number."""
    before = contents(dumped)
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    former = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_000, limits[1]))
    try:
        with pytest.raises(StoreError, match="the dumps cannot be written"):
            write_dumps(Snapshot(gold_store, "v2", dumped), dumped, base=BASE, note={})
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
        signal.signal(signal.SIGXFSZ, former)
    assert contents(dumped) == before
    assert dumped_version(dumped) == "v1"


def test_formats_that_are_not_asked_for_go(gold_store: ox.Store, dumped: Path) -> None:
    (dumped / "void.ttl").write_text("of another writer")
    write_dumps(Snapshot(gold_store, "v2", dumped), dumped, base=BASE, note={}, formats=("hdt", "nt"))
    names = {path.name for path in dumped.iterdir()}
    assert names & {*DUMP_NAMES} == {"aidgraph.nt.gz", "aidgraph.nt.zst", "aidgraph.hdt"}
    assert "void.ttl" in names
    assert dumped_version(dumped) == "v2"


def test_manifest_is_read_back_equal(gold_store: ox.Store, tmp_path: Path) -> None:
    written = write_dumps(Snapshot(gold_store, "v", tmp_path), tmp_path, base=BASE, note={}, hdt_limit=1)
    assert read_manifest(tmp_path) == written
    told = json.loads((tmp_path / MANIFEST).read_text())
    assert list(told) == ["version", "base", "triples", "quads", "files", "left_out"]
    assert told["left_out"][0]["format"] == "hdt"


@pytest.mark.parametrize("text", ["", "{}", "[1]", '{"version": 3}'])
def test_damaged_manifest_is_told(text: str, tmp_path: Path) -> None:
    (tmp_path / MANIFEST).write_text(text)
    with pytest.raises(DataError, match="no manifest of dumps"):
        read_manifest(tmp_path)
    assert dumped_version(tmp_path) is None


def test_server_does_not_load_what_writes_tables() -> None:
    program = "import sys, server.app; sys.exit(1 if 'pyarrow' in sys.modules else 0)"
    assert subprocess.run([sys.executable, "-c", program], check=False).returncode == 0
