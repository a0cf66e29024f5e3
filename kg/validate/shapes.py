"""What the shapes say of themselves: the message, the path and the severity of each that a result can name."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Final

import pyoxigraph as ox

SH: Final = "http://www.w3.org/ns/shacl#"


@dataclass(frozen=True, slots=True)
class Shape:
    """One shape. ``message`` is what it expects; ``path`` is an IRI, or one after ``^`` if it is walked backwards."""

    message: str
    path: str


def shapes_text() -> bytes:
    """The shapes as Turtle."""
    return files("ontology").joinpath("shapes.ttl").read_bytes()


@cache
def shapes_by_iri() -> dict[str, Shape]:
    """Every shape that has an IRI, which is every one that a result names."""
    store = ox.Store()
    store.load(shapes_text(), ox.RdfFormat.TURTLE)
    named = {quad.subject for quad in store if isinstance(quad.subject, ox.NamedNode)}
    return {node.value: Shape(_message(store, node), _path(store, node)) for node in named}


def _message(store: ox.Store, node: ox.NamedNode) -> str:
    """The message of the shape, or of the query that it consists of."""
    holders: list[object] = [node, *_objects(store, node, "sparql")]
    found = [
        one.value for holder in holders for one in _objects(store, holder, "message") if isinstance(one, ox.Literal)
    ]
    return " ".join(found)


def _path(store: ox.Store, node: ox.NamedNode) -> str:
    for path in _objects(store, node, "path"):
        if isinstance(path, ox.NamedNode):
            return path.value
        for inverse in _objects(store, path, "inversePath"):
            if isinstance(inverse, ox.NamedNode):
                return f"^{inverse.value}"
    return ""


def _objects(store: ox.Store, node: object, name: str) -> Iterator[object]:
    if isinstance(node, ox.NamedNode | ox.BlankNode):
        yield from (quad.object for quad in store.quads_for_pattern(node, ox.NamedNode(SH + name), None))
