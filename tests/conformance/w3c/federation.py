"""The other endpoints that the suite's SERVICE queries ask, served on loopback by a small server.

The suite calls them ``http://example1.org/sparql`` and so on. Their names are replaced in queries and data on the
way to the server under test, and put back in its answers. One that a case gives no data is not found.
"""

from __future__ import annotations

import contextlib
import re
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pyoxigraph as ox

from w3c.manifest import Case

NAMES = re.compile(rb"http://([a-z0-9.]+\.org)/sparql")


class Endpoints(ThreadingHTTPServer):
    """The endpoints of one case at a time, below ``address``."""

    stores: dict[str, ox.Store]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/"

    def hold(self, case: Case) -> None:
        """Serve what ``case`` gives the endpoints to hold."""
        self.stores = {}
        for endpoint, files in case.services:
            store = self.stores[self.to_here(endpoint.encode()).decode()] = ox.Store()
            for file in files:
                store.load(self.to_here(file.read_bytes()), format=ox.RdfFormat.TURTLE)

    def to_here(self, text: bytes) -> bytes:
        """``text`` with the suite's endpoints replaced by those here."""
        return NAMES.sub(self.address.encode() + rb"\1", text)

    def to_suite(self, text: bytes) -> bytes:
        """The inverse of :meth:`to_here`."""
        return re.sub(re.escape(self.address.encode()) + rb"([a-z0-9.]+\.org)", rb"http://\1/sparql", text)


class Handler(BaseHTTPRequestHandler):
    """Answers queries by POST, in JSON."""

    server: Endpoints

    def do_POST(self) -> None:
        query = self.rfile.read(int(self.headers["Content-Length"])).decode()
        store = self.server.stores.get(f"{self.server.address}{self.path[1:]}")
        if store is None:
            self.send_error(404)
            return
        found = store.query(query)
        assert isinstance(found, ox.QuerySolutions), f"pyoxigraph asks other endpoints for solutions only: {query}"
        body = found.serialize(format=ox.QueryResultsFormat.JSON)
        assert body is not None
        self.send_response(200)
        self.send_header("Content-Type", ox.QueryResultsFormat.JSON.media_type)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Nothing: the cases tell what they got."""


@contextlib.contextmanager
def served() -> Iterator[Endpoints]:
    """The server of the other endpoints, on a free port."""
    with Endpoints(("127.0.0.1", 0), Handler) as server:
        server.stores = {}
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()
