"""Which path of this server shows an IRI of the graph, and which IRI a path stands for.

The IRIs in the data keep their base (``https://w3id.org/aidgraph/``, or ``--base`` for what the articles
told) on whatever host serves them. One rule, both ways: ``…/id/country/italy`` is ``country/italy``,
everything else below the vocabulary's base keeps its first word, as ``scheme/phase`` and ``ontology``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kg.formats import VOCABULARY

_TERM = "ontology/"
"""Each term of the ontology has a page of its own, though its IRI is a fragment of the ontology's."""
_VERSION = re.compile(r"ontology/\d+\.\d+\.\d+")
"""A version of the ontology has an IRI without a fragment; no term is named like a number."""

ENTITY_KINDS = ("country", "place", "person", "organization", "crisis")


@dataclass(frozen=True, slots=True)
class Addresses:
    """The two bases. ``base`` ends with a slash."""

    base: str
    vocabulary: str = VOCABULARY

    def resource_of(self, iri: str) -> str | None:
        """The path of the resource whose pages and data hold ``iri``: ``country/italy``; None if it is not ours."""
        whole = iri.partition("#")[0]
        if whole.startswith(f"{self.base}id/"):
            return whole.removeprefix(f"{self.base}id/")
        path = whole.removeprefix(self.vocabulary)
        shared = path == "ontology" or path.startswith("scheme/") or _VERSION.fullmatch(path)
        return path if whole.startswith(self.vocabulary) and shared else None

    def iri_of(self, resource: str) -> ox.NamedNode | None:
        """The IRI that a path stands for; None if no IRI can be made of it."""
        shared = resource == "ontology" or resource.startswith(("scheme/", _TERM))
        if resource.startswith(_TERM) and not _VERSION.fullmatch(resource):
            resource = f"ontology#{resource.removeprefix(_TERM)}"
        try:
            return ox.NamedNode(f"{self.vocabulary}{resource}" if shared else f"{self.base}id/{resource}")
        except ValueError:
            return None

    def page_of(self, iri: str) -> str | None:
        """Where a person is sent for an IRI: the local page of ours, the address itself of others.

        None for what a browser should not be sent to, such as ``javascript:`` or ``urn:``.
        """
        resource = self.resource_of(iri)
        if resource is None:
            return iri if urlsplit(iri).scheme in ("http", "https") else None
        fragment = iri.partition("#")[2]
        if resource == "ontology" and fragment:
            return f"/page/{_TERM}{quote(fragment)}"
        return f"/page/{quote(resource)}" + (f"#{quote(fragment)}" if fragment else "")


def kind_of(resource: str) -> str:
    """What sort of thing a resource path names: ``article``, ``event``, ``country``, …, ``scheme`` or ``ontology``."""
    return resource.partition("/")[0]
