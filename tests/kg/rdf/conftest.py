"""A small article as a reading, and a way to look at the RDF it becomes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pyoxigraph as ox
import pytest

from kg.merge.events import merge_readings
from kg.rdf.iris import Iris
from kg.rdf.quads import reading_quads
from kg.records import Article, Entity, Item, PartialDate, Reading, Report, Span

TEXT = "Aid lands. Arland gave Beland 20 tents on 3 May 2021, and 😀 some nations cheered."
ENTITIES = (
    Entity("country/arland", "country", "Arland", aliases=("Arlanders", "Arland"), same_as=("http://example.org/Q1",)),
    Entity("country/beland", "country", "Beland"),
    Entity("unnamed/some-nations", "unnamed", "some nations"),
)
TENTS = Item(Span(30, 38), "tents", "shelter")
REPORT = Report(
    "delivered", "asserted", (Span(11, 52),), ("country/arland",), ("country/beland",), items=(TENTS,),
    date=PartialDate("2021-05-03"),
)  # fmt: skip

Facts = dict[str, set[str]]


def make_reading(**fields: Any) -> Reading:
    article = fields.pop("article", {})
    return Reading(
        Article(**({"id": "a_1", "sha256": "0" * 64, "text": TEXT, "headline": "Aid lands.", "blocks": ()} | article)),
        **({"entities": ENTITIES, "reports": (REPORT,)} | fields),
    )


@pytest.fixture
def reading() -> Callable[..., Reading]:
    """Makes the reading, with other fields where a test wants them; ``article`` is a dictionary of its fields."""
    return make_reading


@pytest.fixture
def facts() -> Callable[..., dict[str, Facts]]:
    """What articles say: the end of a subject's IRI, the end of the predicate, and the objects as N-Triples."""

    def look(*readings: Reading) -> dict[str, Facts]:
        merged = merge_readings(readings)
        found: dict[str, Facts] = {}
        for one in readings:
            for quad in reading_quads(one, merged, Iris("http://x/")):
                if isinstance(quad.graph_name, ox.DefaultGraph) and isinstance(quad.subject, ox.NamedNode):
                    subject = found.setdefault(quad.subject.value.removeprefix("http://x/id/"), {})
                    name = quad.predicate.value.replace("#", "/").rpartition("/")[2]
                    subject.setdefault(name, set()).add(_short(quad.object))
        return found

    return look


def _short(term: object) -> str:
    """IRIs without what they all start with; literals as they are."""
    text = str(term)
    for start in ("http://x/id/", "http://schema.org/", "https://w3id.org/aidgraph/"):
        text = text.replace(start, "")
    return text.replace("http://www.w3.org/2001/XMLSchema#", "xsd:")
