"""A server of somebody else: what it answers, and what it may do wrong."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from kg.endpoint import Endpoint
from kg.errors import DataError

NT = "application/n-triples"
LINE = b"<http://x/a> <http://x/p> <http://x/o> .\n"


@contextmanager
def server(status: int, body: bytes = b"", **headers: str) -> Iterator[str]:
    """A server on loopback that answers everything alike."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            for name, value in headers.items():
                self.send_header(name.replace("_", "-"), value)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Says nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as httpd:
        thread = threading.Thread(target=httpd.serve_forever, args=(0.01,))
        thread.start()
        try:
            yield f"http://127.0.0.1:{httpd.server_address[1]}/sparql"
        finally:
            httpd.shutdown()
            thread.join()


def test_answer_comes_with_its_media_type() -> None:
    with server(200, LINE, Content_Type=f"{NT}; charset=utf-8") as address:
        assert Endpoint(address, 5).ask("CONSTRUCT", NT) == (NT, LINE)


def test_error_is_told_with_what_the_server_says() -> None:
    with server(503, b"busy\n now") as address, pytest.raises(DataError, match=r"answered 503 .*: busy now"):
        Endpoint(address, 5).ask("CONSTRUCT", NT)


@pytest.mark.parametrize("target", ["file:///etc/hostname", "ftp://127.0.0.1/x", "data:text/plain,x"])
def test_redirect_to_another_scheme_is_not_followed(target: str) -> None:
    with server(302, Location=target) as address, pytest.raises(DataError, match=r"redirects to|answered 302"):
        Endpoint(address, 5).ask("CONSTRUCT", NT)


def test_redirect_of_the_same_scheme_is_followed() -> None:
    with server(200, LINE, Content_Type=NT) as there, server(307, Location=there) as address:
        assert Endpoint(address, 5).ask("CONSTRUCT", NT) == (NT, LINE)


def test_nobody_there_is_told() -> None:
    with server(200) as address:
        pass
    with pytest.raises(DataError, match="cannot be reached"):
        Endpoint(address, 5).ask("CONSTRUCT", NT)


def test_answer_that_does_not_come_is_told() -> None:
    """A socket that listens, where nobody ever answers."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        hanging = Endpoint(f"http://127.0.0.1:{silent.getsockname()[1]}/sparql", 0.1)
        with pytest.raises(DataError, match=r"no answer within 0\.1 s|timed out"):
            hanging.ask("CONSTRUCT", NT)
