"""Which version of the ontology a page shows, and how that page writes and links the terms of it.

The newest is told from the data, and each of its terms has a page of its own. An older one is told from its file on one
page: what it has may be gone since.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pyoxigraph as ox

from server.views.parts import anchor_of
from server.views.reader import Link, Reader


@dataclass(frozen=True, slots=True)
class Edition:
    """Which version is shown among which, with the prefixes of its file."""

    number: str
    numbers: tuple[str, ...]
    prefixes: Mapping[str, str]

    @property
    def old(self) -> bool:
        """Whether there is a newer one: its terms are then told on this page alone, which may not have them all."""
        return self.number != self.numbers[0]


def named(reader: Reader, node: ox.NamedNode, edition: Edition) -> Link:
    """A term of ours by its name; one of others with its prefix: vocabularies may share a name for two things."""
    link = prefixed(reader, node, edition)
    ours = reader.addresses.resource_of(node.value) == "ontology"
    return Link(reader.link(node).label, link.href, iri=node.value) if ours else link


def prefixed(reader: Reader, node: ox.NamedNode, edition: Edition) -> Link:
    """A term with the prefix that the ontology's file has for it."""
    prefix, namespace = namespace_of(node, edition)
    name = f"{prefix}:{node.value.removeprefix(namespace)}" if prefix else node.value
    here = edition.old and reader.addresses.resource_of(node.value) == "ontology"
    return Link(name, f"#{anchor_of(node)}" if here else reader.addresses.page_of(node.value), iri=node.value)


def namespace_of(node: ox.NamedNode, edition: Edition) -> tuple[str, str]:
    """The prefix and namespace that fit a term best; nothing if none does."""
    fitting = [(prefix, space) for prefix, space in edition.prefixes.items() if node.value.startswith(space)]
    return max(fitting, key=lambda entry: len(entry[1]), default=("", ""))
