"""What has to be sent to a store so that it holds what a build stands for: a file of steps, each one request.

SPARQL has no transaction over several requests, so the order makes up for it. First come additions to the default
graph that no article's graph holds (what all tell of an event), then the changes article by article, an article's
lines of the default graph in the same request as those of its own graph, and last what nobody tells any more. So a
reader may see some articles as they were and others as they are, but, in a store that carries out a request as a
whole, none by half. A line of the default graph that several articles tell comes with the first of them and goes with
the last.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Final

from kg.quadfile import graph_of

LINES: Final = 2_000
"""Lines of a step, some 300 kB; an article with more is one step all the same."""
_FIRST, _LAST = b"", b"\xff"
_TABLES: Final = """
CREATE TABLE change(triple BLOB, graph BLOB, is_new INTEGER, part BLOB, step INTEGER);
CREATE TABLE state(key TEXT PRIMARY KEY, value);
"""
_PARTS: Final = """
CREATE INDEX by_triple ON change(triple, is_new, graph);
UPDATE change SET part = graph WHERE graph IS NOT NULL;
UPDATE change SET part = coalesce((
    SELECT min(other.graph) FROM change AS other WHERE other.triple = change.triple AND other.is_new
), :first) WHERE graph IS NULL AND is_new;
UPDATE change SET part = coalesce((
    SELECT max(other.graph) FROM change AS other WHERE other.triple = change.triple AND NOT other.is_new
), :last) WHERE graph IS NULL AND NOT is_new;
DROP INDEX by_triple;
CREATE INDEX by_part ON change(part);
"""


def write_plan(path: Path, changes: Iterable[tuple[bool, bytes]]) -> None:
    """Write the steps for these changes, as :func:`kg.quadfile.difference` gives them; a whole file or none."""
    unfinished = path.with_suffix(".new")
    unfinished.unlink(missing_ok=True)
    with closing(sqlite3.connect(unfinished, isolation_level=None)) as plan:
        plan.executescript(f"PRAGMA synchronous = OFF; {_TABLES}")
        plan.execute("BEGIN")
        plan.executemany("INSERT INTO change(triple, graph, is_new) VALUES (?, ?, ?)", map(_row, changes))
        for statement in _PARTS.split(";")[:-1]:
            plan.execute(statement, {"first": _FIRST, "last": _LAST} if ":" in statement else {})
        _number_steps(plan)
        plan.execute("INSERT INTO state VALUES ('done', 0)")
        plan.execute("DROP INDEX by_part")
        plan.execute("CREATE INDEX by_step ON change(step)")
        plan.execute("COMMIT")
    unfinished.replace(path)


def _row(change: tuple[bool, bytes]) -> tuple[bytes, bytes | None, bool]:
    is_new, line = change
    graph = graph_of(line)
    end = len(line) - len(b" .\n")
    return (line[:end] if graph is None else line[: end - len(graph) - 1]), graph, is_new


def _number_steps(plan: sqlite3.Connection) -> None:
    """Parts in order, as many in a step as fit; those of no article are cut where they are too long."""
    plan.execute("CREATE TEMP TABLE size AS SELECT part, count(*) AS lines FROM change GROUP BY part ORDER BY part")
    step, filled = 1, 0
    for part, lines in plan.execute("SELECT part, lines FROM size ORDER BY part").fetchall():
        if filled and (filled + lines > LINES or part == _LAST):
            step, filled = step + 1, 0
        if part in (_FIRST, _LAST):
            plan.execute(
                "UPDATE change SET step = ? + (SELECT place FROM (SELECT rowid AS id, "
                "(row_number() OVER (ORDER BY rowid) - 1) / ? AS place FROM change WHERE part = ?) "
                "WHERE id = change.rowid) WHERE part = ?",
                (step, LINES, part, part),
            )
            step, filled = step + (lines - 1) // LINES + 1, 0
        else:
            plan.execute("UPDATE change SET step = ? WHERE part = ?", (step, part))
            filled += lines


class Plan:
    """An open plan. A context that closes it."""

    def __init__(self, path: Path) -> None:
        self._plan = sqlite3.connect(path, isolation_level=None)

    def __enter__(self) -> Plan:
        return self

    def __exit__(self, *_: object) -> None:
        self._plan.close()

    def size(self) -> tuple[int, int, int]:
        """How many steps there are, and how many lines are added and removed by all of them."""
        row = self._plan.execute("SELECT max(step), total(is_new), total(NOT is_new) FROM change").fetchone()
        return int(row[0] or 0), int(row[1]), int(row[2])

    def steps(self, default_graph: str) -> Iterator[tuple[int, str]]:
        """The steps that are not done yet, each with its update."""
        (done,) = self._plan.execute("SELECT value FROM state WHERE key = 'done'").fetchone()
        for step in range(int(done) + 1, self.size()[0] + 1):
            yield step, self._update(step, default_graph.encode())

    def note_done(self, step: int) -> None:
        """The store has carried it out."""
        self._plan.execute("UPDATE state SET value = ? WHERE key = 'done'", (step,))

    def shrunk_graphs(self) -> list[str]:
        """Graphs that only lose lines: some of them may be empty in the end."""
        rows = self._plan.execute(
            "SELECT graph FROM change WHERE graph IS NOT NULL GROUP BY graph HAVING NOT max(is_new)"
        )
        return [graph[1:-1].decode() for (graph,) in rows]

    def _update(self, step: int, default_graph: bytes) -> str:
        operations = [
            b"%b DATA {\n%b}" % (name, self._data(step, is_new, default_graph))
            for name, is_new in ((b"DELETE", False), (b"INSERT", True))
            if self._plan.execute("SELECT 1 FROM change WHERE step = ? AND is_new = ?", (step, is_new)).fetchone()
        ]
        return b" ;\n".join(operations).decode()

    def _data(self, step: int, is_new: bool, default_graph: bytes) -> bytes:
        parts, current = list[bytes](), b""
        order = "SELECT triple, coalesce(graph, '') FROM change WHERE step = ? AND is_new = ? ORDER BY graph, triple"
        for triple, graph in self._plan.execute(order, (step, is_new)):
            name = graph or (b"<%b>" % default_graph if default_graph else b"")
            if name != current:
                parts += [b"}\n"] * bool(current) + [b"GRAPH %b {\n" % name] * bool(name)
                current = name
            parts.append(triple + b" .\n")
        return b"".join(parts) + (b"}\n" if current else b"")
