"""Makes the next generation of the store from what the ledger finds to be written, in step with the ledger."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, islice
from pathlib import Path
from typing import Final

from kg.changes import NO_CHANGE, Change, Changing
from kg.counts import Counts, Tally, count_facts, keep_counts, kept_counts
from kg.index.making import index_generation, index_later
from kg.ledger.opened import Mark, write_mark
from kg.ledger.others import Others, others_of
from kg.ledger.own import Own
from kg.ledger.writing import Edit, Writing
from kg.merge.confirmed import ConfirmedLink
from kg.store import Generation, clear_left, current_version, new_generation, open_snapshot, tell_alone

FEW: Final = 200
"""Articles whose lines go into the store quad by quad, however small the graph is; see :mod:`kg.changes`."""
MANY: Final = 500
"""Articles from which on a store that is filled for the first time is worth a process that sorts for the dumps."""
PART: Final = 10
"""From this part of all articles on their lines are loaded in bulk, and the store is counted anew."""

Progress = Callable[[str, int, int], None]
Copied = Callable[[Iterator[Edit]], Iterator[Edit]]
"""Lets edits through and looks at them: called with those that fill an empty store, where they are many."""


def fill_store(
    data: Path, writing: Writing, links: Sequence[ConfirmedLink], progress: Progress, copied: Copied = iter
) -> tuple[Change, Counts]:
    """Make the next generation, unless nothing changed, and commit the ledger.

    Args:
        links: those that editors confirmed.
        copied: sees all that a large first build writes.
    """
    ledger, base = writing.ledger, writing.iris.base
    edits = writing.edits(links, progress)
    first = list(islice(edits, 1))
    if not first and not ledger.is_new:
        ledger.keep_state()
        clear_left(data)
        return NO_CHANGE, _counts_now(data)
    others = others_of(open_snapshot(data), ledger.base or base) if ledger.is_new and current_version(data) else None
    kept = _kept_counts(data)
    edits = chain(first, edits)
    if ledger.is_new and others is None and writing.count() >= MANY:
        edits = copied(edits)
    with new_generation(data, empty=ledger.is_new) as generation:
        filling = _Filling(generation, Own(ledger, writing.iris), _is_much(writing), others)
        change, counts = filling.fill(edits, None if ledger.is_new else kept)
        mark = Mark(ledger.name, secrets.token_hex(8), base)
        write_mark(generation.built, mark)
        keep_counts(generation.built.parent, counts)
        if generation.is_builders:
            tell_alone(generation)
        progress("indexing", 0, 0)
        previous = current_version(data)
        index_generation(
            generation.store, generation.built.parent, counts.quads,
            previous=data / "stores" / previous if previous else None,
        )  # fmt: skip
        ledger.commit(mark)
    index_later(data)
    return change, counts


@dataclass(frozen=True, slots=True)
class _Filling:
    """Fills the store of a generation. ``others`` brings what others wrote to the store that this one replaces."""

    generation: Generation
    own: Own
    in_bulk: bool
    others: Others | None

    def fill(self, edits: Iterable[Edit], before: Counts | None) -> tuple[Change, Counts]:
        """Make the edits and count.

        Args:
            before: what the store holds, if that is known.
        """
        store = self.generation.store
        size = before.quads if before else len(store) if self.in_bulk else 0
        tally = Tally(store)
        graphs = Changing(store, tally).apply(edits, self.own, in_bulk=self.in_bulk)
        if self.others is not None:
            self.others(store)
        counts = count_facts(store) if self.in_bulk or before is None else tally.after(before)
        added = counts.quads - size + tally.removed if self.in_bulk else tally.added
        return Change(added, tally.removed, graphs), counts


def _is_much(writing: Writing) -> bool:
    (all_articles,) = writing.ledger.connection.execute("SELECT count(*) FROM article").fetchone()
    return writing.ledger.is_new or writing.count() > max(FEW, all_articles / PART)


def _kept_counts(data: Path) -> Counts | None:
    version = current_version(data)
    return kept_counts(data / "stores" / version) if version else None


def _counts_now(data: Path) -> Counts:
    """What the newest generation holds; counted, if it was not the builder who wrote last."""
    kept = _kept_counts(data)
    return kept or count_facts(open_snapshot(data).store)
