"""DESCRIBE as a person means it: the thing with its parts, the words that prove them, and names for what it points to.

SPARQL 1.1 leaves to the server what a description is (§16.4). The engine gives the bare triples of each thing, and
a report would be an IRI without its evidence. Here parts are followed to their end, as a concise bounded
description (https://www.w3.org/submissions/CBD/) follows blank nodes, which this graph does not have.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from server.views.reader import NAMES, term

_PARTS = tuple(map(term, ("aid:evidence", "aid:item", "aid:statedItem", "aid:quantity")))
_REPORTS = term("aid:reports")
_DEFAULT = ox.DefaultGraph()


def describe(store: ox.Store, triples: Iterable[ox.Triple]) -> Iterator[ox.Triple]:
    """What the engine describes in ``triples``, with parts, evidence, reports and names; each triple once."""
    told: set[ox.Triple] = set()
    described: set[ox.NamedNode] = set()
    for triple in triples:
        found = [triple]
        if isinstance(triple.subject, ox.NamedNode) and triple.subject not in described:
            described.add(triple.subject)
            found += _description(store, triple.subject)
        for one in found:
            if one not in told:
                told.add(one)
                yield one


def _description(store: ox.Store, node: ox.NamedNode) -> list[ox.Triple]:
    """The triples of ``node``, of its parts and of reports that tell of it, then the names of what they point to."""
    reports = [quad.subject for quad in store.quads_for_pattern(None, _REPORTS, node, _DEFAULT)]
    waiting = [node, *(report for report in reports if isinstance(report, ox.NamedNode))]
    seen = set(waiting)
    own: list[ox.Triple] = []
    while waiting:
        for quad in store.quads_for_pattern(waiting.pop(), None, None, _DEFAULT):
            own.append(quad.triple)
            part = quad.object
            if quad.predicate in _PARTS and isinstance(part, ox.NamedNode) and part not in seen:
                seen.add(part)
                waiting.append(part)
    linked = {triple.object for triple in own if isinstance(triple.object, ox.NamedNode)} - seen
    names = (store.quads_for_pattern(one, name, None, _DEFAULT) for one in linked for name in NAMES)
    return own + [quad.triple for quads in names for quad in quads]
