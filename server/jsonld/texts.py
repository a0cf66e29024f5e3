"""The files of JSON-LD as they are served: versions of the context, frames, and JSON Schemas of what frames make.

A version of the context never changes once it was released, and stays: documents that name it mean what they
meant. ``/context.jsonld`` is the newest one; within a major version, terms are only added to it, so that a document
that names it keeps its meaning too. Tests hold both.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Final

from server.addresses import kind_of

CONTEXT_IRI: Final = "https://w3id.org/aidgraph/context.jsonld"
"""How frames name our context; only ever looked up in the package."""

CONTEXT_VERSIONS: Final = ("1.0", "1.1")
"""All that were ever published, oldest first."""
CONTEXT_VERSION: Final = CONTEXT_VERSIONS[-1]

FRAMES: Final = ("article", "event", "party", "crisis", "observation")
_FRAMES: Final = {
    "article": "article", "event": "event", "crisis": "crisis",
    "country": "party", "place": "party", "person": "party", "organization": "party",
}  # fmt: skip
"""The frame for each kind of thing that has a page. An observation is a part of its article, and has none."""


@cache
def context_text(version: str = CONTEXT_VERSION) -> str:
    """A version of the context as it is served at ``/context/VERSION.jsonld``; the newest at ``/context.jsonld`` too.

    Args:
        version: one of :data:`CONTEXT_VERSIONS`.
    """
    return _text("contexts", f"{version}.jsonld")


@cache
def frame_text(name: str) -> str:
    """A frame as it is served at ``/frames/NAME.jsonld``; ``name`` is one of :data:`FRAMES`."""
    return _text("frames", f"{name}.jsonld")


@cache
def schema_text(name: str) -> str:
    """The JSON Schema of what that frame makes, as it is served at ``/schemas/NAME.json``."""
    return _text("schemas", f"{name}.json")


def _text(folder: str, name: str) -> str:
    return resources.files("server").joinpath(folder, name).read_text(encoding="utf-8")


def frame_name(resource: str) -> str | None:
    """The frame for a resource path; None for the vocabulary, which is a flat list of terms."""
    return _FRAMES.get(kind_of(resource))


def context_iri(version: str) -> str:
    """How a version of the context is named; like :data:`CONTEXT_IRI`, it is looked up in the package."""
    return f"{CONTEXT_IRI.removesuffix('.jsonld')}/{version}.jsonld"
