"""A proxy on loopback that does to requests what networks and overloaded stores do, as a list tells it."""

from __future__ import annotations

import struct
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from socket import SO_LINGER, SOL_SOCKET
from urllib.parse import urlsplit


class Flaky(ThreadingHTTPServer):
    """Passes requests on; ``faults`` are done to the next ones, ``always`` to those for which none is left.

    Faults: ``ok``, ``reset``, ``503``, ``delay`` (2 s, then the answer), ``garbage`` (with status 200), ``page`` (HTML
    with status 200), ``cut`` (half the answer).
    """

    daemon_threads = True

    def __init__(self, target: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.target = target
        self.faults: list[str] = []
        self.always = "ok"
        self.seen: list[str] = []


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: Flaky

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        fault = self.server.faults.pop(0) if self.server.faults else self.server.always
        self.server.seen.append(f"{self.path} {fault}")
        if fault == "reset":
            self.connection.setsockopt(SOL_SOCKET, SO_LINGER, struct.pack("ii", 1, 0))
            self.close_connection = True
            self.connection.close()
        elif fault == "503":
            self._answer(503, "text/plain", b"too busy")
        elif fault == "garbage":
            self._answer(200, "application/sparql-results+json", b'{"head": {"vars": ["s"]}, "results": {"bin\x00')
        elif fault == "page":
            self._answer(200, "text/html", b"<h1>Welcome</h1>")
        else:
            self._pass_on(body, fault)

    def _pass_on(self, body: bytes, fault: str) -> None:
        if fault == "delay":
            time.sleep(2)
        headers = {name: self.headers[name] for name in ("Content-Type", "Accept") if self.headers[name]}
        parts = urlsplit(self.server.target)
        wanted = urllib.request.Request(f"{parts.scheme}://{parts.netloc}{self.path}", body, headers)
        with urllib.request.urlopen(wanted) as answer:
            content, kind = answer.read(), answer.headers["Content-Type"] or "text/plain"
        self._answer(200, kind, content, cut=fault == "cut")

    def _answer(self, status: int, kind: str, content: bytes, *, cut: bool = False) -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content[: len(content) // 2] if cut else content)
        self.close_connection = cut

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""

    def handle_one_request(self) -> None:
        try:
            super().handle_one_request()
        except (OSError, ValueError):
            self.close_connection = True  # the client has gone, or we have closed


@contextmanager
def flaky(target: str) -> Iterator[Flaky]:
    """Serves until the block ends."""
    server = Flaky(target)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
