"""Answers of a store as the engine's own types: rows as they come in, graphs as triples one by one.

pyoxigraph reads both and writes them again in any form. Rows that a store gives only some thousands at a time are
asked for page by page and read as one answer.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack
from typing import IO, Final, cast

import httpx2
import pyoxigraph as ox

from kg.errors import BackendError
from kg.remote.client import Client

ROWS: Final = "application/sparql-results+json, application/sparql-results+xml;q=0.8"
GRAPH: Final = "application/n-triples, text/turtle;q=0.8"
_ROW_FORMATS: Final = {
    "application/sparql-results+json": ox.QueryResultsFormat.JSON,
    "application/json": ox.QueryResultsFormat.JSON,
    "application/sparql-results+xml": ox.QueryResultsFormat.XML,
}
_GRAPH_FORMATS: Final = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
}


_ADDRESSED: Final = re.compile(rb'("bnode"\s*,\s*"value"\s*:\s*")nodeID://')
"""How Virtuoso names blank nodes in JSON: no label of any RDF syntax. In a literal the quotes would be escaped."""
_LONGEST_NAME: Final = 64


class Body(io.RawIOBase):
    """The body of a response as a file that is read as it comes; what goes wrong on the way is kept in ``fault``."""

    def __init__(self, response: httpx2.Response, client: Client, held: ExitStack) -> None:
        self._pieces = _relabelled(response.iter_bytes())
        self._client = client
        self._held = held
        self._rest = b""
        self.fault: BackendError | None = None

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        """At most ``size`` bytes; empty at the end.

        Raises:
            BackendError: the store has broken off.
        """
        try:
            while not self._rest:
                self._rest = next(self._pieces)
        except StopIteration:
            self._held.close()
            return b""
        except httpx2.HTTPError as error:
            self._held.close()
            self.fault = self._client.failed(f"broke off its answer ({type(error).__name__})")
            raise self.fault from error
        wanted = len(self._rest) if size < 0 else size
        piece, self._rest = self._rest[:wanted], self._rest[wanted:]
        return piece


def _relabelled(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """The same bytes with names of blank nodes that are labels; what may be the beginning of one waits for the rest."""
    rest = b""
    for piece in pieces:
        data = _ADDRESSED.sub(rb"\1", rest + piece)
        yield data[:-_LONGEST_NAME]
        rest = data[-_LONGEST_NAME:]
    yield rest


class RemoteTriples:
    """The triples of a CONSTRUCT, read as they come; like pyoxigraph's ``QueryTriples``, which only a query makes."""

    def __init__(self, triples: Iterable[ox.Triple]) -> None:
        self._triples = triples

    def __iter__(self) -> Iterator[ox.Triple]:
        return iter(self._triples)

    def serialize(
        self, output: IO[bytes] | None = None, format: ox.RdfFormat | None = None, *,
        prefixes: Mapping[str, str] | None = None,
    ) -> bytes | None:  # fmt: skip
        """Write them, as the engine does."""
        return ox.serialize(self._triples, output, format, prefixes=dict(prefixes or {}))


def read_rows(response: httpx2.Response, client: Client, held: ExitStack) -> ox.QuerySolutions | ox.QueryBoolean:
    """The rows of a response, or its yes or no.

    Raises:
        BackendError: it is neither.
    """
    form = _ROW_FORMATS.get(_media_type(response))
    if form is None:
        raise client.failed(f"sent {_media_type(response) or 'no type'} where results of a query are due")
    body = Body(response, client, held)
    try:
        return ox.parse_query_results(cast("IO[bytes]", body), form)
    except SyntaxError as error:
        raise client.failed(f"sent something that is no result of a query ({error.msg})") from error


def read_triples(response: httpx2.Response, client: Client, held: ExitStack) -> Iterator[ox.Triple]:
    """The triples of a response, as they come.

    Raises:
        BackendError: it holds none.
    """
    form = _GRAPH_FORMATS.get(_media_type(response))
    if form is None:
        raise client.failed(f"sent {_media_type(response) or 'no type'} where a graph is due")
    try:
        for quad in ox.parse(cast("IO[bytes]", Body(response, client, held)), form):
            yield quad.triple
    except SyntaxError as error:
        raise client.failed(f"sent something that is no RDF ({error.msg})") from error
    finally:
        held.close()


class Pages(io.RawIOBase):
    """Rows of several answers as one file of TSV, so that pyoxigraph reads them as one answer.

    Args:
        ask: the rows from an offset on, at most a page; asked until a page is not full.
        size: rows of a full page, as far as that is known when the page is there.
    """

    def __init__(self, ask: Callable[[int], ox.QuerySolutions], size: Callable[[], int]) -> None:
        self._pieces = _tsv_pages(ask, size)
        self._rest = b""

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        while not self._rest:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._rest = piece
        wanted = len(self._rest) if size < 0 else size
        piece, self._rest = self._rest[:wanted], self._rest[wanted:]
        return piece


def _tsv_pages(ask: Callable[[int], ox.QuerySolutions], size: Callable[[], int]) -> Iterator[bytes]:
    offset = 0
    while True:
        text = ask(offset).serialize(format=ox.QueryResultsFormat.TSV) or b""
        head, _, rows = text.partition(b"\n")
        if offset == 0:
            yield head + b"\n"
        if rows:
            yield rows
        found = rows.count(b"\n")  # a line break in a term is written \n
        if found < size():
            return
        offset += found


def _media_type(response: httpx2.Response) -> str:
    return str(response.headers.get("content-type", "")).partition(";")[0].strip().lower()
