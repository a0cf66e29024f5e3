"""The vocabularies of descriptions, the words that they share, and the IRIs that they give to things of their own.

The dataset has one IRI, made of the base of the data: whoever meets it in a file, at an endpoint or on a mirror knows
that they speak of the same. Like any IRI of ours it is looked up by putting the server's address in place of the base.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

import pyoxigraph as ox

from kg.formats import PREFIXES, shorten

TITLE: Final = "aidgraph"
SENTENCE: Final = "Who gave what help to whom, as news articles told it, each fact with the words that prove it."
LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
"""The licence of the ontology, which the facts share. Excerpts stay their publishers'."""

RIGHTS: Final = (
    "The facts, the ontology and the concept schemes may be used under CC BY 4.0. Words quoted from an article remain "
    "its publisher's; the licence of each article, where it is known, is told with the article. Names, positions and "
    "identifiers come from the sources named here, under their licences."
)

DESCRIBED_PREFIXES: Final = PREFIXES | {
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "formats": "http://www.w3.org/ns/formats/",
    "void": "http://rdfs.org/ns/void#",
    "dcat": "http://www.w3.org/ns/dcat#",
    "spdx": "http://spdx.org/rdf/terms#",
    "foaf": "http://xmlns.com/foaf/0.1/",
}

Triples = Iterator[ox.Triple]
Value = ox.NamedNode | ox.Literal


def named(prefixed: str) -> ox.NamedNode:
    """The IRI of a prefixed name such as ``void:Dataset``."""
    prefix, _, local = prefixed.partition(":")
    return ox.NamedNode(DESCRIBED_PREFIXES[prefix] + local)


def told(subject: ox.NamedNode, *facts: tuple[str, Value]) -> Triples:
    """Triples of one subject; ``a`` is rdf:type."""
    for predicate, value in facts:
        yield ox.Triple(subject, named("rdf:type" if predicate == "a" else predicate), value)


def words(text: str) -> ox.Literal:
    """A text in English."""
    return ox.Literal(text, language="en")


def whole(number: int) -> ox.Literal:
    """A whole number, as VoID counts."""
    return ox.Literal(number)


def moment(time: datetime) -> ox.Literal:
    """A time, as ``xsd:dateTime`` to the second."""
    return ox.Literal(time.isoformat(timespec="seconds"), datatype=named("xsd:dateTime"))


def local_name(iri: str) -> str:
    """A name for an IRI, to be part of another: from its prefixed name, else a hash."""
    short = shorten(iri)
    if short == iri or re.fullmatch(r"[\w:.-]+", short, re.ASCII) is None:
        return hashlib.sha256(iri.encode()).hexdigest()[:16]
    return short.replace(":", "-")


@dataclass(frozen=True, slots=True)
class Names:
    """The IRIs of what is described. ``base`` is that of the data and ends with a slash."""

    base: str

    @property
    def dataset(self) -> ox.NamedNode:
        """The data, in whatever version."""
        return self.part("dataset")

    @property
    def publisher(self) -> ox.NamedNode:
        """Whoever publishes under the base."""
        return self.part("publisher")

    @property
    def publisher_name(self) -> str:
        """What is known of the publisher: where it publishes, as ``w3id.org/aidgraph``."""
        parts = urlsplit(self.base)
        return f"{parts.netloc}{parts.path}".rstrip("/")

    def part(self, name: str) -> ox.NamedNode:
        """Something that the description of the dataset tells of."""
        return ox.NamedNode(f"{self.base}.well-known/void#{name}")

    def version(self, version: str) -> ox.NamedNode:
        """The data in the version that a manifest of dumps names."""
        return self.part(f"version-{version}")

    def dump(self, name: str) -> ox.NamedNode:
        """A file of the dumps."""
        return ox.NamedNode(f"{self.base}dumps/{name}")

    def made(self, name: str) -> ox.NamedNode:
        """Something that the account of the build tells of."""
        return ox.NamedNode(f"{self.base}dumps/provenance.ttl#{name}")
