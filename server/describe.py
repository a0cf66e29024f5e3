"""DESCRIBE as a person means it: the thing with its parts, the words that prove them, and names for what it points to.

SPARQL 1.1 leaves to the server what a description is (§16.4). The engine gives the bare triples of each thing, and
a report would be an IRI without its evidence. Here parts are followed to their end, as a concise bounded
description (https://www.w3.org/submissions/CBD/) follows blank nodes, which this graph does not have.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

import pyoxigraph as ox

from server.views.reader import NAMES, term

_PARTS = tuple(map(term, ("aid:evidence", "aid:item", "aid:statedItem", "aid:quantity")))
_REPORTS = term("aid:reports")
_TYPE, _EVENT = term("rdf:type"), term("aid:AidEvent")
_DEFAULT = ox.DefaultGraph()


def describe(store: ox.Store, triples: Iterable[ox.Triple]) -> list[ox.Triple]:
    """What the engine describes in ``triples``, with parts, evidence, reports and names; each triple once."""
    found = dict.fromkeys(triples)
    seen = {triple.subject for triple in found}
    events = [triple.subject for triple in found if triple.object == _EVENT and triple.predicate == _TYPE]
    waiting = [report for event in events for report in _reports(store, event)] + _parts(found)
    while waiting:
        node = waiting.pop()
        if node not in seen:
            seen.add(node)
            more = [quad.triple for quad in store.quads_for_pattern(node, None, None, _DEFAULT)]
            found.update(dict.fromkeys(more))
            waiting += _parts(more)
    linked = {triple.object for triple in found if isinstance(triple.object, ox.NamedNode)} - seen
    found.update(dict.fromkeys(triple for node in linked for triple in _names(store, node)))
    return list(found)


def _parts(triples: Iterable[ox.Triple]) -> list[ox.NamedNode]:
    """What is described along with its whole."""
    objects = (triple.object for triple in triples if triple.predicate in _PARTS)
    return [part for part in objects if isinstance(part, ox.NamedNode)]


def _reports(store: ox.Store, node: object) -> list[ox.NamedNode]:
    """The reports that tell of an event."""
    if not isinstance(node, ox.NamedNode):
        return []
    found = (quad.subject for quad in store.quads_for_pattern(None, _REPORTS, node, _DEFAULT))
    return [report for report in found if isinstance(report, ox.NamedNode)]


@lru_cache(maxsize=16_384)
def _names(store: ox.Store, node: ox.NamedNode) -> tuple[ox.Triple, ...]:
    """The names of ``node``. Remembered, since descriptions share countries and publishers; the store never changes."""
    found = (store.quads_for_pattern(node, name, None, _DEFAULT) for name in NAMES)
    return tuple(quad.triple for quads in found for quad in quads)
