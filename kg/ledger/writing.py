"""Writes again what a build found to be no longer as it is in the graph: articles, common lines, links, the ontology.

What comes out are *edits*, one at a time, and only where lines really differ. While they are taken the ledger is
changed to what the graph will then say, so that all of them have to be taken.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec
import pyoxigraph as ox

from kg.ledger.entities import Chosen
from kg.ledger.intake import digest_of
from kg.ledger.opened import Ledger
from kg.merge.confirmed import ConfirmedLink
from kg.merge.event import UNNAMED, Event, Telling
from kg.merge.judged import Judged
from kg.merge.told import Followed, Share, Told
from kg.merge.units import tellings_of, unit_of
from kg.packing import pack, unpack
from kg.quadfile import quad_lines
from kg.rdf.confirmed import confirmed_quads, links_graph
from kg.rdf.iris import Iris
from kg.rdf.parts import Lines, common_lines, core_lines, described_lines, event_lines, graph_names, whole
from kg.rdf.quads import ontology_quads
from kg.readings import Readings
from kg.records import Reading

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Edit:
    """Lines of N-Triples that come to a named graph, given by its IRI, and go from it, and likewise in the default
    graph; without a graph, in the default graph alone."""

    graph: str | None
    added: bytes
    removed: bytes


@dataclass(frozen=True, slots=True)
class Writing:
    """What articles are written with. ``followed`` are the judgements that the merge followed, ``former`` is how things
    were named when the ledger was last written."""

    ledger: Ledger
    readings: Readings
    chosen: Chosen
    iris: Iris
    former: Iris
    followed: Sequence[Judged]

    def edits(self, links: Iterable[ConfirmedLink], progress: Progress) -> Iterator[Edit]:
        """All that changes in the graph."""
        yield from self._note("ontology", None, None, _lines_of(ontology_quads()))
        names = links_graph(self.former).value, links_graph(self.iris).value
        yield from self._note("links", *names, _lines_of(confirmed_quads(links, self.iris)))
        execute = self.ledger.connection.execute
        execute("INSERT OR IGNORE INTO dirty_event SELECT event FROM telling WHERE article IN dirty_article")
        total = self.count()
        for done, (number,) in enumerate(execute("SELECT number FROM dirty_article")):
            progress("writing", done, total)
            yield from self._article(number)
        for (number,) in execute("SELECT number FROM dirty_event"):
            yield from self._common(number)
        for (lines,) in execute("SELECT lines FROM gone_lines"):
            yield Edit(None, b"", lines)

    def count(self) -> int:
        """How many articles are written again, at most."""
        return int(self.ledger.connection.execute("SELECT count(*) FROM dirty_article").fetchone()[0])

    def _note(self, name: str, former: str | None, graph: str | None, lines: bytes) -> Iterator[Edit]:
        """Lines of no article, which are few."""
        execute = self.ledger.connection.execute
        row = execute("SELECT value FROM note WHERE name = ?", (name,)).fetchone()
        old = row[0] if row else b""
        edits = list(_edits(former, graph, old, lines))
        if edits:
            query = "INSERT INTO note VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value"
            execute(query, (name, lines))
        yield from edits

    def _article(self, number: int) -> Iterator[Edit]:
        execute = self.ledger.connection.execute
        identifier, packed = execute("SELECT id, written FROM article WHERE number = ?", (number,)).fetchone()
        kept = self.readings.with_lines(identifier)
        written = unpack(packed)
        old, new = Lines.parse(written), self._lines(number, *kept) if kept else Lines(b"")
        names = zip(graph_names(identifier, self.former), graph_names(identifier, self.iris), old, new, strict=True)
        for former, graph, before, now in names:
            yield from _edits(former, graph, before, now)
        if kept is None:
            execute("DELETE FROM article WHERE number = ?", (number,))
        elif (dumped := new.dump()) != written:
            execute("UPDATE article SET written = ? WHERE number = ?", (pack(dumped), number))

    def _lines(self, number: int, reading: Reading, core: bytes | None) -> Lines:
        chosen = [self.chosen[entity.key] for entity in reading.entities if not entity.key.startswith(UNNAMED)]
        return whole(
            core_lines(reading, self.iris) if core is None else core,
            described_lines(reading, chosen, self.iris),
            event_lines(reading, self._share(number, reading), lambda key: self.chosen[key].name, self.iris),
        )

    def _share(self, number: int, reading: Reading) -> Share:
        rows = self.ledger.connection.execute("SELECT unit, digest, told FROM telling WHERE article = ?", (number,))
        told = {(unit, digest): msgspec.json.decode(content, type=Told) for unit, digest, content in rows}
        own = sorted(
            (one for one in self.followed if one.one.article == reading.article.id), key=lambda one: one.position
        )
        followed = {one.position: Followed(one.position, self._slug(one.one), self._slug(one.other)) for one in own}
        return Share(tuple(told[place_of(telling)] for telling in tellings_of(reading)), tuple(followed.values()))

    def _slug(self, telling: Telling) -> str:
        query = """SELECT event.slug FROM telling JOIN event ON event.number = event
            WHERE telling.unit = ? AND digest = ? AND article = (SELECT number FROM article WHERE id = ?)"""
        return str(self.ledger.connection.execute(query, (*place_of(telling), telling.article)).fetchone()[0])

    def _common(self, number: int) -> Iterator[Edit]:
        query = """SELECT event.slug, event.gist, event.common, event.shared, earlier.slug FROM event
            LEFT JOIN event AS earlier ON earlier.number = event.fulfils WHERE event.number = ?"""
        row = self.ledger.connection.execute(query, (number,)).fetchone()
        if row is None:  # it is gone
            return
        slug, gist, old, shared, fulfilled = row
        event = Event(slug, msgspec.json.decode(gist, type=tuple[Telling, ...]), "")
        earlier = Event(fulfilled, (), "") if fulfilled is not None and not shared else None
        new = common_lines(event, earlier, lambda key: self.chosen[key].name, self.iris)
        if old != new:
            yield from _edits(None, None, old, new)
            self.ledger.connection.execute("UPDATE event SET common = ? WHERE number = ?", (new, number))


def place_of(telling: Telling) -> tuple[str, int]:
    """Unit and digest, by which the ledger knows a telling of an article."""
    return unit_of(telling), digest_of(msgspec.json.encode(telling.report))


def _lines_of(quads: Iterable[ox.Quad]) -> bytes:
    """Those in the default graph as lines, in order."""
    return b"".join(sorted(quad_lines(quad for quad in quads if quad.graph_name == ox.DefaultGraph())))


def _edits(former: str | None, graph: str | None, old: bytes, new: bytes) -> Iterator[Edit]:
    """What makes new lines of the old ones, which may lie in a graph of another name."""
    if former != graph:
        yield from _edits(former, former, old, b"")
        yield from _edits(graph, graph, b"", new)
    elif not old or not new:
        if old != new:
            yield Edit(graph, new, old)
    elif old != new:
        before, now = (dict.fromkeys(lines.splitlines(keepends=True)) for lines in (old, new))
        added, removed = now.keys() - before.keys(), before.keys() - now.keys()
        if added or removed:
            yield Edit(graph, b"".join(added), b"".join(removed))
