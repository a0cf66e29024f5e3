"""Backups: what comes back is what was there, builds go on from it, and nothing damaged or hostile comes in."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import words
import zstandard
from kills import dump_of, graph_of

from kg.backup import back_up
from kg.backupfiles import MANIFEST
from kg.errors import LockedError, StoreError
from kg.lock import write_lock
from kg.pipeline import BuildReport, build
from kg.restore import restore
from kg.settings import Settings
from kg.store import current_version, open_snapshot
from kg.writing import Update, perform

BASE = Settings().base
OTHERS = Update("INSERT DATA { GRAPH <http://x/graph> { <http://x/s> <http://x/p> 'kept' } }", "http://x/")


def make(data: Path, articles: Path, seed: int) -> BuildReport:
    """Build a folder of made-up articles."""
    words.write_articles(articles, seed, number=8)
    settings = Settings(data=data, jobs=1, dump_formats=("nq",))
    return build([str(articles)], settings, words, progress=lambda *_: None, shacl=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A data folder that was built twice, and that others wrote to."""
    folder = tmp_path / "data"
    make(folder, tmp_path / "articles", 1)
    perform(folder, OTHERS)
    make(folder, tmp_path / "articles", 2)
    return folder


@pytest.fixture(params=["backup.tar.zst", "backup"])
def backup(request: pytest.FixtureRequest, tmp_path: Path, data: Path) -> Path:
    path = tmp_path / str(request.param)
    back_up(data, path, base=BASE)
    return path


def test_restored_graph_is_the_same_and_builds_go_on_from_it(tmp_path: Path, data: Path, backup: Path) -> None:
    new = tmp_path / "new"
    restore(backup, new)
    assert graph_of(new) == graph_of(data)
    report = make(new, tmp_path / "articles", 2)
    assert (report.intake.read, report.intake.unchanged) == (0, 8)
    assert not report.change
    make(new, tmp_path / "articles", 3)
    make(data, tmp_path / "articles", 3)
    assert graph_of(new) == graph_of(data)
    assert dump_of(new) == dump_of(data)


def test_build_after_a_restore_is_incremental(tmp_path: Path, backup: Path) -> None:
    new = tmp_path / "new"
    restore(backup, new)
    mark = (new / "store" / ".." / "built").read_bytes()
    make(new, tmp_path / "articles", 2)
    assert (new / "store" / ".." / "built").read_bytes() == mark  # not even the ledger was made anew


def test_two_backups_of_one_state_are_the_same_bytes(tmp_path: Path, data: Path) -> None:
    for name in ("one.tar.zst", "two.tar.zst"):
        back_up(data, tmp_path / name, base=BASE)
    assert (tmp_path / "one.tar.zst").read_bytes() == (tmp_path / "two.tar.zst").read_bytes()


def test_backup_never_writes_over_anything(tmp_path: Path, data: Path) -> None:
    (tmp_path / "there").write_text("mine", encoding="ascii")
    with pytest.raises(StoreError, match="is there already"):
        back_up(data, tmp_path / "there", base=BASE)
    assert (tmp_path / "there").read_text(encoding="ascii") == "mine"


def test_graph_that_is_there_is_left_alone(data: Path, backup: Path) -> None:
    before = current_version(data)
    with pytest.raises(StoreError, match="add --replace"):
        restore(backup, data)
    assert current_version(data) == before


def test_folder_of_something_else_is_left_alone(tmp_path: Path, backup: Path) -> None:
    other = tmp_path / "photos"
    other.mkdir()
    (other / "sea.jpg").touch()
    with pytest.raises(StoreError, match="no data folder"):
        restore(backup, other, over=True)
    assert [path.name for path in other.iterdir()] == ["sea.jpg"]


def test_replacing_goes_back_to_the_state_of_the_backup(tmp_path: Path, data: Path, backup: Path) -> None:
    old = graph_of(data)
    make(data, tmp_path / "articles", 4)
    reader = open_snapshot(data)
    size = len(reader.store)
    restore(backup, data, over=True)
    assert graph_of(data) == old
    assert len(reader.store) == size  # whoever reads goes on with what it read
    assert not make(data, tmp_path / "articles", 2).change
    assert not (data / "restored").exists()


def test_backup_of_a_folder_that_is_being_written_to_waits_for_nobody(tmp_path: Path, data: Path) -> None:
    with write_lock(data):
        back_up(data, tmp_path / "backup", base=BASE)
    restore(tmp_path / "backup", tmp_path / "new")
    assert graph_of(tmp_path / "new") == graph_of(data)


def test_backup_of_a_ledger_that_a_build_keeps_gives_up(tmp_path: Path, data: Path) -> None:
    (ledger,) = (data / "ledger").glob("*.sqlite")
    connection = sqlite3.connect(ledger, isolation_level=None)
    connection.execute("BEGIN EXCLUSIVE")
    with pytest.raises(LockedError, match="try again"):
        back_up(data, tmp_path / "backup", base=BASE, patience=0.3)
    connection.close()
    assert not list(tmp_path.glob("*backup*"))


def test_backups_taken_while_builds_are_published_are_each_of_one_state(tmp_path: Path, data: Path) -> None:
    graphs, done = {current_version(data): graph_of(data)}, threading.Event()

    def builds() -> None:
        for seed in range(5, 9):
            make(data, tmp_path / "articles", seed)
            graphs[current_version(data)] = graph_of(data)
        done.set()

    thread = threading.Thread(target=builds)
    thread.start()
    made: list[tuple[Path, str]] = []
    while not done.is_set():
        path = tmp_path / f"backup-{len(made)}"
        made.append((path, back_up(data, path, base=BASE).version))
    thread.join()
    assert len(made) > 1
    for path, version in made[:: max(1, len(made) // 4)]:
        new = path.with_name(f"{path.name}-restored")
        restore(path, new)
        assert graph_of(new) == graphs[version]
        make(new, tmp_path / "articles", 8)
        assert graph_of(new) == graph_of(data)


Spoil = Callable[[Path], None]


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-100])


def flip(path: Path) -> None:
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("spoil", [cut, flip])
def test_damaged_backup_is_refused(tmp_path: Path, backup: Path, spoil: Spoil) -> None:
    spoil(backup if backup.is_file() else backup / "readings.sqlite")
    with pytest.raises(StoreError, match="nothing was restored"):
        restore(backup, tmp_path / "new")
    assert not (tmp_path / "new" / "store").exists()
    assert not list((tmp_path / "new" / "stores").iterdir())


def test_damaged_backup_leaves_the_graph_that_is_there(data: Path, backup: Path) -> None:
    flip(backup if backup.is_file() else backup / "readings.sqlite")
    before = current_version(data)
    with pytest.raises(StoreError, match="damaged"):
        restore(backup, data, over=True)
    assert current_version(data) == before


def test_backup_that_lacks_a_file_is_refused(tmp_path: Path, data: Path) -> None:
    back_up(data, tmp_path / "backup", base=BASE)
    (tmp_path / "backup" / "ledger.sqlite").unlink()
    with pytest.raises(StoreError, match=r"lacks ledger\.sqlite"):
        restore(tmp_path / "backup", tmp_path / "new")


@pytest.mark.parametrize(("field", "value"), [("format", 2), ("program", "99.0.0")])
def test_backup_of_a_newer_program_is_refused(tmp_path: Path, data: Path, field: str, value: object) -> None:
    back_up(data, tmp_path / "backup", base=BASE)
    change_manifest(tmp_path / "backup", **{field: value})
    with pytest.raises(StoreError, match="restore it with that version or a newer one"):
        restore(tmp_path / "backup", tmp_path / "new")


@pytest.mark.parametrize("name", ["../escaped", "/tmp/escaped", "store/../../escaped", "store/rocksdb/..", "lock"])  # nosec B108
def test_name_that_leads_out_of_a_backup_is_refused(tmp_path: Path, data: Path, name: str) -> None:
    back_up(data, tmp_path / "backup", base=BASE)
    change_manifest(tmp_path / "backup", files=[{"name": name, "size": 0, "sha256": "0" * 64}])
    with pytest.raises(StoreError, match="which no backup has"):
        restore(tmp_path / "backup", tmp_path / "new")


def change_manifest(folder: Path, **fields: object) -> None:
    path = folder / MANIFEST
    path.write_text(json.dumps(json.loads(path.read_bytes()) | fields), encoding="utf-8")


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE, tarfile.DIRTYPE])
def test_archive_of_other_things_than_files_is_refused(tmp_path: Path, data: Path, kind: bytes) -> None:
    entry = tarfile.TarInfo("store/built")
    entry.type, entry.linkname = kind, "/etc/passwd"
    path = changed_archive(tmp_path, data, entry, b"")
    with pytest.raises(StoreError, match="no plain file"):
        restore(path, tmp_path / "new")


def test_file_that_the_manifest_does_not_name_is_refused(tmp_path: Path, data: Path) -> None:
    entry = tarfile.TarInfo("../../escaped")
    entry.size = 4
    path = changed_archive(tmp_path, data, entry, b"evil")
    with pytest.raises(StoreError, match="does not name"):
        restore(path, tmp_path / "new")
    assert not (tmp_path.parent / "escaped").exists()


def changed_archive(tmp_path: Path, data: Path, entry: tarfile.TarInfo, content: bytes) -> Path:
    """A backup with one more thing after its manifest."""
    back_up(data, tmp_path / "backup", base=BASE)
    manifest = (tmp_path / "backup" / MANIFEST).read_bytes()
    first = tarfile.TarInfo(MANIFEST)
    first.size = len(manifest)
    path, buffer = tmp_path / "evil.tar.zst", io.BytesIO()
    with tarfile.open(fileobj=buffer, mode="w") as tar:
        tar.addfile(first, io.BytesIO(manifest))
        tar.addfile(entry, io.BytesIO(content))
    path.write_bytes(zstandard.compress(buffer.getvalue()))
    return path


@pytest.mark.parametrize("name", ["nothing", "empty", "text"])
def test_what_is_no_backup_is_refused(tmp_path: Path, name: str) -> None:
    if name != "nothing":
        (tmp_path / name).write_bytes(b"" if name == "empty" else b"some text")
    with pytest.raises(StoreError, match=r"no such backup|is no backup"):
        restore(tmp_path / name, tmp_path / "new")


@pytest.mark.parametrize("name", ["readings.sqlite", "ledger"])
def test_damaged_data_are_not_backed_up(tmp_path: Path, data: Path, name: str) -> None:
    for left in data.glob(f"{name}-*"):
        left.unlink()
    path = data / name if name != "ledger" else next((data / "ledger").glob("*.sqlite"))
    path.write_bytes(b"SQLite format 3\0" + b"x" * 8000)
    with pytest.raises(StoreError, match=rf"{path.name}: (is damaged|cannot be copied)"):
        back_up(data, tmp_path / "backup", base=BASE)
    assert not (tmp_path / "backup").exists()


@pytest.fixture
def killed(tmp_path: Path) -> Iterator[Callable[[str, int], bool]]:
    """Runs some code that is killed at the n-th file operation; whether it was killed before its end."""

    def run(code: str, number: int) -> bool:
        command = [sys.executable, "-c", f"{DYING}\narm({number})\n{code}"]
        return subprocess.run(command, cwd=tmp_path, timeout=60).returncode != 0

    yield run


DYING = """
import os, signal, sys
from pathlib import Path
from kg.backup import back_up
from kg.restore import restore
events = {"open", "os.rename", "os.link", "os.mkdir", "os.symlink", "os.remove", "os.rmdir", "shutil.rmtree",
          "shutil.copyfile", "sqlite3.connect", "os.utime"}
def arm(number):
    left = [number]
    def count(event, arguments):
        if event in events:
            left[0] -= 1
            if left[0] == 0:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(count)
"""


@pytest.mark.slow
def test_killed_backup_leaves_none_and_the_next_one_is_whole(
    tmp_path: Path, data: Path, killed: Callable[[str, int], bool]
) -> None:
    code = f"back_up(Path('data'), Path('backup.tar.zst'), base={BASE!r})"
    number = 1
    while killed(code, number):
        if (tmp_path / "backup.tar.zst").exists():
            (tmp_path / "backup.tar.zst").rename(tmp_path / "whole")
        number += 9
    assert number > 30
    restore(tmp_path / "backup.tar.zst", tmp_path / "new")
    assert graph_of(tmp_path / "new") == graph_of(data)
    assert not list(tmp_path.glob(".backup*"))  # what the killed ones left is gone
    if (tmp_path / "whole").exists():  # it was killed while it cleaned up
        assert (tmp_path / "whole").read_bytes() == (tmp_path / "backup.tar.zst").read_bytes()


@pytest.mark.slow
def test_killed_restore_leaves_the_old_graph_or_the_new_one(
    tmp_path: Path, data: Path, killed: Callable[[str, int], bool]
) -> None:
    back_up(data, tmp_path / "backup", base=BASE)
    backed_up = graph_of(data)
    make(data, tmp_path / "articles", 4)
    kept = tmp_path / "kept"
    shutil.copytree(data, kept, symlinks=True)
    later, number, seen = graph_of(data), 1, set()
    began = time.monotonic()
    while killed("restore(Path('backup'), Path('data'), over=True)", number):
        found = graph_of(data)
        assert found in (later, backed_up)
        is_new = found == backed_up
        seen.add(is_new)
        articles = tmp_path / "articles"
        report = make(data, articles, 2 if is_new else 4)
        assert not report.change, number  # the readings are those of the graph
        assert report.intake.read == 0
        assert not list((data / "stores").glob("restoring-*"))
        shutil.rmtree(data)
        shutil.copytree(kept, data, symlinks=True)
        number += 5
        assert time.monotonic() - began < 300
    assert seen == {False, True}
    assert graph_of(data) == backed_up
