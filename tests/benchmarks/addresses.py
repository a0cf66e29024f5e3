"""Pages of a graph to be measured: of each kind several, those that most of the graph is linked to among them.

They are read from the index, which a published graph has. No address comes twice, so that nothing is answered from
what was kept of an answer before.
"""

from __future__ import annotations

import math
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Final
from urllib.parse import quote, urlencode

from server.views.page import PAGE_SIZE

HUBS: Final = 4
"""Of each kind so many are the ones with the most links; the others stand evenly through the graph."""

_THINGS: Final = ("country", "place", "person", "organization", "crisis", "concept")
_MOST: Final = {
    "event": "SELECT iri FROM event JOIN thing USING (id) ORDER BY articles DESC, id LIMIT ?",
    "article": "SELECT iri FROM article JOIN thing USING (id) ORDER BY events DESC, id LIMIT ?",
} | {kind: f"SELECT iri FROM thing WHERE kind = '{kind}' ORDER BY uses DESC, id LIMIT ?" for kind in _THINGS}
_EVERY: Final = "SELECT iri FROM thing WHERE kind = ? AND iri NOT LIKE '%#%' ORDER BY id"

_EXAMPLES: Final = (
    "SELECT ?s ?p ?o WHERE {{ ?s ?p ?o }} LIMIT {number}",
    "ASK {{ ?s ?p {number} }}",
    "SELECT (COUNT(*) AS ?n) WHERE {{ ?s <http://schema.org/value> {number} }}",
)
_TERMS: Final = ("AidEvent", "AidReport", "donor", "recipient", "item", "evidence", "fulfils", "phase", "quantity")
_WORDS: Final = ("tonnes", "masks", "flood relief", "minister", "ric", "medical equipmnt", "water", "tents", "hospital")


def pages_of(index: sqlite3.Connection, most: int) -> dict[str, list[str]]:
    """By kind of page at most so many addresses, each without its host."""
    parties = [_path(iri) for (iri,) in index.execute(_MOST["country"], (most,))]
    things = {kind: [f"/page/{_path(iri)}" for iri in _things(index, kind, most)] for kind in _MOST}
    lists: dict[str, Iterable[str]] = {
        "home": ["/"],
        "events": _listed(index, "event", most),
        "filtered events": _filtered("/events", parties),
        "articles": _listed(index, "article", most),
        "entities": ["/entities", *(f"/entities?kind={kind}" for kind in _THINGS[:5])],
        "map": ["/map", *(f"/map?donor={party}" for party in parties)],
        "timeline": [
            "/timeline",
            *(f"/timeline?{urlencode({'crisis': crisis}, safe='/')}" for crisis in _crises(index)),
        ],
        "search": (f"/search?{urlencode({'q': words})}" for words in _WORDS),
        "query": ["/sparql"],
        "answered query": (f"/sparql?{urlencode({'query': text, 'format': 'html'})}" for text in _queries(most)),
        "ontology": ["/page/ontology"],
        "term": (f"/page/ontology/{name}" for name in _TERMS),
        "downloads": ["/dumps/"],
    }
    return {kind: list(found)[:most] for kind, found in (lists | things).items()}


def _things(index: sqlite3.Connection, kind: str, most: int) -> list[str]:
    hubs = [iri for (iri,) in index.execute(_MOST[kind], (min(HUBS, most),))]
    every = [iri for (iri,) in index.execute(_EVERY, (kind,)) if iri not in hubs]
    left = max(0, most - len(hubs))
    return hubs + every[:: max(1, len(every) // max(1, left))][:left]


def _listed(index: sqlite3.Connection, kind: str, most: int) -> list[str]:
    """The list of all, from its first page on."""
    ((total,),) = index.execute(f"SELECT count(*) FROM {kind}")
    last = max(1, math.ceil(total / PAGE_SIZE))
    return [f"/{kind}s", *(f"/{kind}s?page={number}" for number in range(2, min(most, last) + 1))]


def _crises(index: sqlite3.Connection) -> list[str]:
    return [_path(iri) for iri in _things(index, "crisis", HUBS)]


def _filtered(path: str, parties: list[str]) -> Iterator[str]:
    for name in ("donor", "recipient"):
        for party in parties:
            yield f"{path}?{name}={party}"


def _queries(most: int) -> Iterator[str]:
    return (text.format(number=number + 10) for number in range(most) for text in _EXAMPLES)


def _path(iri: str) -> str:
    """``country/italy`` of the IRI of an entity, ``scheme/phase/pledged`` of that of a concept."""
    _, slash, entity = iri.partition("/id/")
    return quote(entity) if slash else f"scheme/{quote(iri.rpartition('/scheme/')[2])}"
