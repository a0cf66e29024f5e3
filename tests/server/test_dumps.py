"""The dumps: listed, sent as what they are, in ranges, and nothing else from the disk."""

from __future__ import annotations

import fcntl
import os
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.dumps.manifest import BUILD_NOTE, CHECKSUMS, MANIFEST, file_names
from kg.dumps.newer import Newer, tell_failure, write_newer
from server.views.dumps import DumpFile, grouped


def test_dumps_page_lists_finished_files(client: FlaskClient) -> None:
    text = client.get("/dumps/").text
    assert '<a href="/dumps/aidgraph.nt.gz">' in text
    assert "12 bytes" in text
    assert ".tmp" not in text


def test_dump_is_sent_as_gzip_and_not_unpacked_on_the_way(client: FlaskClient) -> None:
    response = client.get("/dumps/aidgraph.nt.gz", buffered=True)
    assert (response.status_code, response.content_type) == (200, "application/gzip")
    assert response.data == b"\x1f\x8b0123456789"
    assert "Content-Encoding" not in response.headers
    assert "Last-Modified" in response.headers


def test_dump_is_sent_in_ranges_and_revalidated(client: FlaskClient) -> None:
    part = client.get("/dumps/aidgraph.nt.gz", headers={"Range": "bytes=2-4"}, buffered=True)
    assert (part.status_code, part.data, part.headers["Content-Range"]) == (206, b"012", "bytes 2-4/12")
    again = client.get("/dumps/aidgraph.nt.gz", headers={"If-None-Match": part.headers["ETag"]}, buffered=True)
    assert again.status_code == 304


def test_checksums_are_text(client: FlaskClient) -> None:
    response = client.get("/dumps/SHA256SUMS", buffered=True)
    assert (response.mimetype, response.text) == ("text/plain", "0  aidgraph.nt.gz\n")


@pytest.mark.parametrize("name", ["../store", "..%2Fstore", "aidgraph.ttl.gz.tmp", "none.gz", "%2e%2e/lock", ".hidden"])
def test_dump_opens_nothing_else(client: FlaskClient, name: str) -> None:
    assert client.get(f"/dumps/{name}").status_code == 404


@pytest.mark.parametrize(
    ("size", "words"),
    [(0, "0 bytes"), (999, "999 bytes"), (1000, "1.0 kB"), (1_234_567, "1.2 MB"), (5 * 10**15, "5000.0 TB")],
)
def test_size_words_are_decimal(size: int, words: str) -> None:
    assert DumpFile("a", size, "").size_words == words


def test_dumps_page_says_how_to_load_them_what_counts_and_what_may_be_done(client: FlaskClient) -> None:
    text = client.get("/dumps/").text
    for store in ("Virtuoso", "Oxigraph", "Jena", "GraphDB", "QLever"):
        assert f"<h3>{store}" in text or f"{store}</h3>" in text
    assert "A pledge is not a delivery" in text
    assert "http://localhost/dumps/aidgraph.nq.gz" in text
    assert 'rel="license"' in text


def test_dumps_page_shows_checksums_and_tells_when_the_graph_knows_more(client: FlaskClient) -> None:
    text = client.get("/dumps/").text
    assert "<code>0</code>" in text  # as SHA256SUMS says
    assert "the endpoint knows more than these files" in text  # no note of a build names this version


@pytest.mark.parametrize(
    ("name", "group", "form"),
    [
        ("aidgraph.ttl.gz", "RDF", "Turtle"),
        ("aidgraph.jsonld.zst", "RDF", "JSON-LD"),
        ("aidgraph.hdt", "RDF", "HDT"),
        ("aidgraph-events.parquet", "Tables", "Events"),
        ("manifest.json", "About the files", ""),
        ("SHA256SUMS", "About the files", ""),
    ],
)
def test_files_are_listed_in_groups(name: str, group: str, form: str) -> None:
    file = DumpFile(name, 1, "")
    assert [(one.title, one.files) for one in grouped([file])] == [(group, (file,))]
    assert file.form == form
    assert file.holds


def test_every_file_of_the_dumps_is_told_of() -> None:
    assert [name for name in (*file_names(), MANIFEST, BUILD_NOTE, CHECKSUMS) if not DumpFile(name, 1, "").holds] == []


@pytest.mark.parametrize(
    ("name", "media_type"),
    [
        ("aidgraph.nq.zst", "application/zstd"),
        ("aidgraph.hdt", "application/vnd.hdt"),
        ("aidgraph-items.parquet", "application/vnd.apache.parquet"),
        ("manifest.json", "application/json"),
    ],
)
def test_files_are_sent_as_their_registered_types(client: FlaskClient, data: Path, name: str, media_type: str) -> None:
    path = data / "dumps" / name
    path.write_bytes(b"{}")
    try:
        response = client.get(f"/dumps/{name}", buffered=True)
    finally:
        path.unlink()
    assert (response.mimetype, response.data) == (media_type, b"{}")


def test_newer_dumps_that_are_wanted_are_told(client: FlaskClient, data: Path) -> None:
    """On the page, in the description of the dataset, and as a file."""
    folder, wanted = data / "dumps", Newer("000002-x", "2026-01-02T03:04:05+00:00", "", "http://x/", (), 0)
    try:
        write_newer(folder, wanted)
        soon = client.get("/dumps/").text, client.get("/.well-known/void").text
        tell_failure(folder, wanted, "disk full")
        failed = client.get("/dumps/").text
    finally:
        (folder / "newer.json").unlink()
    assert all("Newer files are to be written soon." in text for text in soon)
    assert "Newer files could not be written" in failed
    assert "Newer files" not in client.get("/dumps/").text
    assert "Newer files" not in client.get("/.well-known/void").text


def test_dumps_that_are_being_written_are_told(client: FlaskClient, data: Path) -> None:
    lock = os.open(data / "dumps", os.O_RDONLY)
    fcntl.flock(lock, fcntl.LOCK_EX)
    try:
        assert "Newer files are being written." in client.get("/dumps/").text
    finally:
        os.close(lock)


def test_dumps_page_says_of_which_version_they_are(client: FlaskClient, data: Path) -> None:
    note = data / "dumps" / BUILD_NOTE
    former = note.read_bytes() if note.exists() else None
    note.write_text('{"version": "000001-abc", "time": "2020-03-22T12:00:00+00:00"}')
    try:
        assert "2020</time>. They are of version <code>000001-abc</code>." in client.get("/dumps/").text
    finally:
        note.unlink() if former is None else note.write_bytes(former)
