"""SHACL: whether a graph keeps the rules of ``ontology/shapes.ttl``, and how that is told.

What an engine finds (:mod:`kg.validate.engines`) is SHACL's own report as RDF. :mod:`kg.validate.results` reads it,
:mod:`kg.validate.findings` adds the article and the words that each result was read from, and
:mod:`kg.validate.reports` writes all of it for people, programs and other RDF tools.
"""

from kg.validate.changed import validate_changed
from kg.validate.check import validate_graphs, validate_quads, validate_store
from kg.validate.engines import DEFAULT_ENGINE, ENGINES
from kg.validate.findings import Finding

__all__ = [
    "DEFAULT_ENGINE",
    "ENGINES",
    "Finding",
    "validate_changed",
    "validate_graphs",
    "validate_quads",
    "validate_store",
]
