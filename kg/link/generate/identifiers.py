"""Identifiers for the entries of the hand-kept tables, found by label in packages that carry them.

An identifier is taken only if the package has the entry's name (or the label that the table gives)
for exactly one item: a wrong identifier is worse than none, and none is ever written from memory.
A body of state has to be found in its own country besides: New Zealand and Nigeria both have a
National Emergency Management Agency, and the package only that of New Zealand.
"""

from __future__ import annotations

import csv
import io
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from kg.link.generate.packages import DATA, read_json, read_text
from kg.link.generate.suggestions import WORLD, items, provinces_by_code
from kg.link.names import folded
from kg.slugs import slug

Row = dict[str, Any]
# Wikidata identifiers by label, each with the codes of the places that the item is for (small letters;
# 001 is the world), or nothing where the package does not say.
Labels = Mapping[str, set[tuple[str, str]]]


def identifiers(folder: Path) -> list[Row]:
    """Key, identifier, the label it was found by and the package, sorted by key."""
    rows = [
        *_wikidata("organization", _organizations(), "name-suggestion-index", _suggestions(folder)),
        *_wikidata("country", _read("historical.toml")["states"], "histwardb", wars(folder)),
        *_wikidata("place", _read("regions.toml")["regions"], "country-coder", parts_of_the_world(folder)),
        *_provinces(folder, _read("regions.toml")["regions"]),
    ]
    return sorted(rows, key=lambda row: (str(row["key"]), "geonames" in row))


def _read(name: str) -> dict[str, list[Row]]:
    return tomllib.loads((DATA / name).read_text(encoding="utf-8"))


def _codes() -> dict[str, str]:
    return {row["key"]: row["iso2"] for row in json.loads((DATA / "countries.json").read_text(encoding="utf-8"))}


def _organizations() -> list[Row]:
    table = _read("organizations.toml")
    societies = [{"name": names[0], "labels": names} for _, *names in table["societies"]]
    return [*table["organizations"], *societies]


def _wikidata(kind: str, entries: Iterable[Row], source: str, labels: Labels) -> Iterable[Row]:
    codes = _codes()
    for entry in entries:
        wanted = entry.get("labels") or [entry.get("label", entry["name"])]
        hits = {(label, qid, place) for label in wanted for qid, place in labels.get(label, ())}
        if entry.get("subtype") == "GovernmentOrganization":
            home = codes[entry["part_of"]].lower()
            hits = {hit for hit in hits if hit[2] in (home, WORLD)}
        if len({qid for _, qid, _ in hits}) == 1:
            label, qid, _ = min(hits)
            yield {"key": f"{kind}/{slug(entry['name'])}", "wikidata": qid, "label": label, "source": source}


def _suggestions(folder: Path) -> Labels:
    """Names and English labels of brands and operators, and what flags stand for; a flag itself is nobody."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for item in items(folder):
        for label in {*item.names, item.label} - {""}:
            found[label] |= {(item.qid, place) for place in item.places}
    return found


def wars(folder: Path) -> Labels:
    """Labels of states that took part in wars since 1700; two of a name carry their identifier in the label."""
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    for row in csv.DictReader(io.StringIO(read_text(folder, "histwardb-*/histwardb/data/crosswalk.csv"))):
        found[row["country"]].add((row["country_qid"], ""))
    return found


def parts_of_the_world(folder: Path) -> Labels:
    found: dict[str, set[tuple[str, str]]] = defaultdict(set)
    features = read_json(folder, "rapideditor-country-coder-*/package/src/data/borders.json")["features"]
    for row in (feature["properties"] for feature in features):
        found[row["nameEn"]].add((row["wikidata"], ""))
    return found


def _provinces(folder: Path, regions: Iterable[Row]) -> Iterable[Row]:
    """Identifiers of the regions that are first-level provinces of their country: GeoNames by name, and Wikidata by
    the code of the province where the package of regions has none."""
    countries, codes = _codes(), provinces_by_code(folder)
    named = set(parts_of_the_world(folder))
    for region in regions:
        code = countries.get(region.get("part_of", ""))
        found = list(folder.glob(f"iso3166-2-db-*/package/regions/{code}/en_ref.json")) if code else []
        rows = json.loads(found[0].read_text(encoding="utf-8")) if found else []
        hits = [row for row in rows if folded(row["name"]) == folded(region["name"]) and row["reference"]["geonames"]]
        if len(hits) != 1:
            continue
        key, label, number = f"place/{slug(region['name'])}", hits[0]["name"], hits[0]["reference"]["geonames"]
        yield {"key": key, "geonames": number, "label": label, "source": "iso3166-2-db"}
        qid = codes.get(f"{code}-{hits[0]['iso']}")
        if qid and region.get("label", region["name"]) not in named:
            yield {"key": key, "wikidata": qid, "label": label, "source": "name-suggestion-index"}
