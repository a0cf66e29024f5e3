"""Loads files into a store elsewhere, some thousand quads a request.

All files are read before the first request, so that a fault in one of them leaves the store as it was. The requests
are not one transaction: a load that is broken off has added a part, and doing it again adds the rest. Quads with blank
nodes go together, since a blank node of one request is another one in the next.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from pathlib import Path

import pyoxigraph as ox

from kg.loading import read_quads
from kg.lock import write_lock
from kg.remote.backend import backend_of, secrets_of
from kg.remote.client import Client
from kg.remote.health import Breaker
from kg.remote.plan import LINES
from kg.remote.versions import look
from kg.remote.writing import inserted_data
from kg.settings import Settings


def load_elsewhere(settings: Settings, paths: Sequence[Path]) -> int:
    """Load the files; how many quads were sent.

    Args:
        settings: as :func:`kg.remote.attaching.attached` gives them.

    Raises:
        DataError: a file cannot be read, or the store refuses it.
        BackendError: the store does not answer.
    """
    backend = backend_of(settings)
    for path in paths:
        for _ in read_quads(path):
            pass
    quads = chain.from_iterable(map(read_quads, paths))
    tied, sent = list[ox.Quad](), 0
    client = Client(backend, secrets_of(), Breaker(settings.data))
    try:
        with write_lock(settings.data):
            while batch := list(islice(quads, LINES)):
                free = [quad for quad in batch if not _is_tied(quad)]
                tied += (quad for quad in batch if _is_tied(quad))
                sent += _insert(client, free)
            sent += _insert(client, tied)
    finally:
        client.close()
        look(settings.data, backend, always=True)
    return sent


def _is_tied(quad: ox.Quad) -> bool:
    return any(isinstance(term, ox.BlankNode) for term in (quad.subject, quad.object, quad.graph_name))


def _insert(client: Client, quads: Sequence[ox.Quad]) -> int:
    if quads:
        tied = any(map(_is_tied, quads))
        data = "".join(_written(quads, client.backend.default_graph))
        client.update(inserted_data(data, tied=tied), may_repeat=not tied)
    return len(quads)


def _written(quads: Iterable[ox.Quad], default_graph: str) -> Iterable[str]:
    for quad in quads:
        graph = f"<{default_graph}>" if default_graph else ""
        if not isinstance(quad.graph_name, ox.DefaultGraph):
            graph = str(quad.graph_name)
        yield f"GRAPH {graph} {{ {quad.triple} }}\n" if graph else f"{quad.triple} .\n"
