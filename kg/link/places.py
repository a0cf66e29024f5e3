"""Entries of places that are no states: parts of the world, regions, provinces and cities."""

from __future__ import annotations

from collections.abc import Iterator

from kg.link.entry import Entry
from kg.link.tables import distinct, identifiers, read_rows, read_toml, same_as, with_plurals
from kg.slugs import slug


def regions() -> Iterator[Entry]:
    """Continents, parts of the world and well-known regions."""
    found = identifiers()
    for row in read_toml("regions.toml")["regions"]:
        key = f"place/{slug(row['name'])}"
        yield Entry(
            key=key,
            type="place",
            name=row["name"],
            aliases=tuple(row.get("aliases", [])),
            demonyms=distinct([*with_plurals(row.get("demonyms", [])), *row.get("people", [])]),
            same_as=found[key],
            part_of=row.get("part_of"),
        )


def provinces() -> Iterator[Entry]:
    """First-level provinces of the larger countries."""
    for key, name, alias, country, geonames, wikidata in read_rows("provinces.tsv"):
        yield Entry(
            key=key,
            type="place",
            name=name,
            aliases=(alias,) if alias else (),
            same_as=same_as(wikidata, geonames),
            subtype="AdministrativeArea",
            part_of=country,
        )


def cities() -> Iterator[Entry]:
    """Cities of some size, and all capitals."""
    aliases = read_toml("cities.toml")["aliases"]
    for key, name, local, country, lat, lon, population, geonames, wikidata in read_rows("cities.tsv"):
        others = (local, *aliases.get(key, ())) if local else aliases.get(key, ())
        yield Entry(
            key=key,
            type="place",
            name=name,
            aliases=distinct(others, name) if others else (),
            same_as=same_as(wikidata, geonames),
            subtype="City",
            part_of=country,
            lat=float(lat),
            lon=float(lon),
            population=int(population),
        )
