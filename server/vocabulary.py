"""What the query editor completes: our prefixes, and the classes, properties and concepts that the graph uses.

Our own terms are read from the graph with their definitions. Of the vocabularies that we borrow from, only what our
data use would be of help, which a look at the shapes tells without a look at the data: they name every property that
each class has. Entities are too many; the editor asks for them by name as one types.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache
from importlib import resources
from typing import Final

import pyoxigraph as ox

from kg.formats import PREFIXES, prefixes_for, shorten
from kg.index.naming import humanise
from kg.search.functions import PREFIX
from server.queries import select

_KINDS: Final = {"Class": "class", "ObjectProperty": "property", "DatatypeProperty": "property", "Concept": "concept"}
_SHAPES_PREFIXES: Final = {**PREFIXES, "sh": "http://www.w3.org/ns/shacl#"}
_PATHS: Final = """
SELECT ?term ?class WHERE {
  ?shape sh:property ?property . ?property sh:path|(sh:path/sh:inversePath) ?term .
  OPTIONAL { ?shape sh:targetClass ?class }
  FILTER(ISIRI(?term))
}"""
_CLASSES: Final = """
SELECT ?term WHERE {
  { [] sh:targetClass|sh:class ?term } UNION { [] sh:path rdf:type ; sh:hasValue ?term }
}"""


@dataclass(frozen=True, slots=True)
class Term:
    """Something to write in a query. ``name`` is its prefixed name."""

    name: str
    kind: str
    label: str
    definition: str = ""


_FUNCTIONS: Final = (
    Term("text:matches", "function", "matches", 'Whether the texts of a thing have all words: (?thing, "words").'),
    Term("text:score", "function", "score", 'How well its texts fit these words, 0 if not: (?thing, "words").'),
)
"""Those of :mod:`kg.search.functions`."""


def vocabulary(store: ox.Store, base: str) -> dict[str, object]:
    """Prefixes by name and terms by prefixed name, as an object for JSON. ``base``: of the data's own IRIs."""
    terms = {term.name: term for term in (*_borrowed_terms(), *_own_terms(store), *_FUNCTIONS)}  # definitions beat none
    return {"prefixes": prefixes_for(base) | PREFIX, "terms": [asdict(terms[name]) for name in sorted(terms)]}


def _own_terms(store: ox.Store) -> Iterator[Term]:
    for row in select(store, "vocabulary_terms"):
        iri, kind = row["term"].value, _KINDS[row["kind"].value.rpartition("#")[2]]
        label, definition = row["label"], row["definition"]
        if shorten(iri) != iri and label is not None:
            yield Term(shorten(iri), kind, label.value, definition.value if definition else "")


@cache
def _borrowed_terms() -> tuple[Term, ...]:
    """What the shapes name and a prefix of ours can write; a property is explained by the classes that have it."""
    store = ox.Store()
    shapes = resources.files("ontology").joinpath("shapes.ttl").read_bytes()
    store.load(shapes, format=ox.RdfFormat.TURTLE)
    owners: dict[str, set[str]] = {}
    for row in _rows(store, _PATHS):
        owners.setdefault(row["term"].value, set()).update([humanise(row["class"].value)] if row["class"] else [])
    classes = {row["term"].value for row in _rows(store, _CLASSES)}
    return (
        *(Term(shorten(iri), "class", humanise(iri)) for iri in classes if shorten(iri) != iri),
        *(
            Term(shorten(iri), "property", humanise(iri), _used_by(names))
            for iri, names in owners.items()
            if shorten(iri) != iri
        ),
    )


def _used_by(classes: Iterable[str]) -> str:
    names = ", ".join(sorted(classes))
    return f"Told of: {names}." if names else ""


def _rows(store: ox.Store, query: str) -> Iterator[ox.QuerySolution]:
    results = store.query(query, prefixes=_SHAPES_PREFIXES)
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("not a SELECT query")
    yield from results
