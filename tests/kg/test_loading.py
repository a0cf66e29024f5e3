"""RDF files of users."""

import gzip
from pathlib import Path

import pytest

from kg.errors import DataError
from kg.loading import load_files, read_quads
from kg.store import current_version, open_snapshot

TURTLE = b'<a> <b> "c" . _:x <b> <a> .'


def write(folder: Path, name: str, content: bytes) -> Path:
    path = folder / name
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


@pytest.mark.parametrize("name", ["a.ttl", "a.ttl.gz"])
def test_file_is_read_with_its_own_address_as_base(tmp_path: Path, name: str) -> None:
    path = write(tmp_path, name, TURTLE)
    assert {quad.predicate.value for quad in read_quads(path)} == {(tmp_path / "b").as_uri()}


def test_files_are_loaded_together(tmp_path: Path) -> None:
    paths = [write(tmp_path, "a.ttl.gz", TURTLE), write(tmp_path, "b.nt", b"<http://x/a> <http://x/b> <http://x/c> .")]
    assert load_files(tmp_path / "data", paths) == 3
    assert load_files(tmp_path / "data", paths[1:]) == 0
    assert len(open_snapshot(tmp_path / "data").store) == 3


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.ttl", b"<a> <b> ", "cannot be read as Turtle"),
        ("a.jsonld", b"{", "cannot be read as JSON-LD"),
        ("a.txt", b"", "names no RDF format"),
    ],
)
def test_bad_file_is_refused_and_nothing_is_loaded(tmp_path: Path, name: str, content: bytes, message: str) -> None:
    good = write(tmp_path, "good.ttl", TURTLE)
    load_files(tmp_path / "data", [good])
    version = current_version(tmp_path / "data")
    bad = write(tmp_path, name, content)
    with pytest.raises(DataError, match=message):
        load_files(tmp_path / "data", [good, bad])
    with pytest.raises(DataError, match=message):
        list(read_quads(bad))
    assert current_version(tmp_path / "data") == version


def test_damaged_archive_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.nt.gz"
    path.write_bytes(b"no archive")
    with pytest.raises(DataError, match=r"a\.nt\.gz: cannot be read"):
        load_files(tmp_path / "data", [path])
