"""The dumps of a data folder on a web server, as the recipes fetch them."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pyoxigraph as ox

from kg.store import open_snapshot


@dataclass(frozen=True, slots=True)
class Dumps:
    """The dumps of one graph: the address of a server that has them, their folder, the store they were made from."""

    root: str
    folder: Path
    store: ox.Store

    def count(self, ending: str) -> int:
        """Triples of the default graph for a format of triples, quads for one of quads."""
        if ending in ("nq", "trig", "jsonld"):
            return len(self.store)
        return sum(1 for _ in self.store.quads_for_pattern(None, None, None, ox.DefaultGraph()))


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:
        """Nothing: what matters is what the stores say."""


@contextmanager
def served(data: Path) -> Iterator[Dumps]:
    """Serves until the block ends."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=str(data)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    root = f"http://127.0.0.1:{server.server_port}/"
    try:
        yield Dumps(root, data / "dumps", open_snapshot(data).store)
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
