"""Names of things by their ids in the index, as links to their pages.

The names are the ones that the index has chosen: English first, as :mod:`server.views.reader` does for a reader who
names no other language. They come for all rows at once, which the store cannot do.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from server.addresses import Addresses
from server.views.reader import Link


def links_of(index: sqlite3.Connection, addresses: Addresses, ids: Iterable[int]) -> dict[int, Link]:
    """A link for each thing, by its id, in the order of the names as people sort them."""
    rows = index.execute(
        "SELECT id, iri, name, lang FROM thing WHERE id IN (SELECT value FROM json_each(?)) ORDER BY sort, iri",
        (json.dumps(sorted(set(ids))),),
    )
    return {
        row["id"]: Link(row["name"], addresses.page_of(row["iri"]), foreign(row["lang"]), row["iri"]) for row in rows
    }


def foreign(lang: str | None) -> str | None:
    """The language tag that a page has to mark; none for English, which pages are in."""
    return lang if lang and not lang.startswith("en") else None
