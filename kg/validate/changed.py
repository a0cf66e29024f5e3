"""Validates the graphs that a build changed: part by part, and many parts in several processes."""

from __future__ import annotations

from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import closing
from dataclasses import dataclass
from operator import itemgetter
from pathlib import Path

import pyoxigraph as ox

from kg.errors import DataError
from kg.store import Snapshot, open_generation
from kg.validate.check import parts_of, validate_part
from kg.validate.findings import Finding
from kg.workers import Lost, spread

_Validated = Generator[tuple[Sequence[str], Sequence[Finding] | Lost], None, None]


@dataclass(frozen=True, slots=True)
class MakeValidator:
    """Makes, in another process, what validates parts of the generation in ``folder``."""

    folder: Path

    def __call__(self) -> Callable[[Sequence[str]], tuple[Finding, ...]]:
        snapshot = open_generation(self.folder)
        return lambda part: validate_part(snapshot.store, part)


def validate_changed(
    snapshot: Snapshot, names: Iterable[str], *, jobs: int, tell: Callable[[int, int], None]
) -> tuple[Finding, ...]:
    """The same as :func:`kg.validate.check.validate_graphs`, in so many processes.

    A store that is elsewhere is asked by this process alone: it is busy enough with one.

    Args:
        tell: called with how many graphs are done, and how many there are.

    Raises:
        DataError: the engine cannot take what a graph holds, or ends the process that tries.
    """
    parts = parts_of(names)
    total, done, found = sum(map(len, parts)), 0, list[tuple[str, Sequence[Finding]]]()
    tell(done, total)
    with closing(_validated(snapshot, parts, jobs)) as results:
        for part, findings in results:
            if isinstance(findings, Lost):
                raise DataError(f"{part[0]}: cannot be validated: {findings.reason}")
            found.append((part[0], findings))
            done += len(part)
            tell(done, total)
    return tuple(finding for _, findings in sorted(found, key=itemgetter(0)) for finding in findings)


def _validated(snapshot: Snapshot, parts: Sequence[Sequence[str]], jobs: int) -> _Validated:
    jobs = min(jobs, len(parts)) if isinstance(snapshot.store, ox.Store) else 1
    if jobs < 2:
        yield from ((part, validate_part(snapshot.store, part)) for part in parts)
    else:
        yield from spread(parts, MakeValidator(snapshot.path.parent), jobs=jobs)
