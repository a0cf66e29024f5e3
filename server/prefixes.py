"""Queries as a person would write them: IRIs by prefixed names, and just the prefixes that are used declared.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

import pyoxigraph as ox

_LOCAL: Final = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_-]*")
"""Local names that need no escape in SPARQL; what else is allowed is not worth the risk."""

_USED: Final = re.compile(r"(?<![\w<:?])([a-z]+):(?=[A-Za-z0-9_])")


def prefixed(iri: str, prefixes: Mapping[str, str]) -> str:
    """``country:italy``, or the whole IRI in angle brackets.

    Raises:
        ValueError: it is no IRI; the store would not have taken it.
    """
    fitting = [(namespace, prefix) for prefix, namespace in prefixes.items() if iri.startswith(namespace)]
    namespace, prefix = max(fitting, key=lambda entry: len(entry[0]), default=("", ""))
    local = iri.removeprefix(namespace)
    return f"{prefix}:{local}" if prefix and _LOCAL.fullmatch(local) else str(ox.NamedNode(iri))


def declare(query: str, prefixes: Mapping[str, str]) -> str:
    """The query with a declaration above it for each known prefix that it uses."""
    used = {name for line in query.splitlines() for name in _USED.findall(line.partition("# ")[0])}
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in prefixes.items() if name in used) + query
