"""What is given: words, category and quantity of items in made-up phrases."""

from __future__ import annotations

from typing import Any

import pytest

from kg.records import Item, Quantity

# phrase behind "Peru sent": its items
ITEMS: dict[str, list[str]] = {
    "tents": ["shelter: tents"],
    "500 winter tents": ["shelter: winter tents = 500 tents"],
    "40 tonnes of rice": ["food: rice = 40 tonnes"],
    "2,000 litres of diesel": ["fuel-energy: diesel = 2000 litres"],
    "20 doctors": ["personnel: doctors = 20 people"],
    "a 60-member rescue team": ["personnel: rescue team = 60 people"],
    "more than 300 blankets": ["shelter: blankets > 300 blankets"],
    "about 90 nurses": ["personnel: nurses ~ 90 people"],
    "at least 12 ambulances": ["vehicles: ambulances >= 12 ambulances"],
    "up to 30 engineers": ["personnel: engineers <= 30 people"],
    "medicines and water pumps": ["medical-supplies: medicines", "water-sanitation: water pumps"],
    "tents, soap and 30 generators": [
        "shelter: tents", "water-sanitation: soap", "fuel-energy: generators = 30 generators",
    ],
    "medical equipment": ["medical-equipment: medical equipment"],
    "medical supplies": ["medical-supplies: medical supplies"],
    "food aid": ["food: food aid"],
    "emergency shelter kits": ["shelter: emergency shelter kits"],
    "50,000 face masks": ["masks: face masks = 50000 masks"],
    "100,000 doses of cholera vaccine": ["vaccines: cholera vaccine = 100000 doses"],
    "protective suits": ["ppe: protective suits"],
    "$3 million": ["funds: $3 million = 3000000 USD"],
    "2.5 million euros": ["funds: 2.5 million euros = 2500000 EUR"],
    "£40,000 in aid": ["funds: £40,000 = 40000 GBP"],
    "10 million kroner": ["funds: kroner = 10000000 kroner"],
    "two field hospitals": ["medical-equipment: field hospitals = 2 hospitals"],
    "three helicopters": ["vehicles: helicopters = 3 helicopters"],
    "sniffer dogs": ["other: sniffer dogs"],
    "relief supplies": ["other: relief supplies"],
    "two planes with blankets": ["transport: planes = 2 planes", "shelter: blankets"],
    "flour, as well as soap": ["food: flour", "water-sanitation: soap"],
    "letters and flowers": [],
    "its ambassador": [],
}  # fmt: skip

_SIGNS = {"exact": "=", "over": ">", "at-least": ">=", "about": "~", "up-to": "<=", "range": "between"}


def _told(item: Item) -> str:
    return f"{item.category}: {item.name}{_amount(item.quantity)}"


def _amount(quantity: Quantity | None) -> str:
    if quantity is None:
        return ""
    value = next(one for one in (quantity.value, quantity.minimum, quantity.maximum) if one is not None)
    return f" {_SIGNS[quantity.qualifier]} {value.normalize():f} {quantity.currency or quantity.unit}"


@pytest.mark.parametrize(("phrase", "items"), ITEMS.items())
def test_phrase_names_items(read: Any, phrase: str, items: list[str]) -> None:
    document = read(f"The survivors wait. Peru sent {phrase} to Chile.")
    assert [_told(item) for item in document.items] == items


@pytest.mark.parametrize(
    ("noun", "category"),
    [
        ("The ventilators", "medical-equipment"), ("The insulin", "medical-supplies"),
        ("The wells", "water-sanitation"),
        ("The seeds", "food"), ("The mattresses", "shelter"), ("The firefighters", "personnel"),
        ("The bulldozers", "vehicles"), ("The loans", "funds"), ("The batteries", "fuel-energy"),
        ("The training", "services"), ("The toys", "other"), ("The helmets", "ppe"),
    ],
)  # fmt: skip
def test_noun_has_a_category(read: Any, noun: str, category: str) -> None:
    assert [found.item.category for found in read(f"{noun} came late.").goods()] == [category]


def test_range_has_both_bounds(read: Any) -> None:
    (item,) = read("The survivors wait. Peru sent between 200 and 300 tents to Chile.").items
    assert item.quantity is not None
    assert (item.quantity.minimum, item.quantity.maximum, item.quantity.qualifier) == (200, 300, "range")


def test_item_has_the_words_of_the_text(read: Any) -> None:
    document = read(
        "The survivors wait. “We” — Peru’s navy — sent 40 tonnes of dried fish, £2m and 12 “field kitchens” to Chile."
    )
    assert [item.span.of(document.article.text) for item in document.items] == [item.name for item in document.items]
    assert len(document.items) >= 2
