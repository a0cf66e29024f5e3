"""The hostile graph: the ontology's worked example with an attack in place of each literal and each link outward.

Somebody else's RDF can hold anything that RDF can: markup in names, scripts in links, control characters in texts.
"""

from __future__ import annotations

from collections.abc import Iterator
from importlib import resources
from pathlib import Path

import pyoxigraph as ox

from kg.lock import write_lock
from kg.store import new_generation

ATTACKS = (
    "<script>alert(1)</script>",
    "\"><img src=x onerror=alert(1)>",
    "' onmouseover='alert(1)",
    "</script><script>alert(1)</script>",
    "</title></style></textarea></svg><svg onload=alert(1)>",
    "]]><script>alert(1)</script><!--",
    "{{ 7 * 191 }}{% raw %}",
    "\x1b[2J\x1b]0;pwned\x07\u202e\u2028\u0001\r\nSet-Cookie: pwned=1",
)
LINKS = ("javascript:alert(1)", "data:text/html,%3Cscript%3Ealert(1)%3C/script%3E", "vbscript:x", "JAVASCRIPT:alert(1)")
SCHEMA = "http://schema.org/"
NAMES = tuple(f"{SCHEMA}{name}" for name in ("name", "headline", "alternateName", "text", "roleName", "unitText"))
OUTWARD = tuple(f"{SCHEMA}{name}" for name in ("url", "license", "sameAs", "publisher", "author"))


def write_hostile(folder: Path) -> Path:
    """Publish the graph in a data folder, and give that folder back."""
    with write_lock(folder), new_generation(folder) as generation:
        generation.store.load(resources.files("ontology").joinpath("aid.ttl").read_bytes(), ox.RdfFormat.TURTLE)
        generation.store.extend(hostile_quads())
    return folder


def hostile_quads() -> Iterator[ox.Quad]:
    """The example's quads, attacked."""
    example = resources.files("ontology").joinpath("example.ttl").read_bytes()
    for number, quad in enumerate(ox.parse(example, ox.RdfFormat.TURTLE)):
        yield ox.Quad(quad.subject, quad.predicate, _attacked(quad, number))
        if isinstance(quad.subject, ox.NamedNode) and quad.predicate.value.endswith("#type"):
            for name in OUTWARD:
                link = ox.NamedNode(LINKS[number % len(LINKS)])
                yield ox.Quad(quad.subject, ox.NamedNode(name), link)


def _attacked(quad: ox.Quad, number: int) -> ox.Term:
    if quad.predicate.value in NAMES or (isinstance(quad.object, ox.Literal) and quad.object.language):
        return ox.Literal(ATTACKS[number % len(ATTACKS)] + str(number))
    if quad.predicate.value in OUTWARD:
        return ox.NamedNode(LINKS[number % len(LINKS)])
    return quad.object
