"""Pages and data packed as the client takes them."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import brotli
import pytest
import zstandard
from live import Live

from server.engine.sink import SHORT
from server.front.packing import MOST, coding_for, packed_fields, with_vary

UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}


def start(content_type: str, status: int = 200, **fields: str) -> dict[str, object]:
    more = [(name.replace("_", "-").encode(), value.encode()) for name, value in fields.items()]
    return {"status": status, "headers": [(b"content-type", content_type.encode()), *more]}


@pytest.mark.parametrize(
    ("content_type", "coding"),
    [
        ("text/html; charset=utf-8", "gzip"),
        ("text/turtle", "gzip"),
        ("application/ld+json", "gzip"),
        ("application/vnd.oai.openapi+json;version=3.1", "gzip"),
        ("application/rdf+xml", "gzip"),
        ("application/n-triples", "gzip"),
        ("image/svg+xml", "gzip"),
        ("application/gzip", "identity"),
        ("image/png", "identity"),
        ("", "identity"),
    ],
)
def test_text_is_packed(content_type: str, coding: str) -> None:
    assert coding_for(start(content_type), b"gzip", SHORT) == coding


@pytest.mark.parametrize(
    ("begin", "size"),
    [
        (start("text/html"), SHORT - 1),
        (start("text/html"), MOST + 1),
        (start("text/html", 206), SHORT),
        (start("text/html", 404), SHORT),
        (start("text/html", content_encoding="br"), SHORT),
    ],
)
def test_what_is_short_large_a_part_or_packed_stays_as_it_is(begin: dict[str, object], size: int) -> None:
    assert coding_for(begin, b"gzip", size) == "identity"


def test_packed_form_has_a_weak_tag_and_no_old_length() -> None:
    fields = [(b"etag", b'"1"'), (b"content-length", b"9"), (b"x", b"y")]
    assert packed_fields(fields, "br") == [(b"x", b"y"), (b"etag", b'W/"1"'), (b"content-encoding", b"br")]
    assert packed_fields([(b"etag", b'W/"1"')], "br")[0] == (b"etag", b'W/"1"')


@pytest.mark.parametrize(("status", "varies"), [(200, True), (304, True), (303, False), (404, False)])
def test_vary_tells_that_there_are_codings(status: int, varies: bool) -> None:
    assert ((b"vary", b"Accept-Encoding") in with_vary(start("text/html", status))) is varies


@pytest.mark.parametrize("coding", UNPACK)
@pytest.mark.parametrize("path", ["/", "/data/ontology.ttl", "/openapi.json", "/static/style.css", "/graphs?default"])
def test_answer_unpacks_to_what_it_is(live: Live, path: str, coding: str) -> None:
    plain = live.ask(path)
    packed = live.ask(path, headers={"Accept-Encoding": coding})
    assert packed.headers["Content-Encoding"] == coding
    assert "Accept-Encoding" in ", ".join(packed.headers.get_all("Vary", []))
    assert len(packed.body) == int(packed.headers["Content-Length"]) < len(plain.body)
    assert sorted(UNPACK[coding](packed.body).split()) == sorted(plain.body.split())  # the engine keeps no order


def test_packed_page_is_not_sent_twice(live: Live) -> None:
    first = live.ask("/", headers={"Accept-Encoding": "gzip"})
    again = live.ask("/", headers={"Accept-Encoding": "gzip", "If-None-Match": first.headers["ETag"]})
    assert (again.status, again.body) == (304, b"")


def test_head_tells_what_get_would(live: Live) -> None:
    whole = live.ask("/", headers={"Accept-Encoding": "gzip"})
    head = live.ask("/", "HEAD", headers={"Accept-Encoding": "gzip"})
    assert (head.headers["ETag"], head.headers["Content-Encoding"]) == (whole.headers["ETag"], "gzip")
    assert head.headers["Content-Length"] in (None, whole.headers["Content-Length"])


def test_dump_is_sent_as_the_file_that_it_is(live: Live) -> None:
    answer = live.ask("/dumps/aidgraph.nt.gz", headers={"Accept-Encoding": "gzip"})
    assert answer.headers["Content-Encoding"] is None
    assert answer.body.startswith(b"\x1f\x8b")
