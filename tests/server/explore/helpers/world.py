"""A small graph with everything that lists have to cope with, and its index: made once, only read."""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from kg.formats import PREFIXES, VOCABULARY
from kg.index.build import build_index
from kg.index.opened import open_index
from kg.records import PartialDate
from server.addresses import Addresses
from server.explore.asking import Asked
from server.explore.choosing import Selection, choose_things
from server.explore.columns import Columns, load_columns
from server.explore.filters import LISTINGS, Listing

BASE = VOCABULARY
PHASES = ("requested", "pledged", "dispatched", "delivered")
CATEGORIES = ("ppe", "masks", "food", "money")
DATES = ("2020-03-21", "2020-03-22", "2020-03", "2020-04-01", "2020", "2019-12-31", "2021", "1999-02-28", None)
NAMES = {
    "country/italy": "Italy", "country/russia": "Russia", "country/oland": "Öland", "country/none": "None at all",
    "organization/tass": "TASS", "organization/sly": 'Sly "Quote" <b>; Sons\n# }', "person/ada": "Ada Lovelace",
    "place/lower-town": "Lower Town", "crisis/flood": "The flood", "crisis/storm": "The storm",
    "article/a0#unnamed-1-2": "several nations",
}  # fmt: skip
ELSEWHERE = "http://example.org/helpers#9"
"""What others loaded: an IRI that is none of ours."""

_CLASSES = {
    "country": "schema:Country", "organization": "schema:Organization", "person": "schema:Person",
    "place": "schema:Place", "crisis": "aid:Crisis", "article": "aid:UnnamedParty",
}  # fmt: skip
_PARTIES = [*(name for name in NAMES if not name.startswith(("place", "crisis", "country/none"))), ELSEWHERE]


def term(name: str) -> ox.NamedNode:
    prefix, _, local = name.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def node(value: str) -> ox.NamedNode:
    return ox.NamedNode(value if value.startswith("http") else f"{BASE}id/{value}")


@dataclass(frozen=True, slots=True)
class World:
    """The graph, its index, and the columns of both lists."""

    store: ox.Store
    index: sqlite3.Connection
    addresses: Addresses
    columns: dict[str, Columns]

    def select(self, asked: Asked) -> Selection:
        return choose_things(self.index, self.addresses, self.columns[asked.listing.name], asked)

    def iris(self, selection: Selection) -> list[str]:
        rows = self.index.execute("SELECT id, iri FROM thing").fetchall()
        names = {row["id"]: row["iri"] for row in rows}
        return [names[thing] for thing in selection.ids()]

    def values(self, listing: Listing, name: str) -> list[str]:
        """Values of a filter, such as an address may have them."""
        entry = listing.by_name[name]
        if entry.fixed:
            return [*entry.fixed]
        if entry.scheme:
            return list(PHASES if entry.scheme == "phase" else CATEGORIES)
        if entry.kinds:
            return [value for value in NAMES if value.partition("/")[0] in entry.kinds]
        return [*NAMES, ELSEWHERE]


def make_world(folder: Path) -> World:
    store = ox.Store()
    store.extend([*_names(), *_articles(random.Random(3)), *_events(random.Random(5))])
    build_index(store, folder)
    index = open_index(folder)
    return World(store, index, Addresses(BASE), {listing.name: load_columns(index, listing) for listing in LISTINGS})


def _quad(subject: ox.NamedNode, name: str, value: ox.NamedNode | ox.Literal) -> ox.Quad:
    return ox.Quad(subject, term(name), value)


def _date(told: str) -> ox.Literal:
    return ox.Literal(told, datatype=term({10: "xsd:date", 7: "xsd:gYearMonth", 4: "xsd:gYear"}[len(told)]))


def _names() -> Iterator[ox.Quad]:
    for value, name in NAMES.items():
        yield _quad(node(value), "rdf:type", term(_CLASSES[value.partition("/")[0]]))
        yield _quad(node(value), "schema:name", ox.Literal(name))
    yield _quad(node(ELSEWHERE), "schema:name", ox.Literal("Helpers of elsewhere"))
    for scheme, concepts in (("phase", PHASES), ("category", CATEGORIES)):
        for concept in concepts:
            yield _quad(term(f"{scheme}:{concept}"), "rdf:type", term("skos:Concept"))
            yield _quad(term(f"{scheme}:{concept}"), "skos:prefLabel", ox.Literal(concept, language="en"))


def _articles(chance: random.Random) -> Iterator[ox.Quad]:
    for number in range(40):
        article = node(f"article/a{number}")
        yield _quad(article, "rdf:type", term("schema:NewsArticle"))
        yield _quad(article, "schema:headline", ox.Literal(f"Story {number % 7}", language="en"))
        told = chance.choice(DATES)
        if told:
            yield _quad(article, "schema:datePublished", _date(told))
        if number % 5:
            yield _quad(article, "schema:publisher", node(chance.choice(["organization/tass", "organization/sly"])))
        for value in chance.sample([name for name in NAMES if "#" not in name], 3):
            yield _quad(article, chance.choice(["schema:mentions", "schema:about"]), node(value))


def _events(chance: random.Random) -> Iterator[ox.Quad]:
    for number in range(120):
        event = node(f"event/e{number}")
        yield _quad(event, "rdf:type", term("aid:AidEvent"))
        yield _quad(event, "schema:name", ox.Literal(f"Event {number}", language="en"))
        yield _quad(event, "aid:phase", term(f"phase:{chance.choice(PHASES)}"))
        for role, most in (("donor", 3), ("recipient", 2), ("implementer", 1)):
            for party in chance.sample(_PARTIES, chance.randint(0, most)):
                yield _quad(event, f"aid:{role}", node(party))
        for article in chance.sample(range(25), chance.randint(1, 3)):
            yield _quad(event, "schema:subjectOf", node(f"article/a{article}"))
        if number % 3:
            yield _quad(event, "aid:crisis", node(chance.choice(["crisis/flood", "crisis/storm"])))
        if number % 4 == 0:
            yield _quad(event, "schema:location", node(chance.choice(["place/lower-town", "country/italy"])))
        yield from _item(event, number, chance)
        yield from _days(event, chance.choice(DATES))
        if number % 10 == 9:
            yield _quad(event, "aid:fulfils", node(f"event/e{number - 1}"))


def _item(event: ox.NamedNode, number: int, chance: random.Random) -> Iterator[ox.Quad]:
    if number % 6:
        item = node(f"article/a{number % 40}#item-{number}")
        yield _quad(event, "aid:item", item)
        yield _quad(item, "schema:name", ox.Literal(f"{number} things\n@prefix x: <http://example.org/> ."))
        yield _quad(item, "aid:category", term(f"category:{chance.choice(CATEGORIES)}"))


def _days(event: ox.NamedNode, told: str | None) -> Iterator[ox.Quad]:
    if told:
        date = PartialDate(told)
        yield _quad(event, "schema:startDate", _date(told))
        yield _quad(event, "sem:hasEarliestBeginTimeStamp", _date(date.first.isoformat()))
        yield _quad(event, "sem:hasLatestEndTimeStamp", _date(date.last.isoformat()))
