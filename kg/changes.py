"""Bringing the store in line with what a build stands for: only the difference is written.

What others loaded is told from what the builder wrote by the builder's own sorted file, which lies beside
each generation (:mod:`kg.store`): the builder removes nothing that it did not write.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from kg.index.build import build_index
from kg.quadfile import difference, graph_of, open_lines, parse_lines, sorted_lines, write_lines
from kg.store import Generation, built_file, current_version, new_generation, tell_alone

FEW_QUADS: Final = 20_000
"""Below this a transaction; from here on ``bulk_load``, twice as fast at 75,000 quads."""


@dataclass(frozen=True, slots=True)
class Change:
    """What a build did to the store: quads added and removed, and the named graphs that they lie in."""

    added: int
    removed: int
    graphs: frozenset[str]

    def __bool__(self) -> bool:
        return bool(self.added or self.removed)


def write_difference(data: Path, lines: Iterable[bytes]) -> Change:
    """Make the store hold exactly these N-Quads besides what others loaded. No difference, no new generation.

    The caller holds the write lock. The lines may come in any order and repeat.
    """
    wanted = data / "built.new.nq.gz"
    try:
        write_lines(wanted, sorted_lines(lines))
        with open_lines(built_file(data)) as old, open_lines(wanted) as new:
            if current_version(data) and next(difference(old, new), None) is None:
                return Change(0, 0, frozenset())
        with new_generation(data) as generation:
            change = _apply(generation, wanted)
            wanted.replace(generation.built)
            if generation.is_builders:
                tell_alone(generation)
            build_index(generation.store, generation.built.parent)
        return change
    finally:
        wanted.unlink(missing_ok=True)


def _apply(generation: Generation, wanted: Path) -> Change:
    """Remove as the difference is read; what is to be added waits in a file, since it may be the whole graph."""
    removed, added = _Tally(), _Tally()
    with open_lines(generation.previous) as old, open_lines(wanted) as new, tempfile.TemporaryFile() as additions:
        # Without an earlier file all is new, and nothing has to be compared.
        changes = difference(old, new) if generation.previous else ((True, line) for line in new)
        for quad in parse_lines(_removals(changes, removed, added, additions)):
            generation.store.remove(quad)
        _drop_empty(generation.store, removed.graphs)
        additions.seek(0)
        if added.quads < FEW_QUADS:
            generation.store.load(additions, ox.RdfFormat.N_QUADS)
        else:
            generation.store.bulk_load(additions, ox.RdfFormat.N_QUADS)
    return Change(added.quads, removed.quads, frozenset(added.graphs | removed.graphs))


class _Tally:
    """Counts lines and notes their named graphs."""

    def __init__(self) -> None:
        self.quads = 0
        self._graphs: set[bytes] = set()

    def count(self, line: bytes) -> None:
        self.quads += 1
        graph = graph_of(line)
        if graph is not None:
            self._graphs.add(graph)

    @property
    def graphs(self) -> set[str]:
        """The IRIs of the named graphs."""
        return {graph[1:-1].decode() for graph in self._graphs}


def _removals(
    changes: Iterable[tuple[bool, bytes]], removed: _Tally, added: _Tally, additions: IO[bytes]
) -> Iterator[bytes]:
    """What has to go; what has to come is written to ``additions`` meanwhile."""
    for is_new, line in changes:
        (added if is_new else removed).count(line)
        if is_new:
            additions.write(line)
        else:
            yield line


def _drop_empty(store: ox.Store, graphs: Iterable[str]) -> None:
    """A named graph outlives its last quad in Oxigraph; a removed article shall not be listed any more."""
    for name in graphs:
        graph = ox.NamedNode(name)
        if next(store.quads_for_pattern(None, None, None, graph), None) is None:
            store.remove_graph(graph)
