"""A builder with replicas as tests hold them, and clients that ask all the time and note each version they see.

A module and not a fixture file, so that tests can name its types.
"""

from __future__ import annotations

import json
import re
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from itertools import cycle
from pathlib import Path
from urllib.parse import quote

import pyoxigraph as ox
from live import Live

from kg.publish import Published, publish

PLACE = "https://w3id.org/aidgraph/id/country/testland"
VALUE = ox.NamedNode("http://example.org/value")
ITEMS = 300
"""Facts that tell the version in each version: more than one could miss by chance."""

_ROWS = quote("SELECT ?item ?value { ?item <http://example.org/value> ?value }")
_TOLD = re.compile(rb"Testland (\d+);")


@dataclass
class Cluster:
    """The builder's folder, ``builder``, and those of the replicas, ``one`` and ``two``, with who serves them."""

    folder: Path
    _write: Callable[[Path, int], str]
    _start: Callable[..., None]
    servers: dict[str, Live]
    versions: dict[str, int] = field(default_factory=dict)
    """The number that all facts of a version tell, by the version's name."""

    def write(self) -> int:
        """Build the next version; its number."""
        number = len(self.versions) + 1
        self.versions[self._write(self.folder / "builder", number)] = number
        return number

    def publish(self, *names: str) -> list[Published]:
        """Publish the newest version to these replicas, or both."""
        return [publish(self.folder / "builder", self.folder / name) for name in names or ("one", "two")]

    def restart(self, name: str) -> None:
        """Start a server again where it was."""
        self._start(name, self.servers[name].port)


@dataclass(frozen=True)
class Proxy:
    """A running proxy."""

    name: str
    port: int

    def answers(self) -> bool:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=5)
        with closing(connection), suppress(OSError, HTTPException):
            connection.request("GET", "/healthz")
            return connection.getresponse().status == 200
        return False


@dataclass
class Client:
    """One that asks for one thing after the other on a connection that is kept, from an address of its own."""

    port: int
    address: str
    versions: dict[str, int]
    seen: list[int] = field(default_factory=list)
    faults: list[tuple[float, str]] = field(default_factory=list)
    """When and what: an answer of no version or of two, an error, an answer that broke off."""

    def run(self, is_over: threading.Event) -> None:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=20, source_address=(self.address, 0))
        for path, read in cycle(self._kinds()):
            if is_over.is_set():
                break
            try:
                connection.request("GET", path)
                response = connection.getresponse()
                body = response.read()
                assert response.status == 200, f"{response.status} {body[:200]!r}"
                self.seen.append(read(body))
            except (OSError, HTTPException, AssertionError) as error:
                self.faults.append((time.monotonic(), f"{path}: {error!r}"))
                connection.close()
        connection.close()

    def _kinds(self) -> Sequence[tuple[str, Callable[[bytes], int]]]:
        return (
            (f"/sparql?query={_ROWS}", _of_rows),
            ("/healthz", self._of_health),
            ("/page/country/testland", _of_text),
            ("/data/country/testland.ttl", _of_text),
            ("/dumps/aidgraph.nt.gz", _of_text),
        )

    def _of_health(self, body: bytes) -> int:
        health = json.loads(body)
        assert health["ready"] is True
        return self.versions[health["version"]]


def _of_rows(body: bytes) -> int:
    rows = json.loads(body)["results"]["bindings"]
    assert len(rows) == ITEMS, f"{len(rows)} rows"
    return _only({int(row["value"]["value"]) for row in rows})


def _of_text(body: bytes) -> int:
    return _only({int(found) for found in _TOLD.findall(body)})


def _only(numbers: set[int]) -> int:
    assert len(numbers) == 1, f"versions {numbers} in one answer"
    return numbers.pop()


@contextmanager
def asking(ports: Sequence[int], versions: dict[str, int], each: int = 2) -> Iterator[list[Client]]:
    """Clients that ask at these ports for as long as the block runs, ``each`` at each."""
    clients = [
        Client(port, f"127.0.1.{place * each + number + 1}", versions)
        for place, port in enumerate(ports)
        for number in range(each)
    ]
    is_over = threading.Event()
    threads = [threading.Thread(target=client.run, args=(is_over,)) for client in clients]
    for thread in threads:
        thread.start()
    try:
        yield clients
    finally:
        is_over.set()
        for thread in threads:
            thread.join()
