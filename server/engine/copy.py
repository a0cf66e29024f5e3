"""A copy of the default graph in memory, held by a process that forks the workers which read it.

Its pages are shared by all of them, since reading changes none. RocksDB is never open here, because a process
must not be forked with it: a helper reads the store and hands its lines over through a pipe.
"""

from __future__ import annotations

import contextlib
import os
import signal
import socket
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.store import open_snapshot
from server.engine.limits import bound_memory
from server.engine.process import become_child, end_after, process_handle, signal_process
from server.engine.sources import Copied
from server.engine.worker import run_queries

LEAST: Final = 256
"""MiB: the engine takes 200 while it loads, however small the graph is."""

_OUTDATED: Final = 3
"""Exit code of who was to read a version that is not the newest any more."""


def fits(data: Path, copy_memory: int) -> bool:
    """Whether the newest store may be small enough: in memory the default graph takes more than all graphs on disk."""
    folder = (data / "store").resolve()
    size = sum(file.stat().st_size for file in folder.glob("*.sst"))
    return copy_memory >= LEAST and size <= copy_memory << 20


@dataclass
class Copy:
    """The process that holds the copy, as its parent sees it. ``control`` is readable when it has something to say."""

    control: socket.socket
    pid: int
    handle: int | None
    version: str
    is_ready: bool = False

    def hear(self) -> bool:
        """Whether it is ready now; False if it has ended."""
        try:
            self.is_ready = self.control.recv(1) == b"R"
        except OSError:
            self.is_ready = False
        return self.is_ready

    def fork(self, far: socket.socket, errors: int) -> int:
        """Let it fork a worker with this socket and standard error; the worker's number.

        Raises:
            OSError: the process is gone.
        """
        socket.send_fds(self.control, [b"F"], [far.fileno(), errors])
        told = self.control.recv(8, socket.MSG_WAITALL)
        if len(told) < 8:
            raise OSError("the copy in memory is gone")
        return int.from_bytes(told, "big")

    def close(self) -> None:
        """End it; the workers that it made go on."""
        self.control.close()
        signal_process(self.pid, self.handle, signal.SIGKILL)
        if self.handle is not None:
            os.close(self.handle)


def start_copy(data: Path, version: str, memory: int, copy_memory: int) -> Copy:
    """Fork the process that copies this version, the newest, and then serves :meth:`Copy.fork`."""
    near, far = socket.socketpair()
    pid = os.fork()
    if pid == 0:
        become_child(keep=(far.fileno(),))
        end_after(partial(_hold, far, data, version, memory, copy_memory))
    far.close()
    return Copy(near, pid, process_handle(pid), version)


def _hold(control: socket.socket, data: Path, version: str, memory: int, copy_memory: int) -> None:
    bound_memory(copy_memory)
    store = _read_copy(data, version)
    if store is None:  # no fault to tell of: the forker sees the newer version too, and forgets this copy
        return
    bound_memory(None)
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for the workers: their server sees them end
    with contextlib.suppress(BrokenPipeError):  # the server has ended meanwhile
        _make_workers(control, data, memory, Copied(store, version))


def _make_workers(control: socket.socket, data: Path, memory: int, copied: Copied) -> None:
    """Say that the copy is there, and make workers that answer from it until nobody wants any more."""
    control.sendall(b"R")
    while True:
        wish, files, _, _ = socket.recv_fds(control, 1, 2)
        if not wish:
            return
        pid = os.fork()
        if pid == 0:
            connection, errors = files
            become_child(keep=(connection, errors), errors=errors)
            end_after(partial(run_queries, socket.socket(fileno=connection), data, memory, copied=copied))
        for file in files:
            os.close(file)
        control.sendall(pid.to_bytes(8, "big"))


def _read_copy(data: Path, version: str) -> ox.Store | None:
    """The newest version in memory; None if it is not this one any more."""
    reading, writing = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(reading)
        end_after(partial(_write_lines, data, version, writing))
    os.close(writing)
    store = ox.Store()
    with os.fdopen(reading, "rb") as lines:
        store.bulk_load(lines, ox.RdfFormat.N_TRIPLES)
    code = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
    if code not in (0, _OUTDATED):
        raise OSError("the store could not be read")
    return store if code == 0 else None


def _write_lines(data: Path, version: str, writing: int) -> None:
    os.nice(19)  # the server answers from disk meanwhile
    snapshot = open_snapshot(data)
    if snapshot.version != version:
        os._exit(_OUTDATED)
    with contextlib.suppress(BrokenPipeError), os.fdopen(writing, "wb") as pipe:
        snapshot.store.dump(pipe, ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
