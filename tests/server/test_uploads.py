"""Bodies to files, never larger than they may be."""

from __future__ import annotations

import gzip
import io
from pathlib import Path

import pytest

from kg.writing import Payload
from server.problems import BadRequest, TooLarge, UnsupportedMedia
from server.uploads import receive

TURTLE = b"<http://a> <http://b> 'c' ."
PACKED = gzip.compress(TURTLE, mtime=0)  # without the time: it stands in the names of tests


def take(
    folder: Path, body: bytes, content_type: str | None, encoding: str | None = None, limit: int = 1000
) -> list[tuple[str, bytes]]:
    """The formats and contents of what was received."""
    payloads = receive(io.BytesIO(body), folder, content_type=content_type, content_encoding=encoding, limit=limit)
    assert all(isinstance(payload, Payload) and payload.path.parent == folder for payload in payloads)
    return [(payload.format, payload.path.read_bytes()) for payload in payloads]


def form(*parts: tuple[str, bytes]) -> bytes:
    """A form of files with these headers and contents, with X as boundary."""
    return b"".join(b"--X\r\n%s\r\n\r\n%s\r\n" % (head.encode(), body) for head, body in parts) + b"--X--\r\n"


FILE = 'Content-Disposition: form-data; name="a"; filename="a"\r\nContent-Type: '
MULTIPART = "multipart/form-data; boundary=X"


def test_receive_takes_a_body_as_it_is(tmp_path: Path) -> None:
    assert take(tmp_path, TURTLE, "text/turtle; charset=utf-8") == [("ttl", TURTLE)]


def test_receive_unpacks_gzip_of_several_members(tmp_path: Path) -> None:
    packed = gzip.compress(TURTLE[:5]) + gzip.compress(TURTLE[5:])
    assert take(tmp_path, packed, "application/n-triples", "gzip") == [("nt", TURTLE)]


def test_receive_takes_a_form_apart(tmp_path: Path) -> None:
    body = form((FILE + "text/turtle", TURTLE), (FILE + "application/ld+json; charset=utf-8", b"{}"))
    assert take(tmp_path, body, MULTIPART) == [("ttl", TURTLE), ("jsonld", b"{}")]
    assert take(tmp_path, gzip.compress(body), MULTIPART, "gzip") == [("ttl", TURTLE), ("jsonld", b"{}")]


@pytest.mark.parametrize(("body", "encoding"), [(b" " * 1001, None), (gzip.compress(b" " * 1001, mtime=0), "gzip")])
def test_receive_stops_at_the_limit(tmp_path: Path, body: bytes, encoding: str | None) -> None:
    with pytest.raises(TooLarge, match="more than the 1000 bytes"):
        take(tmp_path, body, "text/turtle", encoding)


def test_receive_unpacks_no_more_of_a_bomb_than_the_limit(tmp_path: Path) -> None:
    bomb = gzip.compress(bytes(50_000_000))
    with pytest.raises(TooLarge):
        take(tmp_path, bomb, "text/turtle", "gzip", limit=100_000)
    assert (tmp_path / "body").stat().st_size <= 100_000


@pytest.mark.parametrize("body", [TURTLE, PACKED[:-9], PACKED[:12] + b"\xff" * 9])
def test_receive_refuses_what_is_not_gzip(tmp_path: Path, body: bytes) -> None:
    with pytest.raises(BadRequest, match="not gzip"):
        take(tmp_path, body, "text/turtle", "gzip")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"--X--\r\n", "there is none"),
        (b"", "there is none|cannot be read"),
        (form(('Content-Disposition: form-data; name="a"', b"b")), "'a' is none"),
        (form((FILE + "text/turtle", b""))[:-8], "cannot be read"),
    ],
)
def test_receive_refuses_a_form_without_files(tmp_path: Path, body: bytes, message: str) -> None:
    with pytest.raises(BadRequest, match=message):
        take(tmp_path, body, MULTIPART)


@pytest.mark.parametrize("media_type", ["text/plain", "application/octet-stream"])
def test_receive_refuses_a_part_of_another_type(tmp_path: Path, media_type: str) -> None:
    with pytest.raises(UnsupportedMedia):
        take(tmp_path, form((FILE + media_type, TURTLE)), MULTIPART)


def test_receive_refuses_a_form_without_a_boundary(tmp_path: Path) -> None:
    with pytest.raises(BadRequest):
        take(tmp_path, form((FILE + "text/turtle", TURTLE)), "multipart/form-data")


def test_receive_refuses_a_form_of_endless_parts(tmp_path: Path) -> None:
    body = form(*[(FILE + "text/turtle", b"")] * 1001)
    with pytest.raises(TooLarge):
        take(tmp_path, body, MULTIPART, limit=10_000_000)
