"""What kind of help a noun phrase names: the vocabulary of aid, phrase by phrase."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any, get_args

import pytest

from kg.extract.item_words import is_vague
from kg.records import Category, Item, Span

# category: noun phrases that are it
NOUNS: dict[str, str] = {
    "water-sanitation": (
        "drinking water|bottled water|water purification tablets|water filters|water pumps|hygiene kits|soap|"
        "latrines|portable toilets|jerrycans|chlorine|boreholes|water treatment plants|desalination units|"
        "sanitary pads|water bladders|buckets|dignity kits|pumps|water tanks|water trucking|washing powder|diapers"
    ),
    "vehicles": (
        "water tankers|fire engines|firefighting planes|rescue boats|bulldozers|cranes|excavators|ambulances|lorries|"
        "trucks|bicycles|motorcycles|forklifts|dump trucks|inflatable boats|snowploughs|tractors|pick-ups|minibuses|"
        "water bombers"
    ),
    "transport": (
        "cargo planes|helicopters|transport aircraft|a freighter|airlift|ships|charter flights|landing craft|"
        "C-130 transports|naval vessels|rail wagons|an aircraft carrier|Chinooks|warehouses"
    ),
    "medical-equipment": (
        "oxygen plants|oxygen cylinders|oxygen concentrators|iron lungs|field hospitals|ventilators|X-ray machines|"
        "incubators|dialysis machines|hospital beds|mobile clinics|stretchers|wheelchairs|a hospital ship|"
        "medical equipment|ultrasound scanners|hospital trains|vaccine refrigerators|crutches|artificial limbs|"
        "operating tables"
    ),
    "medical-supplies": (
        "serum|plasma|blood plasma|quinine|penicillin|antibiotics|test kits|bandages|syringes|first-aid kits|"
        "oral rehydration salts|painkillers|sulfa drugs|insulin|disinfectants|hand sanitiser|medical supplies|"
        "trauma kits|anti-malarial drugs|cholera kits|surgical kits|vitamins|reagents|PCR tests|antivenom|"
        "medical oxygen"
    ),
    "ppe": (
        "gloves|gowns|goggles|face shields|overalls|protective suits|hazmat suits|respirators|aprons|protective gear|"
        "gas masks"
    ),
    "masks": (
        "surgical masks|face masks|N95 masks|facemasks|masks"
    ),
    "vaccines": (
        "vaccine doses|cholera vaccines|jabs|vaccines|polio vaccine|vials of vaccine"
    ),
    "food": (
        "biscuits|high-energy biscuits|therapeutic food|ready-to-eat meals|baby food|infant formula|powdered milk|"
        "condensed milk|canned meat|tinned fish|corn-soya blend|field kitchens|soup kitchens|food vouchers|"
        "cooking oil|emergency rations|wheat flour|dates|lentils|potatoes|food baskets|bread|school meals|grain|"
        "fortified cereals|herring"
    ),
    "shelter": (
        "tents|blankets|tarpaulins|sleeping mats|plastic sheeting|mattresses|sleeping bags|prefabricated houses|"
        "container homes|camp beds|corrugated iron|roofing sheets|quilts|shelter kits|tarps|temporary housing|"
        "nissen huts|tent camps|caravans"
    ),
    "fuel-energy": (
        "power generators|generators|fuel|diesel|kerosene|coal|solar lamps|solar panels|transformers|firewood|"
        "heating oil|natural gas|batteries|candles|electricity|torches|aviation fuel"
    ),
    "personnel": (
        "search and rescue teams|firefighters|surgeons|medics|water engineers|nurses|paratroopers|relief workers|"
        "seismologists|linesmen|veterinarians|interpreters|a rescue squad|troops|disaster experts|midwives|"
        "epidemiologists|mine clearers|sappers|police officers"
    ),
    "services": (
        "training|medical care|satellite images|medical treatment|disinfection|reconstruction work|"
        "technical assistance|counselling|mine clearance|medical evacuation|vaccination campaigns|logistical support|"
        "medical assistance"
    ),
    "funds": (
        "cash transfers|debt relief|grants|soft loans|donations|financial aid|budget support|debt cancellation|"
        "cash grants|emergency funding|loan guarantees|money|financial assistance|credits|cash vouchers"
    ),
    "other": (
        "search dogs|sniffer dogs|body bags|seeds|tools|school kits|hay|cattle feed|clothing|shoes|kitchen sets|"
        "bednets|mosquito nets|books|satellite phones|sandbags|cement|timber|cutting gear|lifting gear|"
        "relief supplies|fertiliser|rescue equipment|coffins|toys|radios|livestock|cooking utensils|mine detectors|"
        "ploughs|winter clothes"
    ),
}

PHRASES = [(phrase.strip(), category) for category, phrases in NOUNS.items() for phrase in phrases.split("|")]


@pytest.mark.parametrize(("phrase", "category"), PHRASES)
def test_noun_phrase_has_its_category(read: Any, phrase: str, category: str) -> None:
    start = phrase.capitalize() if phrase.startswith(("a ", "an ")) else f"The {phrase}"
    assert [found.item.category for found in read(f"{start} came late.").goods()] == [category]


@pytest.mark.parametrize(
    ("phrase", "category"),
    [
        ("a batch of masks", "masks"), ("a set of tools", "other"), ("parcels of food", "food"),
        ("emergency food aid", "food"), ("medical and other equipment", "medical-equipment"),
        ("vaccine assistance", "vaccines"), ("winter equipment", "other"), ("a means of transport", "transport"),
    ],
)  # fmt: skip
def test_vague_noun_takes_the_category_of_what_stands_beside_it(read: Any, phrase: str, category: str) -> None:
    assert read(f"It sent {phrase}.").goods()[-1].item.category == category


@pytest.mark.parametrize("noun", ["The people", "The men", "Members", "The dollars", "The letters", "The capital"])
def test_words_that_are_no_help_alone_are_no_items(read: Any, noun: str) -> None:
    assert read(f"{noun} came late.").goods() == []


@pytest.mark.parametrize(
    ("name", "vague"), [("aid", True), ("other relief supplies", True), ("sniffer dogs", False), ("seeds", False)]
)
def test_item_is_vague_where_it_only_says_that_there_is_help(name: str, vague: bool) -> None:
    assert is_vague(Item(Span(0, len(name)), name, "other")) is vague


def test_tables_have_every_category() -> None:
    data = tomllib.loads(files("kg.extract").joinpath("data/items.toml").read_text("utf-8"))
    assert {table["category"] for table in data.values() if "category" in table} == set(get_args(Category))


def test_no_table_repeats_a_word() -> None:
    data = tomllib.loads(files("kg.extract").joinpath("data/items.toml").read_text("utf-8"))
    heads = {name: table["heads"] for name, table in data.items()}
    assert [(name, word) for name, words in heads.items() for word in words if words.count(word) > 1] == []
