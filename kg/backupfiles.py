"""What a backup consists of: a manifest with checksums, and the files that it names, in a folder or an archive.

An archive is a tar file packed by Zstandard, with the manifest first, so that a backup of a newer program is refused
before gigabytes are unpacked. The names that there may be are a closed list: nothing that somebody put into an
archive gets a place of its own choosing.
"""

from __future__ import annotations

import contextlib
import hashlib
import io
import re
import tarfile
from collections.abc import Callable, Generator, Iterator
from importlib.metadata import version as installed
from pathlib import Path
from typing import IO, Final, cast

import msgspec
import zstandard

from kg.errors import StoreError

MANIFEST: Final = "backup.json"
ENDING: Final = ".tar.zst"
FORMAT: Final = 1
GENERATION: Final = "store"
"""The folder of a backup that is a generation of the store (:mod:`kg.store`)."""
LEDGER: Final = "ledger.sqlite"

_LARGEST_MANIFEST: Final = 64 << 20
"""Bytes; a store of a terabyte has some 20,000 files."""
_LARGEST_WINDOW: Final = 1 << 27
"""Bytes of memory that unpacking may take: what ``zstd`` itself allows."""
_NAME: Final = re.compile(
    r"(?:readings|seen|parses|ledger)\.sqlite"
    rf"|{GENERATION}/(?:built|built\.nq\.gz|alone|sizes|counts\.json|index\.sqlite|rocksdb/[A-Za-z0-9][A-Za-z0-9._-]*)",
    re.ASCII,
)
_AT_ONCE: Final = 1 << 20


class BackupFile(msgspec.Struct, frozen=True):
    """A file by its name in the backup; ``size`` is in bytes, ``sha256`` in hexadecimal."""

    name: str
    size: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What ``backup.json`` says.

    ``program`` is the version of aidgraph that made the backup, ``version`` the generation of the store that is in it,
    ``made`` when that was published (seconds since 1970); ``base`` is the base IRI of the data. There is no time of
    the backup, so that two of one state are the same bytes.
    """

    format: int
    program: str
    version: str
    made: float
    base: str
    quads: int
    files: tuple[BackupFile, ...]


Write = Callable[[BackupFile, IO[bytes]], None]
"""Takes what a file of a backup holds."""


def digest_of(path: Path) -> tuple[int, str]:
    """Size and SHA-256 of a file."""
    with path.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        return file.tell(), digest


def write_archive(archive: Path, manifest: Manifest, paths: dict[str, Path]) -> None:
    """Write an archive of files, given by their names in it. The inverse of :func:`read_backup`."""
    with (
        archive.open("xb") as raw,
        zstandard.ZstdCompressor(level=3).stream_writer(raw) as packed,
        tarfile.open(fileobj=packed, mode="w|", format=tarfile.PAX_FORMAT) as tar,
    ):
        content = manifest_bytes(manifest)
        tar.addfile(_entry(MANIFEST, len(content)), io.BytesIO(content))
        for one in manifest.files:
            with paths[one.name].open("rb") as file:
                tar.addfile(_entry(one.name, one.size), file)


def _entry(name: str, size: int) -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = size, 0o600
    return entry


def manifest_bytes(manifest: Manifest) -> bytes:
    """The file of a manifest."""
    return msgspec.json.format(msgspec.json.encode(manifest), indent=2) + b"\n"


def read_backup(path: Path, start: Callable[[Manifest], Write]) -> Manifest:
    """Read a backup: ``start`` is told the manifest, and what it returns takes every file, whose bytes are then known
    to be those of the manifest.

    Raises:
        StoreError: it is no backup, is damaged, or was made by a newer program.
    """
    try:
        with contextlib.closing(_in_folder(path) if path.is_dir() else _in_archive(path)) as files:
            return _read(path, files, start)
    except (OSError, EOFError, tarfile.TarError, zstandard.ZstdError, msgspec.MsgspecError, UnicodeError) as error:
        raise StoreError(f"{path}: is no backup of aidgraph, or is damaged ({error}); nothing was restored") from error


def _read(path: Path, files: Iterator[tuple[str, IO[bytes]]], start: Callable[[Manifest], Write]) -> Manifest:
    name, content = next(files, ("", io.BytesIO()))
    if name != MANIFEST:
        raise StoreError(f"{path}: is no backup of aidgraph: it does not begin with {MANIFEST}")
    manifest = _checked(path, content.read(_LARGEST_MANIFEST))
    expected = {one.name: one for one in manifest.files}
    write = start(manifest)
    for name, content in files:
        one = expected.pop(name, None)
        if one is None:
            raise StoreError(f"{path}: holds {name!r}, which its manifest does not name; nothing was restored")
        checked = _Checked(content, one.size)
        write(one, cast("IO[bytes]", checked))
        if not checked.is_whole(one):
            raise StoreError(f"{path}: {name} is damaged (its checksum differs); nothing was restored")
    if expected:
        raise StoreError(f"{path}: is damaged: it lacks {', '.join(sorted(expected)[:3])}; nothing was restored")
    return manifest


def _checked(path: Path, content: bytes) -> Manifest:
    """The manifest, if this program may restore what it tells of."""
    fields = msgspec.json.decode(content, type=dict[str, object])
    program = str(fields.get("program", ""))
    if fields.get("format") != FORMAT or _numbers(program) > _numbers(installed("aidgraph")):
        raise StoreError(
            f"{path}: was made by aidgraph {program or 'of unknown version'}, and this is {installed('aidgraph')}: "
            "restore it with that version or a newer one"
        )
    manifest = msgspec.json.decode(content, type=Manifest)
    for one in manifest.files:
        if _NAME.fullmatch(one.name) is None:
            raise StoreError(f"{path}: names the file {one.name!r}, which no backup has; nothing was restored")
    return manifest


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, re.findall(r"\d+", version)[:3]))


class _Checked:
    """A file that is read once, of which size and checksum are known then."""

    def __init__(self, content: IO[bytes], size: int) -> None:
        self._content = content
        self._left = size
        self._digest = hashlib.sha256()

    def read(self, size: int = _AT_ONCE) -> bytes:
        piece = self._content.read(min(size, self._left) if size >= 0 else self._left)
        self._left -= len(piece)
        self._digest.update(piece)
        return piece

    def is_whole(self, one: BackupFile) -> bool:
        return self._left == 0 and not self._content.read(1) and self._digest.hexdigest() == one.sha256


def _in_folder(path: Path) -> Generator[tuple[str, IO[bytes]], None, None]:
    """The files of a folder, the manifest first. What it does not name is left alone: links lead nowhere."""
    manifest = path / MANIFEST
    with manifest.open("rb") as file:
        yield MANIFEST, file
    for one in msgspec.json.decode(manifest.read_bytes(), type=Manifest).files:
        if (path / one.name).is_file():
            with (path / one.name).open("rb") as file:
                yield one.name, file


def _in_archive(path: Path) -> Generator[tuple[str, IO[bytes]], None, None]:
    unpacker = zstandard.ZstdDecompressor(max_window_size=_LARGEST_WINDOW)
    with (
        path.open("rb") as raw,
        unpacker.stream_reader(raw) as packed,
        tarfile.open(fileobj=packed, mode="r|") as tar,
    ):
        for entry in tar:
            content = tar.extractfile(entry) if entry.isreg() else None
            if content is None:
                raise StoreError(f"{path}: {entry.name!r} is no plain file; nothing was restored")
            yield entry.name, content
