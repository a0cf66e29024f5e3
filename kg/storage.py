"""Files on storage that machines share, known by their addresses: ``s3://bucket/folder/news.jsonl``.

Why one module: fsspec speaks to every kind of storage, but each kind has errors, extra packages and ways to write of
its own. Here, and only here, they become :class:`StorageError` and a file that is there whole or not at all.
Whoever reads or writes takes credentials from their own environment; no address may hold any, and no message does.
"""

from __future__ import annotations

import io
import os
import re
import sys
import uuid
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Any, BinaryIO, Final, cast
from urllib.parse import unquote, urlsplit

import fsspec

from kg.errors import SettingsError, StorageError

PROTOCOLS: Final[Mapping[str, str]] = {
    "file": "",
    "s3": "the package s3fs (pip install 'aidgraph[s3]')",
    "gs": "the package gcsfs (pip install 'aidgraph[gs]')",
    "hdfs": "Hadoop's library libhdfs",
}
"""The kinds of storage, and what each needs besides this program."""

_PUTS_WHOLE: Final = frozenset({"s3", "gs"})  # an object is seen when all of it has come, and never before
_ADDRESS: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*://")
_SECRET: Final = re.compile(r"SECRET|TOKEN|PASSWORD|CREDENTIAL|(?:ACCESS|API)_?KEY|_KEY\Z", re.IGNORECASE)
_SHORTEST_SECRET: Final = 6  # characters; a shorter value is a switch, and stands in many a word
_OF_LIBRARIES: Final = (
    ("botocore.exceptions", "BotoCoreError"),
    ("botocore.exceptions", "ClientError"),
    ("aiohttp", "ClientError"),
    ("gcsfs.retry", "HttpError"),
    ("google.auth.exceptions", "GoogleAuthError"),
)
"""What the libraries behind fsspec raise and it does not translate; none of it is an OSError."""


def is_address(text: str) -> bool:
    """Whether it is meant as an address of storage, and not as a path."""
    return _ADDRESS.match(text) is not None


def check_address(text: str) -> str:
    """The address without a slash at its end.

    Raises:
        SettingsError: a kind of storage that is not known, no bucket or host, or credentials in the address.
    """
    parts = urlsplit(text)
    place = f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"
    if "@" in parts.netloc:
        raise SettingsError(f"{place}: credentials do not belong in an address; put them into the environment")
    if parts.scheme not in PROTOCOLS:
        known = ", ".join(f"{name}://" for name in PROTOCOLS)
        raise SettingsError(f"{place}: expected an address that begins with {known}")
    if not parts.netloc and parts.scheme != "file":
        raise SettingsError(f"{place}: expected {parts.scheme}://NAME/FOLDER, got no name of a bucket or host")
    if parts.query or parts.fragment:
        raise SettingsError(f"{place}: expected an address without ? and #")
    return text.rstrip("/")


def local_path(address: str) -> Path | None:
    """The path that a ``file://`` address or a plain path means; None for what lies on storage."""
    if not is_address(address):
        return Path(address)
    parts = urlsplit(check_address(address))
    return Path(unquote(parts.path)) if parts.scheme == "file" else None


def list_files(address: str, *, deep: bool = True) -> dict[str, int]:
    """The address and size in bytes of each file below, sorted; of the file itself, if it is one. Empty for nothing.

    Args:
        deep: whether folders in it are listed, too.

    Raises:
        StorageError: the storage does not answer, or may not be listed.
    """
    files, place = _files(address)
    with _told(address):
        files.invalidate_cache()
        found = files.find(place, maxdepth=None if deep else 1, detail=True)
    return {files.unstrip_protocol(name): int(info["size"] or 0) for name, info in sorted(found.items())}


def match_files(pattern: str) -> dict[str, int]:
    """The address and size of each file that a pattern (``*``, ``?``, ``[``, ``**``) matches.

    Raises:
        StorageError: see :func:`list_files`.
    """
    files, place = _files(pattern)
    with _told(pattern):
        found = files.glob(place, detail=True)
    named = sorted((name, info) for name, info in found.items() if info["type"] == "file")
    return {files.unstrip_protocol(name): int(info["size"] or 0) for name, info in named}


@contextmanager
def open_file(address: str) -> Iterator[BinaryIO]:
    """Open a file to read it from front to back.

    Raises:
        StorageError: it cannot be read.
    """
    files, place = _files(address)
    with _told(address), files.open(place, "rb") as file:
        yield cast("BinaryIO", io.BufferedReader(file))


def read_file(address: str) -> bytes | None:
    """All bytes of a file; None if there is none.

    Raises:
        StorageError: the storage does not answer, or the file may not be read.
    """
    files, place = _files(address)
    with _told(address):
        try:
            return cast("bytes", files.cat_file(place))
        except FileNotFoundError:
            return None


def read_parts(parts: Iterable[tuple[str, int | None, int | None]]) -> list[bytes | OSError]:
    """Bytes of many files at once, which storage far away gives faster: from an offset to another, or all for None.

    What one file refuses stands in its place, so that it is the fault of nothing else.

    Raises:
        StorageError: the storage does not answer.
    """
    wanted = list(parts)
    if not wanted:
        return []
    files, _ = _files(wanted[0][0])
    paths = [_files(address)[1] for address, _, _ in wanted]
    starts, ends = [start for _, start, _ in wanted], [end for _, _, end in wanted]
    with _told(wanted[0][0]):
        found = files.cat_ranges(paths, starts, ends, on_error="return")
    return [_part(address, got) for (address, _, _), got in zip(wanted, found, strict=True)]


def write_file(address: str, data: bytes) -> None:
    """Write a file that is seen whole or not at all, in place of an older one.

    Raises:
        StorageError: it cannot be written.
    """
    files, place = _files(address)
    folder, _, name = place.rpartition("/")
    with _told(address):
        if urlsplit(address).scheme in _PUTS_WHOLE:
            files.pipe_file(place, data)
            return
        files.makedirs(folder, exist_ok=True)
        beside = f"{folder}/.{name}.{uuid.uuid4().hex}.part"
        try:
            files.pipe_file(beside, data)
            _move(files, beside, place)
        finally:
            if files.exists(beside):
                files.rm_file(beside)


def delete_file(address: str) -> None:
    """Delete a file, if there is one.

    Raises:
        StorageError: it cannot be deleted.
    """
    files, place = _files(address)
    with _told(address):
        try:
            files.rm_file(place)
        except FileNotFoundError:
            return


def _move(files: Any, beside: str, place: str) -> None:
    """On a disk in one step, also over a file that is there; Hadoop's ``rename`` refuses one, so that it goes first."""
    if "file" in files.protocol:
        Path(beside).replace(place)
        return
    if files.exists(place):
        files.rm_file(place)
    files.mv(beside, place)


def _part(address: str, got: object) -> bytes | OSError:
    if isinstance(got, bytes):
        return got
    if isinstance(got, FileNotFoundError | PermissionError):
        return OSError(None, _words(got))
    raise StorageError(f"{address}: cannot be read ({_words(got)})") from cast("BaseException", got)


def _files(address: str) -> tuple[Any, str]:
    """The storage that holds an address, and what it calls it. fsspec has no types: what it gives is Any."""
    whole = address if is_address(address) else f"file://{Path(address).absolute()}"
    protocol = urlsplit(whole).scheme
    files = _storage(protocol) if protocol != "hdfs" else _storage(protocol, urlsplit(whole).netloc)
    return files, str(files._strip_protocol(whole))


@lru_cache
def _storage(protocol: str, host: str = "") -> Any:
    """One for each process: a directory listing is asked for when it is needed and not kept, for others write, too."""
    options: dict[str, Any] = {"host": host} if host else {}
    if protocol == "s3":
        options["max_concurrency"] = 1  # parts of one file at once; more of them ask for the size of each file first
    try:
        return fsspec.filesystem(protocol, use_listings_cache=False, **options)
    except (ImportError, OSError) as error:
        needs = PROTOCOLS[protocol]
        raise SettingsError(f"{protocol}://: cannot be used ({_words(error)}); it needs {needs}") from error


@contextmanager
def _told(address: str) -> Iterator[None]:
    """Faults of storage in our words, with the address and without secrets."""
    try:
        yield
    except _faults() as error:
        raise StorageError(f"{address}: shared storage cannot be used ({_words(error)})") from error


def _faults() -> tuple[type[BaseException], ...]:
    """What storage raises. Only a library that is loaded can raise its own, so that none is loaded to name them."""
    loaded = ((sys.modules.get(module), name) for module, name in _OF_LIBRARIES)
    return (OSError, ValueError, *(getattr(module, name) for module, name in loaded if hasattr(module, name)))


def _words(error: object) -> str:
    """What an error says, in one line, without values that the environment keeps secret."""
    said = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
    words = " ".join(said.split())[:300] or type(error).__name__
    hidden = [value for name, value in os.environ.items() if _SECRET.search(name) and len(value) >= _SHORTEST_SECRET]
    for value in sorted(hidden, key=len, reverse=True):
        words = words.replace(value, "***")
    return words
