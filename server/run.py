"""The production server: Granian, with one process a core that each answer a few requests at a time.

Not Flask's own server, which is for development, and not threads alone, because Python runs one at a time.
Workers are spawned, not forked: after ``aidgraph up`` the parent holds a language model and RocksDB's
threads, and neither survives a fork. Whatever keeps the server from starting is found out here, before
the first worker starts, and said in one line.
"""

from __future__ import annotations

import multiprocessing
import os
import socket
import threading
import time
from functools import partial

from flask import Flask
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from kg.errors import SettingsError
from kg.settings import Settings
from kg.store import open_snapshot
from server.app import create_app

THREADS = 4
"""Requests that one process works on at a time; the engine leaves Python's lock while it evaluates."""

STOP_SECONDS = 10
"""How long running requests may take to end when the server is asked to stop."""


def serve(settings: Settings) -> None:
    """Serve the graph until SIGINT or SIGTERM.

    Raises:
        StoreError: there is no graph to serve.
        SettingsError: the address cannot be listened on.
    """
    open_snapshot(settings.data)  # fails here, and not in each worker
    port = free_port(settings.host, settings.port)
    workers = settings.workers or os.cpu_count() or 1
    multiprocessing.set_start_method("spawn", force=True)
    server = Granian(
        "server.app",
        address=settings.host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        respawn_failed_workers=True,
        respawn_interval=0.1,
        workers_kill_timeout=STOP_SECONDS,
        log_level=LogLevels.warning,
    )
    announcer = threading.Thread(target=_announce, args=(settings.host, port, workers), daemon=True)
    server.on_startup(announcer.start)
    server.serve(target_loader=partial(load_app, settings), wrap_loader=False)


def load_app(settings: Settings) -> Flask:
    """What each worker process starts with."""
    return create_app(settings)


def free_port(host: str, port: int) -> int:
    """The port to listen on; a free one for 0.

    Raises:
        SettingsError: it is taken, not allowed, or the host is not ours.
    """
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port just given up is free
            probe.bind(address)
            bound: int = probe.getsockname()[1]
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"cannot listen on {host} port {port} ({reason}); choose others with --host and --port"
        raise SettingsError(message) from error
    return bound


def _announce(host: str, port: int, workers: int) -> None:
    """Print the address once somebody listens there: a script that waits for the line may connect at once."""
    while not _is_listening(host, port):
        time.sleep(0.05)
    name = f"[{host}]" if ":" in host else host
    processes = f"{workers} process{'' if workers == 1 else 'es'}"
    print(f"Serving on http://{name}:{port}/ with {processes}; stop with Ctrl-C", flush=True)


def _is_listening(host: str, port: int) -> bool:
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return False
    return True
