"""The production server: Uvicorn with one process a core, and beside them one that forks workers for queries.

Not Flask's own server, which is for development, and not threads alone, because Python runs one at a time. Not
Granian, which was faster for empty answers and slower for ours: it spins while it waits for Python. Server
processes are spawned, not forked: after ``aidgraph up`` the parent holds a language model and RocksDB's threads,
and neither survives a fork.
Whatever keeps the server from starting is found out here, and said in one line.
"""

from __future__ import annotations

import gc
import logging
import math
import multiprocessing
import os
import signal
import socket
import threading
from functools import partial
from pathlib import Path
from typing import Final

from uvicorn import Config
from uvicorn.supervisors import Multiprocess

from kg.errors import SettingsError
from kg.remote.attaching import attached, looking
from kg.remote.opening import enter
from kg.settings import Settings
from kg.store import open_snapshot
from server.engine.limits import bound_memory
from server.engine.reply import Broken
from server.front.asgi import Front
from server.front.http import LimitedProtocol
from server.front.start import ForkerProcess, create_front
from server.watch.accesslog import open_log

STOP_GRACE: Final = 2.0
"""Seconds beyond the time limit of queries that running requests may take when the server is asked to stop."""

START_SECONDS: Final = 60.0
"""How long a server process may take to be ready."""

COLLECTED: Final = 50_000
"""Objects after which Python looks for rings among them; ordinary requests leave none, and a look takes time."""

ARENAS: Final = ("MALLOC_ARENA_MAX", "2")
"""The variable of glibc (mallopt(3)) for how many heaps a process has. By default each thread gets one of its own, of
which what a request took for a moment is not given to others: in four minutes of the clients of
``tests/benchmarks/soak.py`` a process grew to 260 MiB, and with two heaps to 210. It is read when
a process starts, and one of the user's is kept."""

CONNECTIONS: Final = 4096
"""Connections that one server process holds; more are told to come back later."""


class Supervisor(Multiprocess):
    """Keeps the server's processes alive, and tells when they are ready."""

    def __init__(self, config: Config, listener: socket.socket) -> None:
        super().__init__(config, [listener])
        self._listener = listener

    def init_processes(self) -> None:
        super().init_processes()
        if all(process.wait_until_ready(START_SECONDS, self.should_exit) for process in self.processes):
            announce(self._listener, self.processes_num)


def serve(settings: Settings) -> None:
    """Serve the graph until SIGINT or SIGTERM; queries that run then are answered before it ends.

    Raises:
        StoreError: there is no graph to serve.
        SettingsError: the address cannot be listened on, or the access log not be written.
    """
    given, settings = settings, attached(settings)
    open_snapshot(settings.data)  # fails here, and not in each process
    os.environ.setdefault(*ARENAS)
    if settings.access_log:
        os.close(open_log(settings.access_log))  # the same
    with listen(settings.host, settings.port) as listener, looking(given), ForkerProcess(settings) as forker:
        config = Config(
            partial(load_front, settings, forker.address),
            factory=True,
            workers=settings.workers or os.cpu_count() or 1,
            loop="uvloop",
            http=LimitedProtocol,
            ws="none",
            lifespan="on",
            proxy_headers=False,
            server_header=False,
            access_log=False,
            log_level="warning",
            limit_concurrency=CONNECTIONS,
            timeout_keep_alive=75,  # longer than what proxies wait before they send on a connection that they keep
            timeout_graceful_shutdown=math.ceil(settings.query_timeout + STOP_GRACE),
        )
        Supervisor(config, listener).run()


def load_front(settings: Settings, forker: Path) -> Front:
    """What each server process starts with."""
    threading.Thread(target=end_with_parent, daemon=True).start()
    logging.getLogger("uvicorn.error").addFilter(is_fault)
    enter()
    if settings.server_memory:
        bound_memory(settings.server_memory)
    front = create_front(settings, forker)
    gc.freeze()  # what is there by now stays
    gc.set_threshold(COLLECTED)
    return front


def is_fault(record: logging.LogRecord) -> bool:
    """Whether to log it: Uvicorn takes an answer that we break off, at its limit, for a fault of ours."""
    kind = record.exc_info[0] if record.exc_info else None
    return kind is None or not issubclass(kind, Broken)


def end_with_parent() -> None:
    """Wait until the process that started this one has gone, and end this one then, once its requests are answered.

    It goes first only if it was killed; nobody could stop this one by the usual means any more.
    """
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os.kill(os.getpid(), signal.SIGTERM)


def listen(host: str, port: int) -> socket.socket:
    """A socket that listens there; on a free port for 0.

    Raises:
        SettingsError: the port is taken, not allowed, or the host is not ours.
    """
    try:
        family, _, _, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        return socket.create_server(address[:2], family=family, backlog=2048)
    except OSError as error:
        reason = error.strerror or str(error)
        message = f"cannot listen on {host} port {port} ({reason}); choose others with --host and --port"
        raise SettingsError(message) from error


def announce(listener: socket.socket, workers: int) -> None:
    """Print the address: a script that waits for the line may connect at once."""
    host, port = listener.getsockname()[:2]
    name = f"[{host}]" if ":" in host else host
    processes = f"{workers} process{'' if workers == 1 else 'es'}"
    print(f"Serving on http://{name}:{port}/ with {processes}; stop with Ctrl-C", flush=True)
