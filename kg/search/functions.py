"""Full text from SPARQL: ``text:matches(?thing, "words")`` and ``text:score(?thing, "words")``.

Functions of a filter, as GeoSPARQL has them, and no property that is rewritten into something else (as Jena's): a
query stays what any SPARQL parser reads, and an engine without them says so. The index is asked once for each text;
each call then looks a thing up in what that found, in about a microsecond.

The engine takes whatever a function raises for an error of the expression, which leaves a variable unbound and drops a
row. That is right for an odd argument (SPARQL 1.1 §17.2), and wrong for an index that cannot be read: an answer without
rows would look like the truth. So such a fault is kept, and whoever asked the query has to look at :meth:`check`.
"""

from __future__ import annotations

import sqlite3
import subprocess
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.errors import StoreError
from kg.formats import PREFIXES, VOCABULARY
from kg.index.making import is_small, make_index, start_making
from kg.index.opened import has_index, open_index
from kg.search.words import match_all, own_words, parse_search

NAMESPACE: Final = f"{VOCABULARY}function#"
PREFIX: Final = {"text": NAMESPACE}
"""As the documentation writes it."""

MATCHES: Final = ox.NamedNode(f"{NAMESPACE}matches")
SCORE: Final = ox.NamedNode(f"{NAMESPACE}score")
FUNCTIONS: Final = (MATCHES, SCORE)

REMEMBERED: Final = 16
"""Texts whose finds are kept: a query has one or two."""

_FIND: Final = """
WITH bounds AS (
    SELECT coalesce(min(id), 0) AS first, coalesce(max(id), -1) AS last FROM document WHERE kind = 'evidence'
)
SELECT document.iri, max(score) FROM (
    SELECT * FROM (
        SELECT rowid AS place, -bm25(search, 8.0, 4.0, 1.0) AS score FROM search WHERE search MATCH :words LIMIT -1
    ) WHERE place NOT BETWEEN (SELECT first FROM bounds) AND (SELECT last FROM bounds)
    UNION ALL SELECT * FROM (
        SELECT rowid AS place, -bm25(search, 8.0, 4.0, 1.0) AS score FROM search WHERE search MATCH :own
        AND rowid BETWEEN (SELECT first FROM bounds) AND (SELECT last FROM bounds) LIMIT -1
    )
) JOIN document ON document.id = place GROUP BY document.iri
"""
"""A word counts most in a title, then among other names and parties, then in the text (as in ``server.search.find``).
The title of evidence is that of what it proves; it is found by its own words. The LIMIT keeps SQLite from making one
query of the inner and the outer one, in which there would be no ``bm25``."""

_STRINGS: Final = (f"{PREFIXES['xsd']}string", f"{PREFIXES['rdf']}langString")
_DOUBLE: Final = ox.NamedNode(f"{PREFIXES['xsd']}double")
_YES, _NO = ox.Literal(True), ox.Literal(False)
_LOOK: Final = 0.02
_OTHERS_TURN: Final = 1.0
"""Seconds between two looks for an index, and for which somebody else is left to begin making it."""

Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
Functions = dict[ox.NamedNode, Callable[..., Term | None]]
"""Functions by their IRIs, as the engine takes them."""


class TextFunctions:
    """The functions on one index, which is opened by the first call: a process must not be forked with it.

    Args:
        index: opens it, or waits until it can.
    """

    def __init__(self, index: Callable[[], sqlite3.Connection]) -> None:
        self._open = index
        self._connection: sqlite3.Connection | None = None
        self._found: dict[str, Mapping[str, float] | None] = {}
        self._fault: StoreError | None = None
        self.table: Final[Functions] = {MATCHES: self.matches, SCORE: self.score}

    def matches(self, *arguments: Term) -> ox.Literal | None:
        """Whether the texts of a thing have all of the words."""
        scores, iri = self._look_up(arguments)
        return None if scores is None else _YES if iri in scores else _NO

    def score(self, *arguments: Term) -> ox.Literal | None:
        """How well they fit: more is better; 0 for a thing that does not have them."""
        scores, iri = self._look_up(arguments)
        return None if scores is None else ox.Literal(repr(scores.get(iri, 0.0)), datatype=_DOUBLE)

    def check(self) -> None:
        """To be called behind each query.

        Raises:
            StoreError: some call could not be answered.
        """
        fault, self._fault = self._fault, None
        if fault is not None:
            raise fault

    def _look_up(self, arguments: tuple[Term, ...]) -> tuple[Mapping[str, float] | None, str]:
        """The scores by IRI, None for arguments without a value; and the IRI that is asked for."""
        if len(arguments) != 2 or self._fault is not None:
            return None, ""
        thing, words = arguments
        if not isinstance(thing, ox.NamedNode) or not isinstance(words, ox.Literal):
            return None, ""
        if words.datatype.value not in _STRINGS:
            return None, ""
        text = words.value
        if text not in self._found:
            self._find(text)
        return self._found.get(text), thing.value

    def _find(self, text: str) -> None:
        asked = parse_search(text)
        scores: Mapping[str, float] | None = None
        if asked.wanted:
            try:
                scores = self._ask(match_all(asked))
            except StoreError as error:
                self._fault = error
                return
        if len(self._found) >= REMEMBERED:
            self._found.clear()
        self._found[text] = scores

    def _ask(self, expression: str) -> dict[str, float]:
        try:
            if self._connection is None:
                self._connection = self._open()
            words = {"words": expression, "own": own_words(expression)}
            return dict(self._connection.execute(_FIND, words).fetchall())
        except (sqlite3.Error, OSError) as error:
            raise StoreError(f"the index for full text cannot be read ({error}); ask again") from error


def index_of(folder: Path) -> sqlite3.Connection:
    """The index of the generation in ``folder``, made first if there is none, however long that takes.

    Raises:
        StoreError: it cannot be made.
        OSError: the generation is gone.
    """
    began = time.monotonic()
    maker: subprocess.Popen[str] | None = None
    while not has_index(folder):
        folder.stat()  # it may be deleted while we wait
        if is_small(folder):
            make_index(folder)
        elif maker is None and time.monotonic() - began > _OTHERS_TURN:
            maker = start_making(folder)
        elif maker is not None and maker.poll() is not None and not has_index(folder):
            raise StoreError(maker.communicate()[1].strip() or f"{folder}: the index cannot be made")
        time.sleep(_LOOK)
    return open_index(folder)
