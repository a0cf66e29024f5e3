"""The real server: Granian in a process of its own, asked by clients of other people's making."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from SPARQLWrapper import CSV, JSON, RDFXML, SPARQLWrapper

from kg.errors import SettingsError, StoreError
from kg.settings import Settings
from server.run import free_port, serve

ROOT = Path(__file__).parents[2]
SCRIPT = """
import sys
from pathlib import Path
from kg.settings import Settings
from server.run import serve
if __name__ == "__main__":  # workers are spawned, and import this file again
    serve(Settings(data=Path(sys.argv[1]), port=0, workers=2))
"""


@pytest.fixture(scope="module")
def server(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, subprocess.Popen[str]]]:
    """The address of a running server, and its process."""
    script = tmp_path_factory.mktemp("run") / "start.py"
    script.write_text(SCRIPT)
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(script), str(data)]
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        match = re.fullmatch(r"Serving on (http://127\.0\.0\.1:\d+)/ with 2 processes; stop with Ctrl-C\n", line)
        assert match, line
        yield match[1], process
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


def fetch(address: str, **headers: str) -> Any:
    return urllib.request.urlopen(urllib.request.Request(address, headers=headers), timeout=20)


def test_server_answers_sparqlwrapper(server: tuple[str, Any]) -> None:
    client = SPARQLWrapper(f"{server[0]}/sparql")
    client.setQuery("SELECT ?n { ?c a <http://schema.org/Country> ; <http://schema.org/name> ?n } ORDER BY ?n")
    client.setReturnFormat(JSON)
    rows: Any = client.query().convert()
    assert [row["n"]["value"] for row in rows["results"]["bindings"]] == ["Italy", "Russia"]
    client.setReturnFormat(CSV)
    assert client.query().convert() == b"n\r\nItaly\r\nRussia\r\n"


@pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # SPARQLWrapper 2.0 itself
def test_server_answers_sparqlwrapper_with_a_graph_by_post(server: tuple[str, Any]) -> None:
    client = SPARQLWrapper(f"{server[0]}/sparql")
    client.setMethod("POST")
    client.setQuery("PREFIX s: <http://schema.org/> CONSTRUCT { ?c s:name ?n } { ?c a s:Country ; s:name ?n }")
    client.setReturnFormat(RDFXML)
    graph: Any = client.query().convert()
    assert sorted(str(name) for name in graph.objects()) == ["Italy", "Russia"]


@pytest.mark.parametrize(
    ("accept", "place", "content_type"),
    [
        ("text/html,*/*;q=0.8", "/page/country/italy", "text/html; charset=utf-8"),
        ("*/*", "/data/country/italy.ttl", "text/turtle; charset=utf-8"),
        ("application/ld+json", "/data/country/italy.jsonld", "application/ld+json"),
        ("application/rdf+xml", "/data/country/italy.rdf", "application/rdf+xml"),
    ],
)
def test_server_dereferences_for_every_client(
    server: tuple[str, Any], accept: str, place: str, content_type: str
) -> None:
    with fetch(f"{server[0]}/id/country/italy", Accept=accept) as response:
        assert response.url == server[0] + place
        assert response.headers["Content-Type"] == content_type
        assert "Italy" in response.read().decode()


def test_server_sends_a_dump(server: tuple[str, Any]) -> None:
    with fetch(f"{server[0]}/dumps/aidgraph.nt.gz", Range="bytes=0-1") as response:
        assert (response.status, response.read()) == (206, b"\x1f\x8b")


def test_serve_without_a_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="aidgraph build"):
        serve(Settings(data=tmp_path))


def test_free_port_refuses_one_that_is_taken() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(SettingsError, match=rf"port {port} .*--port"):
            free_port("127.0.0.1", port)


def test_free_port_refuses_a_host_that_is_not_ours() -> None:
    with pytest.raises(SettingsError, match=r"192\.0\.2\.1"):
        free_port("192.0.2.1", 8000)


def test_free_port_finds_one() -> None:
    assert 0 < free_port("127.0.0.1", 0) < 65536
