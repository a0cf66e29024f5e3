"""What the finders of names share: the candidate, the word tables, and what a name may end with."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kg.extract.tokens import Span
from kg.records import NameKind

# What a lookup knows of a run of words: the kind of the best entry of that name, or None.
KindOf = Callable[[str], NameKind | None]
# Whether any name that the lookup knows begins with these words.
MayOpen = Callable[[str], bool]


@dataclass(frozen=True, slots=True)
class Found:
    """A candidate name as tokens of one paragraph; ``rank`` breaks ties, smaller is better."""

    start: int
    end: int
    kind: NameKind
    rank: int
    state: str | None = None
    disaster: str | None = None
    year: int | None = None


@dataclass(frozen=True, slots=True)
class NameWords:
    """Words that make a name, or none, of what stands around them (``data/names.toml``)."""

    offices: frozenset[str]
    forces: frozenset[str]
    bodies: frozenset[str]
    not_names: frozenset[str]
    titles: frozenset[str]
    settlements: frozenset[str]
    sites: frozenset[str]
    regions: frozenset[str]
    officers: frozenset[str]
    fields: frozenset[str]
    brands: frozenset[str]
    governments: frozenset[str]
    things: frozenset[str]
    ship_prefixes: frozenset[str]
    craft: frozenset[str]
    models: frozenset[str]
    makers: frozenset[str]
    storms: dict[str, str]
    disasters: dict[str, str]
    # Unions that are asked of every token, made once:
    places: frozenset[str]
    institutions: frozenset[str]
    personal: frozenset[str]
    holders: frozenset[str]
    disaster_pairs: dict[str, str]


@cache
def name_words() -> NameWords:
    """The tables of ``data/names.toml``."""
    data = tomllib.loads(files("kg.extract").joinpath("data/names.toml").read_text("utf-8"))
    words = {table: frozenset(rows["words"]) for table, rows in data.items() if "words" in rows}
    personal = words["titles"] - frozenset(data["titles"]["impersonal"])
    return NameWords(
        places=words["regions"] | words["sites"],
        institutions=words["bodies"] | words["offices"] | words["forces"],
        personal=personal,
        holders=personal | words["officers"],
        offices=frozenset(data["offices"]["words"]),
        forces=frozenset(data["forces"]["words"]),
        bodies=frozenset(data["bodies"]["words"]),
        not_names=frozenset(data["not_names"]["words"]),
        titles=frozenset(data["titles"]["words"]),
        settlements=frozenset(data["settlements"]["words"]),
        sites=frozenset(data["sites"]["words"]),
        regions=frozenset(data["regions"]["words"]),
        officers=frozenset(data["officers"]["words"]),
        fields=frozenset(data["fields"]["words"]),
        brands=frozenset(data["brands"]["words"]),
        governments=frozenset(data["governments"]["words"]),
        things=frozenset(data["things"]["words"]),
        ship_prefixes=frozenset(data["craft"]["prefixes"]),
        craft=frozenset(data["craft"]["words"]),
        models=frozenset(data["craft"]["models"]),
        makers=frozenset(data["craft"]["makers"]),
        storms={word: kind for kind, words in data["storms"].items() for word in words},
        disasters={word: kind for kind, words in data["disasters"].items() for word in words},
        disaster_pairs={word: kind for kind, words in data["disaster_pairs"].items() for word in words},
    )


def ends_name(words: Span) -> bool:
    last = words[-1]
    is_abbreviated = last.text[-1] == "." and len(last) > 1
    closes = last.text == ")" and "(" in words.text
    return last.tag_ != "POS" and (last.text[-1].isalnum() or closes or is_abbreviated)
