"""Brings the graph in line with the kept readings: from those that wait to a new generation of the store."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from kg.changes import Change
from kg.confirm.files import LinksFile, confirmed_links
from kg.corrections.judging import judge, refused_warnings
from kg.counts import Counts
from kg.ledger.entities import Chosen, choose_entities
from kg.ledger.filling import Copied, fill_store
from kg.ledger.intake import Intake
from kg.ledger.merging import merge_units
from kg.ledger.naming import name_events
from kg.ledger.opened import Ledger, open_ledger
from kg.ledger.writing import Writing
from kg.merge.judged import Judged, Refused
from kg.rdf.iris import Iris
from kg.readings import Readings

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of the graph. ``warnings`` has a line for each correction and each link that fits nothing."""

    change: Change
    counts: Counts
    warnings: tuple[str, ...]


@lru_cache(maxsize=4)
def rules_stamp(base: str) -> str:
    """Changes with the base IRI, and with everything that merges readings and writes them as RDF."""
    digest = hashlib.sha256(base.encode())
    root = files("kg")
    folders = (root / "merge", root / "rdf")
    paths = [path for folder in folders for path in folder.iterdir() if path.name.endswith(".py")]
    for path in (root / "records.py", root / "slugs.py", *sorted(paths, key=lambda path: path.name)):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def update_graph(
    data: Path, readings: Readings, base: str, links: LinksFile, progress: Progress, copied: Copied = iter
) -> Updated:
    """Bring the store in line with all kept readings; only what changed is looked at.

    The caller holds the write lock. Killed at any point it leaves the old graph or the new one, and the next call does
    the rest.

    Args:
        readings: opened with :func:`rules_stamp` of this base.
        copied: as for :func:`kg.ledger.filling.fill_store`.

    Raises:
        StoreError: the data folder cannot be used.
    """
    with open_ledger(data) as ledger:
        _let_wait(ledger, readings)
        judged, unmatched = judge(readings)
        refused = _merge(ledger, readings, judged, progress)
        chosen = Chosen(ledger)
        accepted, unlinked = confirmed_links(links, chosen)
        not_followed = {one.judged for one in refused}
        followed = tuple(one for one in judged if one not in not_followed)
        writing = Writing(ledger, readings, chosen, Iris(base), Iris(ledger.base or base), followed)
        change, counts = fill_store(data, writing, accepted, progress, copied)
    readings.settle(ledger.state)
    return Updated(change, counts, (*unmatched, *refused_warnings(refused), *unlinked))


def _let_wait(ledger: Ledger, readings: Readings) -> None:
    """Let all articles wait if the ledger is new, is of other rules, or is not the one that the readings know."""
    execute, stamp = ledger.connection.execute, readings.stamp.encode()
    row = execute("SELECT value FROM note WHERE name = 'stamp'").fetchone()
    if row == (stamp,) and readings.settled() in {ledger.state, ledger.former} - {""}:
        return
    readings.wait_all(identifier for (identifier,) in execute("SELECT id FROM article"))
    if row != (stamp,):
        query = "INSERT INTO note VALUES ('stamp', ?) ON CONFLICT DO UPDATE SET value = excluded.value"
        execute(query, (stamp,))
        execute("INSERT OR IGNORE INTO dirty_unit SELECT DISTINCT unit FROM telling")
        execute("INSERT OR IGNORE INTO dirty_key SELECT DISTINCT key FROM vote")


def _merge(ledger: Ledger, readings: Readings, judged: Sequence[Judged], progress: Progress) -> tuple[Refused, ...]:
    """Take in what waits, and merge, name and describe again what that changes."""
    intake, total = Intake(ledger), readings.count_waiting()
    for done, identifier in enumerate(readings.waiting()):
        progress("merging", done, total)
        intake.take(identifier, readings.get(identifier))
    intake.look_at(sorted({one.one.article for one in judged}))
    refused = merge_units(ledger, judged)
    name_events(ledger)
    choose_entities(ledger)
    return refused
