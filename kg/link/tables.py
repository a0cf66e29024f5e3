"""Reads the files of ``kg/link/data``: generated ones in JSON or TSV, hand-kept ones in TOML.

``data/SOURCES.md`` says where each comes from. What they mean is in the modules :mod:`kg.link.states`,
``places``, ``bodies`` and ``crises``, which make entries of them. Generated and hand-kept lines meet
there and not in the generator, so that a hand-kept line takes effect at once.
"""

from __future__ import annotations

import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files
from typing import Any

Row = dict[str, Any]

_DATA = files("kg.link") / "data"
WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"
EU_COUNTRY = "http://publications.europa.eu/resource/authority/country/"

# Adjectives that name no single person, so that no plural is made: "Chinese", "Dutch", "Polish".
_NO_PLURAL = (
    "ese", "ish", "ch", "sh", "ss", "ois", "ic", "z", "land", "Kong", "Motswana", "Mosotho", "Viet", "Philippine",
)  # fmt: skip


def read_text(name: str) -> str:
    """The text of a data file."""
    return (_DATA / name).read_text(encoding="utf-8")


def read_toml(name: str) -> Row:
    """The tables of a hand-kept file."""
    return tomllib.loads(read_text(name))


def read_json(name: str) -> list[Row]:
    """The records of a generated JSON file."""
    records: list[Row] = json.loads(read_text(name))
    return records


def read_rows(name: str) -> Iterator[list[str]]:
    """The rows of a generated TSV file, without its header."""
    yield from (line.split("\t") for line in read_text(name).splitlines()[1:])


def same_as(wikidata: str | None, geonames: int | str | None, eu: str | None = None) -> tuple[str, ...]:
    """The IRIs for a Wikidata and a GeoNames identifier and a code of the EU's countries, as far as they are known.

    The form of the second is the one that https://www.geonames.org/ontology/documentation.html gives.
    """
    links = ((WIKIDATA, wikidata, ""), (GEONAMES, geonames, "/"), (EU_COUNTRY, eu, ""))
    return tuple(f"{space}{identifier}{ending}" for space, identifier, ending in links if identifier)


def identifiers() -> Mapping[str, tuple[str, ...]]:
    """The IRIs found for entries of the hand-kept tables, by key; an unknown key gives none."""
    found: dict[str, tuple[str, ...]] = defaultdict(tuple)
    for row in read_json("identifiers.json"):
        found[row["key"]] += same_as(row.get("wikidata"), row.get("geonames"))
    return found


def with_plurals(demonyms: Iterable[str]) -> Iterator[str]:
    """The demonyms, each followed by its plural where English makes one with "s"."""
    for word in demonyms:
        yield word
        if not word.endswith(_NO_PLURAL):
            yield f"{word}s"


def distinct(names: Iterable[str], *taken: str) -> tuple[str, ...]:
    """The names in order, each once, without those taken."""
    return tuple(name for name in dict.fromkeys(names) if name not in taken)
