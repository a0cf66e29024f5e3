"""A worker as the server sees it: a socket, idle or with one reply coming in.

A job is sent and its answer is waited for at once, for a millisecond at most: most queries are answered by then,
and going through the event loop would take longer than answering them. What takes longer is read when it comes.
"""

from __future__ import annotations

import asyncio
import os
import select
from collections.abc import Callable
from typing import Final

from server.engine.client import Born
from server.engine.reply import Flow, Incoming
from server.engine.wire import HEADER

AT_ONCE: Final = 1
"""Milliseconds that the event loop waits for an answer. Nobody else is served meanwhile, so it must not be long."""

READ: Final = 256 << 10


class WorkerLink(Flow):
    """One worker.

    Args:
        born: the process.
        on_end: called when it has done its job.
        on_death: called when its process has ended in the middle of one.
    """

    __slots__ = (
        *("_on_death", "_on_end", "_poll", "_reads", "_rest", "_socket", "_unsent"),
        *("born", "incoming", "is_ended", "is_retired", "jobs", "run", "used"),
    )

    def __init__(
        self, born: Born, on_end: Callable[[WorkerLink], None], on_death: Callable[[WorkerLink], None]
    ) -> None:
        self.born = born
        self._on_end = on_end
        self._on_death = on_death
        self._socket = born.connection
        self._socket.setblocking(False)
        self._poll = select.poll()
        self._poll.register(self._socket, select.POLLIN)
        self._reads = False
        self._rest = b""
        self._unsent = b""
        self.incoming: Incoming | None = None
        self.run: object | None = None
        """Whatever its owner notes of the job."""
        self.is_retired = False
        """It gets no other job."""
        self.is_ended = False
        """Its process was ended on purpose."""
        self.jobs = 0
        self.used = 0.0
        """Seconds of processor time that it had had when its last job was done."""

    def start(self, job: bytes, incoming: Incoming) -> bool:
        """Send a job and read its answer, if that comes at once; False if the worker has died since its last one."""
        try:
            sent = self._socket.send(job)
        except BlockingIOError:
            sent = 0
        except OSError:
            return False
        self.incoming = incoming
        if sent < len(job):
            self._unsent = job[sent:]
            asyncio.get_running_loop().add_writer(self._socket.fileno(), self._send)
        elif self._poll.poll(AT_ONCE):
            self._read()
        if self.incoming is not None:
            self.resume()
        return True

    def _send(self) -> None:
        """The rest of a job that was longer than what the socket takes at a time."""
        try:
            self._unsent = self._unsent[self._socket.send(self._unsent) :]
        except OSError:
            self._unsent = b""  # its end is seen when reading
        if not self._unsent:
            asyncio.get_running_loop().remove_writer(self._socket.fileno())

    def _read(self) -> None:
        """Frames, or parts of them. A small answer comes in one piece."""
        try:
            data = self._socket.recv(READ)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        if not data:
            self._die()
            return
        if self._rest:
            data, self._rest = self._rest + data, b""
        start, length = 0, len(data)
        while start + HEADER.size <= length:
            kind, size = HEADER.unpack_from(data, start)
            end = start + HEADER.size + size
            if end > length:
                break
            if self._take(kind, data[start + HEADER.size : end]):
                return  # with the next job on its way, perhaps, and the first part of its answer in _rest
            start = end
        self._rest = data[start:]

    def _take(self, kind: bytes, payload: bytes) -> bool:
        """One more frame; whether it was the last, behind which nothing comes."""
        incoming = self.incoming
        if incoming is None:
            return False  # it was given up
        incoming.take(kind, payload, self)
        if incoming.end is not None:
            self.pause()
            self.incoming = None
            self.is_retired = self.is_retired or incoming.end.is_last
            self.used = incoming.end.processor
            self.jobs += 1
            self._on_end(self)
            return True
        return False

    def _die(self) -> None:
        self.pause()
        self._on_death(self)

    def pause(self) -> None:
        if self._reads:
            asyncio.get_running_loop().remove_reader(self._socket.fileno())
            self._reads = False

    def resume(self) -> None:
        if not self._reads and self._socket.fileno() >= 0:
            asyncio.get_running_loop().add_reader(self._socket.fileno(), self._read)
            self._reads = True

    def abandon(self) -> None:
        if self.incoming is not None:
            self.end()
            self.resume()

    def end(self) -> None:
        """End the process at once."""
        self.is_ended = True
        self.born.end()

    def close(self) -> None:
        """Let an idle worker go, or forget a dead one."""
        self.pause()
        if self._unsent:
            asyncio.get_running_loop().remove_writer(self._socket.fileno())
            self._unsent = b""
        self.born.close()

    def last_words(self) -> str:
        """What a dead worker wrote on its standard error."""
        return os.pread(self.born.errors, 4096, 0).decode(errors="replace").strip()
