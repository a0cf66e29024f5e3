"""Figures and quotations."""

from collections.abc import Callable
from decimal import Decimal

from kg.records import Entity, Figure, PartialDate, Quantity, Quotation, Reading, Span

Look = Callable[..., dict[str, dict[str, set[str]]]]
Make = Callable[..., Reading]


def test_figure_is_an_observation_with_its_number(facts: Look, reading: Make) -> None:
    figure = Figure(
        "cases", Quantity(Decimal(4871), unit="people"), Span(0, 9), change=True, place="country/arland",
        crisis="crisis/c", date=PartialDate("2020"),
    )  # fmt: skip
    crisis = Entity("crisis/c", "crisis", "C", disaster="flood")
    found = facts(reading(figures=(figure,), entities=(*reading().entities, crisis)))
    assert found["article/a-1#stat-cases-change-arland"] == {
        "type": {"<Observation>"},
        "subjectOf": {"<article/a-1>"},
        "variableMeasured": {"<scheme/measure/cases-change>"},
        "value": {'"4871"^^<xsd:integer>'},
        "unitText": {'"people"'},
        "qualifier": {"<scheme/qualifier/exact>"},
        "observationAbout": {"<country/arland>"},
        "crisis": {"<crisis/c>"},
        "observationDate": {'"2020"^^<xsd:gYear>'},
        "evidence": {"<article/a-1#char-0-9>"},
    }


def test_damage_in_money_is_an_amount_as_well(facts: Look, reading: Make) -> None:
    figure = Figure("damage", Quantity(Decimal(5), currency="EUR"), Span(0, 9))
    found = facts(reading(figures=(figure,)))["article/a-1#stat-damage"]
    assert found["type"] == {"<Observation>", "<MonetaryAmount>"}
    assert found["currency"] == {'"EUR"'}


def test_quotation_has_speaker_and_words(facts: Look, reading: Make) -> None:
    quotation = Quotation("country/arland", Span(0, 10), Span(0, 17))
    assert facts(reading(quotations=(quotation,)))["article/a-1#quote-0-10"] == {
        "type": {"<Quotation>"},
        "isPartOf": {"<article/a-1>"},
        "spokenByCharacter": {"<country/arland>"},
        "text": {'"Aid lands."'},
        "evidence": {"<article/a-1#char-0-17>"},
    }
