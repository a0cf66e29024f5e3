"""Articles that nobody wrote, with everything that the writers of :mod:`kg.rdf` can write."""

from __future__ import annotations

from decimal import Decimal

import pyoxigraph as ox
import pytest

from kg.merge.confirmed import ConfirmedLink
from kg.merge.events import merge_readings
from kg.rdf.confirmed import confirmed_quads
from kg.rdf.iris import Iris
from kg.rdf.quads import common_quads, reading_quads
from kg.records import (
    Article,
    Block,
    Correction,
    Dateline,
    Entity,
    Figure,
    Genre,
    Item,
    Mention,
    Overruled,
    PartialDate,
    Quantity,
    Quotation,
    Reading,
    Report,
    Role,
    Span,
)  # fmt: skip
from kg.settings import Settings

TEXT = "Headline here\n\nLIMA, May 3 (AFP) - Words of an article that says nothing at all, in many words."
SPANS = [Span(start, start + 4) for start in range(0, 60, 5)]


@pytest.fixture(scope="session")
def made_up() -> list[ox.Quad]:
    """Readings that use everything that the writers can write, corrections and confirmed links included."""
    genres: tuple[Genre, ...] = ("report", "opinion", "analysis", "background")
    readings = [reading(genre) for genre in genres]
    merged, iris = merge_readings(readings), Iris(Settings().base)
    link = ConfirmedLink("place/town", "http://www.wikidata.org/entity/Q1", "Desk", PartialDate("2024-05-02"))
    quads = [quad for one in readings for quad in reading_quads(one, merged, iris)]
    return [*common_quads(merged, iris), *quads, *confirmed_quads([link], iris)]


def reading(genre: Genre) -> Reading:
    money = Quantity(value=Decimal(5), currency="EUR", qualifier="about")
    goods = Quantity(minimum=Decimal(2), maximum=Decimal("3.5"), unit="tents", qualifier="range")
    items = (Item(SPANS[0], "money", "funds", money), Item(SPANS[1], "tents", "shelter", goods))
    giving = Report(
        "pledged", "asserted", (SPANS[2],), ("country/a", f"unnamed/many-{genre}"), ("country/b",),
        ("organization/army",), items, PartialDate("2020-03-04"), ("place/town",), "crisis/flood",
    )  # fmt: skip
    later = Report(
        "delivered", "asserted", (SPANS[3],), ("country/a",), ("country/b",), (), items[1:], PartialDate("2020-04")
    )
    denied = Report("requested", "denied", (SPANS[4],), ("country/b",), ("country/a",))
    figures = (
        Figure(
            "deaths", Quantity(value=Decimal(7), qualifier="over"), SPANS[5], True, "place/town", "crisis/flood",
            PartialDate("2020"),
        ),
        Figure("damage", money, SPANS[6]),
    )  # fmt: skip
    return Reading(
        Article(
            f"made-up-{genre}", "0" * 64, TEXT, "Headline here", (Block("headline", Span(0, 13)),), "Daily", ("Ann",),
            PartialDate("2020-03-05"), Dateline(Span(15, 30), "Lima", None, "AFP"), license="CC BY 4.0",
            url="https://example.org/1", genre=genre,
        ),
        entities(genre), (Mention(SPANS[7], "country/a"),), (Role("person/ann", "Minister", "country/a", SPANS[8]),),
        (giving, later, denied), figures, (Quotation("person/ann", SPANS[9], SPANS[10]),), "organization/daily",
        ("person/ann",), ("country/a",), corrections(),
    )  # fmt: skip


def entities(genre: str) -> tuple[Entity, ...]:
    same, north = ("http://www.wikidata.org/entity/Q38",), (Decimal("41.5"), Decimal(12))
    made = (
        Entity("country/a", "country", "A", ("Aland",), same, coordinates=north),
        Entity("country/b", "country", "B"),
        Entity("crisis/flood", "crisis", "Flood", disaster="flood", start=PartialDate("2020"), struck=("country/b",)),
        Entity("organization/army", "organization", "Army", subtype="GovernmentOrganization", part_of="country/a"),
        Entity("organization/care", "organization", "Care", subtype="NGO"),
        Entity("organization/daily", "organization", "Daily", subtype="NewsMediaOrganization"),
        Entity("person/ann", "person", "Ann", ("Anna",)),
        Entity("place/province", "place", "Province", subtype="AdministrativeArea", part_of="country/b"),
        Entity("place/town", "place", "Town", subtype="City", part_of="country/b", coordinates=north),
        Entity(f"unnamed/many-{genre}", "unnamed", "many"),
    )
    return tuple(sorted(made, key=lambda entity: entity.key))


def corrections() -> tuple[Correction, ...]:
    by, day, gone = "Desk", PartialDate("2024-05-02"), Overruled("date", "2020", (SPANS[2],))
    return (
        Correction("change report", by, day, "It was so.", "f:1", (gone,), reports=(0,)),
        Correction("add figure", by, day, "It is there.", "f:2", figures=(0,)),
        Correction("add quotation", by, day, "It was said.", "f:3", quotations=(0,)),
        Correction("link", by, day, "It is she.", "f:4", entity="person/ann"),
    )
