"""Replies as they come in: whole in memory, whole in a file, or as a stream that can break."""

from __future__ import annotations

import asyncio

import pytest

from server.engine.reply import AHEAD, IN_MEMORY, Broken, Flow, Incoming, Reply
from server.engine.wire import BODY, END, FAILURE, HEAD, End, Failure, Head, dump_record
from server.problems import BadRequest, Problem, TimedOut

HEADER = dump_record(Head("text/csv", "csv", False))
ENDED = dump_record(End(0.25, 1.0))


class Told(Flow):
    """Remembers what the stream asked of its worker."""

    def __init__(self) -> None:
        self.told: list[str] = []

    def pause(self) -> None:
        self.told.append("pause")

    def resume(self) -> None:
        self.told.append("resume")

    def abandon(self) -> None:
        self.told.append("abandon")


class Coming:
    """A reply that comes in, and what came of it."""

    def __init__(self, cap: int) -> None:
        self.flow = Told()
        self.replies: list[Reply] = []
        self.problems: list[Problem] = []
        self.incoming = Incoming(cap, self.replies.append, self.problems.append)
        self.incoming.take(HEAD, HEADER, self.flow)

    def body(self, *pieces: bytes) -> None:
        for piece in pieces:
            self.incoming.take(BODY, piece, self.flow)

    def end(self) -> None:
        self.incoming.take(END, ENDED, self.flow)


async def whole(reply: Reply) -> bytes:
    return b"".join([piece async for piece in reply.chunks()])


PIECES = [bytes([number]) * (1 << 20) for number in range(12)]


@pytest.mark.parametrize(
    ("pieces", "cap", "kind"),
    [
        ([b"one", b"two"], 1 << 30, "memory"),
        ([], 1 << 30, "memory"),
        (PIECES[:8], 1 << 30, "memory"),
        (PIECES[:9], 1 << 30, "file"),
        (PIECES, 1 << 30, "file"),
        (PIECES, 10 << 20, "stream"),
        (PIECES, 1 << 20, "stream"),
        (PIECES, 0, "stream"),
        (PIECES[:1], 0, "stream"),
    ],
)
def test_incoming_gives_every_byte_wherever_it_is_kept(pieces: list[bytes], cap: int, kind: str) -> None:
    async def take() -> None:
        coming = Coming(cap)
        coming.body(*pieces)
        assert bool(coming.replies) == (kind == "stream")
        coming.end()
        (reply,) = coming.replies
        assert (reply.file is not None, reply.stream is not None) == (kind == "file", kind == "stream")
        assert reply.size == (None if kind == "stream" else sum(map(len, pieces)))
        assert await whole(reply) == b"".join(pieces)
        assert not coming.problems
        assert "abandon" not in coming.flow.told

    assert IN_MEMORY == 8 << 20
    asyncio.run(take())


def test_incoming_failure_before_the_cap_is_a_problem(capsys: pytest.CaptureFixture[str]) -> None:
    coming = Coming(1 << 30)
    coming.body(*PIECES)
    failure = Failure("BadRequest", "no", {"line": 3}, 1.5, "/srv/data: damaged")
    coming.incoming.take(FAILURE, dump_record(failure), coming.flow)
    (problem,) = coming.problems
    assert (type(problem), problem.detail, problem.extra) == (BadRequest, "no", {"line": 3})
    assert "/srv/data: damaged" in capsys.readouterr().err
    assert not coming.replies
    assert coming.incoming.end == End(0.0, 1.5)


def test_stream_breaks_when_its_limit_comes() -> None:
    async def take() -> None:
        coming = Coming(1)
        coming.body(b"first")
        chunks = coming.replies[0].chunks()
        assert await anext(chunks) == b"first"
        coming.body(b"never sent")
        coming.incoming.fail(TimedOut("too long"))
        with pytest.raises(Broken, match="too long"):
            await anext(chunks)
        assert not coming.problems
        assert "abandon" not in coming.flow.told  # whoever ended it did that

    asyncio.run(take())


def test_stream_lets_its_worker_wait_for_a_slow_client() -> None:
    async def take() -> None:
        coming = Coming(0)
        coming.body(b"first")
        assert coming.flow.told == ["pause"]
        chunks = coming.replies[0].chunks()
        assert await anext(chunks) == b"first"
        waiting = asyncio.ensure_future(anext(chunks))
        await asyncio.sleep(0)
        assert coming.flow.told == ["pause", "resume"]
        coming.body(b"x" * AHEAD)
        assert coming.flow.told == ["pause", "resume"]
        coming.body(b"y")
        assert coming.flow.told == ["pause", "resume", "pause"]
        assert await waiting == b"x" * AHEAD

    asyncio.run(take())


def test_stream_that_is_whole_leaves_its_worker_alone() -> None:
    async def take() -> None:
        coming = Coming(0)
        coming.body(b"first", b"second")
        coming.end()
        told = list(coming.flow.told)
        assert await whole(coming.replies[0]) == b"firstsecond"
        coming.replies[0].close()
        assert coming.flow.told == told

    asyncio.run(take())


@pytest.mark.parametrize("begun", [False, True])
def test_stream_that_nobody_reads_on_ends_its_worker_once(begun: bool) -> None:
    async def take() -> None:
        coming = Coming(0)
        coming.body(b"first", b"second")
        reply = coming.replies[0]
        chunks = reply.chunks()
        if begun:
            await anext(chunks)
        reply.close()
        reply.close()
        assert coming.flow.told.count("abandon") == 1
        with pytest.raises(Broken):
            await anext(chunks)

    asyncio.run(take())


def test_reply_in_a_file_is_closed_with_it() -> None:
    coming = Coming(1 << 30)
    coming.body(*PIECES)
    coming.end()
    reply = coming.replies[0]
    assert reply.file is not None
    reply.close()
    assert reply.file.closed
