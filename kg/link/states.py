"""Entries of states: the countries and territories of today, and states that are no more."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from kg.link.entry import Entry
from kg.link.tables import Row, distinct, identifiers, read_json, read_toml, same_as, with_plurals
from kg.slugs import slug


def countries() -> Iterator[Entry]:
    """All countries and dependent territories (type ``place``), with the names that newspapers use."""
    named = read_toml("countries.toml")
    seats = _seats()
    for row in read_json("countries.json"):
        yield _country(row, named.get(row["iso2"], {}), seats[row["key"]])


def _seats() -> dict[str, list[str]]:
    found: dict[str, list[str]] = defaultdict(list)
    for row in read_toml("seats.toml")["seats"]:
        found[row["country"]] += row["names"]
    return found


def _country(row: Row, named: Row, seats: list[str]) -> Entry:
    adjectives = [word for word in row["demonyms"] if word not in named.get("drop", [])] + named.get("demonyms", [])
    return Entry(
        key=row["key"],
        type="country" if row["key"].startswith("country/") else "place",
        name=row["name"],
        aliases=distinct([*row["aliases"], *named.get("names", [])], row["name"]),
        demonyms=distinct([*with_plurals(adjectives), *named.get("people", [])]),
        capitals=distinct([*row["capitals"], *named.get("capitals", [])]),
        seats=distinct([*seats, *named.get("seats", [])]),
        same_as=same_as(row["wikidata"], row["geonames"], row["eu"]),
        subtype="AdministrativeArea" if row["part_of"] else None,
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


def past_states() -> Iterator[Entry]:
    """States that are no more and that no present state simply continues."""
    found = identifiers()
    for row in read_toml("historical.toml")["states"]:
        key = f"country/{slug(row['name'])}"
        yield Entry(
            key=key,
            type="country",
            name=row["name"],
            aliases=tuple(row["aliases"]),
            demonyms=distinct(with_plurals(row["demonyms"])),
            capitals=tuple(row["capitals"]),
            seats=tuple(row.get("seats", [])),
            same_as=found[key],
            start=row["start"],
            end=row["end"],
        )
