"""Loads a case's data into the server under test, and reads back what it holds.

Everything goes in by one update, because each write of ours makes a new generation of the store. The files are read
here and sent as N-Triples terms, which keeps lexical forms as they are written. pyoxigraph reads them, because
rdflib knows no triple terms; how our server reads RDF is for the cases of the Graph Store protocol to show.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pyoxigraph as ox

from w3c.client import Target
from w3c.manifest import Graphs, published
from w3c.results import Solutions, read_table
from w3c.values import Term

WHOLE = "SELECT * { { ?s ?p ?o } UNION { GRAPH ?g { ?s ?p ?o } } }"


class Store:
    """The store of the server under test, which remembers what was loaded, so that equal data are loaded once."""

    def __init__(self, target: Target, suite: Path) -> None:
        self.target = target
        self.suite = suite
        self._held: bytes | None = None

    def hold(self, graphs: Graphs, *, rename: Callable[[bytes], bytes] = bytes) -> None:
        """Make the server hold ``graphs`` and nothing else; ``rename`` changes IRIs in them beforehand.

        Raises:
            RuntimeError: it does not take them.
        """
        text = rename(f"DROP ALL ;\n{insert_text(graphs, self.suite)}".encode())
        if text != self._held:
            self._held = None
            reply = self.target.change(text)
            if not 200 <= reply.status < 300:  # no AssertionError, with which a case may be known to fail
                raise RuntimeError(f"loading failed:\n{text.decode()}\n{reply}")
            self._held = text

    def forget(self) -> None:
        """Somebody else wrote, or may have."""
        self._held = None

    def read(self) -> Solutions:
        """All that the server holds, as rows of ``s``, ``p``, ``o``, and ``g`` for a named graph.

        By GET and always the same text, so that an answer remembered from before a write would come to light.
        """
        url = f"{self.target.query}?{urlencode({'query': WHOLE})}"
        reply = self.target.send("GET", url, {"Accept": "application/sparql-results+json"})
        assert reply.status == 200, str(reply)
        table = read_table(reply.body, reply.media_type)
        assert isinstance(table, Solutions)
        return table


def insert_text(graphs: Graphs, suite: Path) -> str:
    """The update that inserts ``graphs``. Named graphs without a triple are made too.

    A blank node's label is good for one file: each file gets labels of its own.
    """
    parts = [(None, file) for file in graphs.default] + [(iri, file) for iri, file in graphs.named]
    inserts = [_insert(graph, file, suite, number) for number, (graph, file) in enumerate(parts)]
    made = [f"CREATE SILENT GRAPH <{iri}> ;\n" for iri, _ in graphs.named]
    return f"{''.join(made)}INSERT DATA {{\n{''.join(inserts)}}}"


def read_graphs(graphs: Graphs, suite: Path) -> Solutions:
    """The quads of ``graphs`` as :meth:`Store.read` gives them."""
    parts = [(None, file) for file in graphs.default] + [(iri, file) for iri, file in graphs.named]
    quads = {quad for number, (graph, file) in enumerate(parts) for quad in _quads(graph, file, suite, number)}
    return Solutions(frozenset("spog"), tuple(_row(quad) for quad in quads))


def _row(quad: ox.Quad) -> dict[str, Term]:
    row: dict[str, Term] = {"s": quad.subject, "p": quad.predicate, "o": quad.object}
    return row if isinstance(quad.graph_name, ox.DefaultGraph) else row | {"g": quad.graph_name}


def _insert(graph: str | None, file: Path, suite: Path, number: int) -> str:
    lines = []
    for quad in _quads(graph, file, suite, number):
        triple = f"{quad.subject} {quad.predicate} {_text(quad.object)} ."
        named = not isinstance(quad.graph_name, ox.DefaultGraph)
        lines.append(f"GRAPH {quad.graph_name} {{ {triple} }}\n" if named else f"{triple}\n")
    return "".join(lines)


def _text(term: Term) -> str:
    """``term`` as SPARQL has it; pyoxigraph writes a triple term without its brackets."""
    return f"<<( {term.subject} {term.predicate} {_text(term.object)} )>>" if isinstance(term, ox.Triple) else str(term)


def _quads(graph: str | None, file: Path, suite: Path, number: int) -> Iterator[ox.Quad]:
    form = ox.RdfFormat.from_extension(file.suffix[1:])
    assert form is not None, f"{file} is in no format of RDF"
    for quad in ox.parse(path=file, format=form, base_iri=published(suite, file)):
        name = ox.NamedNode(graph) if graph else quad.graph_name
        yield ox.Quad(_own(quad.subject, number), quad.predicate, _own(quad.object, number), name)


def _own(term: Any, number: int) -> Any:
    """``term``, or if it is a blank node or has one, the same with that of file ``number``."""
    if isinstance(term, ox.BlankNode):
        return ox.BlankNode(f"f{number}x{term.value.encode().hex()}")
    if isinstance(term, ox.Triple):
        return ox.Triple(_own(term.subject, number), term.predicate, _own(term.object, number))
    return term
