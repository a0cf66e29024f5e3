"""JSON-LD as developers like to read it: our own context, one tree a resource. The only module that calls PyLD.

pyoxigraph writes expanded JSON-LD; PyLD frames and compacts it. schema.org's own context types dates as
schema:Date, so ours is used, by address: the answer names ``/context.jsonld`` on the host that served it,
absolutely, because a saved file and a parser that is handed a string have no base to resolve a relative one.
PyLD gets the frozen copies of that context and nothing else: it never reaches the network.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pyoxigraph as ox
from pyld import jsonld

from server.jsonld.texts import CONTEXT_IRI, CONTEXT_VERSION, CONTEXT_VERSIONS, context_iri, context_text, frame_text

_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
_INTEGER = "http://www.w3.org/2001/XMLSchema#integer"

_PLAIN_INTEGER = re.compile(r"0|-?[1-9][0-9]{0,14}")  # what a JSON number holds exactly everywhere

_VERSIONS: Final = {CONTEXT_IRI: CONTEXT_VERSION} | {context_iri(version): version for version in CONTEXT_VERSIONS}

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """What of the many JSON-LD documents with the same triples is wanted.

    Attributes:
        profile: one of :data:`server.profiles.PROFILES`; None for the usual one: framed where the thing has a frame,
            with what it does not reach under ``included``, else a flat list of nodes.
        own_frame: the frame for the kind of the thing, if there is one.
        frame: another frame that was asked for by name, which is then used on all nodes of its types.
        context: the version of the context.
    """

    profile: str | None = None
    own_frame: str | None = None
    frame: str | None = None
    context: str = CONTEXT_VERSION


def load_frozen(url: str, _options: Mapping[str, Any]) -> Json:
    """PyLD's document loader: our context from the package; anything else is refused, not fetched."""
    version = _VERSIONS.get(url)
    if version is None:
        raise jsonld.JsonLdError(
            f"No document is loaded from the network, and {url!r} is not frozen.", "jsonld.LoadDocumentError",
            code="loading document failed",
        )  # fmt: skip
    return {
        "contentType": "application/ld+json",
        "contextUrl": None,
        "documentUrl": url,
        "document": json.loads(context_text(version)),
    }


_OPTIONS: Final = {"documentLoader": load_frozen}


def dump_jsonld(triples: Iterable[ox.Triple], iri: str, context_url: str, form: Form) -> bytes:
    """One resource as JSON-LD that refers to ``context_url``. Every triple is in it but in the framed form."""
    expanded = expanded_nodes(triples)
    if form.profile == "expanded":
        return _dump(expanded)
    tree = _FORMS[form.profile](expanded, form, iri)
    return _dump({"@context": context_url} | {key: value for key, value in tree.items() if key != "@context"})


def _dump(document: Json | list[Json]) -> bytes:
    return json.dumps(document, ensure_ascii=False, indent=2).encode() + b"\n"


def expanded_nodes(triples: Iterable[ox.Triple]) -> list[Json]:
    """Nodes in expanded form from the engine, with types under ``@type`` and integers as JSON numbers."""
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


def _usual(expanded: list[Json], form: Form, iri: str) -> Json:
    """A tree that holds everything, or a list of nodes where there is no frame."""
    if form.own_frame is None:
        return _compacted(expanded, form)
    tree = _framed(expanded, form, iri)
    reached = set(_described(jsonld.expand(tree, _OPTIONS)))
    rest = [node for node in expanded if node["@id"] not in reached]
    return tree | ({"included": _compacted(rest, form)["@graph"]} if rest else {})


def _framed(expanded: list[Json], form: Form, iri: str) -> Json:
    """A tree of what the frame reaches; the vocabulary, which has no frame, by an empty one for its IRI.

    A frame asked for that is not the thing's own makes a list of the nodes of its types, of none, one or many.
    """
    name = form.frame or form.own_frame
    context = {"@context": context_iri(form.context)}
    frame = (json.loads(frame_text(name)) if name else {}) | context
    if name == form.own_frame:
        frame |= {"@id": iri}  # goes before ``@type`` (https://www.w3.org/TR/json-ld11-framing/#frame-matching)
    options = _OPTIONS | {"omitGraph": name == form.own_frame, "omitDefault": True, "embed": "@always"}
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


def _compacted(expanded: list[Json], form: Form, _iri: str = "") -> Json:
    """A list of nodes, none within another, in the order of the triples."""
    context = {"@context": context_iri(form.context)}
    compacted: Json = jsonld.compact(expanded, context, _OPTIONS | {"graph": True})
    return compacted


def _flattened(expanded: list[Json], form: Form, _iri: str) -> Json:
    """A list of nodes by their IRIs, each once."""
    context = {"@context": context_iri(form.context)}
    flattened: Json = jsonld.flatten(expanded, context, _OPTIONS | {"graph": True})
    return flattened


_FORMS: Final[dict[str | None, Callable[[list[Json], Form, str], Json]]] = {
    None: _usual, "compacted": _compacted, "flattened": _flattened, "framed": _framed,
}  # fmt: skip
