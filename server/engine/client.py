"""How a server process asks the forker for workers: one connection, kept open, which it may lose and find again."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from server.engine.process import signal_process

RETRY: Final = 0.2
"""Seconds before a failure is told, so that whoever asks again at once does not keep the processor busy."""


@dataclass(slots=True)
class Born:
    """A new worker: its socket, the file of its standard error, and how to end it. ``version``: what it reads."""

    pid: int
    version: str
    connection: socket.socket
    errors: int
    handle: int | None

    def end(self) -> None:
        """End the process at once."""
        signal_process(self.pid, self.handle, signal.SIGKILL)

    def signal(self, number: signal.Signals) -> None:
        """Stop it, or let it go on."""
        signal_process(self.pid, self.handle, number)

    def close(self) -> None:
        """Close the files. An idle worker ends when its socket closes."""
        self.connection.close()
        os.close(self.errors)
        if self.handle is not None:
            os.close(self.handle)


class ForkerClient:
    """Asks for workers of a kind, ``query`` or ``write``.

    Args:
        address: the forker's socket.
        on_worker: takes the kind and the worker.
        on_failure: takes a message, for each worker that could not be made.
        on_ready: called when new workers are faster than those before.
    """

    def __init__(
        self, address: Path, *, on_worker: Callable[[str, Born], None], on_failure: Callable[[str, str], None],
        on_ready: Callable[[], None],
    ) -> None:  # fmt: skip
        self._address = address
        self._on_worker = on_worker
        self._on_failure = on_failure
        self._on_ready = on_ready
        self._socket: socket.socket | None = None
        self._asked: list[str] = []

    def ask(self, kind: str) -> None:
        """Ask for one worker; one of the callbacks tells what came of it."""
        self._asked.append(kind)
        try:
            self._connected().sendall(f"{kind}\n".encode())
        except OSError:  # it has just ended
            self._ask_next()

    def close(self) -> None:
        """Hang up; the forker ends what it made for us."""
        if self._socket is not None:
            asyncio.get_running_loop().remove_reader(self._socket.fileno())
            self._socket.close()
            self._socket = None

    def _connected(self) -> socket.socket:
        if self._socket is None:
            new = socket.socket(socket.AF_UNIX)
            try:
                new.connect(str(self._address))
            except OSError:
                new.close()
                raise
            asyncio.get_running_loop().add_reader(new.fileno(), self._hear)
            self._socket = new
        return self._socket

    def _hear(self) -> None:
        assert self._socket is not None
        try:
            told, files, _, _ = socket.recv_fds(self._socket, 4096, 3)
        except OSError:
            told, files = b"", []
        if not told:
            self._ask_next()
            return
        for line in told.decode().splitlines():
            self._take(line, files)

    def _take(self, line: str, files: list[int]) -> None:
        kind, _, rest = line.partition(" ")
        if kind == "READY":
            self._on_ready()
        elif kind == "failed":
            self._on_failure(self._asked.pop(0), rest)
        else:
            pid, version = rest.split()
            connection, errors, *handles = files
            self._asked.remove(kind)
            born = Born(int(pid), version, socket.socket(fileno=connection), errors, handles[0] if handles else None)
            self._on_worker(kind, born)

    def _ask_next(self) -> None:
        """The forker has ended. Another will take its place and answer at the same address: ask that one again."""
        self.close()
        asked, self._asked = self._asked, []
        for kind in asked:
            try:
                self._connected().sendall(f"{kind}\n".encode())
                self._asked.append(kind)
            except OSError as error:  # nobody will: the server is ending
                asyncio.get_running_loop().call_later(RETRY, self._on_failure, kind, str(error))
