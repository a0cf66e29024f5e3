"""Which path of this server shows an IRI of the graph, and which IRI a path stands for.

The IRIs in the data keep their base (``https://w3id.org/aidgraph/``, or ``--base`` for what the articles
told) on whatever host serves them. One rule, both ways: ``…/id/country/italy`` is ``country/italy``,
everything else below the vocabulary's base keeps its first word, as ``scheme/phase`` and ``ontology``.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote, urlsplit

import pyoxigraph as ox

from kg.formats import VOCABULARY

_TERM = "ontology/"
"""Each term of the ontology has a page of its own, though its IRI is a fragment of the ontology's."""

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
        ours = whole.startswith(self.vocabulary) and (path == "ontology" or path.startswith("scheme/"))
        return path if ours else None

    def iri_of(self, resource: str) -> ox.NamedNode | None:
        """The IRI that a path stands for; None if no IRI can be made of it."""
        shared = resource == "ontology" or resource.startswith(("scheme/", _TERM))
        if resource.startswith(_TERM):
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
