"""Sources that lie on storage which machines share, brought to this machine for as long as they are read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace

from kg.read.shared import Copies, Part, copies
from kg.read.source import Source


@dataclass(frozen=True, slots=True)
class Near:
    """Sources that can be read on this machine, in the order in which they were asked for."""

    sources: tuple[Source, ...]
    copied: Copies | None = None

    def told(self, message: str) -> str:
        """A message in which no copy is named."""
        return message if self.copied is None else self.copied.told(message)


@contextmanager
def near(sources: Sequence[Source]) -> Iterator[Near]:
    """The sources, those on storage with a copy on this machine, for as long as the block runs.

    Raises:
        StorageError: the storage does not answer.
    """
    far = [number for number, source in enumerate(sources) if source.address and not source.fault]
    if not far or all(sources[number].path.is_absolute() for number in far):  # none, or they have come already
        yield Near(tuple(sources))
        return
    parts = [_part(sources[number]) for number in far]
    with copies(parts) as copied:
        come = list(sources)
        for place, number in enumerate(far):
            fault = copied.faults.get(place, "")
            come[number] = replace(sources[number], path=copied.paths[place], start=0, fault=fault)
        yield Near(tuple(come), copied)


def _part(source: Source) -> Part:
    if source.line:
        return Part(source.address, source.start, source.size, source.notes)
    return Part(source.address, notes=source.notes)
