"""Spoils a graph in many small ways, by chance and yet the same each time, so that validators can be compared on it."""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence

import pyoxigraph as ox

Triple = ox.Triple
_XSD = "http://www.w3.org/2001/XMLSchema#"
_STRANGE: tuple[ox.NamedNode | ox.Literal, ...] = (
    ox.Literal(""), ox.Literal("words"), ox.Literal("Wörter", language="de"), ox.Literal("5"),
    *(ox.Literal(text, datatype=ox.NamedNode(_XSD + name)) for text, name in (
        ("-1", "integer"), ("3.50", "decimal"), ("1e3", "double"), ("2020-03-21", "date"), ("2020-13-45", "date"),
        ("2020-03", "gYearMonth"), ("2020", "gYear"), ("many", "integer"), ("true", "boolean"),
    )),
    ox.NamedNode("http://example.org/nothing"), ox.NamedNode("http://www.wikidata.org/entity/Q0"),
    ox.NamedNode("https://www.wikidata.org/wiki/Q38"), ox.NamedNode("mailto:a@example.org"),
)  # fmt: skip
"""Values that fit few properties: other datatypes, badly written ones, other IRIs. No nameless node: pySHACL gives up
on one where an order is asked for."""


def mutate(triples: Sequence[Triple], changes: int, seed: int) -> list[Triple]:
    """The graph with so many triples dropped, added or altered. The same seed gives the same graph."""
    chance = random.Random(seed)
    kept = dict.fromkeys(sorted(triples, key=str))
    for _ in range(changes):
        old = chance.choice(list(kept))
        change = chance.choice(_CHANGES)
        new = change(old, list(kept), chance)
        if change in (_drop, _other_object, _other_predicate, _strange_object):
            del kept[old]
        kept.update(dict.fromkeys(new))
    return list(kept)


def _drop(old: Triple, triples: list[Triple], chance: random.Random) -> list[Triple]:
    return []


def _other_object(old: Triple, triples: list[Triple], chance: random.Random) -> list[Triple]:
    return [Triple(old.subject, old.predicate, chance.choice(triples).object)]


def _strange_object(old: Triple, triples: list[Triple], chance: random.Random) -> list[Triple]:
    return [Triple(old.subject, old.predicate, chance.choice(_STRANGE))]


def _other_predicate(old: Triple, triples: list[Triple], chance: random.Random) -> list[Triple]:
    return [Triple(old.subject, chance.choice(triples).predicate, old.object)]


def _second_value(old: Triple, triples: list[Triple], chance: random.Random) -> list[Triple]:
    alike = [one.object for one in triples if one.predicate == old.predicate]
    return [Triple(old.subject, old.predicate, chance.choice([*alike, *_STRANGE]))]


def _added(old: Triple, triples: list[Triple], chance: random.Random) -> list[Triple]:
    return [Triple(old.subject, chance.choice(triples).predicate, chance.choice(triples).object)]


def _unknown_property(old: Triple, triples: list[Triple], chance: random.Random) -> list[Triple]:
    return [Triple(old.subject, ox.NamedNode(f"http://example.org/p{chance.randrange(9)}"), old.object)]


_CHANGES: Sequence[Callable[[Triple, list[Triple], random.Random], list[Triple]]] = (
    _drop, _drop, _other_object, _strange_object, _other_predicate, _second_value, _added, _unknown_property,
)  # fmt: skip
