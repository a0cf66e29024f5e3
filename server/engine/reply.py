"""One job's reply as it comes in: in memory, then in a file, and past a cap as a stream.

An answer is kept until it is whole, so that a query that fails at the last row is still a 503 and not half a 200.
"""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass
from typing import IO, Final

import msgspec

from server.engine.wire import BODY, END, FAILURE, HEAD, End, Failure, Head
from server.problems import Problem, log_reason, restore_problem

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


class Flow:
    """What a stream asks of the worker behind it: to wait, to go on, or to end because nobody reads the rest."""

    def pause(self) -> None:
        """Let the worker wait."""

    def resume(self) -> None:
        """Let it go on."""

    def abandon(self) -> None:
        """Nobody reads the rest of the reply."""


@dataclass(slots=True)
class Reply:
    """An answer. Of ``body``, ``file`` and ``stream`` one is there; ``size`` is None for a stream.

    ``seconds`` are those of the engine, ``queued`` those before it began; ``version`` is the data's.
    """

    head: Head
    size: int | None
    body: bytes = b""
    file: IO[bytes] | None = None
    stream: Stream | None = None
    seconds: float = 0.0
    queued: float = 0.0
    version: str = ""

    @property
    def is_large(self) -> bool:
        """Whether it is in a file or comes as a stream."""
        return self.file is not None or self.stream is not None

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
            async for chunk in self.stream.chunks():
                yield chunk
        else:
            yield self.body

    def close(self) -> None:
        """Nobody reads it, or not to its end. The worker of a stream is let go."""
        if self.file is not None:
            self.file.close()
        if self.stream is not None:
            self.stream.close()


class Incoming:
    """Puts the frames of one reply together.

    Args:
        cap: bytes that are kept until the reply is whole.
        on_reply: takes the reply, once it is whole or past the cap.
        on_problem: takes what there is instead of a reply.
    """

    __slots__ = ("_cap", "_file", "_head", "_on_problem", "_on_reply", "_pieces", "_size", "end", "stream")

    def __init__(self, cap: int, on_reply: Callable[[Reply], None], on_problem: Callable[[Problem], None]) -> None:
        self._cap = cap
        self._on_reply = on_reply
        self._on_problem = on_problem
        self._head: Head | None = None
        self._pieces: list[bytes] = []
        self._file: IO[bytes] | None = None
        self._size = 0
        self.stream: Stream | None = None
        self.end: End | None = None
        """There once the worker has nothing more to say."""

    def take(self, kind: bytes, payload: bytes, flow: Flow) -> None:
        """One more frame."""
        if kind == BODY:
            self._take_body(payload, flow)
        elif kind == HEAD:
            self._head = _HEADS.decode(payload)
        elif kind == END:
            self.end = _ENDS.decode(payload)
            self._finish()
        elif kind == FAILURE:
            failure = _FAILURES.decode(payload)
            self.end = End(0.0, failure.processor)
            self.fail(log_reason(restore_problem(failure.problem, failure.detail, failure.extra, failure.reason)))

    def _take_body(self, payload: bytes, flow: Flow) -> None:
        self._size += len(payload)
        if self.stream is not None:
            self.stream.put(payload)
        elif self._size <= IN_MEMORY:
            self._pieces.append(payload)
        else:
            self._store(payload)
        if self._size > self._cap and self.stream is None:
            assert self._head is not None
            self._store(b"")
            assert self._file is not None
            self.stream = Stream(flow, self._file)
            self._on_reply(Reply(self._head, None, stream=self.stream))

    def _store(self, payload: bytes) -> None:
        if self._file is None:
            self._file = tempfile.TemporaryFile()  # noqa: SIM115  closed by whoever sends it
            self._file.write(b"".join(self._pieces))
            self._pieces.clear()
        self._file.write(payload)

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
            self._on_reply(Reply(self._head, self._size, body, seconds=self.end.seconds))

    def fail(self, problem: Problem) -> None:
        """There will be no whole reply."""
        if self.stream is not None:
            self.stream.fail(Broken(problem.detail))
            return
        if self._file is not None:
            self._file.close()
        self._on_problem(problem)


class Stream:
    """The rest of an answer that is too big to keep. The worker waits while :data:`AHEAD` bytes are unread."""

    def __init__(self, flow: Flow, stored: IO[bytes]) -> None:
        self._flow = flow
        self._stored = stored
        self._pieces: list[bytes] = []
        self._waiting = 0
        self._changed = asyncio.Event()
        self._is_done = False
        self._fault: Broken | None = None
        self._flow.pause()

    def put(self, payload: bytes) -> None:
        """Some more of the body."""
        self._pieces.append(payload)
        self._waiting += len(payload)
        if self._waiting > AHEAD:
            self._flow.pause()
        self._changed.set()

    def finish(self) -> None:
        """The body is whole."""
        self._is_done = True
        self._changed.set()

    def fail(self, fault: Broken) -> None:
        """It will not be."""
        self._fault = fault
        self._changed.set()

    def close(self) -> None:
        """Nobody reads the rest."""
        self._stored.close()
        if not self._is_done and self._fault is None:
            self.fail(Broken("Nobody reads the rest."))
            self._flow.abandon()

    async def chunks(self) -> AsyncIterator[bytes]:
        """What was kept, then what comes. A fault shows at once, also while something is left to send."""
        try:
            self._check()
            self._stored.seek(0)
            while chunk := self._stored.read(CHUNK):
                yield chunk
                self._check()
            while True:
                self._changed.clear()
                self._check()
                pieces, self._pieces, self._waiting = self._pieces, [], 0
                for piece in pieces:
                    yield piece
                if not self._is_done:
                    self._flow.resume()
                    await self._changed.wait()
                elif not self._pieces:
                    return
        finally:
            self.close()

    def _check(self) -> None:
        if self._fault is not None:
            raise self._fault
