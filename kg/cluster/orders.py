"""What this machine tells workers, and what they answer: small records, because they go over the network."""

from __future__ import annotations

import platform
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from importlib.metadata import version
from typing import Final

from kg.chunks import Task
from kg.corrections.files import ENDING, LARGEST
from kg.errors import SettingsError
from kg.read import Source
from kg.settings import Settings

LEAST: Final = 32
MOST: Final = 256
"""Articles of a shard. Some 95 are usual: five seconds of work, which is what the death of a worker costs."""
_ENDS: Final = 64
"""One article in so many ends a shard that has :data:`LEAST`."""


@dataclass(frozen=True, slots=True)
class Versions:
    """What has to be the same everywhere for a result to be the same: ``rules`` stands for rules, tables and model."""

    aidgraph: str
    python: str
    rules: str

    @classmethod
    def here(cls, rules: str) -> Versions:
        """Those of this process."""
        return cls(version("aidgraph"), ".".join(platform.python_version_tuple()[:2]), rules)

    def difference(self, other: Versions) -> str:
        """What differs, in words; nothing if nothing does."""
        if self.aidgraph != other.aidgraph:
            return f"it has aidgraph {other.aidgraph}, expected {self.aidgraph}"
        if self.python != other.python:
            return f"it has Python {other.python}, expected {self.python}"
        if self.rules != other.rules:
            return f"its rules, tables or language model are other ones, although both are aidgraph {self.aidgraph}"
        return ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What all orders of a build share.

    Attributes:
        versions: those that a worker must have.
        module: the extractor's, by which workers import it.
        base: the base IRI.
        corrections: the folder of corrections, for messages; their files come with the orders.
        shards: the address or path of the folder of shards.
        probe: the name of a file in it, which a worker that sees the same folder sees.
    """

    versions: Versions
    module: str
    base: str
    corrections: str
    shards: str
    probe: str


@dataclass(frozen=True, slots=True)
class Order:
    """The articles of one shard. ``corrections`` are names and contents of files of the folder of corrections."""

    terms: Terms
    tasks: tuple[Task, ...]
    corrections: tuple[tuple[str, bytes], ...] = ()

    def alone(self) -> Iterator[Order]:
        """An order for each of its articles."""
        return (replace(self, tasks=(task,)) for task in self.tasks)


@dataclass(frozen=True, slots=True)
class Made:
    """An answer: the key and digest of a shard; the ``rows`` themselves, if nothing in them was read anew."""

    key: str = ""
    digest: str = ""
    rows: bytes = b""


def orders(tasks: Sequence[Task], terms: Terms, settings: Settings) -> Iterator[Order]:
    """The tasks as orders.

    Raises:
        SettingsError: a file of corrections cannot be read.
    """
    folder = settings.corrections
    names = {path.name for path in folder.glob(f"*{ENDING}")} if folder.is_dir() else set()
    for part in divided(tasks):
        wanted = {f"{name}{ENDING}" for task in part for name in (task.source.id, task.source.path.stem)} & names
        corrections = tuple((name, _content(settings, name)) for name in sorted(wanted))
        yield Order(terms, tuple(replace(task, source=absolute(task.source)) for task in part), corrections)


def divided(tasks: Sequence[Task]) -> Iterator[Sequence[Task]]:
    """The tasks in shards. Lines of one file go together, because they lie beside each other on storage.

    Where a shard ends hangs on the article that ends it, and not on how many tasks there are: a build that goes on
    has fewer, and must come upon the shards that are there. When some articles are missing or new, the division is
    the same again after a shard or two (as in content-defined chunking, Muthitacharoen et al., LBFS, SOSP 2001).
    """
    part: list[Task] = []
    for task in sorted(tasks, key=lambda task: (task.source.location, task.source.start)):
        part.append(task)
        if len(part) >= LEAST and (len(part) >= MOST or zlib.crc32(task.source.id.encode()) % _ENDS == 0):
            yield part
            part = []
    if part:
        yield part


def absolute(source: Source) -> Source:
    """The source as a process in another folder has to name it."""
    if source.address:
        return source
    return replace(source, path=source.path.absolute(), root=source.root.absolute() if source.root else None)


def _content(settings: Settings, name: str) -> bytes:
    path = settings.corrections / name
    try:
        with path.open("rb") as file:
            return file.read(LARGEST + 1)  # one byte more than is allowed is refused by whoever reads it
    except OSError as error:
        raise SettingsError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
