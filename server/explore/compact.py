"""Expanded JSON-LD in the terms of our context, for files of thousands of things.

PyLD takes seconds to compact the events of thousands of articles, and other pages wait meanwhile. Our
context needs little of what compaction can be: terms with or without a type, sets, and a vocabulary. Whatever a term
does not fit stands under the whole IRI of its property, where nothing is coerced. Tests let PyLD expand it again.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from server.jsonld import context_text

Json = dict[str, Any]

_PLAIN: Final = (str, int, bool)


@dataclass(frozen=True, slots=True)
class Term:
    """A term of the context for a property. ``type``: what its values are coerced to, as a whole IRI or ``@id``."""

    name: str
    type: str | None
    is_set: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What of the context is needed: terms by property, names by class, the vocabulary, all names that are taken."""

    terms: dict[str, Term]
    classes: dict[str, str]
    vocabulary: str
    taken: frozenset[str]

    def name(self, iri: str) -> str:
        """A class or property that has no term: its name in the vocabulary if that is free, else its IRI."""
        local = iri.removeprefix(self.vocabulary)
        is_free = local != iri and local not in self.taken and local.isalnum()
        return local if is_free else iri


def compact_node(node: Json) -> Json:
    """One node of an expanded document, without nodes in it."""
    context = _context()
    compacted: Json = {"id": node["@id"]}
    for key, value in node.items():
        if key == "@type":
            compacted["type"] = [context.classes.get(iri) or context.name(iri) for iri in value]
        elif key != "@id":
            compacted |= _property(context, key, value)
    return compacted


def _property(context: Context, iri: str, values: list[Json]) -> Json:
    """The values that fit the term under it, the others under the IRI."""
    term = context.terms.get(iri) or Term(context.name(iri), None, is_set=False)
    simple = [_simple(term, value) for value in values]
    fitting = [one for one in simple if one is not None]
    odd = [value for value, one in zip(values, simple, strict=True) if one is None]
    compacted: Json = {}
    if fitting:
        compacted[term.name] = fitting if term.is_set or len(fitting) > 1 else fitting[0]
    return compacted | ({iri: odd} if odd else {})


def _simple(term: Term, value: Json) -> str | int | bool | Json | None:
    """A value as the term takes it; None if the term would make something else of it."""
    if "@id" in value:
        if term.type == "@id":
            return str(value["@id"])
        return {"id": value["@id"]} if term.type is None else None
    literal, datatype = value["@value"], value.get("@type")
    if term.type is None and (datatype or "@language" in value):
        return value
    return literal if datatype == term.type and isinstance(literal, _PLAIN) and "@language" not in value else None


@cache
def _context() -> Context:
    entries: Json = json.loads(context_text())["@context"]
    vocabulary: str = entries["@vocab"]
    prefixes = {name: iri for name, iri in entries.items() if isinstance(iri, str) and iri.endswith(("#", "/"))}

    def whole(name: str) -> str:
        prefix, colon, local = name.partition(":")
        return prefixes[prefix] + local if colon and prefix in prefixes else name

    defined = {name: {"@id": entry} if isinstance(entry, str) else entry for name, entry in entries.items()
               if not name.startswith("@") and isinstance(entry, str | dict)}  # fmt: skip
    terms, classes = {}, {}
    for name, entry in defined.items():
        iri = whole(entry.get("@id", ""))
        if not iri or iri.startswith("@") or iri in prefixes.values():
            continue
        if name[:1].isupper():
            classes[iri] = name
        else:
            coerced = entry.get("@type")
            terms[iri] = Term(name, whole(coerced) if coerced else None, entry.get("@container") == "@set")
    return Context(terms, classes, vocabulary, frozenset(defined))
