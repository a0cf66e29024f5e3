"""The pinned release of schema.org: which terms there are, what may stand on what, what was superseded.

The table beside this file was made from the release's own RDF (README.md here says which). Tests ask it and not the
network, so that they give the same answer tomorrow. schema.org's ``domainIncludes`` and ``rangeIncludes`` are
hints for people who mark up pages, not RDFS domains: what is not allowed here is unexpected there, not inconsistent.

Terms are given by their local names: ``NewsArticle``, ``datePublished``.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final, Literal

NAMESPACE: Final = "http://schema.org/"
VERSION: Final = "29.4"

Kind = Literal["type", "property", "member"]


@dataclass(frozen=True, slots=True)
class Term:
    """A row of the table. ``parents`` of a member are the enumerations that it belongs to; ``area`` is "" for core."""

    name: str
    kind: Kind
    area: str
    parents: frozenset[str]
    domains: frozenset[str]
    ranges: frozenset[str]
    superseded_by: frozenset[str]


@dataclass(frozen=True, slots=True)
class Release:
    """All terms of the release by name."""

    terms: dict[str, Term]

    def __contains__(self, name: object) -> bool:
        return name in self.terms

    def has(self, name: str, kind: Kind) -> bool:
        """Whether there is such a type, property or member."""
        return name in self.terms and self.terms[name].kind == kind

    def superseded_by(self, name: str) -> frozenset[str]:
        """What is to be used instead of a term; empty if the term is current.

        Raises:
            KeyError: there is no such term.
        """
        return self.terms[name].superseded_by

    def supertypes(self, name: str) -> frozenset[str]:
        """A type with all that it is a kind of: NewsArticle, Article, CreativeWork, Thing."""
        found: set[str] = set()
        waiting = [name]
        while waiting:
            one = waiting.pop()
            if one not in found:
                found.add(one)
                waiting.extend(self.terms[one].parents)
        return frozenset(found)

    def is_kind_of(self, name: str, wanted: Iterable[str]) -> bool:
        """Whether a type is one of ``wanted`` or a kind of one."""
        return not self.supertypes(name).isdisjoint(wanted)

    def properties_of(self, *types: str) -> frozenset[str]:
        """The properties that may stand on something of these types, those of their supertypes included."""
        allowed = {supertype for name in types for supertype in self.supertypes(name)}
        return frozenset(
            term.name
            for term in self.terms.values()
            if term.kind == "property" and not term.domains.isdisjoint(allowed)
        )

    def expected_types(self, name: str) -> frozenset[str]:
        """The types that the value of a property is expected to have, not their subtypes."""
        return self.terms[name].ranges

    def accepts(self, name: str, types: Iterable[str]) -> bool:
        """Whether a value of one of these types is what the property expects."""
        return any(self.is_kind_of(one, self.expected_types(name)) for one in types)

    def accepts_text(self, name: str) -> bool:
        """Whether the property expects a string; other data types are written as strings too, in their own forms."""
        return any("DataType" in self.supertypes(one) for one in self.expected_types(name))


@cache
def load_release() -> Release:
    """Read the table."""
    with Path(__file__).with_name("terms.tsv").open(encoding="utf-8", newline="") as file:
        return Release(
            {row["name"]: _term(row) for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE)}
        )


def local_name(iri: str) -> str | None:
    """The name of a schema.org term; None for what is none. Both schemes are read, http is the one we write."""
    for namespace in (NAMESPACE, "https://schema.org/"):
        if iri.startswith(namespace):
            return iri.removeprefix(namespace)
    return None


def _term(row: dict[str, str]) -> Term:
    kinds: dict[str, Kind] = {"type": "type", "property": "property", "member": "member"}
    sets = [frozenset(row[column].split()) for column in ("parents", "domains", "ranges", "superseded_by")]
    return Term(row["name"], kinds[row["kind"]], row["area"], *sets)
