"""The things of a selection as files: CSV with the columns of the table, Turtle and JSON-LD with what the graph says.

Pages of a list are for people; a file holds the whole selection, in the same order. It is made in pieces, so that a
large one takes no more memory than a small one. One that would hold more than :data:`MOST` things is refused and not
cut short: a file that looks whole and is not is worse than none.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import Final, TypeVar

import pyoxigraph as ox

from kg.formats import written_prefixes
from server.explore.compact import compact_node
from server.jsonld import expanded_nodes
from server.media import HTML_OFFER
from server.negotiate import Offer
from server.problems import NotEvaluated
from server.views.reader import NAMES, term

T = TypeVar("T")

MOST: Final = {"csv": 100_000, "ttl": 20_000, "jsonld": 20_000}
"""Things that one file of each form may hold: about eight seconds of work. Meanwhile others wait for their pages."""

PIECE: Final = 200
"""Things that are read and written at a time."""

FILE_OFFERS: Final = (
    Offer("text/csv", "csv"), Offer("text/turtle", "ttl"), Offer("application/ld+json", "jsonld"),
)  # fmt: skip
FILE_LABELS: Final = {"csv": "CSV", "ttl": "Turtle", "jsonld": "JSON-LD"}
LIST_OFFERS: Final = (HTML_OFFER, *FILE_OFFERS, Offer("application/json", "jsonld"))
"""What Accept may ask a list for."""

_PARTS: Final = (term("aid:item"), term("aid:quantity"))
"""Properties whose values have no page and no meaning of their own: they come with the thing."""

_DEFAULT: Final = ox.DefaultGraph()


def check_size(form: str, total: int, instead: str) -> None:
    """Refuse a file of too many things.

    Raises:
        NotEvaluated: it would hold more than :data:`MOST`; ``instead`` says what to do.
    """
    most = MOST[form]
    if total > most:
        raise NotEvaluated(
            f"These are {total} things, and a .{form} file holds {most}. {instead}", extra={"limit": most}
        )


def pieces(things: Iterable[T], size: int = PIECE) -> Iterator[list[T]]:
    """The same, some at a time."""
    rest = iter(things)
    while piece := list(islice(rest, size)):
        yield piece


def write_csv(columns: Sequence[str], lines: Iterable[Sequence[str | int]]) -> Iterator[bytes]:
    """CSV as SPARQL results are written (RFC 4180), in pieces."""
    for piece in _with_head(columns, pieces(lines)):
        text = io.StringIO()
        csv.writer(text).writerows(piece)
        yield text.getvalue().encode()


def _with_head(
    columns: Sequence[str], rest: Iterable[Sequence[Sequence[str | int]]]
) -> Iterator[Sequence[Sequence[str | int]]]:
    yield [columns]
    yield from rest


def write_turtle(store: ox.Store, nodes: Iterable[ox.NamedNode], base: str) -> Iterator[bytes]:
    """What the graph says of some things, as one Turtle document in pieces.

    The engine declares the prefixes for each piece anew; line breaks within literals it escapes.
    """
    prefixes = written_prefixes(base)
    yield "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in prefixes.items()).encode()
    for triples in triples_of_things(store, nodes):
        text = ox.serialize(triples, format=ox.RdfFormat.TURTLE, prefixes=prefixes) or b""
        yield b"".join(line for line in text.splitlines(keepends=True) if not line.startswith(b"@prefix "))


def write_jsonld(store: ox.Store, nodes: Iterable[ox.NamedNode], context_url: str) -> Iterator[bytes]:
    """The same as compacted JSON-LD that refers to our context."""
    yield b'{"@context": %s, "@graph": [' % json.dumps(context_url).encode()
    comma = b"\n"
    for triples in triples_of_things(store, nodes):
        for node in expanded_nodes(triples):
            yield comma + json.dumps(compact_node(node), ensure_ascii=False).encode()
            comma = b",\n"
    yield b"\n]}\n"


def triples_of_things(store: ox.Store, nodes: Iterable[ox.NamedNode]) -> Iterator[list[ox.Triple]]:
    """All facts of each thing and of its parts, and the names of what these point to, some things at a time.

    A name is told once. What is only pointed to gets no type, so that nothing but the things asked for is an event.
    """
    told: set[ox.NamedNode] = set()
    for piece in pieces(nodes):
        facts = [triple for node in piece for triple in _facts_and_parts(store, node)]
        told.update(triple.subject for triple in facts if isinstance(triple.subject, ox.NamedNode))
        named = dict.fromkeys(
            triple.object for triple in facts
            if isinstance(triple.object, ox.NamedNode) and triple.predicate != term("rdf:type")
        )  # fmt: skip
        new = [node for node in named if node not in told]
        told.update(new)
        yield facts + [triple for node in new for name in NAMES for triple in _matching(store, node, name)]


def _facts_and_parts(store: ox.Store, node: ox.NamedNode) -> Iterator[ox.Triple]:
    """Parts have parts: an item a quantity. One that is its own part, which nobody forbids, is told once."""
    waiting, seen = [node], {node}
    while waiting:
        for triple in _matching(store, waiting.pop(), None):
            yield triple
            part = triple.object
            if triple.predicate in _PARTS and isinstance(part, ox.NamedNode) and part not in seen:
                seen.add(part)
                waiting.append(part)


def _matching(store: ox.Store, node: ox.NamedNode, name: ox.NamedNode | None) -> list[ox.Triple]:
    return sorted((quad.triple for quad in store.quads_for_pattern(node, name, None, _DEFAULT)), key=str)
