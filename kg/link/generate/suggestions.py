"""What name-suggestion-index knows by Wikidata identifier: who runs, sells or flies a flag, and where.

Its items carry the identifier of a brand, an operator or the subject of a flag, and the places that the item is for;
beside them it keeps the English label and description of each identifier. Labels alone name many things ("Portland",
"Limburg"), so a town has to be described as one and be the only one of its name in its country (in the United States:
in its state), and a province is found by the ISO 3166-2 code of its flag and not by its name.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

from kg.link.generate.packages import read_json
from kg.link.names import folded

WORLD = "001"
_KINDS = ("brand", "operator", "subject")
_AREA = re.compile(r"(?P<country>[a-z]{2})(?:-(?P<part>[a-z0-9]+)\S*?)?(?:\.geojson)?")
_FLAG = re.compile(r"(?P<code>[A-Z]{2}-[A-Z0-9]{1,3}) - ")
_SETTLED = re.compile(
    r"\b(?P<town>city|town|capital(?! region)|metropolis)\b|\b(?:municipality|commune|district|county|province|region"
    r"|prefecture|parish|village|borough|ward|suburb|settlement|company|brand|bank)\b"
)
"""The first of these words in a description tells whether it is one of a town."""


class Place(NamedTuple):
    """Where an item is for: a country (ISO 3166-1, small letters) and perhaps the code of a part of it."""

    country: str
    part: str


@dataclass(slots=True)
class Item:
    """What is known of one identifier. ``names`` are those of its items, ``label`` is the English one."""

    qid: str
    label: str = ""
    description: str = ""
    names: set[str] = field(default_factory=set)
    places: set[str] = field(default_factory=set)
    kinds: set[str] = field(default_factory=set)

    @property
    def is_town(self) -> bool:
        """Whether the description is that of a city or town, and not of the municipality or district around it."""
        found = _SETTLED.search(self.description)
        return found is not None and found["town"] is not None

    @property
    def areas(self) -> Iterator[Place]:
        """The countries, or parts of countries, among its places."""
        found = (_AREA.fullmatch(place) for place in self.places)
        return (Place(area["country"], area["part"] or "") for area in found if area)


def items(folder: Path) -> list[Item]:
    """All brands, operators and subjects, by identifier. Flags themselves are left out, and so are transit lines."""
    known: Mapping[str, dict[str, Any]] = read_json(
        folder, "name-suggestion-index-*/package/dist/wikidata/wikidata.json"
    )["wikidata"]
    found: dict[str, Item] = {}
    for entry in _entries(folder):
        for kind in _KINDS:
            qid, name = entry["tags"].get(f"{kind}:wikidata"), entry["tags"].get(kind)
            if qid and name:
                told = known.get(qid, {})
                item = found.setdefault(qid, Item(qid, told.get("label") or "", told.get("description") or ""))
                item.names.add(name)
                item.kinds.add(kind)
                item.places |= {str(place) for place in entry["locationSet"]["include"]}
    return [found[qid] for qid in sorted(found)]


def provinces_by_code(folder: Path) -> Mapping[str, str]:
    """Identifiers of provinces by ISO 3166-2 code (``US-AR``), where one regional flag alone has that code."""
    found: dict[str, set[str]] = defaultdict(set)
    for entry in _entries(folder):
        code, tags = _FLAG.match(str(entry["displayName"])), entry["tags"]
        if code and tags.get("flag:type") == "regional" and "subject:wikidata" in tags:
            found[code["code"]].add(tags["subject:wikidata"])
    return {code: min(qids) for code, qids in found.items() if len(qids) == 1}


def towns(folder: Path) -> Mapping[tuple[Place, str], str]:
    """Identifiers of towns by place and folded label, where one item alone has both."""
    found: dict[tuple[Place, str], set[str]] = defaultdict(set)
    for item in items(folder):
        if item.is_town and item.label:
            for area in item.areas:
                found[area, folded(item.label)].add(item.qid)
                found[Place(area.country, ""), folded(item.label)].add(item.qid)
    return {key: min(qids) for key, qids in found.items() if len(qids) == 1}


def _entries(folder: Path) -> Iterator[dict[str, Any]]:
    index = read_json(folder, "name-suggestion-index-*/package/dist/json/nsi.json")["nsi"]
    return (entry for category in index.values() for entry in category.get("items", []))
