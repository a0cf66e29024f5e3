"""Expanded JSON-LD in the terms of our context, for files of thousands of things.

PyLD takes seconds to compact the events of thousands of articles, and other pages wait meanwhile. Our
context needs little of what compaction can be: terms with or without a type, sets, maps of languages, a vocabulary.
Whatever no term fits stands under the whole IRI of its property, where nothing is coerced. Tests let PyLD expand it
again.
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
    """A term of the context for a property.

    ``type``: what its values are coerced to, as a whole IRI, ``@id``, or ``@language`` for a map of languages.
    """

    name: str
    type: str | None
    is_set: bool


@dataclass(frozen=True, slots=True)
class Context:
    """What of the context is needed: terms by property and type, names by class, and what is taken."""

    terms: dict[tuple[str, str | None], Term]
    classes: dict[str, str]
    properties: frozenset[str]
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
    """The values under the terms that they fit, those that fit none under the IRI."""
    compacted: Json = {}
    for value in values:
        kind = _kind(value)
        term = context.terms.get((iri, kind))
        if kind == "@language" and term is not None:
            _add(compacted.setdefault(term.name, {}), value["@language"], value["@value"])
        elif term is not None and isinstance(simple := value.get("@id", value.get("@value")), _PLAIN):
            _add(compacted, term.name, simple, is_set=term.is_set)
        elif iri not in context.properties and context.name(iri) != iri:
            _add(compacted, context.name(iri), value["@value"] if kind is None else _aliased(value))
        else:
            _add(compacted, iri, value, is_set=True)
    return compacted


def _kind(value: Json) -> str | None:
    """What a term has to coerce to for this value; None for a plain string, number or truth value."""
    if "@id" in value:
        return "@id"
    return "@language" if "@language" in value else value.get("@type")


def _aliased(value: Json) -> Json:
    return {"id": value["@id"]} if "@id" in value else value


def _add(target: Json, name: str, value: Any, *, is_set: bool = False) -> None:
    """Add a value; several make a list, and a set is one even of one."""
    if name not in target:
        target[name] = [value] if is_set else value
    elif isinstance(target[name], list):
        target[name].append(value)
    else:
        target[name] = [target[name], value]


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
    terms: dict[tuple[str, str | None], Term] = {}
    classes = {}
    for name, entry in defined.items():
        iri = whole(entry.get("@id", ""))
        if not iri or iri.startswith("@") or iri in prefixes.values():
            continue
        if name[:1].isupper():
            classes[iri] = name
        else:
            coerced = whole(entry["@type"]) if "@type" in entry else None
            kind = "@language" if entry.get("@container") == "@language" else coerced
            terms[iri, kind] = Term(name, kind, entry.get("@container") == "@set")
    return Context(terms, classes, frozenset(iri for iri, _ in terms), vocabulary, frozenset(defined))
