"""JSON-LD as developers like to read it: our own context, one tree a resource. The only door to PyLD.

pyoxigraph writes expanded JSON-LD; PyLD frames and compacts it. schema.org's own context types dates as
schema:Date, so ours is used, by address: the answer names ``/context.jsonld`` on the host that served it,
absolutely, because a saved file and a parser that is handed a string have no base to resolve a relative one.
PyLD gets the frozen copy of that context and nothing else: it never reaches the network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from importlib import resources
from typing import Any, Final

import pyoxigraph as ox
from pyld import jsonld

from server.addresses import kind_of

CONTEXT_IRI = "https://w3id.org/aidgraph/context.jsonld"
"""How frames name our context; only ever looked up in the package."""

_FRAMES = {"article": "article", "event": "event", "crisis": "crisis"}
FRAMES: Final = ("article", "event", "crisis", "party")
_PARTIES = ("country", "place", "person", "organization")
_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"

_PLAIN_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # what a JSON number holds exactly everywhere

Json = dict[str, Any]


@cache
def context_text() -> str:
    """The context as it is served at ``/context.jsonld``."""
    return resources.files("server").joinpath("context.jsonld").read_text(encoding="utf-8")


@cache
def frame_text(name: str) -> str:
    """A frame as it is served at ``/frames/NAME.jsonld``; ``name`` is one of :data:`FRAMES`."""
    return resources.files("server").joinpath("frames", f"{name}.jsonld").read_text(encoding="utf-8")


def load_frozen(url: str, _options: Mapping[str, Any]) -> Json:
    """PyLD's document loader: our context from the package; anything else is refused, not fetched."""
    if url != CONTEXT_IRI:
        raise jsonld.JsonLdError(
            f"No document is loaded from the network, and {url!r} is not frozen.", "jsonld.LoadDocumentError",
            code="loading document failed",
        )  # fmt: skip
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": json.loads(context_text()),
    }


def dump_jsonld(
    triples: Iterable[ox.Triple], resource: str, iri: str, context_url: str, *, profile: str | None = None
) -> bytes:
    """One resource as JSON-LD that refers to ``context_url``. Every triple is in it but in the framed form.

    Args:
        profile: one of :data:`server.profiles.PROFILES`. Without one: framed where there is a frame, with what it does
            not reach under ``included``.
    """
    expanded = _expand(triples)
    if profile == "expanded":
        return _dump(expanded)
    tree = _FORMS[profile](expanded, frame_name(resource), iri)
    return _dump({"@context": context_url} | {key: value for key, value in tree.items() if key != "@context"})


def expanded_nodes(triples: Iterable[ox.Triple]) -> list[Json]:
    """Nodes in expanded form, for a document that is written in pieces."""
    return _expand(triples)


def _dump(document: Json | list[Json]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def frame_name(resource: str) -> str | None:
    """The frame for a resource path; None for the vocabulary, which is a flat list of terms."""
    kind = kind_of(resource)
    return "party" if kind in _PARTIES else _FRAMES.get(kind)


def _expand(triples: Iterable[ox.Triple]) -> list[Json]:
    """Expanded JSON-LD from the engine, with types under ``@type`` and integers as JSON numbers."""
    text = ox.serialize(triples, format=ox.RdfFormat.JSON_LD) or b"[]"
    nodes: list[Json] = json.loads(text, object_hook=_usual_form)
    return nodes


def _usual_form(value: Json) -> Json:
    """pyoxigraph writes rdf:type as a property, and 42 as ``{"@type": xsd:integer, "@value": "42"}``.

    A number is changed only where its lexical form survives.
    """
    if _TYPE in value:
        types = [entry["@id"] for entry in value[_TYPE]]
        return {key: entry for key, entry in value.items() if key != _TYPE} | {"@type": types}
    lexical = value.get("@value")
    if value.get("@type") == _INTEGER and isinstance(lexical, str) and _PLAIN_INTEGER.fullmatch(lexical):
        return {"@value": int(lexical)}
    return value


def _usual(expanded: list[Json], name: str | None, iri: str) -> Json:
    """A tree that holds everything, or a list of nodes where there is no frame."""
    if name is None:
        return _flat(expanded)
    tree = _framed(expanded, name, iri)
    reached = set(_described(jsonld.expand(tree, {"documentLoader": load_frozen})))
    rest = [node for node in expanded if node["@id"] not in reached]
    return tree | ({"included": _flat(rest)["@graph"]} if rest else {})


def _framed(expanded: list[Json], name: str | None, iri: str) -> Json:
    """A tree of what the frame reaches; the vocabulary, which has no frame, by an empty one for its IRI."""
    frame = (json.loads(frame_text(name)) if name else {"@context": CONTEXT_IRI}) | {"@id": iri}
    options = {"documentLoader": load_frozen, "omitGraph": True, "omitDefault": True, "embed": "@always"}
    tree: Json = jsonld.frame(expanded, frame, options)
    return tree


def _described(value: Any) -> Iterator[str]:
    """The IRIs of all nodes of an expanded tree that say something of themselves."""
    if isinstance(value, list):
        for entry in value:
            yield from _described(entry)
    elif isinstance(value, dict):
        if "@id" in value and len(value) > 1:
            yield value["@id"]
        for entry in value.values():
            yield from _described(entry)


def _flat(expanded: list[Json], _name: str | None = None, _iri: str = "") -> Json:
    """A list of nodes, none within another, in the order of the triples."""
    options = {"documentLoader": load_frozen, "graph": True}
    compacted: Json = jsonld.compact(expanded, {"@context": CONTEXT_IRI}, options)
    return compacted


def _flattened(expanded: list[Json], _name: str | None, _iri: str) -> Json:
    """A list of nodes by their IRIs, each once."""
    options = {"documentLoader": load_frozen, "graph": True}
    flattened: Json = jsonld.flatten(expanded, {"@context": CONTEXT_IRI}, options)
    return flattened


_FORMS: Final[dict[str | None, Callable[[list[Json], str | None, str], Json]]] = {
    None: _usual, "compacted": _flat, "flattened": _flattened, "framed": _framed,
}
