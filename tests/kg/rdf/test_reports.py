"""What one article states, its items, and the words that prove it."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from kg.records import Entity, Item, PartialDate, Quantity, Reading, Span

Look = Callable[..., dict[str, dict[str, set[str]]]]
Make = Callable[..., Reading]
NODE = "article/a-1#report-arland-beland-delivered"


def test_report_states_what_the_article_says(facts: Look, reading: Make) -> None:
    report = replace(reading().reports[0], implementers=("organization/o",), locations=("place/p",), crisis="crisis/c")
    more = (
        Entity("organization/o", "organization", "O"),
        Entity("place/p", "place", "P"),
        Entity("crisis/c", "crisis", "C"),
    )
    found = facts(reading(entities=(*reading().entities, *more), reports=(report,)))
    assert found[NODE] == {
        "type": {"<ontology#AidReport>", "<Claim>"},
        "appearance": {"<article/a-1>"},
        "modality": {"<scheme/modality/asserted>"},
        "statedPhase": {"<scheme/phase/delivered>"},
        "statedDonor": {"<country/arland>"},
        "statedRecipient": {"<country/beland>"},
        "statedImplementer": {"<organization/o>"},
        "statedItem": {"<article/a-1#item-30-38>"},
        "contentLocation": {"<place/p>"},
        "crisis": {"<crisis/c>"},
        "temporalCoverage": {'"2021-05-03"'},
        "reports": {"<event/arland-to-beland-delivered-2021-05-03>"},
        "evidence": {"<article/a-1#char-11-52>"},
    }


@pytest.mark.parametrize("modality", ["hypothetical", "denied"])
def test_report_that_is_not_asserted_reports_no_event(facts: Look, reading: Make, modality: str) -> None:
    found = facts(reading(reports=(replace(reading().reports[0], modality=modality),)))
    assert "reports" not in found[f"{NODE}-{modality}"]
    assert not [name for name in found if name.startswith("event/")]


def test_evidence_holds_the_words_at_its_offsets(facts: Look, reading: Make) -> None:
    emoji = replace(reading().reports[0], evidence=(Span(58, 72),))
    assert facts(reading(reports=(emoji,)))["article/a-1#char-58-72"] == {
        "type": {"<ontology#EvidenceSpan>"},
        "exact": {'"😀 some nations"'},
        "start": {'"58"^^<xsd:integer>'},
        "end": {'"72"^^<xsd:integer>'},
        "wasQuotedFrom": {"<article/a-1>"},
    }


def test_item_without_a_quantity_has_name_and_category(facts: Look, reading: Make) -> None:
    assert facts(reading())["article/a-1#item-30-38"] == {
        "type": {"<ontology#AidItem>"},
        "name": {'"tents"'},
        "category": {"<scheme/category/shelter>"},
    }


def test_mask_is_a_mask(facts: Look, reading: Make) -> None:
    report = replace(reading().reports[0], items=(Item(Span(0, 5), "masks", "masks"),))
    assert facts(reading(reports=(report,)))["article/a-1#item-0-5"]["category"] == {"<scheme/category/masks>"}


@pytest.mark.parametrize(
    ("quantity", "expected"),
    [
        (
            Quantity(Decimal(20), unit="tents"),
            {"type": {"<QuantitativeValue>"}, "value": {'"20"^^<xsd:integer>'}, "unitText": {'"tents"'},
             "qualifier": {"<scheme/qualifier/exact>"}},
        ),
        (
            Quantity(Decimal("2.5"), qualifier="over", currency="USD"),
            {"type": {"<MonetaryAmount>"}, "value": {'"2.5"^^<xsd:decimal>'}, "minValue": {'"2.5"^^<xsd:decimal>'},
             "currency": {'"USD"'}, "qualifier": {"<scheme/qualifier/over>"}},
        ),
        (
            Quantity(minimum=Decimal(1), maximum=Decimal(3), qualifier="range"),
            {"type": {"<QuantitativeValue>"}, "minValue": {'"1"^^<xsd:integer>'}, "maxValue": {'"3"^^<xsd:integer>'},
             "qualifier": {"<scheme/qualifier/range>"}},
        ),
        (
            Quantity(Decimal(9), qualifier="up-to"),
            {"type": {"<QuantitativeValue>"}, "value": {'"9"^^<xsd:integer>'}, "maxValue": {'"9"^^<xsd:integer>'},
             "qualifier": {"<scheme/qualifier/up-to>"}},
        ),
    ],
)  # fmt: skip
def test_quantity_is_a_node_of_its_own(
    facts: Look, reading: Make, quantity: Quantity, expected: dict[str, set[str]]
) -> None:
    report = replace(reading().reports[0], items=(Item(Span(30, 38), "tents", "shelter", quantity),))
    found = facts(reading(reports=(report,)))
    assert found["article/a-1#item-30-38"]["quantity"] == {"<article/a-1#quantity-30-38>"}
    assert found["article/a-1#quantity-30-38"] == expected


def test_date_of_a_report_is_a_plain_text(facts: Look, reading: Make) -> None:
    report = replace(reading().reports[0], date=PartialDate("2021"))
    assert facts(reading(reports=(report,)))[NODE]["temporalCoverage"] == {'"2021"'}
