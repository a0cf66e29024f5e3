"""Brings the store in line with what a build says: only the edits that the ledger found are made.

What others wrote is never looked at: a quad goes only where the ledger says that the builder wrote it and says it no
more. Additions come first, because what goes from one article's graph stays in the default graph as long as another
graph of the builder has it. Much that is new is streamed into the store in bulk; a little goes in by transactions, quad
by quad, so that what the store then holds is known without counting it.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import IO, Final, Protocol, cast

import pyoxigraph as ox

from kg.counts import Tally
from kg.quadfile import in_graph

LOADED_AT_ONCE: Final = 64 << 20
"""Bytes of lines, some 500,000, that are loaded together. Of fewer at once more files have to be merged; of more, the
engine holds about a kilobyte a quad until it has a million for each of its threads."""
_AT_ONCE: Final = 10_000
"""Lines that are parsed together."""


class Edit(Protocol):
    """:class:`kg.ledger.writing.Edit`"""

    @property
    def graph(self) -> str | None: ...
    @property
    def added(self) -> bytes: ...
    @property
    def removed(self) -> bytes: ...


class Own(Protocol):
    """:class:`kg.ledger.own.Own`"""

    def says(self, line: bytes, quad: ox.Quad, store: ox.Store) -> bool: ...


@dataclass(frozen=True, slots=True)
class Change:
    """What a build did to the store: quads added and removed, and the named graphs that they lie in."""

    added: int
    removed: int
    graphs: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed or self.graphs)


NO_CHANGE: Final = Change(0, 0, frozenset())


@dataclass(slots=True)
class Changing:
    """Makes edits in a store that is open for writing. ``tally`` counts what comes and goes, unless it is in bulk."""

    store: ox.Store
    tally: Tally
    graphs: set[str] = field(default_factory=set)
    _emptied: set[str] = field(default_factory=set)

    def apply(self, edits: Iterable[Edit], own: Own, *, in_bulk: bool) -> frozenset[str]:
        """Make all edits; the named graphs in which something changed.

        Args:
            own: what the builder says when all edits are taken.
            in_bulk: whether to load what is new in bulk, which is not counted.
        """
        with tempfile.TemporaryFile() as removed:
            additions = self._additions(edits, removed)
            if in_bulk:
                self._load(additions)
            else:
                for lines in _together(additions, 0):
                    self.tally.add(_parse(lines))
            self._remove(removed, own)
        for name in self._emptied:
            _drop_if_empty(self.store, name)
        return frozenset(self.graphs)

    def _load(self, additions: Iterable[tuple[bytes, bytes]]) -> None:
        """Load in bulk, in a thread: the engine needs no Python, so that the next lines are made meanwhile."""
        with ThreadPoolExecutor(max_workers=1) as loader:
            loading = None
            for lines in _together(additions, LOADED_AT_ONCE):
                if loading is not None:
                    loading.result()
                loading = loader.submit(self.store.bulk_load, lines, ox.RdfFormat.N_QUADS)
            if loading is not None:
                loading.result()

    def _additions(self, edits: Iterable[Edit], removed: IO[bytes]) -> Iterator[tuple[bytes, bytes]]:
        """Lines to load, of the default graph and of a named one; what is to go is written to ``removed``, those of a
        named graph with its name."""
        for edit in edits:
            if edit.graph is not None:
                self.graphs.add(edit.graph)
                if edit.removed:
                    self._emptied.add(edit.graph)
            if edit.removed:
                removed.write(_named(edit.removed, edit.graph))
            if edit.added:
                yield edit.added, b"" if edit.graph is None else _named(edit.added, edit.graph)

    def _remove(self, removed: IO[bytes], own: Own) -> None:
        """Remove from the named graphs first, and then from the default graph what is in none of the builder's."""
        removed.seek(0)
        self.tally.remove(quad for quad in _quads(removed) if quad.graph_name != ox.DefaultGraph())
        removed.seek(0)
        for quad in _quads(removed):
            plain = ox.Quad(quad.subject, quad.predicate, quad.object)
            line = cast("bytes", ox.serialize([plain], format=ox.RdfFormat.N_QUADS))
            if plain in self.store and not own.says(line, plain, self.store):
                self.tally.remove([plain])


def _together(pieces: Iterable[tuple[bytes, bytes]], most: int) -> Iterator[bytes]:
    """Pieces together until they have so many bytes, lines of the default graph once: articles say much in common."""
    plain: dict[bytes, None] = {}
    named: list[bytes] = []
    size = 0
    for one, other in pieces:
        plain |= dict.fromkeys(one.splitlines(keepends=True))
        named.append(other)
        size += len(one) + len(other)
        if size >= most:
            yield b"".join((*plain, *named))
            plain, named, size = {}, [], 0
    if named:
        yield b"".join((*plain, *named))


def _named(lines: bytes, graph: str | None) -> bytes:
    return lines if graph is None else in_graph(lines, f"<{graph}>")


def _parse(lines: bytes) -> list[ox.Quad]:
    return list(ox.parse(lines, ox.RdfFormat.N_QUADS))


def _quads(file: IO[bytes]) -> Iterator[ox.Quad]:
    while lines := file.readlines(_AT_ONCE * 100):
        yield from _parse(b"".join(lines))


def _drop_if_empty(store: ox.Store, name: str) -> None:
    """A named graph outlives its last quad in Oxigraph; a removed article shall not be listed any more."""
    graph = ox.NamedNode(name)
    if next(store.quads_for_pattern(None, None, None, graph), None) is None:
        store.remove_graph(graph)
