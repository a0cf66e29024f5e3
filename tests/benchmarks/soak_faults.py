"""What goes wrong while the soak runs. Each fault lasts as long as its block, and is over when the block ends.

They hit what belongs to this server only: its processes are found by its session, and its data lie in a folder, or a
small file system, of the soak's own.
"""

from __future__ import annotations

import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from live import Live, Process, is_forker

from kg.lock import write_lock

HEAVY: Final = "/sparql?query=SELECT%20*%20%7B%3Fa%20%3Fp%20%3Fb.%3Fb%20%3Fq%20%3Fc%7D"
"""A query with a long answer, for those who do not wait for it."""


@dataclass(frozen=True)
class Scene:
    """What faults are made in. ``data`` lies on a file system of ``room`` bytes, or 0 if it has none of its own."""

    server: Live
    data: Path
    room: int


Fault = Callable[[Scene], AbstractContextManager[None]]


@contextmanager
def workers_killed(scene: Scene) -> Iterator[None]:
    """Workers that evaluate queries, the copy in memory and makers of indexes among them, a few each second."""
    with _repeating(lambda: _kill_some(scene, _is_worker, 2), 0.3):
        yield


@contextmanager
def forker_killed(scene: Scene) -> Iterator[None]:
    """The process that makes workers."""
    _kill_some(scene, lambda one: is_forker(one) and one.parent == scene.server.process.pid, 1)
    yield


@contextmanager
def server_killed(scene: Scene) -> Iterator[None]:
    """One of the processes that answer HTTP."""
    _kill_some(scene, lambda one: "spawn_main" in one.command, 1)
    yield


@contextmanager
def disk_full(scene: Scene) -> Iterator[None]:
    """The last byte of the data's file system is taken."""
    ballast = scene.data / "ballast"
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while True:
            file.write(bytes(1 << 20))
    try:
        yield
    finally:
        ballast.unlink()


@contextmanager
def store_gone(scene: Scene) -> Iterator[None]:
    """The link to the store and the folder of its generations are moved away, as if a disk were not mounted."""
    for name in ("store", "stores"):
        (scene.data / name).rename(scene.data / f"{name}-away")
    try:
        yield
    finally:
        with write_lock(scene.data, patience=60):  # who was writing has seen it, and left nothing
            for name in ("stores", "store"):
                (scene.data / f"{name}-away").rename(scene.data / name)


@contextmanager
def clients_gone(scene: Scene) -> Iterator[None]:
    """Clients that hang up in the middle of their requests, and of their answers."""

    def come_and_go() -> None:
        for text in (f"GET {HEAVY} HTTP/1.1\r\nHost: x\r\n\r\n", f"GET {HEAVY} HT", "POST /update HTTP/1.1\r\n"):
            with suppress(OSError), scene.server.socket() as connection:
                connection.sendall(text.encode())
                connection.settimeout(random.uniform(0, 0.2))
                connection.recv(100)

    with _repeating(come_and_go, 0.05):
        yield


@contextmanager
def slow_clients(scene: Scene) -> Iterator[None]:
    """Two hundred that send a byte of a header each second, and twenty that hardly read a long answer."""
    connections = [scene.server.socket() for _ in range(220)]
    for connection in connections[200:]:
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        connection.sendall(f"GET {HEAVY} HTTP/1.1\r\nHost: x\r\n\r\n".encode())

    def trickle() -> None:
        for place, connection in enumerate(connections):
            with suppress(OSError):
                connection.send(b"G") if place < 200 else connection.recv(10, socket.MSG_DONTWAIT)

    try:
        with _repeating(trickle, 1):
            yield
    finally:
        for connection in connections:
            connection.close()


FAULTS: Final[dict[str, Fault]] = {
    "workers killed": workers_killed,
    "forker killed": forker_killed,
    "server process killed": server_killed,
    "disk full": disk_full,
    "store gone": store_gone,
    "clients gone": clients_gone,
    "slow clients": slow_clients,
}


@contextmanager
def small_disk(folder: Path, room: int) -> Iterator[bool]:
    """A file system in memory of ``room`` bytes at ``folder``; False if none can be mounted."""
    command = ["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(folder)]
    mounted = subprocess.run(command, capture_output=True, check=False).returncode == 0
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=True)


def _is_worker(process: Process) -> bool:
    return (is_forker(process) and process.parent != process.pid) or "kg.index" in process.command


def _kill_some(scene: Scene, wanted: Callable[[Process], bool], most: int) -> None:
    """Kill up to ``most`` processes of this server that fit; the forker is no worker."""
    processes = scene.server.processes()
    top = scene.server.process.pid
    found = [one for one in processes if wanted(one) and not (wanted is _is_worker and one.parent == top)]
    for process in random.sample(found, min(most, len(found))):
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


@contextmanager
def _repeating(act: Callable[[], None], pause: float) -> Iterator[None]:
    """Do it again and again while the block runs."""
    over = threading.Event()

    def run() -> None:
        while not over.is_set():
            act()
            time.sleep(pause)

    thread = threading.Thread(target=run)
    thread.start()
    try:
        yield
    finally:
        over.set()
        thread.join()
