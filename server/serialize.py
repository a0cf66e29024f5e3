"""A few triples of our own making as RDF, for descriptions of the service and the dataset."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import pyoxigraph as ox

from kg.description.names import DESCRIBED_PREFIXES
from kg.formats import GRAPH_FORMATS

_PREFIXES = DESCRIBED_PREFIXES | {"hydra": "http://www.w3.org/ns/hydra/core#"}


def serialize_triples(triples: Iterable[ox.Triple], name: str) -> bytes:
    """``triples`` in the format of that name, with the prefixes that they use."""
    content = sorted(triples, key=str)
    return ox.serialize(content, format=GRAPH_FORMATS[name], prefixes=used_prefixes(content)) or b""


def used_prefixes(content: Sequence[ox.Triple] | Sequence[ox.Quad]) -> dict[str, str]:
    """The prefixes that some IRI of ``content`` begins with."""
    text = ox.serialize(content, format=ox.RdfFormat.N_QUADS) or b""
    return {prefix: iri for prefix, iri in _PREFIXES.items() if f"<{iri}".encode() in text}


def described(prefixed: str) -> ox.NamedNode:
    """The IRI of a prefixed name such as ``sd:endpoint``."""
    prefix, _, local = prefixed.partition(":")
    return ox.NamedNode(_PREFIXES[prefix] + local)
