"""The table of labels that an editor may choose from: what the packages know by Wikidata identifier.

The tables of identifiers take only what fits exactly. This one holds the rest, for people who look at it: operators,
past states and parts of the world, with a few words about each. Brands of shops are left out, and so are places of work
too small for the news: schools, stations, lines.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from kg.link.generate.identifiers import Labels, parts_of_the_world, wars
from kg.link.generate.suggestions import Item, items

HEADER = ("wikidata", "type", "label", "places", "about", "source")
LONGEST = 80
"""Characters of a description; the rest is cut."""

_PLACE = re.compile(
    r"(?!.*\b(?:police|bank|company|service|agency|force|authority|government|council|department|office|utility)\b)"
    r"(?:[\w-]+ ){0,5}?(?:city|town|capital|municipality|commune|district|county|province|region|prefecture|state"
    r"|country|community|territory|island)\b",
    re.IGNORECASE,
)
_SMALL = re.compile(
    r"\b(?:school|railway|railroad|bus|tram|metro|transit|transport|parking|retail|shops?|stores?|supermarkets?|restaurants?"
    r"|hotels?|petrol|fuel|gas station|car rental|fitness|cafe|pharmac(?:y|ies)|telecommunications?|electric(?:ity)?"
    r"|water (?:company|utility)|brand|chain|insurance|housing|golf|cinema|waste)\b",
    re.IGNORECASE,
)


def labels(folder: Path) -> list[tuple[str, ...]]:
    """The rows of the table, sorted."""
    rows = {
        *(_row(item) for item in items(folder) if _is_wanted(item)),
        *((qid, "country", label, "", "took part in a war", "histwardb") for label, qid in _flat(wars(folder))),
        *((qid, "place", label, "", "", "country-coder") for label, qid in _flat(parts_of_the_world(folder))),
    }
    return sorted(rows)


def _flat(found: Labels) -> Iterator[tuple[str, str]]:
    return ((label, qid) for label, pairs in found.items() for qid, _ in pairs)


def _is_wanted(item: Item) -> bool:
    return bool(item.label) and item.kinds != {"brand"} and not _SMALL.search(item.description)


def _row(item: Item) -> tuple[str, ...]:
    kind = "place" if _PLACE.match(item.description) else "organization"
    places = " ".join(sorted({area.country for area in item.areas}))
    return item.qid, kind, item.label, places, item.description[:LONGEST], "name-suggestion-index"
