"""Writes to a store elsewhere: passed on as they are, in one request each, and then a new version for its readers.

What a request does, it does whole or not at all as far as that store keeps to SPARQL 1.1 Update §3 ("should be
atomic"). One that was sent and not answered may have been carried out: the message says that nobody knows, and readers
get a new version in any case.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import BackendError, DataError, SyntaxFault, UpdateFault
from kg.index.build import carry_index
from kg.lock import write_lock
from kg.remote.backend import read_backend, secrets_of
from kg.remote.client import Client
from kg.remote.health import Breaker
from kg.remote.store import RemoteStore
from kg.remote.versions import UNKNOWN, publish
from kg.remote.wording import with_prologue, words_of
from kg.store import current_version
from kg.writing import DeleteGraph, PutGraph, Update, Write, Written, changes_default_graph, put_graph

_DEFAULT: Final = re.compile(r"\b(CLEAR|DROP)(\s+SILENT)?\s+DEFAULT\b", re.IGNORECASE)


def perform_elsewhere(data: Path, write: Write, patience: float) -> Written:
    """Carry out a write there.

    Args:
        data: the folder whose generations stand for the store.

    Raises:
        SyntaxFault: the update or a payload has a syntax error.
        UpdateFault: the store refuses the update.
        BackendError: it does not answer.
        LockedError: somebody else is writing from here.
    """
    with write_lock(data, patience=patience):
        old = data / "stores" / (current_version(data) or "")
        backend = read_backend(old)
        client = Client(backend, secrets_of(), Breaker(data))
        try:
            existed = _existed(RemoteStore(client), write)
            if isinstance(write, DeleteGraph) and not existed:
                return Written(current_version(data), existed=False, changed=False)
            _send(client, write)
        except BackendError as error:
            _publish(data, old, write)
            raise BackendError(f"{error}; whether the write was carried out is not known") from error
        finally:
            client.close()
        _publish(data, old, write)
        return Written(current_version(data), existed)


def _publish(data: Path, old: Path, write: Write) -> None:
    with publish(data, read_backend(old), UNKNOWN) as folder:
        if not changes_default_graph(write):
            carry_index(old, folder)


def _existed(store: RemoteStore, write: Write) -> bool:
    graph = None if isinstance(write, Update) else write.graph
    return graph is None or store.contains_named_graph(ox.NamedNode(graph))


def _send(client: Client, write: Write) -> None:
    match write:
        case Update():
            _check(write)
            text = with_prologue(_in_default(write.text, client.backend.default_graph), None, write.base_iri)
            try:
                client.update(text, may_repeat=False)
            except DataError as error:
                raise UpdateFault(f"The update cannot be carried out: {error}.") from error
        case PutGraph(graph):
            _put(client, write, graph)
        case DeleteGraph(graph):
            client.update(_cleared(client, graph), may_repeat=True)


def _put(client: Client, write: PutGraph, graph: str | None) -> None:
    """The payloads are read here, so that faults are told as ever, and sent as N-Triples."""
    read = ox.Store()
    put_graph(read, write)
    source = ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
    lines = read.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=source) or b""
    if client.backend.graphs:
        client.graph("PUT" if write.replace else "POST", graph, lines, "application/n-triples")
        return
    data = lines.decode()
    inserted = inserted_data(data if graph is None else f"GRAPH <{graph}> {{ {data} }}", tied="_:" in data)
    client.update(f"{_cleared(client, graph)} ;\n{inserted}" if write.replace else inserted, may_repeat=True)


def inserted_data(data: str, *, tied: bool) -> str:
    """The update that adds these quads. ``tied``: they may have blank nodes; Virtuoso takes them in a template only."""
    return f"INSERT {{\n{data}}} WHERE {{ }}" if tied else f"INSERT DATA {{\n{data}}}"


def _cleared(client: Client, graph: str | None) -> str:
    name = graph if graph is not None else client.backend.default_graph
    return f"DROP SILENT GRAPH <{name}>" if name else "CLEAR SILENT DEFAULT"


def _in_default(text: str, default_graph: str) -> str:
    """The update for a store without a default graph: what empties that one empties the graph that stands for it."""
    return _DEFAULT.sub(rf"\1\2 GRAPH <{default_graph}>", text) if default_graph else text


def _check(update: Update) -> None:
    """Read the update as the embedded engine does, which tells where a fault is; not if it would ask others.

    Raises:
        SyntaxFault: it is no SPARQL update.
    """
    if words_of(update.text) & {"LOAD", "SERVICE"}:
        return
    try:
        ox.Store().update(update.text, base_iri=update.base_iri)
    except SyntaxError as error:
        raise SyntaxFault.in_sparql("update", error.msg) from error
    except (RuntimeError, ValueError):
        return  # such as a graph that is only there: the store decides
