"""Our own annotated articles are well-formed: closed lists kept, keys known, every quoted word in its text.

The form is that of the evaluation corpus; what it asks for is repeated here, so that a slip of the pen in an
annotation is not taken for a fault of the program.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, get_args

import pytest

from kg.records import Category, Genre, Measure, Modality, Phase, Qualifier

GOLD = Path(__file__).parent / "gold"
FILES = sorted(file for folder in ("texts", "unread") for file in (GOLD / folder).glob("*.json"))
LISTS: dict[str, tuple[str, ...]] = {
    "type": ("country", "place", "person", "organization", "crisis"),
    "genre": get_args(Genre),
    "phase": get_args(Phase),
    "modality": get_args(Modality),
    "category": get_args(Category),
    "qualifier": get_args(Qualifier),
    "measure": get_args(Measure),
}
KEYS = ("place", "crisis", "speaker", "person", "of", "donors", "recipients", "implementers", "locations")
WORDS = ("evidence", "text", "headline", "aliases_in_text")
FIELDS = {
    "aid_events": "key donors recipients implementers phase modality date locations crisis items evidence",
    "statistics": "measure value min max qualifier delta place crisis date evidence",
    "quotations": "speaker text evidence",
    "entities": "key type name qid aliases_in_text",
    "items": "text category quantity",
}


def all_fields(value: Any) -> Iterator[tuple[str, Any]]:
    """Every field of an annotation at any depth; a list of words as one field a word."""
    if isinstance(value, dict):
        for name, inner in value.items():
            for one in inner if isinstance(inner, list) else [inner]:
                if isinstance(one, dict):
                    yield from all_fields(one)
                else:
                    yield name, one


def faults(gold: dict[str, Any], text: str) -> Iterator[str]:
    """What is wrong with an annotation, a line each."""
    keys = {entity["key"] for entity in gold["entities"]}
    for name, value in all_fields(gold):
        if value is None:
            continue
        if name in LISTS and value.replace("_", "-") not in {one.replace("_", "-") for one in LISTS[name]}:
            yield f"{name}: {value!r} is none of {LISTS[name]}"
        if name in KEYS and value not in keys:
            yield f"{name}: no entity {value!r}"
        if name in WORDS and value not in text:
            yield f"{name}: not in the text: {value!r}"
        if name in ("date", "date_published") and not re.fullmatch(r"\d{4}(-\d\d(-\d\d)?)?", value):
            yield f"{name}: {value!r} is no date"


def records(gold: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every record whose fields are fixed, with the name of its list."""
    for kind in ("aid_events", "statistics", "quotations", "entities"):
        yield from ((kind, record) for record in gold[kind])
    yield from (("items", item) for event in gold["aid_events"] for item in event["items"])


@pytest.mark.parametrize("file", FILES, ids=lambda file: f"{file.parent.name}/{file.stem}")
def test_annotation_is_well_formed_and_verbatim(file: Path) -> None:
    gold, text = json.loads(file.read_text()), file.with_suffix(".txt").read_text()
    assert gold["id"] == file.stem
    assert list(faults(gold, text)) == []
    assert [(kind, record) for kind, record in records(gold) if set(record) != set(FIELDS[kind].split())] == []


def test_faults_are_found() -> None:
    gold = {
        "entities": [{"key": "a"}],
        "aid_events": [{"donors": ["b"], "phase": "sent", "date": "May", "evidence": ["no"]}],
    }
    assert len(list(faults(gold, "yes"))) == 4


def test_there_are_enough_texts_of_many_kinds() -> None:
    texts = [json.loads(file.read_text()) for file in FILES if file.parent.name == "texts"]
    assert len(texts) >= 20
    assert sum(not gold["aid_events"] for gold in texts) >= 2
    assert {gold["article"]["genre"] for gold in texts} >= {
        "report",
        "opinion",
        "analysis",
        "press_release",
        "situation_report",
    }
