"""Articles and shards at ``s3://`` addresses, on a server of S3 on loopback."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from kg.cluster.client import read_on_cluster
from kg.errors import SettingsError, StorageError
from kg.intake import read_here, take_in
from kg.read import find_sources
from kg.readings import open_readings
from kg.settings import Settings
from kg.storage import delete_file, list_files, read_file, read_parts, write_file

BUCKET = "s3://news"


@pytest.fixture
def uploaded(s3: Any, articles: Any) -> str:
    """Twenty articles as files and ten as lines of a file; the address of their folder."""
    for path in articles(20).iterdir():
        s3.upload_file(str(path), "news", f"today/{path.name}")
    lines = (f'{{"id": "line-{one}", "text": "Headline {one}\\n\\nAid was told of."}}\n' for one in range(10))
    s3.put_object(Bucket="news", Key="today/more.jsonl", Body="".join(lines).encode())
    s3.put_object(Bucket="news", Key="today/.hidden/a.txt", Body=b"nothing")
    s3.put_object(Bucket="news", Key="today/README.txt", Body=b"nothing")
    return f"{BUCKET}/today"


def taken_in(folder: Path, source: str, rules: Any, settings: Settings | None = None) -> Any:
    """The readings of a build, with their lines, and what it tells."""
    settings = settings or Settings(data=folder, jobs=1)
    folder.mkdir(exist_ok=True)
    way = read_on_cluster if settings.cluster else read_here
    with open_readings(folder) as readings:
        intake = take_in([source], readings, rules, settings, lambda *_: None, spreading=way)
        return {origin: readings.with_lines(origin.id) for origin in readings.origins()}, intake


def test_written_file_is_read_back_listed_and_deleted(s3: Any) -> None:
    write_file(f"{BUCKET}/a/b.bin", b"12345")
    assert read_file(f"{BUCKET}/a/b.bin") == b"12345"
    assert read_parts([(f"{BUCKET}/a/b.bin", 1, 3), (f"{BUCKET}/a/b.bin", None, None)]) == [b"23", b"12345"]
    assert list_files(f"{BUCKET}/a") == {f"{BUCKET}/a/b.bin": 5}
    delete_file(f"{BUCKET}/a/b.bin")
    assert read_file(f"{BUCKET}/a/b.bin") is None


def test_folder_on_storage_has_the_articles_of_a_folder_here(uploaded: str) -> None:
    sources = find_sources([uploaded])
    assert [source.id for source in sources] == [
        *(f"a{one:03}" for one in range(20)),
        *(f"line-{n}" for n in range(10)),
    ]
    assert {source.name for source in sources if source.line == 3} == {f"{uploaded}/more.jsonl:3"}
    assert {source.found_in for source in sources} == {uploaded}


def test_pattern_means_what_it_matches(uploaded: str) -> None:
    assert [source.id for source in find_sources([f"{uploaded}/a00[12].txt"])] == ["a001", "a002"]


def test_nothing_at_an_address_is_told(s3: Any) -> None:
    with pytest.raises(SettingsError, match=f"{BUCKET}/tomorrow: no such file or folder"):
        find_sources([f"{BUCKET}/tomorrow"])


def test_missing_bucket_is_told_without_secrets(s3: Any) -> None:
    with pytest.raises(StorageError, match="s3://no-such-bucket/x: shared storage cannot be used") as told:
        write_file("s3://no-such-bucket/x", b"")
    assert "a-secret-that-nobody-may-see" not in str(told.value)


def test_build_reads_storage_and_forgets_what_has_gone(uploaded: str, rules: Any, s3: Any, tmp_path: Path) -> None:
    kept, intake = taken_in(tmp_path / "data", uploaded, rules)
    assert (len(kept), intake.failures) == (30, ())
    s3.delete_object(Bucket="news", Key="today/a003.txt")
    kept, intake = taken_in(tmp_path / "data", uploaded, rules)
    assert (len(kept), intake.removed) == (29, ("a003",))


def test_corrections_beside_articles_on_storage_are_read(uploaded: str, rules: Any, s3: Any, tmp_path: Path) -> None:
    s3.put_object(Bucket="news", Key="today/a004.corrections.yaml", Body=b"by: nobody\nwrong: [\n")
    _, intake = taken_in(tmp_path / "data", uploaded, rules)
    assert [failure.partition(".yaml:")[0] for failure in intake.failures] == [f"{uploaded}/a004.corrections"]


@pytest.mark.slow
def test_cluster_reads_from_storage_and_writes_shards_there(
    uploaded: str, rules: Any, start_cluster: Any, s3: Any, tmp_path: Path
) -> None:
    cluster = start_cluster("cluster")
    cluster.hire()
    settings = Settings(data=tmp_path / "there", cluster=cluster.address, shards=f"{BUCKET}/shards")
    there = taken_in(settings.data, uploaded, rules, settings)
    assert there == taken_in(tmp_path / "here", uploaded, rules)
    shards = list_files(f"{BUCKET}/shards")
    assert {name.partition(".")[2] for name in shards} == {"jsonl.zst", "nq.zst"}  # and no file that asks who sees it
    assert not (settings.data / "shards").exists()
    assert sorted(cluster.read) == sorted(origin.id for origin in there[0])
