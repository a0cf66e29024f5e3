"""What search engines are told in a page: schema.org's own words only, as data that runs nothing.

The aid vocabulary is mapped to the nearest schema.org type, and left out where there is none. The text is
put into a ``<script type="application/ld+json">``, so every ``<`` in it is written as an escape: a headline
that holds ``</script>`` stays a headline.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping

from server.views.reader import Link

Thing = dict[str, object]

_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}


def dump_script(structured: Mapping[str, object]) -> str:
    """The JSON text for the script element, safe to put into HTML as it is."""
    kept = {key: value for key, value in structured.items() if value not in (None, "", [], ())}
    return json.dumps({"@context": "https://schema.org", **kept}, ensure_ascii=False).translate(_ESCAPES)


def script_hash(text: str) -> str:
    """The CSP source expression that allows exactly this inline script."""
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def named(name: str, kind: str) -> Thing:
    """A thing of a kind by its name."""
    return {"@type": kind, "name": name}


def thing(link: Link, kind: str = "Thing") -> Thing:
    """A thing by name and IRI."""
    return named(link.label, kind) | ({"@id": link.iri} if link.iri else {})
