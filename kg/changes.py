"""Bringing the store in line with what a build stands for: only the difference is written.

What others loaded is told from what the builder wrote by the builder's own sorted file, which lies beside
each generation (:mod:`kg.store`): the builder removes nothing that it did not write.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import IO, Final

import pyoxigraph as ox

from kg.quadfile import difference, open_lines, parse_lines, sorted_lines, write_lines
from kg.store import Generation, built_file, current_version, new_generation

FEW_QUADS: Final = 20_000
"""Below this a transaction; from here on ``bulk_extend``, twice as fast at 400,000 quads."""


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
        return change
    finally:
        wanted.unlink(missing_ok=True)


def _apply(generation: Generation, wanted: Path) -> Change:
    """Remove as the difference is read; what is to be added waits in a file, since it may be the whole graph."""
    removed, added = _Tally(), _Tally()
    with open_lines(generation.previous) as old, open_lines(wanted) as new, tempfile.TemporaryFile() as additions:
        for quad in removed.watch(parse_lines(_removals(difference(old, new), additions))):
            generation.store.remove(quad)
        _drop_empty(generation.store, removed.graphs)
        additions.seek(0)
        _add(generation.store, added.watch(parse_lines(additions)))
    return Change(added.quads, removed.quads, frozenset(added.graphs | removed.graphs))


class _Tally:
    """Counts the quads that pass by, and notes their named graphs."""

    def __init__(self) -> None:
        self.quads = 0
        self.graphs: set[str] = set()

    def watch(self, quads: Iterable[ox.Quad]) -> Iterator[ox.Quad]:
        for quad in quads:
            self.quads += 1
            if isinstance(quad.graph_name, ox.NamedNode):
                self.graphs.add(quad.graph_name.value)
            yield quad


def _add(store: ox.Store, quads: Iterator[ox.Quad]) -> None:
    few = list(islice(quads, FEW_QUADS))
    if len(few) < FEW_QUADS:
        store.extend(few)
    else:
        store.bulk_extend(chain(few, quads))


def _removals(changes: Iterable[tuple[bool, bytes]], additions: IO[bytes]) -> Iterator[bytes]:
    for is_new, line in changes:
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
