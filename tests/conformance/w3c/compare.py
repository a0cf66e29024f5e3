"""Are two tables the same? Blank nodes have no names, so each of one table must stand for one of the other.

That is isomorphism of graphs, which rdflib decides: a row becomes a node with an edge for each value. Values are
written as text, so that rdflib's own ideas of which literals are equal don't matter.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

import pyoxigraph as ox
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.compare import isomorphic

from w3c.results import Solutions
from w3c.values import Term, written_one_way

VALUE = Namespace("urn:value:")
"""From a row to its values, by name of the variable."""

PLACE = URIRef("urn:place")
"""From a row to its place in the table and how often it stands there."""

PART = Namespace("urn:part:")
"""From a triple term to its terms."""


def difference(
    expected: Solutions | bool, got: Solutions | bool, *, is_ordered: bool = False, is_lax: bool = False
) -> str:
    """What is not the same, for people; empty for nothing.

    ``is_ordered``: the order of the rows counts. ``is_lax``: rows may stand less often than expected, but not go
    missing (``mf:LaxCardinality``).
    """
    if isinstance(expected, bool) or isinstance(got, bool):
        return "" if expected is got else f"expected {_kind(expected)}, got {_kind(got)}"
    if expected.variables != got.variables:
        return f"expected variables {sorted(expected.variables)}, got {sorted(got.variables)}"
    expected, got = _one_way(expected), _one_way(got)
    if is_lax and len(got.rows) <= len(expected.rows):
        expected, got = _once(expected), _once(got)
    if isomorphic(_graph(expected, is_ordered=is_ordered), _graph(got, is_ordered=is_ordered)):
        return ""
    return _rows_told(expected, got)


def _one_way(solutions: Solutions) -> Solutions:
    rows = ({name: written_one_way(term) for name, term in row.items()} for row in solutions.rows)
    return Solutions(solutions.variables, tuple(rows))


def _graph(solutions: Solutions, *, is_ordered: bool) -> Graph:
    graph = Graph()
    places = enumerate(solutions.rows) if is_ordered else ((0, row) for row in solutions.rows)
    rows = Counter((place, *sorted(row.items())) for place, row in places)
    for (place, *values), count in rows.items():
        node = BNode()
        graph.add((node, PLACE, Literal(f"{place} x{count}")))
        for variable, term in values:
            graph.add((node, VALUE[variable], _node(graph, term)))
    return graph


def _node(graph: Graph, term: Term) -> BNode | Literal:
    if isinstance(term, ox.BlankNode):
        return BNode(f"b{term.value}")
    if not isinstance(term, ox.Triple):
        return Literal(str(term))
    node = BNode()
    for name, part in (("subject", term.subject), ("predicate", term.predicate), ("object", term.object)):
        graph.add((node, PART[name], _node(graph, part)))
    return node


def _once(solutions: Solutions) -> Solutions:
    rows = {tuple(sorted(row.items())): row for row in solutions.rows}
    return Solutions(solutions.variables, tuple(rows.values()))


def _rows_told(expected: Solutions, got: Solutions) -> str:
    wanted, found = Counter(_lines(expected.rows)), Counter(_lines(got.rows))
    missing = "".join(f"\n- {line}" for line in (wanted - found).elements())
    surplus = "".join(f"\n+ {line}" for line in (found - wanted).elements())
    order = "" if missing or surplus else "\nthe same rows in another order, or with blank nodes exchanged"
    return f"{wanted.total()} rows expected, {found.total()} got{order}{missing}{surplus}"


def _lines(rows: Iterable[dict[str, Term]]) -> list[str]:
    return [" ".join(f"?{name}={row[name]}" for name in sorted(row)) or "(empty)" for row in rows]


def _kind(value: Solutions | bool) -> str:
    return str(value) if isinstance(value, bool) else f"{len(value.rows)} rows"
