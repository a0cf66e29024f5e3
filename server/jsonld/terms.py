"""The terms of our context as the JSON Schemas need them: what a key of a document means, and how its values look."""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from server.jsonld.texts import context_text

Json = dict[str, Any]

_KEYWORD: Final = "@"


@dataclass(frozen=True, slots=True)
class Term:
    """A key of a document.

    Attributes:
        iri: of the property; for a reverse term, of the one that points here.
        type: what values are coerced to: an IRI of a datatype, ``@id`` or None.
        is_set: whether values are always in an array.
        is_map: whether it is a map of languages.
    """

    iri: str
    type: str | None
    is_set: bool
    is_map: bool
    is_reverse: bool


def term_of(key: str) -> Term:
    """The term of that name; one that the context does not define is in its vocabulary."""
    entry = _entries().get(key, f"{_entries()['@vocab']}{key}")
    if isinstance(entry, str):
        return Term(whole_iri(entry), None, is_set=False, is_map=False, is_reverse=False)
    is_reverse, container = "@reverse" in entry, entry.get("@container")
    coerced = "@id" if is_reverse else entry.get("@type")
    return Term(
        whole_iri(entry["@reverse" if is_reverse else "@id"]),
        coerced if coerced in (None, "@id") else whole_iri(coerced),
        is_set=container == "@set",
        is_map=container == "@language",
        is_reverse=is_reverse,
    )


def keys_of(key: str) -> tuple[str, ...]:
    """The keys under which values of the same property may stand, by their type or language; ``key`` itself if it is
    a reverse term. A frame names a property once, by any of them."""
    term = term_of(key)
    if term.is_reverse:
        return (key,)
    defined = [name for name in _entries() if name[:1] != _KEYWORD and ":" not in name]
    return tuple(name for name in defined if not term_of(name).is_reverse and term_of(name).iri == term.iri) or (key,)


def whole_iri(name: str) -> str:
    """The IRI of a term or prefixed name of a class, property or datatype."""
    entries = _entries()
    prefix, colon, local = name.partition(":")
    if colon:
        return f"{entries[prefix]}{local}" if prefix in entries else name
    entry = entries.get(name)
    return whole_iri(entry) if isinstance(entry, str) else f"{entries['@vocab']}{name}"


def prefixed(iri: str) -> str:
    """How the IRI of a node is written in a compacted document: with the prefix of the context that fits best."""
    fitting = [
        (namespace, name) for name, namespace in _entries().items()
        if isinstance(namespace, str) and name[:1] != _KEYWORD and namespace.endswith(("#", "/"))
        and iri.startswith(namespace)
    ]  # fmt: skip
    namespace, name = max(fitting, key=lambda entry: len(entry[0]), default=("", ""))
    return f"{name}:{iri.removeprefix(namespace)}" if name else iri


@cache
def _entries() -> Json:
    entries: Json = json.loads(context_text())["@context"]
    return entries
