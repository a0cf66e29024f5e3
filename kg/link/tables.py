"""Reads the tables of ``kg/link/data`` into entries.

Generated tables are JSON or TSV, tables kept by hand TOML; ``data/SOURCES.md`` says where each comes
from. The two are put together here and not by the generator, so that a hand-kept line takes effect
at once.
"""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterable, Iterator
from importlib.resources import files
from typing import Any

from kg.link.entry import Entry

_DATA = files("kg.link") / "data"
WIKIDATA = "http://www.wikidata.org/entity/"
GEONAMES = "https://sws.geonames.org/"

# Adjectives that name no single person, so that no plural is made: "Chinese", "Dutch", "Polish".
_NO_PLURAL = (
    "ese",
    "ish",
    "ch",
    "sh",
    "ss",
    "ois",
    "ic",
    "z",
    "Motswana",
    "Mosotho",
    "Viet",
    "Philippine",
    "land",
    "Kong",
)


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((_DATA / name).read_text(encoding="utf-8"))


def same_as(wikidata: str | None, geonames: int | str | None) -> tuple[str, ...]:
    """The IRIs for a Wikidata and a GeoNames identifier, as far as they are known.

    The form of the second is the one that https://www.geonames.org/ontology/documentation.html gives.
    """
    return tuple([f"{WIKIDATA}{wikidata}"] * bool(wikidata) + [f"{GEONAMES}{geonames}/"] * bool(geonames))


def countries() -> Iterator[Entry]:
    """All countries and dependent territories (type ``place``), with the names that newspapers use."""
    named = _toml("countries.toml")
    for row in json.loads((_DATA / "countries.json").read_text(encoding="utf-8")):
        yield _country(row, named.get(row["iso2"], {}))


def _country(row: dict[str, Any], named: dict[str, list[str]]) -> Entry:
    adjectives = [word for word in row["demonyms"] if word not in named.get("drop", [])] + named.get("demonyms", [])
    state = row["part_of"] is None
    return Entry(
        key=row["key"],
        type="country" if row["key"].startswith("country/") else "place",
        name=row["name"],
        aliases=_distinct([*row["aliases"], *named.get("names", [])], row["name"]),
        demonyms=_distinct([*with_plurals(adjectives), *named.get("people", [])]),
        capitals=_distinct([*row["capitals"], *named.get("capitals", [])]),
        seats=tuple(named.get("seats", [])),
        same_as=same_as(row["wikidata"], row["geonames"]),
        subtype=None if state else "AdministrativeArea",
        part_of=row["part_of"],
        iso2=row["iso2"],
        iso3=row["iso3"],
        currencies=tuple(row["currency"]),
        region=row["region"],
        neighbours=tuple(row["neighbours"].items()),
        lat=row["lat"],
        lon=row["lon"],
        population=row["population"],
    )


def with_plurals(demonyms: Iterable[str]) -> Iterator[str]:
    """The demonyms, each followed by its plural where English makes one with "s"."""
    for word in demonyms:
        yield word
        if not word.endswith(_NO_PLURAL):
            yield f"{word}s"


def _distinct(names: Iterable[str], *taken: str) -> tuple[str, ...]:
    return tuple(name for name in dict.fromkeys(names) if name not in taken)
