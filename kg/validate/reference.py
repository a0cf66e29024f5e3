"""The reference: pySHACL, the validator that the others are measured by. The one module that knows it.

It is slow (7 s for 40 articles, 70 times as long as :mod:`kg.validate.fast`), and works on rdflib's graphs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import cast

import pyoxigraph as ox
import pyshacl
import rdflib


def validate(data: bytes, shapes: bytes) -> bytes:
    """Validate N-Quads, graph names left out of account, against shapes in Turtle; the report as N-Triples."""
    _, report, _ = pyshacl.validate(_merged(data), shacl_graph=_parsed(shapes), inplace=True)
    return cast("rdflib.Graph", report).serialize(format="nt", encoding="utf-8")


def _merged(data: bytes) -> rdflib.Graph:
    """pyoxigraph reads what rdflib would warn of, and drops the graph names."""
    quads = ox.parse(data, ox.RdfFormat.N_QUADS)
    triples = (ox.Triple(quad.subject, quad.predicate, quad.object) for quad in quads)
    lines = cast("bytes", ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES))
    return rdflib.Graph().parse(data=lines, format="nt")


@lru_cache(maxsize=4)
def _parsed(shapes: bytes) -> rdflib.Graph:
    return rdflib.Graph().parse(data=shapes, format="turtle")
