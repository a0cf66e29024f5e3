"""One worker's socket, and one job's reply as it comes in: in memory, then in a file, and past a cap as a stream.

An answer is kept until it is whole, so that a query that fails at the last row is still a 503 and not half a 200.
"""

from __future__ import annotations

import asyncio
import os
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, field
from typing import IO, Final, cast

import msgspec

from server.engine.client import Born
from server.engine.wire import BODY, END, FAILURE, HEAD, End, Failure, Frames, Head
from server.problems import Problem, restore_problem

IN_MEMORY: Final = 8 << 20
"""Bytes of a body that are kept in memory; more goes to a file."""

CHUNK: Final = 256 << 10
AHEAD: Final = 1 << 20
"""Bytes of a stream that may wait for a slow client before its worker is made to wait too."""

_HEADS: Final = msgspec.msgpack.Decoder(Head)
_ENDS: Final = msgspec.msgpack.Decoder(End)
_FAILURES: Final = msgspec.msgpack.Decoder(Failure)


class Broken(Exception):
    """A stream ended before its answer did; the client must not take what it has for the whole."""


@dataclass(slots=True)
class Reply:
    """An answer. Of ``body``, ``file`` and ``stream`` one is there; ``size`` is None for a stream."""

    head: Head
    size: int | None
    body: bytes = b""
    file: IO[bytes] | None = None
    stream: AsyncIterator[bytes] | None = None
    seconds: float = 0.0
    queued: float = 0.0
    version: str = ""

    async def chunks(self) -> AsyncIterator[bytes]:
        """The body in pieces.

        Raises:
            Broken: of a stream, when a limit ends it.
        """
        if self.file is not None:
            with self.file:
                while chunk := self.file.read(CHUNK):
                    yield chunk
        elif self.stream is not None:
            async for chunk in self.stream:
                yield chunk
        else:
            yield self.body


class Incoming:
    """Puts the frames of one reply together.

    Args:
        cap: bytes that are kept until the reply is whole.
        on_reply: takes the reply, once it is whole or past the cap.
        on_problem: takes what there is instead of a reply.
    """

    def __init__(
        self, cap: int, on_reply: Callable[[Reply], None], on_problem: Callable[[Problem], None]
    ) -> None:
        self._cap = cap
        self._on_reply = on_reply
        self._on_problem = on_problem
        self._head: Head | None = None
        self._pieces: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._size = 0
        self.stream: Stream | None = None
        self.end: End | None = None

    @property
    def is_done(self) -> bool:
        """Whether the worker has nothing more to say."""
        return self.end is not None

    def take(self, kind: bytes, payload: bytes, link: WorkerLink) -> None:
        """One more frame."""
        if kind == BODY:
            self._take_body(payload, link)
        elif kind == HEAD:
            self._head = _HEADS.decode(payload)
        elif kind == END:
            self.end = _ENDS.decode(payload)
            self._finish()
        elif kind == FAILURE:
            failure = _FAILURES.decode(payload)
            self.end = End(0.0, failure.processor)
            self.fail(restore_problem(failure.problem, failure.detail, failure.extra))

    def _take_body(self, payload: bytes, link: WorkerLink) -> None:
        self._size += len(payload)
        if self.stream is not None:
            self.stream.put(payload)
            return
        if self._file is None and self._size > IN_MEMORY:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed by whoever sends it
            self._file.write(b"".join(self._pieces))
            self._pieces.clear()
        if self._file is None:
            self._pieces.append(payload)
        else:
            self._file.write(payload)
        if self._size > self._cap:
            self._start_stream(link)

    def _start_stream(self, link: WorkerLink) -> None:
        assert self._head is not None
        self.stream = Stream(link, self._stored())
        self._on_reply(Reply(self._head, None, stream=self.stream.chunks(), version=link.born.version))

    def _stored(self) -> IO[bytes]:
        file = self._file or tempfile.TemporaryFile()  # noqa: SIM115  closed by the stream
        if self._pieces:
            file.write(b"".join(self._pieces))
        file.seek(0)
        return file

    def _finish(self) -> None:
        assert self._head is not None
        assert self.end is not None
        if self.stream is not None:
            self.stream.finish()
        elif self._file is not None:
            self._file.seek(0)
            self._on_reply(Reply(self._head, self._size, file=self._file, seconds=self.end.seconds))
        else:
            body = self._pieces[0] if len(self._pieces) == 1 else b"".join(self._pieces)
            self._on_reply(Reply(self._head, len(body), body, seconds=self.end.seconds))

    def fail(self, problem: Problem) -> None:
        """There will be no whole reply."""
        if self._file is not None and self.stream is None:
            self._file.close()
        if self.stream is not None:
            self.stream.fail(Broken(problem.detail))
        else:
            self._on_problem(problem)


class Stream:
    """The rest of an answer that is too big to keep. The worker waits while :data:`AHEAD` bytes are unread."""

    def __init__(self, link: WorkerLink, stored: IO[bytes]) -> None:
        self._link = link
        self._stored = stored
        self._pieces: list[bytes] = []
        self._waiting = 0
        self._changed = asyncio.Event()
        self._is_done = False
        self._fault: Broken | None = None
        self._link.pause()

    def put(self, payload: bytes) -> None:
        """Some more of the body."""
        self._pieces.append(payload)
        self._waiting += len(payload)
        if self._waiting > AHEAD:
            self._link.pause()
        self._changed.set()

    def finish(self) -> None:
        """The body is whole."""
        self._is_done = True
        self._changed.set()

    def fail(self, fault: Broken) -> None:
        """It will not be."""
        self._fault = fault
        self._changed.set()

    async def chunks(self) -> AsyncIterator[bytes]:
        """What was kept, then what comes. A fault shows at once, also while something is left to send."""
        try:
            with self._stored as stored:
                while chunk := stored.read(CHUNK):
                    self._check()
                    yield chunk
            while True:
                self._changed.clear()
                self._check()
                pieces, self._pieces, self._waiting = self._pieces, [], 0
                for piece in pieces:
                    yield piece
                if self._is_done and not self._pieces:
                    return
                self._link.resume()
                await self._changed.wait()
        finally:
            self._link.abandon_unless_done()

    def _check(self) -> None:
        if self._fault is not None:
            raise self._fault


@dataclass(slots=True, eq=False)
class WorkerLink(asyncio.Protocol):
    """A worker as the pool sees it: idle, or with one reply coming in."""

    born: Born
    on_end: Callable[[WorkerLink], None]
    on_death: Callable[[WorkerLink], None]
    transport: asyncio.Transport | None = None
    incoming: Incoming | None = None
    is_retired: bool = False
    jobs: int = 0
    used: float = 0.0
    """Seconds of processor time that it had had when its last job was done."""
    _frames: Frames = field(default_factory=Frames)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one by its methods only

    def start(self, job: bytes, incoming: Incoming) -> None:
        """Send a job."""
        assert self.transport is not None
        self.incoming = incoming
        self.transport.write(job)

    def data_received(self, data: bytes) -> None:
        for kind, payload in self._frames.feed(data):
            incoming = self.incoming
            if incoming is None:
                continue
            incoming.take(kind, payload, self)
            if incoming.is_done:
                self.incoming = None
                assert incoming.end is not None
                self.is_retired = self.is_retired or incoming.end.is_last
                self.used = incoming.end.processor
                self.jobs += 1
                self.on_end(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self.on_death(self)

    def pause(self) -> None:
        """Let the worker wait."""
        if self.transport is not None and not self.transport.is_closing():
            self.transport.pause_reading()

    def resume(self) -> None:
        """Let it go on."""
        if self.transport is not None and not self.transport.is_closing():
            self.transport.resume_reading()

    def abandon_unless_done(self) -> None:
        """Nobody reads the rest of the reply."""
        if self.incoming is not None:
            self.end()

    def end(self) -> None:
        """End the process at once."""
        self.born.end()

    def retire(self) -> None:
        """Let an idle worker go."""
        if self.transport is not None:
            self.transport.close()

    def last_words(self) -> str:
        """What a dead worker wrote on its standard error."""
        return os.pread(self.born.errors, 4096, 0).decode(errors="replace").strip()
