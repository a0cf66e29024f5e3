"""The shapes speak of everything that the builder writes, and of nothing that it never writes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.formats import PREFIXES, shorten
from kg.store import open_snapshot
from kg.validate import validate_quads
from kg.validate.shapes import SH, shapes_text

A = ox.NamedNode(f"{PREFIXES['rdf']}type")
NEVER_WRITTEN = {
    "schema:author of aid:AidReport": "who makes the claim, for those who know: in the ontology's example",
    "schema:observationPeriod": "a figure's length of time, for those who know: in the ontology's example",
    "aid:donor of aid:AidReport": "refused: it would tell a denied giving as a fact",
    "aid:recipient of aid:AidReport": "refused, as aid:donor",
    "aid:implementer of aid:AidReport": "refused, as aid:donor",
    "aid:phase of aid:AidReport": "refused, as aid:donor",
    "aid:item of aid:AidReport": "refused, as aid:donor",
    "schema:startDate of aid:AidReport": "refused, as aid:donor",
    "aid:evidence of aid:AidEvent": "refused: events rest on their reports",
    "schema:sameAs of aid:UnnamedParty": "refused: nobody knows who it is",
}
"""Properties of shapes that no graph of ours has, with the reason why they are there."""
CLASSLESS: dict[str, str] = {
    ": rdfs:label": "what the ontology calls its makers by, which have a class elsewhere",
}
"""Properties of nodes without a class, with the reason."""
OF_ANOTHER_SHAPE = (
    "name",
    "alternateName",
    "value",
    "minValue",
    "maxValue",
    "unitText",
    "currency",
)
"""Allowed by a closed shape, and told of by the shape of another class that the node has as well."""
Node = tuple[frozenset[str], frozenset[str]]
"""The classes of a node, and the properties that it has."""


def nodes(quads: Iterable[ox.Quad]) -> set[Node]:
    facts: defaultdict[object, set[ox.Triple]] = defaultdict(set)
    for quad in quads:
        facts[quad.subject].add(quad.triple)
    return {
        (
            frozenset(one.object.value for one in said if one.predicate == A and isinstance(one.object, ox.NamedNode)),
            frozenset(one.predicate.value for one in said) - {A.value},
        )
        for said in facts.values()
    }


def classes(found: Iterable[Node]) -> set[str]:
    return set().union(*(kinds for kinds, _ in found))


def names_of(found: Iterable[Node], kind: str) -> set[str]:
    return set().union(*(names for kinds, names in found if kind in kinds))


class Shapes:
    """What the shapes say: which classes each is for, and which properties it names."""

    def __init__(self) -> None:
        self.store = ox.Store()
        self.store.load(shapes_text(), ox.RdfFormat.TURTLE)
        self.by_class: defaultdict[str, set[str]] = defaultdict(set)
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(f"{SH}targetClass"), None):
            self.by_class[self._text(quad.object)] |= self.paths(quad.subject)

    def paths(self, shape: object) -> set[str]:
        """The properties of a shape, and of the shapes that it is made of."""
        found = {self._text(path) for part in self._all(shape, "property") for path in self._all(part, "path")}
        for name in ("or", "node"):
            for part in self._all(shape, name):
                for one in self._members(part):
                    found |= self.paths(one)
        return found - {""}

    def closed(self) -> dict[str, tuple[set[str], set[str]]]:
        """By class, the properties that a closed shape of it allows, and those that the class's shapes name."""
        found = {}
        for quad in self.store.quads_for_pattern(None, ox.NamedNode(f"{SH}closed"), None):
            for kind in self._all(quad.subject, "targetClass"):
                (allowed,) = self._all(quad.subject, "ignoredProperties")
                names = {self._text(one) for one in self._members(allowed)}
                found[self._text(kind)] = names, self.by_class[self._text(kind)]
        return found

    def _all(self, node: object, name: str) -> list[object]:
        if isinstance(node, ox.Literal):
            return []
        return [one.object for one in self.store.quads_for_pattern(node, ox.NamedNode(SH + name), None)]  # type: ignore[arg-type]  # any node

    def _members(self, node: object) -> list[object]:
        """The members of a list; a shape that is none stands for itself."""
        rdf = PREFIXES["rdf"]
        found: list[object] = []
        while isinstance(node, ox.BlankNode) and (
            first := [one.object for one in self.store.quads_for_pattern(node, ox.NamedNode(f"{rdf}first"), None)]
        ):
            found += first
            (rest,) = self.store.quads_for_pattern(node, ox.NamedNode(f"{rdf}rest"), None)
            node = rest.object
        return found if found or not isinstance(node, ox.NamedNode) else [node]

    @staticmethod
    def _text(node: object) -> str:
        return node.value if isinstance(node, ox.NamedNode) else ""


@pytest.fixture(scope="module")
def shapes() -> Shapes:
    return Shapes()


@pytest.fixture(scope="module")
def used(made_up: list[ox.Quad], gold_quads: frozenset[ox.Quad]) -> set[Node]:
    return nodes([*made_up, *gold_quads])


def missing(found: Iterable[Node], shapes: Shapes) -> set[str]:
    """Properties that no shape of a class of their node names."""
    return {
        f"{' '.join(sorted(map(shorten, kinds)))}: {shorten(name)}"
        for kinds, names in found
        for name in names - set().union(*(shapes.by_class.get(kind, set()) for kind in kinds))
    }


def test_every_class_has_a_shape(used: set[Node], shapes: Shapes) -> None:
    assert {shorten(kind) for kind in classes(used) - shapes.by_class.keys()} == set()


def test_every_property_stands_in_a_shape_of_its_class(used: set[Node], shapes: Shapes) -> None:
    assert missing(used, shapes) == CLASSLESS.keys()


def test_what_a_real_build_writes_has_shapes(seeds_data: Path, shapes: Shapes) -> None:
    found = nodes(open_snapshot(seeds_data).store)
    assert classes(found) <= shapes.by_class.keys()
    assert missing(found, shapes) <= CLASSLESS.keys()


def test_shapes_name_nothing_that_is_never_written(used: set[Node], shapes: Shapes) -> None:
    written = set().union(*(names for _, names in used))
    named = set().union(*shapes.by_class.values()) - {A.value}
    assert {shorten(name) for name in named - written} == {name for name in NEVER_WRITTEN if " of " not in name}


def test_shapes_of_our_classes_name_only_what_these_have(used: set[Node], shapes: Shapes) -> None:
    ours = [kind for kind in shapes.by_class if kind.startswith(PREFIXES["aid"])]
    extra = {
        f"{shorten(name)} of {shorten(kind)}"
        for kind in ours
        for name in shapes.by_class[kind] - names_of(used, kind) - {A.value}
    }
    assert extra == {name for name in NEVER_WRITTEN if " of " in name}


def test_made_up_articles_use_every_class_and_fit(made_up: list[ox.Quad], shapes: Shapes) -> None:
    assert {shorten(kind) for kind in shapes.by_class.keys() - classes(nodes(made_up))} == set()
    assert validate_quads(made_up) == ()


def test_closed_shapes_allow_what_the_other_shapes_of_the_class_name(shapes: Shapes) -> None:
    closed = shapes.closed()
    assert len(closed) > 12
    by_others = {f"{PREFIXES['schema']}{name}" for name in OF_ANOTHER_SHAPE}
    for kind, (allowed, named) in closed.items():
        assert named - allowed - {A.value} == set(), shorten(kind)
        assert allowed - named - {A.value} <= by_others, shorten(kind)
