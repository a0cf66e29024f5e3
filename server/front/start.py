"""What a server process starts with: the front, put together from the settings, and the program that forks for it."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterable
from functools import partial
from pathlib import Path
from types import TracebackType
from typing import Any, cast
from wsgiref.types import StartResponse

from a2wsgi import WSGIMiddleware
from flask import Flask

from kg.settings import Settings
from server.app import create_app
from server.engine.pool import Pool
from server.front.asgi import THREADS, Front
from server.front.cache import AnswerCache
from server.front.exchange import Application
from server.front.queries import Queries
from server.front.shared import SharedAnswers
from server.front.writing import Writers
from server.syntax.allowed import Allowed
from server.watch.accesslog import AccessLog, open_log
from server.watch.watcher import Watcher


def create_front(settings: Settings, forker: Path) -> Front:
    """The ASGI application that serves the graph in ``settings.data`` with workers of the forker at this address."""
    writers = Writers(forker, settings.write_timeout)
    flask = create_app(settings, writers.perform)
    flask.config["USE_X_SENDFILE"] = True  # see server.front.outlet
    store = settings.data / "store"
    pool = Pool(store, forker, cap=settings.answer_buffer << 20, memory=settings.query_memory)
    shared = SharedAnswers(forker.parent / "answers", settings.cache << 22)  # disks have more room than memory
    cache = AnswerCache(settings.cache << 20, shared)
    queries = Queries(pool, cache, Allowed.of(settings.services), settings.query_timeout)
    site = cast(Application, WSGIMiddleware(cast(Any, partial(_told_apart, flask)), workers=THREADS))  # by other types
    log = AccessLog(open_log(settings.access_log)) if settings.access_log else None
    watcher = Watcher(forker.parent, store, pool, cache, log)  # that folder is this server's own, and goes with it
    return Front(queries, writers, site, settings.upload_limit << 20, watcher)


def _told_apart(flask: Flask, environ: dict[str, Any], start_response: StartResponse) -> Iterable[bytes]:
    """The application, with faults told on standard error. The middleware would have them on standard output, of which
    a script may read the line with the address and then no more: whoever writes on waits for ever."""
    environ["wsgi.errors"] = sys.stderr
    return flask(environ, start_response)


class ForkerProcess:
    """The forker as a program of its own, started again if it ends; a context that ends it."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._folder = Path(tempfile.mkdtemp(prefix="aidgraph-"))
        self.address = self._folder / "workers"
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(self.address))
        self._listener.listen(64)
        self._lifeline, self._held = os.pipe()
        self._is_over = threading.Event()
        self._process = self._start()
        threading.Thread(target=self._watch, daemon=True).start()

    def __enter__(self) -> ForkerProcess:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._is_over.set()
        os.close(self._held)
        self._process.wait()
        self._listener.close()
        shutil.rmtree(self._folder, ignore_errors=True)

    def _start(self) -> subprocess.Popen[bytes]:
        settings = self._settings
        numbers = [self._listener.fileno(), self._lifeline]
        arguments = [*numbers, settings.data.resolve(), settings.query_memory, settings.copy_memory]
        command = [sys.executable, "-m", "server.engine.forker", *map(str, arguments)]
        return subprocess.Popen(command, pass_fds=numbers, stdin=subprocess.DEVNULL)

    def _watch(self) -> None:
        """Start it again whenever it has ended; what it was asked is asked again by the next query."""
        while True:
            status = self._process.wait()
            if self._is_over.wait(0.1):
                return
            print(f"aidgraph: the process that makes workers ended ({status}); starting another", file=sys.stderr)
            self._process = self._start()
