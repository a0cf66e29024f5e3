"""What the SHACL shapes say that a JSON Schema can say too, by class: how often, of what type, in which scheme.

The shapes are the one place where the rules stand; the schemas are made from them, so that both cannot differ.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import pyoxigraph as ox

from kg.formats import PREFIXES

_PREFIXES: Final = PREFIXES | {"sh": "http://www.w3.org/ns/shacl#"}

_PROPERTIES: Final = """
SELECT ?shape ?class ?path ?inverse ?least ?most ?datatype ?pattern ?minimum ?scheme WHERE {
  ?shape sh:targetClass ?class ; sh:property ?property .
  OPTIONAL { ?property sh:path ?path FILTER isIRI(?path) }
  OPTIONAL { ?property sh:path/sh:inversePath ?inverse }
  OPTIONAL { ?property sh:minCount ?least }
  OPTIONAL { ?property sh:maxCount ?most }
  OPTIONAL { ?property sh:datatype|((sh:node?)/sh:or/rdf:rest*/rdf:first/sh:datatype) ?datatype }
  OPTIONAL { ?property sh:pattern ?pattern }
  OPTIONAL { ?property sh:minInclusive ?minimum }
  OPTIONAL { ?property sh:node/sh:property [ sh:path skos:inScheme ; sh:hasValue ?scheme ] }
}"""

_ALTERNATIVES: Final = """
SELECT ?class ?list ?path ?least WHERE {
  ?shape sh:targetClass ?class ; sh:or ?list .
  ?list rdf:rest*/rdf:first/sh:property ?property .
  ?property sh:path ?path .
  OPTIONAL { ?property sh:minCount ?least }
}"""
"""One of several properties has to be there, where each member of the list asks for one."""


@dataclass(slots=True)
class Rule:
    """What holds of the values of one property on things of a class. ``least`` and ``most`` are numbers of values."""

    least: int = 0
    most: int | None = None
    datatypes: frozenset[str] = frozenset()
    pattern: str | None = None
    minimum: int | None = None
    scheme: str | None = None


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one or several classes.

    ``own`` is by the IRI of a property, ``inverse`` by the IRI of one that points here; of each set of ``alternatives``
    at least one property has to be there.
    """

    own: dict[str, Rule]
    inverse: dict[str, Rule]
    alternatives: tuple[frozenset[str], ...]


@cache
def rules_of(classes: frozenset[str]) -> Rules:
    """What holds of everything that has any one of these classes, given as IRIs: the shapes that target them all."""
    rows = _rows(_PROPERTIES)
    own: dict[str, Rule] = {}
    inverse: dict[str, Rule] = {}
    for row in rows:
        if not classes <= _targets(rows, row["shape"]):
            continue
        if row["path"] is not None:
            _narrow(own.setdefault(row["path"].value, Rule()), row)
        elif row["inverse"] is not None:
            _narrow(inverse.setdefault(row["inverse"].value, Rule()), row)
    return Rules(own, inverse, _alternatives(classes))


def _targets(rows: Iterable[ox.QuerySolution], shape: object) -> frozenset[str]:
    return frozenset(row["class"].value for row in rows if row["shape"] == shape)


def _narrow(rule: Rule, row: ox.QuerySolution) -> None:
    """Add what one row of the shapes says; several rows may speak of one property."""
    if row["least"] is not None:
        rule.least = max(rule.least, int(row["least"].value))
    if row["most"] is not None:
        rule.most = min(int(row["most"].value), rule.most if rule.most is not None else int(row["most"].value))
    if row["datatype"] is not None:
        rule.datatypes |= {row["datatype"].value}
    if row["pattern"] is not None:
        rule.pattern = row["pattern"].value
    if row["minimum"] is not None:
        rule.minimum = int(float(row["minimum"].value))
    if row["scheme"] is not None:
        rule.scheme = row["scheme"].value


def _alternatives(classes: frozenset[str]) -> tuple[frozenset[str], ...]:
    rows = _rows(_ALTERNATIVES)
    found = set()
    for name in {row["list"] for row in rows}:
        members = [row for row in rows if row["list"] == name]
        if classes <= {row["class"].value for row in members} and all(row["least"] is not None for row in members):
            found.add(frozenset(row["path"].value for row in members))
    return tuple(sorted(found, key=sorted))


@cache
def _rows(query: str) -> tuple[ox.QuerySolution, ...]:
    results = _shapes().query(query, prefixes=_PREFIXES)
    if not isinstance(results, ox.QuerySolutions):
        raise TypeError("not a SELECT query")
    return tuple(results)


@cache
def _shapes() -> ox.Store:
    store = ox.Store()
    store.load(resources.files("ontology").joinpath("shapes.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    return store
