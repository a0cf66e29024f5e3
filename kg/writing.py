"""Writes by others than the builder: SPARQL updates, and graphs put, added to or deleted whole.

Each is one new generation of the store (:mod:`kg.store`) and not a change to the one that is served: a write that
fails or is killed at any point leaves what was there, and readers never see half of one. What a write asks for is a
record that can be pickled, so that a server can have it carried out in a process that it may kill. Every write that
is carried out makes a new version, even if it changes nothing: to find that out would cost more than a new version.

What was written survives builds, because the builder removes only what its own file says it wrote.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from xml.parsers import expat

import pyoxigraph as ox

from kg.errors import StoreError, SyntaxFault, UpdateFault
from kg.formats import GRAPH_FORMATS
from kg.index.build import FILE as INDEX
from kg.index.build import carry_index
from kg.index.older import carry_older
from kg.lock import write_lock
from kg.store import current_version, keep_built, new_generation, open_snapshot
from kg.xmlcheck import check_xml

PATIENCE: Final = 10.0
"""Seconds that a write waits for another to finish; a build may take far longer, and then the client is told so."""

BULK: Final = 2 << 20
"""Bytes from which RDF is loaded with ``bulk_load``: faster than a transaction, and in less memory."""

_DISK_FAULT = "IO error: "
"""How messages of RocksDB begin, by which a full disk is told from a LOAD that nobody answered: both are OSError."""

_RDF_PLACE = re.compile(r"Parser error at line \d+ (?:column \d+|between [^:]*): ")


@dataclass(frozen=True, slots=True)
class Update:
    """A SPARQL update request. Nothing is checked here that it may reach: whoever passes it on has done so."""

    text: str
    base_iri: str


@dataclass(frozen=True, slots=True)
class Payload:
    """A file of RDF and its format: ``ttl``, ``nt``, ``rdf`` or ``jsonld`` of :data:`kg.formats.GRAPH_FORMATS`."""

    path: Path
    format: str


@dataclass(frozen=True, slots=True)
class PutGraph:
    """Let a graph hold the payloads: instead of what it holds (``replace``), or besides that.

    ``graph`` is its IRI, None the default graph. Blank nodes of one payload are never those of another.
    """

    graph: str | None
    payloads: tuple[Payload, ...]
    replace: bool
    base_iri: str


@dataclass(frozen=True, slots=True)
class DeleteGraph:
    """Delete a named graph, or empty the default graph (None), which cannot go."""

    graph: str | None


Write = Update | PutGraph | DeleteGraph


@dataclass(frozen=True, slots=True)
class Written:
    """What came of a write.

    ``version`` is that of the store now, None if there is none. ``existed``: the graph was there before; always true
    of the default graph and of updates. ``changed``: a new version was made, always but for the deletion of nothing.
    """

    version: str | None
    existed: bool
    changed: bool = True


ELSEWHERE: dict[str, Callable[[Path, Write, float], Written]] = {}
"""Who carries out writes to a store that is elsewhere, as :data:`kg.store.ELSEWHERE` opens it."""


def perform(data: Path, write: Write, *, patience: float = PATIENCE) -> Written:
    """Carry out a write whole, or fail and leave all as it was.

    Args:
        patience: seconds to wait for a build or another write to finish.

    Raises:
        LockedError: it has not finished then.
        SyntaxFault: the update or a payload has a syntax error.
        UpdateFault: the engine cannot carry the update out.
        StoreError: the data folder cannot be used.
    """
    for name, write_elsewhere in ELSEWHERE.items():
        if (data / "stores" / (current_version(data) or "") / name).exists():
            return write_elsewhere(data, write, patience)
    with write_lock(data, patience=patience):
        if isinstance(write, DeleteGraph) and not _is_there(data, write.graph):
            return Written(current_version(data), existed=False, changed=False)
        try:
            with new_generation(data) as generation:
                existed = _apply(generation.store, write)
                keep_built(generation)
                old, new = data / "stores" / (current_version(data) or ""), generation.built.parent
                if not changes_default_graph(write):
                    carry_index(old, new)
                if not (new / INDEX).exists():  # nor has the old one its own yet
                    carry_older(old, new)
        except OSError as error:
            raise StoreError(f"{data}: cannot be written to ({error}); nothing was changed") from error
        return Written(current_version(data), existed)


def changes_default_graph(write: Write) -> bool:
    """Whether it may: nobody can tell what an update did."""
    return isinstance(write, Update) or write.graph is None


def _is_there(data: Path, graph: str | None) -> bool:
    if current_version(data) is None:
        return False
    return graph is None or open_snapshot(data).store.contains_named_graph(ox.NamedNode(graph))


def _apply(store: ox.Store, write: Write) -> bool:
    """Change the store; whether the graph was there before."""
    match write:
        case Update():
            _update(store, write)
            return True
        case PutGraph(graph):
            existed = graph is None or store.contains_named_graph(ox.NamedNode(graph))
            put_graph(store, write)
            return existed
        case DeleteGraph(graph):
            _delete(store, graph)
            return True


def _update(store: ox.Store, update: Update) -> None:
    try:
        store.update(update.text, base_iri=update.base_iri)
    except SyntaxError as error:
        raise SyntaxFault.in_sparql("update", error.msg) from error
    except (RuntimeError, ValueError, OSError) as error:
        if str(error).startswith(_DISK_FAULT):
            raise
        raise UpdateFault(f"The update cannot be carried out: {error}.") from error


def put_graph(store: ox.Store, put: PutGraph) -> None:
    """Carry it out in an open store.

    Raises:
        SyntaxFault: a payload has a syntax error.
    """
    if put.replace:
        _empty(store, put.graph)
    if put.graph is not None:
        store.add_graph(ox.NamedNode(put.graph))  # of an empty payload the engine would make no graph
    for payload in put.payloads:
        try:
            _load(store, payload, _name(put.graph), put.base_iri)
        except SyntaxError as error:
            raise _payload_fault(payload, error.msg, error.lineno, error.offset) from error
        except expat.ExpatError as error:
            message = expat.ErrorString(error.code)
            raise _payload_fault(payload, message, error.lineno, error.offset + 1) from error


def _load(store: ox.Store, payload: Payload, graph: ox.NamedNode | ox.DefaultGraph, base_iri: str) -> None:
    rdf_format = GRAPH_FORMATS[payload.format]
    is_large = payload.path.stat().st_size >= BULK
    if payload.format == "jsonld":
        # ``load`` would put the named graphs of JSON-LD where they say, whatever graph it is to go to.
        quads = _triples_of(payload.path, graph, base_iri)
        (store.bulk_extend if is_large else store.extend)(quads)
        return
    if payload.format == "rdf":
        _check_xml(payload.path)
    load = store.bulk_load if is_large else store.load
    load(path=payload.path, format=rdf_format, base_iri=base_iri, to_graph=graph)


def _triples_of(path: Path, graph: ox.NamedNode | ox.DefaultGraph, base_iri: str) -> Iterator[ox.Quad]:
    parsed = ox.parse(
        path=path,
        format=ox.RdfFormat.JSON_LD,
        base_iri=base_iri,
        without_named_graphs=True,
        rename_blank_nodes=True,
    )
    return (ox.Quad(quad.subject, quad.predicate, quad.object, graph) for quad in parsed)


def _check_xml(path: Path) -> None:
    """Read XML once before the engine does, which neither tells where a fault is nor limits what entities grow to."""
    with path.open("rb") as file:
        check_xml(file)


def _payload_fault(payload: Payload, message: str, line: int | None, column: int | None) -> SyntaxFault:
    name, text = GRAPH_FORMATS[payload.format].name, _RDF_PLACE.sub("", message)
    place = f" at line {line}, column {column}" if line and column else ""
    return SyntaxFault(f"The upload is not {name}{place}: {text}.", line=line, column=column)


def _delete(store: ox.Store, graph: str | None) -> None:
    _empty(store, graph)
    if graph is not None:
        store.remove_graph(ox.NamedNode(graph))


def _empty(store: ox.Store, graph: str | None) -> None:
    """Remove all triples of a graph.

    The engine empties the default graph at once, but a named one in a transaction of a kilobyte a triple; to remove
    its quads one by one takes two thirds of the time and hardly any memory.
    """
    if graph is None:
        store.clear_graph(ox.DefaultGraph())
        return
    for quad in store.quads_for_pattern(None, None, None, ox.NamedNode(graph)):
        store.remove(quad)


def _name(graph: str | None) -> ox.NamedNode | ox.DefaultGraph:
    return ox.DefaultGraph() if graph is None else ox.NamedNode(graph)
