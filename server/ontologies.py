"""The versions of the ontology: the file of each, in the package and not in the store.

The store holds the version that its facts were written with. Who has data from an older build, or an address of an
older version in a paper, needs that version as it was; so each is kept whole as a file and never changes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

import pyoxigraph as ox

from kg.formats import GRAPH_FORMATS, VOCABULARY
from server.problems import NotFound

_NUMBER: Final = re.compile(r"ontology/(\d+\.\d+\.\d+)")


@dataclass(frozen=True, slots=True)
class Version:
    """One version. ``turtle`` is its file; ``prefixes`` are those of the file; the newest is not ``old``."""

    number: str
    turtle: bytes
    store: ox.Store
    prefixes: Mapping[str, str]
    old: bool

    @property
    def node(self) -> ox.NamedNode:
        """The IRI of this version."""
        return ox.NamedNode(f"{ONTOLOGY.value}/{self.number}")


ONTOLOGY: Final = ox.NamedNode(f"{VOCABULARY}ontology")


@cache
def versions() -> Mapping[str, Version]:
    """All versions by number, the newest first."""
    folder = resources.files("ontology")
    kept = [_read(file.read_bytes(), old=True) for file in folder.joinpath("versions").iterdir()]
    kept.append(_read(folder.joinpath("aid.ttl").read_bytes(), old=False))
    return {one.number: one for one in sorted(kept, key=_order, reverse=True)}


def current_version() -> Version:
    """The newest."""
    return next(iter(versions().values()))


def version_at(resource: str) -> Version | None:
    """The version at a resource path, ``ontology/0.1.0``; None where the path is no version's.

    Raises:
        NotFound: it is a version's, and there is no such version.
    """
    found = _NUMBER.fullmatch(resource)
    if found is None:
        return None
    if found[1] not in versions():
        raise NotFound(f"The ontology has no version {found[1]}; it has {', '.join(versions())}.")
    return versions()[found[1]]


def dump_version(version: Version, name: str) -> bytes:
    """A version in a form of :data:`kg.formats.GRAPH_FORMATS`; as Turtle it is the very file."""
    if name == "ttl":
        return version.turtle
    triples = [quad.triple for quad in version.store]
    return ox.serialize(triples, format=GRAPH_FORMATS[name], prefixes=dict(version.prefixes)) or b""


def _read(turtle: bytes, *, old: bool) -> Version:
    parser, store = ox.parse(turtle, ox.RdfFormat.TURTLE), ox.Store()
    store.extend(parser)
    info = ox.NamedNode("http://www.w3.org/2002/07/owl#versionInfo")
    (number,) = (
        quad.object.value
        for quad in store.quads_for_pattern(ONTOLOGY, info, None)
        if isinstance(quad.object, ox.Literal)
    )
    return Version(number, turtle, store, parser.prefixes, old)


def _order(version: Version) -> list[int]:
    return [int(part) for part in version.number.split(".")]
