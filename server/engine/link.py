"""A worker as the server sees it: a socket, idle or with one reply coming in."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable
from typing import cast

from server.engine.client import Born
from server.engine.reply import Flow, Incoming
from server.engine.wire import HEADER


class WorkerLink(asyncio.Protocol, Flow):
    """One worker.

    Args:
        born: the process.
        on_end: called when it has done its job.
        on_death: called when its process has ended, for whatever reason.
    """

    __slots__ = ("_on_death", "_on_end", "_rest", "born", "incoming", "is_retired", "jobs", "run", "transport", "used")

    def __init__(
        self, born: Born, on_end: Callable[[WorkerLink], None], on_death: Callable[[WorkerLink], None]
    ) -> None:
        self.born = born
        self._on_end = on_end
        self._on_death = on_death
        self.transport: asyncio.Transport | None = None
        self.incoming: Incoming | None = None
        self.run: object | None = None
        """Whatever its owner notes of the job."""
        self.is_retired = False
        """It gets no other job."""
        self.jobs = 0
        self.used = 0.0
        """Seconds of processor time that it had had when its last job was done."""
        self._rest = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self.transport = cast(asyncio.Transport, transport)  # uvloop's is one by its methods only

    def start(self, job: bytes, incoming: Incoming) -> None:
        """Send a job."""
        assert self.transport is not None
        self.incoming = incoming
        self.transport.write(job)

    def data_received(self, data: bytes) -> None:
        """Frames, or parts of them. A small answer comes in one piece."""
        if self._rest:
            data = self._rest + data
        start, length = 0, len(data)
        while start + HEADER.size <= length:
            kind, size = HEADER.unpack_from(data, start)
            end = start + HEADER.size + size
            if end > length:
                break
            self._take(kind, data[start + HEADER.size : end])
            start = end
        self._rest = data[start:]

    def _take(self, kind: bytes, payload: bytes) -> None:
        incoming = self.incoming
        if incoming is None:
            return  # it was given up
        incoming.take(kind, payload, self)
        if incoming.end is not None:
            self.incoming = None
            self.is_retired = self.is_retired or incoming.end.is_last
            self.used = incoming.end.processor
            self.jobs += 1
            self._on_end(self)

    def connection_lost(self, exc: Exception | None) -> None:
        self._on_death(self)

    def pause(self) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.pause_reading()

    def resume(self) -> None:
        if self.transport is not None and not self.transport.is_closing():
            self.transport.resume_reading()

    def abandon(self) -> None:
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
