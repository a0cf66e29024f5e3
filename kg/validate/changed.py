"""Validates the graphs that a build changed: part by part, and many parts in several processes.

This process gathers the lines of each part while others validate, and is the only one that has the store open: what
RocksDB holds of a large store would be held by each.
"""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Iterator, Sequence
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from operator import itemgetter

from kg.errors import DataError
from kg.ledger.lines import UNREADABLE, LedgerLines, ledger_lines
from kg.store import Snapshot
from kg.validate.check import gather, own_findings, parts_of, stored_lines, validate_lines
from kg.validate.findings import Finding
from kg.workers import Lost, spread


@dataclass(frozen=True, slots=True)
class _Part:
    """Graphs, and the lines to validate them by."""

    graphs: Sequence[str]
    data: bytes


_Validated = Generator[tuple[Sequence[_Part], Sequence[Finding] | Lost], None, None]


def validate_changed(
    snapshot: Snapshot, names: Iterable[str], *, jobs: int, tell: Callable[[int, int], None]
) -> tuple[Finding, ...]:
    """The same as :func:`kg.validate.check.validate_graphs`, in so many processes besides this one.

    Args:
        tell: called with how many graphs are done, and how many there are.

    Raises:
        DataError: the engine cannot take what a graph holds, or ends the process that tries.
    """
    parts = parts_of(names)
    total, done, found = sum(map(len, parts)), 0, list[tuple[str, Sequence[Finding]]]()
    tell(done, total)
    with _lines_of(snapshot) as read:
        gathered = ([_Part(graphs, gather(snapshot.store, graphs, read))] for graphs in parts)
        with closing(_validated(gathered, min(jobs, len(parts)))) as results:
            for (part,), findings in results:
                if isinstance(findings, Lost):
                    raise DataError(f"{part.graphs[0]}: cannot be validated: {findings.reason}")
                found.append((part.graphs[0], own_findings(snapshot.store, part.graphs, findings)))
                done += len(part.graphs)
                tell(done, total)
    return tuple(finding for _, findings in sorted(found, key=itemgetter(0)) for finding in findings)


def _validated(gathered: Iterable[Sequence[_Part]], jobs: int) -> _Validated:
    if jobs < 2:
        yield from ((chunk, _validate(chunk)) for chunk in gathered)
    else:
        yield from spread(gathered, _make_validator, jobs=jobs)


def _make_validator() -> Callable[[Sequence[_Part]], Sequence[Finding]]:
    return _validate


def _validate(chunk: Sequence[_Part]) -> Sequence[Finding]:
    return [finding for part in chunk for finding in validate_lines(part.data)]


@contextmanager
def _lines_of(snapshot: Snapshot) -> Iterator[Callable[[Sequence[str]], bytes]]:
    """Gives the lines of graphs of a snapshot: those of the builder's ledger while that can tell them, in a tenth of
    the time, and else those of the store."""
    stored = stored_lines(snapshot.store)
    with ExitStack() as stack:
        kept: LedgerLines | None = None
        with suppress(*UNREADABLE):
            kept = stack.enter_context(ledger_lines(snapshot))

        def read(graphs: Sequence[str]) -> bytes:
            with suppress(*UNREADABLE):
                if kept is not None:
                    lines = b"".join(kept.lines(f"<{graph}>") for graph in graphs)
                    if kept.is_same():  # else a build went on meanwhile
                        return lines
            return stored(graphs)

        yield read
