"""A worker as the server sees it: frames in whatever pieces they come, and its end."""

from __future__ import annotations

import asyncio
import os
import socket
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest

from server.engine.client import Born
from server.engine.link import WorkerLink
from server.engine.reply import Incoming, Reply
from server.engine.wire import BODY, END, HEAD, End, Head, dump_record, frame

BODIES = [b"", b"a", b"b" * 1000, b"c" * 300_000]
BEGIN, FINISH = frame(HEAD, dump_record(Head("text/csv", "csv", False))), frame(END, dump_record(End(0.5, 2.5)))
REPLY = BEGIN + b"".join(frame(BODY, body) for body in BODIES) + FINISH
SHORT = BEGIN + frame(BODY, b"abc") + FINISH


@dataclass
class Ends:
    """Both ends of a connection: ours, and that of a worker which this test plays."""

    far: socket.socket
    born: Born
    ended: list[WorkerLink] = field(default_factory=list)
    died: list[WorkerLink] = field(default_factory=list)

    def link(self) -> WorkerLink:
        return WorkerLink(self.born, self.ended.append, self.died.append)


@pytest.fixture
def ends() -> Iterator[Ends]:
    near, far = socket.socketpair()
    with tempfile.TemporaryFile() as errors, far:
        errors.write(b"last words\n")
        errors.flush()
        found = Ends(far, Born(0, "1", near, os.dup(errors.fileno()), None))
        yield found
        found.born.close()


async def reply_of(ends: Ends, pieces: list[bytes]) -> tuple[WorkerLink, list[Reply]]:
    """The link and its replies, when the worker has answered a job with these pieces."""
    replies: list[Reply] = []
    link = ends.link()
    assert link.start(b"job", Incoming(1 << 30, replies.append, lambda problem: None))
    assert ends.far.recv(10) == b"job"
    for piece in pieces:
        await asyncio.to_thread(ends.far.sendall, piece)
        await asyncio.sleep(0)
    await until(lambda: bool(replies) or not b"".join(pieces).endswith(FINISH))
    return link, replies


async def until(look: Callable[[], bool]) -> None:
    """Let the loop run until ``look`` says yes, for ten seconds at most."""
    for _ in range(1000):
        if look():
            return
        await asyncio.sleep(0.01)


@pytest.mark.parametrize("size", [1, 7, 100, len(SHORT)])
def test_link_puts_frames_together_from_small_pieces(ends: Ends, size: int) -> None:
    pieces = [SHORT[start : start + size] for start in range(0, len(SHORT), size)]
    link, replies = asyncio.run(reply_of(ends, pieces))
    assert [reply.body for reply in replies] == [b"abc"]
    assert (ends.ended, ends.died, link.incoming) == ([link], [], None)
    assert (link.jobs, link.used) == (1, 2.5)


@pytest.mark.parametrize("size", [1000, 65_536, len(REPLY)])
def test_link_puts_frames_together_from_large_pieces(ends: Ends, size: int) -> None:
    pieces = [REPLY[start : start + size] for start in range(0, len(REPLY), size)]
    link, replies = asyncio.run(reply_of(ends, pieces))
    assert [reply.body for reply in replies] == [b"".join(BODIES)]
    assert (ends.ended, link.incoming) == ([link], None)


def test_link_tells_of_a_worker_that_dies_in_the_middle(ends: Ends) -> None:
    async def die() -> WorkerLink:
        link, replies = await reply_of(ends, [REPLY[:2000]])
        ends.far.shutdown(socket.SHUT_RDWR)
        await until(lambda: bool(ends.died))
        assert not replies
        return link

    link = asyncio.run(die())
    assert (ends.ended, ends.died) == ([], [link])
    assert link.last_words() == "last words"


def test_link_does_not_start_a_worker_that_has_gone(ends: Ends) -> None:
    async def start() -> bool:
        ends.far.close()
        return ends.link().start(b"job", Incoming(1, lambda reply: None, lambda problem: None))

    assert asyncio.run(start()) is False


def test_link_sends_a_job_that_is_longer_than_the_socket_takes(ends: Ends) -> None:
    job = b"x" * (4 << 20)

    async def send() -> bytes:
        assert ends.link().start(job, Incoming(1, lambda reply: None, lambda problem: None))
        return await asyncio.to_thread(ends.far.recv, len(job), socket.MSG_WAITALL)

    assert asyncio.run(send()) == job


def test_link_keeps_the_first_part_of_the_next_answer(ends: Ends, monkeypatch: pytest.MonkeyPatch) -> None:
    """The next job may be sent while the last frame is read, and the first part of its answer come at once."""
    monkeypatch.setattr("server.engine.link.AT_ONCE", 200)
    replies: list[Reply] = []

    def incoming() -> Incoming:
        return Incoming(1 << 30, replies.append, lambda problem: None)

    def go_on(link: WorkerLink) -> None:
        if len(replies) == 1:
            link.start(b"job", incoming())

    def play() -> None:
        for parts in ([SHORT], [SHORT[:9], SHORT[9:]]):
            assert ends.far.recv(10) == b"job"
            for part in parts:
                ends.far.sendall(part)
                time.sleep(0.02)

    async def ask() -> None:
        link = WorkerLink(ends.born, go_on, ends.died.append)
        playing = asyncio.create_task(asyncio.to_thread(play))
        await asyncio.sleep(0.01)
        assert link.start(b"job", incoming())
        await until(lambda: len(replies) == 2)
        await playing

    asyncio.run(ask())
    assert [reply.body for reply in replies] == [b"abc", b"abc"]
