"""JSON Schemas (draft 2020-12) of the documents that our frames make: derived from frame, context and shapes.

The frame says which keys there are and what hangs below them, the context how their values are written, the shapes
how many there must be and of what type. ``python -m server.jsonld.schemas`` writes them to ``server/schemas/``; a test
makes them anew and compares the bytes. Keys beyond the frame's are allowed, since a frame leaves nothing out.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Final

from kg.formats import PREFIXES, VOCABULARY
from server.jsonld.rules import Rule, Rules, rules_of
from server.jsonld.terms import Term, keys_of, prefixed, term_of, whole_iri
from server.jsonld.texts import FRAMES, frame_text

Json = dict[str, Any]

_XSD: Final = PREFIXES["xsd"]
_ZONE: Final = "(Z|[+-][0-9]{2}:[0-9]{2})?$"
_LEXICAL: Final = {
    "date": "^-?[0-9]{4,}-[0-9]{2}-[0-9]{2}" + _ZONE,
    "gYearMonth": "^-?[0-9]{4,}-[0-9]{2}" + _ZONE,
    "gYear": "^-?[0-9]{4,}" + _ZONE,
    "decimal": "^[+-]?([0-9]+(\\.[0-9]*)?|\\.[0-9]+)$",
}
"""Strings of the datatypes that terms are coerced to (https://www.w3.org/TR/xmlschema11-2/)."""

_NODE_REFERENCE: Final = {
    "description": "The IRI of a thing, or the thing with its name.",
    "anyOf": [{"type": "string"}, {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}],
}
_LANGUAGES: Final = {
    "description": "Strings by their language (https://www.w3.org/TR/json-ld11/#language-maps).",
    "type": "object",
    "minProperties": 1,
    "propertyNames": {"pattern": "^[A-Za-z]{1,8}(-[A-Za-z0-9]{1,8})*$"},
    "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "array", "items": {"type": "string"}}]},
}
_NUMBER: Final = {
    "description": "A whole number, or a decimal that keeps its digits.",
    "anyOf": [
        {"type": "integer"},
        {
            "type": "object",
            "required": ["type", "@value"],
            "properties": {"type": {"pattern": "^xsd:(integer|decimal)$"}, "@value": {"type": "string"}},
        },
    ],
}
_LANG_STRING: Final = f"{PREFIXES['rdf']}langString"
_TYPED: Final = {_LANG_STRING} | {_XSD + name for name in _LEXICAL if name != "decimal"}
"""Datatypes whose values stand under keys of their own. Decimals of quantities stand beside whole numbers."""
_DEFINITIONS: Final = {"reference": _NODE_REFERENCE, "languages": _LANGUAGES, "number": _NUMBER}


def schema_of(name: str) -> Json:
    """The JSON Schema for a frame: of one thing, or of a document with many under ``@graph``.

    Args:
        name: one of :data:`server.jsonld.texts.FRAMES`.
    """
    node = _node(json.loads(frame_text(name)))
    used = json.dumps(node)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{VOCABULARY}schemas/{name}.json",
        "title": f"JSON-LD by the frame {name}",
        "type": "object",
        "if": {"required": ["@graph"]},
        "then": {"properties": {"@graph": {"type": "array", "items": {"$ref": "#/$defs/node"}}}},
        "else": {"$ref": "#/$defs/node"},
        "$defs": {"node": node} | {key: value for key, value in _DEFINITIONS.items() if f"#/$defs/{key}" in used},
    }


def _node(frame: Json) -> Json:
    """The schema of a node that a frame with a type matches."""
    types = frame["@type"] if isinstance(frame["@type"], list) else [frame["@type"]]
    rules = rules_of(frozenset(map(whole_iri, types)))
    keys = {key: below for name, below in frame.items() if name[:1] != "@" for key in _keys(name, rules)}
    required, choices = _required(keys, rules)
    schema: Json = {
        "type": "object",
        "required": ["id", "type", *required],
        "properties": {"id": {"type": "string"}, "type": _type(types)}
        | {key: _property(key, below, rules) for key, below in keys.items()},
    }
    return schema | ({"allOf": choices} if choices else {})


def _type(types: list[str]) -> Json:
    one = {"enum": types}
    return {"anyOf": [one, {"type": "array", "contains": one}]}


def _keys(name: str, rules: Rules) -> Iterator[str]:
    """The keys that the values of a property may have, by the datatypes that the shapes allow."""
    for key in keys_of(name):
        term = term_of(key)
        datatypes = frozenset() if term.is_reverse else rules.own.get(term.iri, Rule()).datatypes
        written = {_LANG_STRING} if term.is_map else {term.type} if term.type else datatypes - _TYPED
        if not datatypes or term.type == "@id" or written & datatypes:
            yield key


def _required(keys: Json, rules: Rules) -> tuple[list[str], list[Json]]:
    """The keys that must be there, and choices of keys of which one must be."""
    own = [frozenset({iri}) for iri, rule in rules.own.items() if rule.least]
    terms = {key: term_of(key) for key in keys}
    sets = [[key for key in keys if not terms[key].is_reverse and terms[key].iri in iris]
            for iris in (*own, *rules.alternatives)]  # fmt: skip
    inverse = [iri for iri, rule in rules.inverse.items() if rule.least]
    sets += [[key for key in keys if terms[key].is_reverse and terms[key].iri == iri] for iri in inverse]
    required = sorted({found[0] for found in sets if len(found) == 1})
    choices = sorted({tuple(found) for found in sets if len(found) > 1})
    return required, [{"anyOf": [{"required": [key]} for key in choice]} for choice in choices]


def _property(key: str, below: Json, rules: Rules) -> Json:
    """The schema of a key's values: one, an array, or either."""
    term = term_of(key)
    rule = (rules.inverse if term.is_reverse else rules.own).get(term.iri, Rule())
    value = _value(term, below, rule)
    several = {"type": "array", "minItems": 1, "items": value}
    if term.is_set:
        return several
    return value if rule.most == 1 or term.is_map else {"anyOf": [value, several]}


def _value(term: Term, below: Json, rule: Rule) -> Json:
    if "@type" in below:
        return _node(below)
    if term.is_map:
        return {"$ref": "#/$defs/languages"}
    if term.type == "@id":
        return _reference(below, rule)
    if term.type is not None:
        return {"type": "string", "pattern": _LEXICAL[term.type.removeprefix(_XSD)]}
    return _literal(rule)


def _reference(below: Json, rule: Rule) -> Json:
    """Another thing; a concept is known by its scheme."""
    if below.get("@embed") == "@never":
        return {"type": "string"}
    if rule.scheme is None:
        return {"$ref": "#/$defs/reference"}
    concept = {"type": "string", "pattern": f"^{prefixed(rule.scheme + '/')}"}
    return {"anyOf": [concept, {"type": "object", "required": ["id"], "properties": {"id": concept}}]}


def _literal(rule: Rule) -> Json:
    if rule.datatypes == {f"{_XSD}integer", f"{_XSD}decimal"}:
        return {"$ref": "#/$defs/number"}
    if rule.datatypes == {f"{_XSD}integer"}:
        return {"type": "integer"} | ({} if rule.minimum is None else {"minimum": rule.minimum})
    return {"type": "string"} | ({} if rule.pattern is None else {"pattern": rule.pattern})


def dump_schema(name: str) -> str:
    """The schema as the text of its file."""
    return json.dumps(schema_of(name), ensure_ascii=False, indent=1) + "\n"


def main() -> None:
    """Write all schemas to their files."""
    folder = Path(__file__).parents[1] / "schemas"
    for name in FRAMES:
        (folder / f"{name}.json").write_text(dump_schema(name), encoding="utf-8")


if __name__ == "__main__":
    main()
