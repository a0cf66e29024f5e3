"""The lines of a whole store as the ledger has them, for dumps: a tenth of the time that asking the store takes.

That is so only where the builder alone wrote to the store and the ledger is in the state that the generation bears. A
build may go on meanwhile: it is read row by row, so that nobody waits for a lock longer than a row takes, and whoever
read it all asks :meth:`LedgerLines.is_same` in the end.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from kg.ledger.opened import FOLDER, read_mark
from kg.ledger.own import written_lines
from kg.packing import unpack
from kg.quadfile import Piece
from kg.rdf.confirmed import links_graph
from kg.rdf.iris import Iris
from kg.rdf.parts import Lines, graph_names
from kg.store import Snapshot, is_alone

_PATIENCE: Final = 60.0
"""Seconds to wait for a build that commits."""
UNREADABLE: Final = (sqlite3.DatabaseError, ValueError)
"""What reading raises where the ledger is damaged, a killed build left it to the next one to bring in order, or a build
keeps it for itself."""
_ROWS: Final = 200
"""Rows that are read under one lock."""


class LedgerLines:
    """The lines of the store that bears a state of a ledger."""

    def __init__(self, connection: sqlite3.Connection, state: str, base: str) -> None:
        self._connection, self._state, self._iris = connection, state, Iris(base)
        self._links = f"<{links_graph(self._iris).value}>"
        self._articles = f"<{base}id/article/"

    def is_same(self) -> bool:
        """Whether the ledger is still in that state, so that what was read is of the store."""
        row = self._connection.execute("SELECT value FROM state WHERE name = 'state'").fetchone()
        return bool(row == (self._state,))

    def pieces(self) -> Iterator[Piece]:
        """Everything: what is in a named graph is in the default graph as well."""
        yield Piece(self._note("ontology"))
        yield Piece(self._note("links"), self._links)
        for _, identifier, written in self._rows("SELECT number, id, written FROM article"):
            for graph, lines in zip(graph_names(identifier, self._iris), Lines.parse(unpack(written)), strict=True):
                yield Piece(lines, f"<{graph}>")
        for _, common in self._rows("SELECT number, common FROM event"):
            yield Piece(common)

    def lines(self, graph: str) -> bytes:
        """The lines of a named graph, given as N-Quads writes it; none if there is no such graph."""
        if graph == self._links:
            return self._note("links")
        if not graph.startswith(self._articles):
            return b""
        return written_lines(self._connection.execute, graph.removeprefix(self._articles).removesuffix(">"))

    def _note(self, name: str) -> bytes:
        row = self._connection.execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        return bytes(row[0]) if row else b""

    def _rows(self, query: str) -> Iterator[tuple[Any, ...]]:
        """All rows of a query whose first column is ``number``, a few at a time."""
        last, part = -1, f"{query} WHERE number > ? ORDER BY number LIMIT {_ROWS}"
        while rows := self._connection.execute(part, (last,)).fetchall():
            yield from rows
            last = rows[-1][0]


@contextmanager
def ledger_lines(snapshot: Snapshot) -> Iterator[LedgerLines | None]:
    """The lines of a snapshot as the ledger of its data folder has them; None if that cannot tell them."""
    folder = snapshot.path.parent
    mark = read_mark(folder / "built") if is_alone(snapshot) else None
    path = folder.parent.parent / FOLDER / f"{mark.ledger}.sqlite" if mark else Path()
    if mark is None or not path.is_file():
        yield None
        return
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None, timeout=_PATIENCE)) as connection:
        lines = LedgerLines(connection, mark.state, mark.base)
        yield lines if lines.is_same() else None
