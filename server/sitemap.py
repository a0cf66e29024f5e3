"""Every page once, for search engines: a sitemap index and its parts (sitemaps.org protocol 0.9).

Filtered lists have no end, so crawlers are kept off them (``robots.txt``); here is what they miss nothing by reading.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import datetime
from html import escape
from typing import Final
from urllib.parse import quote

from server.addresses import Addresses

PART: Final = 50_000
"""Addresses in one file, which is as many as the protocol allows."""

PAGES: Final = ("/", "/events", "/articles", "/entities", "/map", "/timeline", "/sparql", "/dumps/", "/page/ontology")
"""Pages that are about nothing in particular."""

_HEAD: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_NAMESPACE: Final = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


def count_parts(index: sqlite3.Connection) -> int:
    """How many parts there are; things that have no page are counted too."""
    (last,) = index.execute("SELECT COALESCE(MAX(id), 0) FROM thing").fetchone()
    return max(1, -(-int(last) // PART))


def dump_sitemaps(root: str, parts: int, modified: datetime) -> str:
    """The index of the parts.

    Args:
        root: the address of the server, with a slash at its end.
    """
    places = (f"{root}sitemaps/{number}.xml" for number in range(1, parts + 1))
    entries = "".join(f"<sitemap>{_place(place, modified)}</sitemap>\n" for place in places)
    return f"{_HEAD}<sitemapindex {_NAMESPACE}>\n{entries}</sitemapindex>\n"


def dump_sitemap(
    index: sqlite3.Connection, addresses: Addresses, root: str, number: int, modified: datetime
) -> Iterator[str]:
    """One part, from 1; the first also has the pages that are about nothing in particular."""
    yield f"{_HEAD}<urlset {_NAMESPACE}>\n"
    for path in PAGES if number == 1 else ():
        yield f"<url>{_place(root + path.lstrip('/'), modified)}</url>\n"
    span = ((number - 1) * PART, number * PART)
    for (iri,) in index.execute("SELECT iri FROM thing WHERE id > ? AND id <= ? ORDER BY id", span):
        resource = addresses.resource_of(iri)
        if resource is not None and "#" not in iri:
            yield f"<url>{_place(f'{root}page/{quote(resource)}', modified)}</url>\n"
    yield "</urlset>\n"


def _place(place: str, modified: datetime) -> str:
    return f"<loc>{escape(place)}</loc><lastmod>{modified.isoformat(timespec='seconds')}</lastmod>"
