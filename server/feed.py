"""New events as an Atom feed (RFC 4287), for who wants to be told instead of looking.

An event is as new as the first article that tells it: that day is when it became known, whenever it happened. Entries
keep their IRI as id, so a reader of feeds shows each once however often the graph is built.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final
from xml.etree import ElementTree as Xml  # nosec B405  # it writes XML and reads none

ENTRIES: Final = 50
_ATOM: Final = "http://www.w3.org/2005/Atom"
_LOOKED_AT: Final = 500
"""Articles, the latest first, among whose events the newest are: few tell no event, fewer tell an old one again."""

_FORBIDDEN: Final = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

_NEWEST: Final = """
WITH recent AS (SELECT id FROM article WHERE last IS NOT NULL ORDER BY id LIMIT :articles),
     told AS (SELECT DISTINCT link.source AS event
              FROM recent JOIN link ON link.role = 'article' AND link.target = recent.id)
SELECT thing.iri, thing.name, event.items, MIN(article.last) AS told, COUNT(*) AS articles,
       (SELECT name FROM thing AS teller WHERE teller.id = article.id) AS headline
FROM told
JOIN event ON event.id = told.event
JOIN thing ON thing.id = event.id
JOIN link ON link.source = event.id AND link.role = 'article'
JOIN article ON article.id = link.target AND article.last IS NOT NULL
GROUP BY event.id ORDER BY told DESC, event.id LIMIT :entries
"""


@dataclass(frozen=True, slots=True)
class Entry:
    """One event. ``told`` is the day of the first article that tells it, ``headline`` that article's."""

    iri: str
    title: str
    items: str
    told: str
    articles: int
    headline: str


def newest_events(index: sqlite3.Connection) -> list[Entry]:
    """The events that became known last, the newest first."""
    rows = index.execute(_NEWEST, {"articles": _LOOKED_AT, "entries": ENTRIES})
    return [Entry(*row) for row in rows]


def dump_feed(entries: Iterable[tuple[Entry, str]], *, root: str, base: str, title: str, rights: str) -> bytes:
    """The feed.

    Args:
        entries: each with the address of its page, an absolute one.
        root: the address of the server, with a slash at its end.
        base: the base IRI of the data, which makes the feed's id, whatever host serves it.
        rights: an IRI of the licence.
    """
    feed = Xml.Element("feed", xmlns=_ATOM)
    _text(feed, "id", f"{base}feed")
    _text(feed, "title", title)
    _text(feed, "rights", rights)
    Xml.SubElement(feed, "link", rel="self", type="application/atom+xml", href=f"{root}feed.atom")
    Xml.SubElement(feed, "link", rel="alternate", type="text/html", href=f"{root}events")
    _text(Xml.SubElement(feed, "author"), "name", "aidgraph")
    known = list(entries)
    _text(feed, "updated", _moment(max((entry.told for entry, _ in known), default="1970-01-01")))
    for entry, page in known:
        _add(feed, entry, page)
    written: bytes = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return written


def _add(feed: Xml.Element, entry: Entry, page: str) -> None:
    node = Xml.SubElement(feed, "entry")
    _text(node, "id", entry.iri)
    _text(node, "title", entry.title)
    _text(node, "updated", _moment(entry.told))
    Xml.SubElement(node, "link", rel="alternate", type="text/html", href=page)
    more = f" and {entry.articles - 1} more" if entry.articles > 1 else ""
    _text(node, "summary", f"{entry.items or 'What was given is not told'}. First told by “{entry.headline}”{more}.")


def _moment(day: str) -> str:
    """Articles have a day and no hour (RFC 3339 wants both)."""
    return f"{day}T00:00:00Z"


def _text(parent: Xml.Element, name: str, text: str) -> None:
    """An element with text; what XML cannot hold at all is left out (XML 1.0 §2.2)."""
    Xml.SubElement(parent, name).text = _FORBIDDEN.sub("", text)
