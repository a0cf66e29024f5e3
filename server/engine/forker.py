"""The process that forks workers: small, with one thread, and without an open store.

A fork takes far less time than to start a new interpreter, but only a process without threads may be forked, and
RocksDB must not be open in it. So the server starts this one as a program of its own, and each of its processes
asks it for workers over a Unix socket: a line with what is wanted, answered by a line and three files: the
worker's socket, its standard error, and a handle to end it by (``pidfd``; without one where the system has none).

A copy of a small graph in memory answers most queries several times as fast. It is read once, by a child
(:mod:`.copy`) that then forks the workers that inherit it; all of them share its pages.
"""

from __future__ import annotations

import contextlib
import os
import selectors
import signal
import socket
import sys
import tempfile
import time
from functools import partial
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.remote.opening import enter
from kg.store import current_version
from server.engine.copy import Copy, fits, start_copy
from server.engine.process import become_child, end_after, end_process, process_handle, running_processes
from server.engine.worker import run_queries, run_writes

READY: Final = b"READY\n"
"""Told to everybody when workers of the newest version got faster: those asked for before are worth replacing."""

SETTLED: Final = 2.0
"""Seconds that a version has to last before it is copied to memory, or as long as the last copy took, if that was
longer: not after each of a row of updates."""


class Forker:
    """Forks workers for whoever connects to ``listener``; ends when ``lifeline`` closes and all clients have gone."""

    def __init__(self, listener: socket.socket, lifeline: int, data: Path, memory: int, copy_memory: int) -> None:
        self._listener = listener
        self._lifeline = lifeline
        self._data = data
        self._memory = memory
        self._copy_memory = copy_memory
        self._selector = selectors.DefaultSelector()
        self._made: dict[socket.socket, list[int]] = {}
        """The clients, each with handles of the workers that were made for it."""
        self._copy: Copy | None = None
        self._version: str | None = None
        self._since = 0.0
        self._patience = SETTLED

    def run(self) -> None:
        """Serve until the lifeline closes and nobody is left whose workers would have to be ended."""
        self._selector.register(self._listener, selectors.EVENT_READ)
        self._selector.register(self._lifeline, selectors.EVENT_READ)
        is_over = False
        while self._made or not is_over:
            for key, _ in self._selector.select(timeout=0.5):
                if key.fileobj == self._lifeline:
                    is_over = True
                    self._selector.unregister(self._lifeline)
                elif key.fileobj is self._listener:
                    self._accept()
                elif self._copy is not None and key.fileobj is self._copy.control:
                    self._hear_copy()
                elif isinstance(key.fileobj, socket.socket):
                    self._hear(key.fileobj)
            _reap()
            self._look_at_version()

    def _accept(self) -> None:
        client, _ = self._listener.accept()
        self._made[client] = []
        self._selector.register(client, selectors.EVENT_READ)

    def _hear(self, client: socket.socket) -> None:
        """One client's wishes: ``query`` or ``write``, a line each."""
        try:
            lines = client.recv(4096).split()
        except OSError:
            lines = []
        if not lines:
            self._drop(client)
        for line in lines:
            self._make_worker(client, line)

    def _drop(self, client: socket.socket) -> None:
        """End the workers of a client that has gone: one that it had stopped would never end by itself."""
        for handle in self._made.pop(client):
            end_process(handle)
        self._selector.unregister(client)
        client.close()

    def _make_worker(self, client: socket.socket, kind: bytes) -> None:
        near, far = socket.socketpair()
        with near, far, tempfile.TemporaryFile() as errors:
            try:
                version, pid = self._fork(kind, far, errors.fileno())
                handles = [near.fileno(), errors.fileno()]
                handle = process_handle(pid)
                line = f"{kind.decode()} {pid} {version}\n".encode()
                if handle is not None:
                    handles.append(handle)
                    self._made[client] = [*running_processes(self._made[client]), handle]
                socket.send_fds(client, [line], handles)
            except (OSError, StoreError) as error:
                with contextlib.suppress(OSError):
                    client.sendall(f"failed {str(error).replace(chr(10), ' ')}\n".encode())

    def _fork(self, kind: bytes, far: socket.socket, errors: int) -> tuple[str, int]:
        """The version that the new worker reads, and its number."""
        version = current_version(self._data)
        if version is None:
            raise StoreError(f"{self._data / 'store'}: no store yet; run `aidgraph build` first")
        if kind == b"query" and self._copy is not None and self._copy.is_ready and self._copy.version == version:
            return version, self._copy.fork(far, errors)
        pid = os.fork()
        if pid == 0:
            become_child(keep=(far.fileno(), errors), errors=errors)
            run = run_queries if kind == b"query" else run_writes
            end_after(partial(run, far, self._data, self._memory))
        return version, pid

    def _look_at_version(self) -> None:
        """Copy a version that has lasted a while, if it is small enough; forget the copy of an older one."""
        version, now = current_version(self._data), time.monotonic()
        if version != self._version:
            self._version, self._since = version, now
            self._forget_copy()
        if version is None or self._copy is not None or now - self._since < self._patience or not self._copy_memory:
            return
        if fits(self._data, self._copy_memory):
            self._copy = start_copy(self._data, version, self._memory, self._copy_memory)
            self._selector.register(self._copy.control, selectors.EVENT_READ)
        else:
            self._since = float("inf")  # too big: not looked at again

    def _hear_copy(self) -> None:
        """The copy is ready, or has failed (too big after all): then workers go on reading from disk.

        One that was ready and ended was ended by others, and is made again.
        """
        assert self._copy is not None
        was_ready = self._copy.is_ready
        if self._copy.hear():
            self._patience = max(SETTLED, time.monotonic() - self._since - self._patience)
            for client in self._made:
                with contextlib.suppress(OSError):
                    client.sendall(READY)
        elif was_ready:
            print("aidgraph: the copy of the graph in memory ended; making another", file=sys.stderr)
            self._forget_copy()
            self._since = time.monotonic()
        elif current_version(self._data) != self._copy.version:
            self._forget_copy()  # of a version that is the newest no more
        else:
            print("aidgraph: the graph was not copied to memory; queries are answered from disk", file=sys.stderr)
            self._forget_copy()
            self._since = float("inf")

    def _forget_copy(self) -> None:
        if self._copy is not None:
            self._selector.unregister(self._copy.control)
            self._copy.close()
            self._copy = None


def _reap() -> None:
    with contextlib.suppress(ChildProcessError):
        while os.waitpid(-1, os.WNOHANG)[0]:
            pass


def main() -> None:
    """The program: ``python -m server.engine.forker LISTENER LIFELINE DATA MEMORY COPY_MEMORY``."""
    enter()
    listener, lifeline, data, memory, copy_memory = sys.argv[1:]
    for name in (signal.SIGINT, signal.SIGTERM):
        signal.signal(name, signal.SIG_IGN)  # sent to a whole group; the server ends us when it is done
    Forker(socket.socket(fileno=int(listener)), int(lifeline), Path(data), int(memory), int(copy_memory)).run()


if __name__ == "__main__":
    main()
