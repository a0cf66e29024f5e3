"""Files by their addresses, on the disk of this machine; storage of its own is tried in tests/cluster/test_s3.py."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SettingsError, StorageError
from kg.storage import check_address, delete_file, list_files, local_path, read_file, read_parts, write_file


@pytest.mark.parametrize("text", ["s3://news/today", "gs://news", "hdfs://host:8020/news", "file:///news/a.txt"])
def test_address_is_taken_without_its_last_slash(text: str) -> None:
    assert check_address(f"{text}/") == text


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("ftp://host/x", "expected an address that begins with file://, s3://, gs://, hdfs://"),
        ("s3:///x", "got no name of a bucket"),
        ("s3://news/x?versionId=1", "without"),
        ("s3://key:hidden@news/x", "s3://news/x: credentials do not belong in an address"),
    ],
)
def test_address_that_is_none_is_refused_and_keeps_its_secrets(text: str, word: str) -> None:
    with pytest.raises(SettingsError, match=word) as told:
        check_address(text)
    assert "hidden" not in str(told.value)


def test_address_of_this_machine_is_a_path() -> None:
    assert local_path("file:///news/a%20b.txt") == Path("/news/a b.txt")
    assert local_path("news/a.txt") == Path("news/a.txt")
    assert local_path("s3://news/a.txt") is None


def test_file_is_written_over_read_and_deleted(tmp_path: Path) -> None:
    place = f"{tmp_path}/new/folder/a.bin"
    write_file(place, b"old")
    write_file(place, b"12345")
    assert read_file(place) == b"12345"
    assert read_parts([(place, 1, 3)]) == [b"23"]
    assert list(list_files(f"file://{tmp_path}").values()) == [5]
    delete_file(place)
    delete_file(place)
    assert read_file(place) is None
    assert [*Path(place).parent.iterdir()] == []


def test_part_of_a_missing_file_is_a_fault_of_its_own(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(b"12345")
    there, missing = read_parts([(f"{tmp_path}/a", None, None), (f"{tmp_path}/b", None, None)])
    assert there == b"12345"
    assert isinstance(missing, OSError)


def test_folder_that_cannot_be_made_is_told_with_its_name(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"file/x: shared storage cannot be used \(File exists\)"):
        write_file(f"{tmp_path}/file/x", b"")


def test_secrets_of_the_environment_are_in_no_message(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "hidden-hidden")
    (tmp_path / "hidden-hidden").mkdir()
    monkeypatch.chdir(tmp_path)
    with pytest.raises(StorageError) as told:
        read_parts([(f"{tmp_path}/hidden-hidden", None, None)])
    assert "cannot be read" in str(told.value)
    assert "hidden-hidden" not in str(told.value).partition(":")[2]
