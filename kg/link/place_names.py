"""Names of places with a word for their kind: "Aceh province", "Niger State", "southern Bhola", "Kadavu Island".

The tables have most places by their bare name, and writers add the kind as they like. With a kind of region a name
never means a country: "Niger State" is none. A place that no table has is the same with and without the word.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from kg.link.entry import Entry
from kg.link.gazetteer import Gazetteer

_KIND = (
    r"province|district|region|county|count(?=ies)|state|governorate|prefecture|oblast|department|division|municipality"
    r"|township|town|city|village|island|valley|(?:international )?airport|port|camp|refugee camp|area|peninsula|atoll"
    r"|woreda|upazila|regency"
)
_BEHIND = re.compile(rf"(?P<bare>.+?) (?P<kind>{_KIND})(?P<many>s|(?<=count)ies)?\Z", re.IGNORECASE)
_BEFORE = re.compile(
    r"(?:(?:north|south|east|west|north-?east|north-?west|south-?east|south-?west)(?:ern)?|central|upper|lower|greater|rural"
    r"|mainland|downtown|(?:province|state|region|district|city|town|island|village|port) of) (?P<bare>[A-Z].+)\Z",
    re.IGNORECASE,
)


def bare_place(text: str) -> str:
    """The name without the word for its kind behind it: ``"Kadavu Island"`` gives ``"Kadavu"``."""
    found = _BEHIND.fullmatch(text)
    return found["bare"] if found else text


def place_title(text: str) -> str:
    """The name of one place: the last of "Bor and Kapoeta counties" is called Kapoeta."""
    found = _BEHIND.fullmatch(text)
    return found["bare"] if found and found["many"] else text


def places_named(gazetteer: Gazetteer, text: str) -> list[Entry]:
    """The entries that the words may mean, best first; those with the whole name before those with its bare form."""
    whole = [*gazetteer.named(text)] or [*gazetteer.demonym(text)]
    if whole:
        return whole
    if found := _BEHIND.fullmatch(text):
        return _regions_first(entry for entry in gazetteer.named(found["bare"]) if entry.type == "place")
    if found := _BEFORE.fullmatch(text):
        return [entry for entry in gazetteer.named(found["bare"]) if entry.type in ("country", "place")]
    return []


def choose_place(gazetteer: Gazetteer, name: str) -> Entry | None:
    """The best-known place or country of that name."""
    return next((entry for entry in gazetteer.named(name) if entry.type in ("country", "place")), None)


def _regions_first(entries: Iterable[Entry]) -> list[Entry]:
    return sorted(entries, key=lambda entry: entry.subtype == "City")
