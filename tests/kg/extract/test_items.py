"""What is given: words, category and quantity of items in made-up phrases."""

from __future__ import annotations

from typing import Any

import pytest

from kg.records import Item, Quantity

# Each table: the phrase behind "Peru sent", and its items.
LISTS: dict[str, list[str]] = {
    "household items and tents": [
        "other: household items", "shelter: tents",
    ],
    "two C-130s with water and other supplies": ["transport: C-130s = 2 C-130s", "water-sanitation: water"],
    "over 40 tonnes of medicines and baby food": ["medical-supplies: medicines > 40 tonnes", "food: baby food"],
    "non-food items such as mats and buckets": ["shelter: mats", "water-sanitation: buckets"],
    "aid, mostly baby food": ["food: baby food"],
    "tents, and trucks brought by three ships": ["shelter: tents", "vehicles: trucks"],
    "20 doctors, 15 nurses and a laboratory": [
        "personnel: doctors = 20 people", "personnel: nurses = 15 people", "medical-equipment: laboratory",
    ],
    "tents, blankets and 40 stretchers": [
        "shelter: tents", "shelter: blankets", "medical-equipment: stretchers = 40 stretchers",
    ],
    "relief goods, including tents, soap and biscuits": ["shelter: tents", "water-sanitation: soap", "food: biscuits"],
    "medicine along with 300 tents": ["medical-supplies: medicine", "shelter: tents = 300 tents"],
    "flour, plus 12 trucks": ["food: flour", "vehicles: trucks = 12 trucks"],
    "flour, besides 2,000 blankets": ["food: flour", "shelter: blankets = 2000 blankets"],
    "flour together with fuel": ["food: flour", "fuel-energy: fuel"],
    "flour in addition to 30 pumps": ["food: flour", "water-sanitation: pumps = 30 pumps"],
    "not only flour but also 30 trucks": ["food: flour", "vehicles: trucks = 30 trucks"],
    "both flour and fuel": ["food: flour", "fuel-energy: fuel"],
    "a ship laden with 800 tonnes of maize": ["transport: ship", "food: maize = 800 tonnes"],
    "two aircraft carrying generators and cots": [
        "transport: aircraft = 2 aircraft", "fuel-energy: generators", "shelter: cots",
    ],
    "30 tonnes of supplies (rice, soap and tents)": [
        "other: supplies = 30 tonnes", "food: rice", "water-sanitation: soap", "shelter: tents",
    ],
    "30 tonnes of supplies, among them rice and soap": [
        "other: supplies = 30 tonnes", "food: rice", "water-sanitation: soap",
    ],
    "30 tonnes of supplies such as rice and soap": [
        "other: supplies = 30 tonnes", "food: rice", "water-sanitation: soap",
    ],
    "50 tonnes of rice and lentils": ["food: rice and lentils = 50 tonnes"],
    "50 tonnes of rice, lentils and sugar": ["food: rice, lentils and sugar = 50 tonnes"],
    "10 tonnes of tents and medicines": ["shelter: tents = 10 tonnes", "medical-supplies: medicines"],
    "40 surgeons and anaesthetists": ["personnel: surgeons and anaesthetists = 40 people"],
    "everything from soap to mattresses": ["water-sanitation: soap", "shelter: mattresses"],
    "food, water, medicine, and tents": [
        "food: food", "water-sanitation: water", "medical-supplies: medicine", "shelter: tents",
    ],
    "a medical team, a field kitchen and four ambulances": [
        "personnel: medical team", "food: field kitchen", "vehicles: ambulances = 4 ambulances",
    ],
    "rescuers with dogs": ["personnel: rescuers", "other: dogs"],
    "20 rescuers with four sniffer dogs": ["personnel: rescuers = 20 people", "other: sniffer dogs = 4 dogs"],
    "rice, seeds and tools": ["food: rice", "other: seeds", "other: tools"],
    "a rescue team, the largest squad of its kind": ["personnel: rescue team"],
}  # fmt: skip

PACKS: dict[str, list[str]] = {
    "three shipments of 400 tents": ["shelter: tents = 400 tents"],
    "several tons of maize": ["food: maize"],
    "four pumps and other water equipment": [
        "water-sanitation: pumps = 4 pumps", "water-sanitation: other water equipment",
    ],
    "80 BiPAPs and 300 vials of insulin": [
        "medical-equipment: BiPAPs = 80 BiPAPs", "medical-supplies: insulin = 300 vials",
    ],
    "20 rail cars of blankets": ["shelter: blankets = 20 rail cars"],
    "12 trucks of flour": ["food: flour = 12 trucks"],
    "600 kits containing tarpaulins": ["shelter: kits = 600 kits", "shelter: tarpaulins"],
    "a team of 38 doctors": ["personnel: doctors = 38 people"],
    "a brigade of 52 nurses and technicians": ["personnel: nurses and technicians = 52 people"],
    "a 40-strong rescue team": ["personnel: rescue team = 40 people"],
    "a 120-member medical brigade": ["personnel: medical brigade = 120 people"],
    "a 12-person crew": ["personnel: crew = 12 people"],
    "doctors, 38 of them in all": ["personnel: doctors = 38 people"],
    "tents, 2,000 of them for families": ["shelter: tents = 2000 tents"],
    "tents (2,000)": ["shelter: tents = 2000 tents"],
    "a shipment of 500,000 doses of vaccine": ["vaccines: vaccine = 500000 doses"],
    "500,000 vaccine doses": ["vaccines: vaccine doses = 500000 doses"],
    "three planeloads of blankets": ["shelter: blankets = 3 planeloads"],
    "2,000 boxes of syringes": ["medical-supplies: syringes = 2000 boxes"],
    "a consignment of 40 generators": ["fuel-energy: generators = 40 generators"],
    "a convoy of 25 trucks": ["vehicles: trucks = 25 trucks"],
    "a fleet of six helicopters": ["transport: helicopters = 6 helicopters"],
    "a field hospital with 60 beds": ["medical-equipment: field hospital", "medical-equipment: beds = 60 beds"],
    "a 30-bed hospital": ["medical-equipment: hospital = 30 bed"],
    "1,500 sacks of cement": ["other: cement = 1500 sacks"],
    "half a tonne of gloves": ["ppe: gloves = 0.5 tonne"],
    "6,000 food parcels": ["food: food parcels = 6000 parcels"],
    "two more planes": ["transport: planes = 2 planes"],
    "another 500 tents": ["shelter: tents = 500 tents"],
    "an additional 500 cots": ["shelter: cots = 500 cots"],
    "a second medical team": ["personnel: second medical team"],
    "a first batch of vaccines": ["vaccines: first batch of vaccines"],
    "some three dozen firefighters": ["personnel: firefighters ~ 36 people"],
    "a score of nurses": ["personnel: nurses = 20 people"],
    "several hundred blankets": ["shelter: blankets >= 100 blankets"],
    "several thousand blankets": ["shelter: blankets >= 1000 blankets"],
    "tens of thousands of masks": ["masks: masks >= 10000 masks"],
    "thousands of tents": ["shelter: tents >= 1000 tents"],
    "half a million syringes": ["medical-supplies: syringes = 500000 syringes"],
    "no fewer than 90 trucks": ["vehicles: trucks >= 90 trucks"],
    "well over 200 engineers": ["personnel: engineers > 200 people"],
    "200 to 300 cots": ["shelter: cots between 200 cots"],
    "two dozen ambulances": ["vehicles: ambulances = 24 ambulances"],
    "one and a half tonnes of serum": ["medical-supplies: serum = 1.5 tonnes"],
    "two Antonovs with 60 tonnes of cables": ["transport: Antonovs = 2 Antonovs", "other: cables = 60 tonnes"],
}  # fmt: skip

HELPED: dict[str, list[str]] = {
    "feeding of 3,000 children": ["food: feeding = 3000 people"],
    "a medical team of about 20": ["personnel: medical team ~ 20 people"],
    "60 of its own divers": ["personnel: divers = 60 people"],
    "30-kg rations to 700 families": ["food: 30-kg rations = 700 families"],
    "food for 20,000 people": ["food: food = 20000 people"],
    "enough rice for 3,000 families": ["food: rice = 3000 families"],
    "tents to house 600 people": ["shelter: tents = 600 people"],
    "medicines for the needs of 5,000 patients": ["medical-supplies: medicines = 5000 people"],
    "5 tonnes of food for 20,000 people": ["food: food = 5 tonnes"],
    "shelter for up to 900 people": ["shelter: shelter <= 900 people"],
    "surgical kits for 400 operations": ["medical-supplies: surgical kits = 400 operations"],
}  # fmt: skip

SUMS: dict[str, list[str]] = {
    "a $5 million emergency aid package": ["funds: $5 million = 5000000 USD"],
    "$4 million (about €3 million) in tents and cots": [
        "funds: $4 million = 4000000 USD", "shelter: tents", "shelter: cots",
    ],
    "its contribution, 500 tonnes of barley": ["food: barley = 500 tonnes"],
    "a package of 5 million euros": ["funds: 5 million euros = 5000000 EUR"],
    "a grant of $200,000": ["funds: $200,000 = 200000 USD"],
    "a cheque for £20,000": ["funds: £20,000 = 20000 GBP"],
    "an initial contribution of some $3 million": ["funds: $3 million ~ 3000000 USD"],
    "aid worth $3 million": ["funds: $3 million = 3000000 USD"],
    "an aid package worth over €2 million": ["funds: €2 million > 2000000 EUR"],
    "equipment worth $3 million": ["other: equipment = 3000000 USD"],
    "medicines valued at $3 million": ["medical-supplies: medicines = 3000000 USD"],
    "$2 million worth of medicines": ["medical-supplies: medicines = 2000000 USD"],
    "$4 million in tents and blankets": ["funds: $4 million = 4000000 USD", "shelter: tents", "shelter: blankets"],
    "$4 million for food and water": ["funds: $4 million = 4000000 USD"],
    "$5 million to $7 million": ["funds: $5 million to $7 million between 5000000 USD"],
    "$3 million in cash and 20 trucks": ["funds: $3 million = 3000000 USD", "vehicles: trucks = 20 trucks"],
    "$1.5 million and 200 tonnes of sugar": ["funds: $1.5 million = 1500000 USD", "food: sugar = 200 tonnes"],
    "4 million kroner": ["funds: 4 million kroner = 4000000 kroner"],
    "millions of dollars": ["funds: millions of dollars >= 1000000 USD"],
    "30,000 pounds sterling": ["funds: 30,000 pounds sterling = 30000 GBP"],
    "30,000 pounds of flour": ["food: flour = 30000 pounds"],
    "a loan of 2 billion yen": ["funds: 2 billion yen = 2000000000 JPY"],
    "debt relief": ["funds: debt relief"],
    "cash": ["funds: cash"],
}  # fmt: skip

# What they all rest on.
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
    "10 million kroner": ["funds: 10 million kroner = 10000000 kroner"],
    "two field hospitals": ["medical-equipment: field hospitals = 2 hospitals"],
    "three helicopters": ["transport: helicopters = 3 helicopters"],
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


@pytest.mark.parametrize(("phrase", "items"), (ITEMS | LISTS | PACKS | HELPED | SUMS).items())
def test_phrase_names_items(read: Any, phrase: str, items: list[str]) -> None:
    document = read(f"The survivors wait. Peru sent {phrase} to Chile.")
    assert [_told(item) for item in document.items] == items


@pytest.mark.parametrize(
    ("noun", "category"),
    [
        ("The ventilators", "medical-equipment"), ("The insulin", "medical-supplies"),
        ("The wells", "water-sanitation"),
        ("The seeds", "other"), ("The mattresses", "shelter"), ("The firefighters", "personnel"),
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
