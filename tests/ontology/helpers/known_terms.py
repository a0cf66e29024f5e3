"""Which terms other people's vocabularies define: what is not among them may not be used in their namespaces."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SKOS, VANN, XSD, DefinedNamespace
from schemaorg_release import NAMESPACE as SCHEMA
from schemaorg_release import load_release

_IN_RDFLIB: Final[tuple[type[DefinedNamespace], ...]] = (DCTERMS, FOAF, OWL, PROV, RDF, RDFS, SKOS, VANN, XSD)
_IN_TEXT: Final = re.compile(r"(?<![\w/])schema:([A-Za-z]\w*)|https?://schema\.org/([A-Za-z]\w*)")
_NO_TERMS: Final = frozenset({"docs", "version"})
"""Pages of schema.org's site that documentation may link to."""


@cache
def known() -> dict[str, frozenset[str]]:
    """The local names of each namespace that we have a list of."""
    listed = tomllib.loads((Path(__file__).parents[1] / "vocabularies.toml").read_text(encoding="utf-8"))
    lists = {entry["namespace"]: frozenset(entry["terms"].split()) for entry in listed.values()}
    lists |= {str(space): frozenset(str(term).removeprefix(str(space)) for term in dir(space)) for space in _IN_RDFLIB}
    return lists | {SCHEMA: frozenset(load_release().terms)}


def hijacked(triples: Iterable[ox.Quad]) -> set[str]:
    """The IRIs in namespaces of others that these do not define. Namespaces themselves are no terms."""
    named = {node.value for quad in triples for node in _nodes(quad)}
    return {
        iri
        for iri in named
        for namespace, terms in known().items()
        if iri.startswith(namespace) and iri != namespace and iri.removeprefix(namespace) not in terms
    }


def schema_names(text: str) -> set[str]:
    """The names of schema.org that a text (Turtle, SPARQL, JSON or Python) uses."""
    return {prefixed or spelt for prefixed, spelt in _IN_TEXT.findall(text)} - _NO_TERMS


def outdated(names: Iterable[str]) -> set[str]:
    """Those of these names that schema.org does not have, or has superseded."""
    release = load_release()
    return {name for name in names if name not in release or release.superseded_by(name)}


def _nodes(quad: ox.Quad) -> Iterator[ox.NamedNode]:
    for node in (quad.subject, quad.predicate, quad.object):
        if isinstance(node, ox.NamedNode):
            yield node
        elif isinstance(node, ox.Literal):
            yield node.datatype
