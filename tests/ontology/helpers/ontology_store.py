"""The ontology in a store, changed for a test if need be, and what a query file finds fault with in it."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.formats import PREFIXES, VOCABULARY

ROOT: Final = Path(__file__).parents[1]
NAMES: Final = PREFIXES | {
    "foaf": "http://xmlns.com/foaf/0.1/",
    "vann": "http://purl.org/vocab/vann/",
    "ours": VOCABULARY,
    "scheme": f"{VOCABULARY}scheme/",
    "cameo": f"{VOCABULARY}scheme/cameo/",
    "x": "http://example.org/",
}


def ontology_store(update: str = "") -> ox.Store:
    """The ontology, with an update made to it, which must change something."""
    store = ox.Store()
    store.load(files("ontology").joinpath("aid.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    before = set(store)
    if update:
        store.update(update, prefixes=NAMES)
        assert set(store) != before, "the update changed nothing, so that it could break nothing"
    return store


def queries(folder: str) -> set[str]:
    """The names of the query files in a folder beside the tests."""
    return {path.stem for path in (ROOT / folder).glob("*.rq")}


def faulty(folder: str, name: str, store: ox.Store) -> set[str]:
    """The IRIs of the terms that a query finds fault with."""
    rows = store.query((ROOT / folder / f"{name}.rq").read_text(encoding="utf-8"), prefixes=NAMES)
    assert isinstance(rows, ox.QuerySolutions)
    return {row["term"].value for row in rows}


def whole(name: str) -> str:
    """The IRI of a prefixed name."""
    prefix, _, local = name.partition(":")
    return NAMES[prefix] + local
