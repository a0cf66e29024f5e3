"""What a worker does: read the articles of an order, write their shard, and tell where it is.

It runs in the processes of ``dask worker``, on any machine; what it needs comes with the order. One order is worked on
at a time in each process, because the language model and the tables of names are made for one thread.
"""

from __future__ import annotations

import hashlib
import platform
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from functools import lru_cache
from importlib import import_module
from pathlib import Path
from threading import Lock
from typing import Final, cast

from kg.chunks import Extractor, Failed, MakeChunkReader, Outcome, Taken, Task
from kg.cluster.orders import Made, Order, Terms, Versions
from kg.cluster.shards import find_shard, keep_shard, shard_key
from kg.corrections.files import corrections_of
from kg.errors import AidgraphError, ArticleError, ClusterError, ModelError, StorageError
from kg.intake import CHUNK
from kg.read import Source, near
from kg.read.jsonl import read_line
from kg.settings import Settings
from kg.storage import read_file

_ONE: Final = Lock()
_TERMS_KEPT: Final = 4  # builds that a worker serves at the same time without checking itself again and again


def make_shard(order: Order) -> Made:
    """Read the articles of an order, unless their shard is there.

    Raises:
        ClusterError: this worker is not like the machine that asks, or sees other files.
        StorageError: shared storage does not answer.
    """
    with _ONE:
        try:
            admit(order.terms)
            _check_sources(order.tasks)
            return _made(order)
        except AidgraphError as error:
            kind = type(error) if isinstance(error, ModelError | StorageError) else ClusterError
            raise kind(f"worker on {platform.node()}: {error}") from error


@lru_cache(maxsize=_TERMS_KEPT)
def admit(terms: Terms) -> None:
    """Check that what is made here is what would be made by whoever asks.

    Raises:
        ClusterError: it would not be.
    """
    extractor = cast("Extractor", import_module(terms.module))
    if difference := terms.versions.difference(Versions.here(extractor.fingerprint())):
        raise ClusterError(f"{difference}; install the same release with the same Python on all machines")
    if read_file(f"{terms.shards}/{terms.probe}") is None:
        raise ClusterError(
            f"does not see the folder of shards {terms.shards}; "
            "--shards names a folder or address that all machines share"
        )


def _check_sources(tasks: Sequence[Task]) -> None:
    """A file may go while articles are read, and is one failed article; a folder that is not here never was."""
    for source in (task.source for task in tasks if not task.source.address):
        folder = source.root or source.path.parent
        if not folder.is_dir():
            raise ClusterError(
                f"does not see the folder {folder}; articles must lie on storage that all machines share"
            )


def _made(order: Order) -> Made:
    terms = order.terms
    with near([task.source for task in order.tasks]) as here, _laid_out(order.corrections) as corrections:
        tasks = [replace(task, source=source) for task, source in zip(order.tasks, here.sources, strict=True)]
        settings = Settings(base=terms.base, corrections=corrections)
        keys = list(_keys(terms, tasks, settings))
        for key in keys:
            if found := find_shard(terms, key):
                return found
        reader = MakeChunkReader(terms.module, settings, terms.versions.rules)()
        chunks = [tasks[start : start + CHUNK] for start in range(0, len(tasks), CHUNK)]
        outcomes = [outcome for part in chunks for outcome in reader(part)]
        told = [_told(outcome, here.told, str(corrections), terms.corrections) for outcome in outcomes]
    has_kept = any(isinstance(outcome, Taken) and outcome.content is None for outcome in told)
    return keep_shard(terms, keys[-1] if has_kept else keys[0], told)


def _told(outcome: Outcome, told: Callable[[str], str], folder: str, meant: str) -> Outcome:
    """The outcome with the names of files as whoever asks knows them, and not those of copies on this machine."""
    if isinstance(outcome, Failed):
        return Failed(told(outcome.message).replace(f"{folder}/", f"{meant}/"))
    return outcome


def _keys(terms: Terms, tasks: Sequence[Task], settings: Settings) -> Iterator[str]:
    """The names that a shard of these tasks may have. One in which all were read serves everybody; one that leaves out
    what was known serves only who knows it."""
    contents = [_content(task.source, settings) for task in tasks]
    yield shard_key(terms, contents)
    if any(task.known for task in tasks):
        known = [(task.known.sha256, task.known.fingerprint) if task.known else () for task in tasks]
        yield shard_key(terms, [(*one, *other) for one, other in zip(contents, known, strict=True)])


def _content(source: Source, settings: Settings) -> tuple[str, ...]:
    """What a reading is made of: the article's place and bytes, and what editors say of it."""
    try:
        data = read_line(source.path, source.start) if source.line else source.path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()
    except OSError as error:
        digest = f"cannot be read: {error.strerror}"
    try:
        corrected = corrections_of(source.id, source.path, settings.corrections).digest
    except ArticleError as error:
        corrected = f"fault: {str(error).rpartition('/')[2]}"  # without the folder, which may be a copy's
    return source.id, source.location, str(source.line), source.found_in, digest, source.fault, corrected


@contextmanager
def _laid_out(corrections: Sequence[tuple[str, bytes]]) -> Iterator[Path]:
    """A folder with the files of corrections that came with an order."""
    with tempfile.TemporaryDirectory(prefix="aidgraph-") as name:
        folder = Path(name).resolve()
        for file, content in corrections:
            (folder / file).write_bytes(content)
        yield folder
