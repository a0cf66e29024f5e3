"""JSON-LD: our context and its versions, frames, JSON Schemas made from these, and documents. The only door to PyLD.

``texts`` are the files as they are served, ``documents`` the only module that calls PyLD, ``schemas`` makes the JSON
Schemas. Nothing in this room knows Flask, and nothing in it reaches the network.
"""

from __future__ import annotations

from server.jsonld.documents import Form, dump_jsonld, expanded_nodes, load_frozen
from server.jsonld.texts import (
    CONTEXT_IRI,
    CONTEXT_VERSION,
    CONTEXT_VERSIONS,
    FRAMES,
    context_text,
    frame_name,
    frame_text,
    schema_text,
)

__all__ = [
    "CONTEXT_IRI", "CONTEXT_VERSION", "CONTEXT_VERSIONS", "FRAMES", "Form", "context_text", "dump_jsonld",
    "expanded_nodes", "frame_name", "frame_text", "load_frozen", "schema_text",
]  # fmt: skip
