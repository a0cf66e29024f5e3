"""Where the engine writes: frames of a useful size, packed on the way."""

from __future__ import annotations

import gzip
import random
from collections.abc import Callable

import brotli
import pytest
import zstandard

from server.engine.sink import SHORT, Sink, compressed, whole_frames
from server.engine.wire import BODY, HEAD, HEADER, LONGEST, frame

UNPACK: dict[str, Callable[[bytes], bytes]] = {
    "identity": bytes,
    "gzip": gzip.decompress,
    "br": brotli.decompress,
    "zstd": lambda body: zstandard.ZstdDecompressor().decompressobj().decompress(body),
}


def written(encoding: str, pieces: list[bytes]) -> tuple[list[bytes], bytes]:
    """What was sent on the way, and what was left to send."""
    sent: list[bytes] = []
    sink = Sink(sent.append, lambda chosen: frame(HEAD, chosen.encode()), encoding)
    for piece in pieces:
        assert sink.write(piece) == len(piece)
    return sent, sink.finish()


def read(frames: bytes) -> tuple[str, bytes]:
    """The content coding of the one HEAD, which is first, and the body."""
    heads: list[str] = []
    body = b""
    while frames:
        kind, length = HEADER.unpack_from(frames)
        payload, frames = frames[HEADER.size : HEADER.size + length], frames[HEADER.size + length :]
        assert kind == BODY or not (heads or body)
        if kind == HEAD:
            heads.append(payload.decode())
        else:
            body += payload
    assert len(heads) == 1
    return heads[0], body


@pytest.mark.parametrize("encoding", list(UNPACK))
@pytest.mark.parametrize("size", [0, 1, SHORT - 1, SHORT, LONGEST, 3 * LONGEST + 5])
def test_sink_gives_back_what_was_written(encoding: str, size: int) -> None:
    content = random.Random(size).randbytes(size // 2) + b"a" * (size - size // 2)
    sent, rest = written(encoding, [content[start : start + 8192] for start in range(0, size, 8192)])
    chosen, body = read(b"".join(sent) + rest)
    assert chosen == (encoding if size >= SHORT else "identity")
    assert UNPACK[chosen](body) == content


def test_sink_collects_small_pieces() -> None:
    sent, rest = written("identity", [b"x" * 8192] * 80)  # 640 KiB
    assert [len(read_body) > LONGEST for read_body in sent] == [True, True]
    assert len(rest) > HEADER.size


@pytest.mark.parametrize("encoding", ["identity", "gzip", "br", "zstd"])
@pytest.mark.parametrize("size", [10, SHORT, 2 * LONGEST])
def test_whole_frames_give_back_the_body(encoding: str, size: int) -> None:
    content = random.Random(size).randbytes(size)
    chosen, body = read(whole_frames(content, lambda chosen: frame(HEAD, chosen.encode()), encoding))
    assert chosen == (encoding if size >= SHORT else "identity")
    assert UNPACK[chosen](body) == content


@pytest.mark.parametrize("encoding", ["gzip", "br", "zstd"])
def test_compressed_is_smaller(encoding: str) -> None:
    content = b"the same again and again, " * 1000
    assert len(compressed(content, encoding)) < len(content) / 10
    assert UNPACK[encoding](compressed(content, encoding)) == content
