"""Which content coding suits a client."""

from __future__ import annotations

import pytest

from server.encoding import choose_encoding


@pytest.mark.parametrize(
    ("header", "coding"),
    [
        (None, "identity"),
        (b"", "identity"),
        (b"identity", "identity"),
        (b"gzip", "gzip"),
        (b"GZIP", "gzip"),
        (b"gzip, deflate, br", "br"),
        (b"gzip, deflate, br, zstd", "zstd"),
        (b"gzip;q=1, br;q=0.5, zstd;q=0.1", "gzip"),
        (b"zstd;q=0, br;q=0, *", "gzip"),
        (b"*", "zstd"),
        (b"*;q=0", "identity"),
        (b"gzip;q=0", "identity"),
        (b"gzip;q=0.5, identity", "identity"),
        (b"gzip;q=0.5, identity;q=0.5", "gzip"),
        (b"deflate, compress, x-unknown", "identity"),
        (b"identity;q=0", "identity"),
        (b"\xff\xfe;;;q=x", "identity"),
    ],
)
def test_choose_encoding_follows_the_header(header: bytes | None, coding: str) -> None:
    assert choose_encoding(header) == coding
