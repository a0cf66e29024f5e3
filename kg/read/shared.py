"""Articles on storage that machines share (``s3://bucket/folder``): which files are there, and a copy of some of them.

Why copies: an article, a line of a file of articles and the corrections beside them are read as files of this machine
everywhere else, and storage far away gives the files of many articles at once far faster than one after the other. A
copy holds nothing but its article, so that of a file of a million lines only those lines come that are asked for.
"""

from __future__ import annotations

import glob
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Final

from kg.errors import SettingsError
from kg.storage import check_address, list_files, match_files, read_parts

NOTES: Final = ".corrections.yaml"
"""How files end that belong to an article and are no articles: they are copied along with it."""


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file on storage: its address and size, the address of the folder that it was found through, or nothing, and
    the names of :data:`NOTES` that lie beside it."""

    address: str
    size: int
    root: str
    notes: frozenset[str]

    @property
    def path(self) -> PurePosixPath:
        """The file's name, with the folders that lead to it from :attr:`root`."""
        return PurePosixPath(self.address.removeprefix(f"{self.root}/") if self.root else _name(self.address))


def find_files(argument: str, is_article: Callable[[PurePosixPath], bool]) -> tuple[FoundFile, ...]:
    """The files that an address means: itself, all articles of a folder and below, or what a pattern matches.

    Raises:
        SettingsError: it means nothing, or is no address that can be used.
        StorageError: the storage does not answer.
    """
    address = check_address(argument)
    if glob.has_magic(address):
        found, root = match_files(address), ""
        notes = _notes(name for folder in {_folder(one) for one in found} for name in list_files(folder, deep=False))
    else:
        found = list_files(address)
        root = "" if set(found) == {address} else address
        notes = _notes(found if root else list_files(_folder(address), deep=False))
    if not found:
        raise SettingsError(f"{address}: no such file or folder on this storage, or nothing is in it")
    files = (FoundFile(one, size, root, notes[_folder(one)]) for one, size in found.items())
    return tuple(file for file in files if file.address == address or is_article(file.path))


@dataclass(frozen=True, slots=True)
class Part:
    """What to copy of a file: all of it, or ``size`` bytes from ``start``. ``notes`` are addresses of whole files."""

    address: str
    start: int = 0
    size: int | None = None
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Copies:
    """Copies of parts, in a folder of their own each. ``faults`` say which part could not be copied, and why."""

    folder: Path
    paths: tuple[Path, ...]
    faults: Mapping[int, str] = field(default_factory=dict)
    homes: Mapping[str, str] = field(default_factory=dict)

    def told(self, message: str) -> str:
        """A message with the addresses of files in place of those of their copies."""
        if str(self.folder) in message:
            for home, address in self.homes.items():
                message = message.replace(f"{home}/", f"{address}/")
        return message


@contextmanager
def copies(parts: Sequence[Part]) -> Iterator[Copies]:
    """Copy parts of files to this machine, for as long as the block runs.

    Raises:
        StorageError: the storage does not answer.
    """
    with tempfile.TemporaryDirectory(prefix="aidgraph-") as name:
        folder = Path(name)
        paths = tuple(folder / str(number) / _name(part.address) for number, part in enumerate(parts))
        faults: dict[int, str] = {}
        for number, path, got in _contents(parts, paths):
            if isinstance(got, OSError):
                faults[number] = f"cannot be read ({got.strerror}); check the file and its permissions"
            else:
                path.parent.mkdir(exist_ok=True)
                path.write_bytes(got)
        homes = {str(path.parent): _folder(part.address) for path, part in zip(paths, parts, strict=True)}
        yield Copies(folder, paths, faults, homes)


def _contents(parts: Sequence[Part], paths: Sequence[Path]) -> Iterator[tuple[int, Path, bytes | OSError]]:
    """For each file to be written: whose it is, its place, and what is in it."""
    wanted: dict[str, list[tuple[int, Path, str, int | None, int | None]]] = defaultdict(list)
    for number, (part, path) in enumerate(zip(parts, paths, strict=True)):
        ranged = (None, None) if part.size is None else (part.start, part.start + part.size)
        wanted[part.address.partition("://")[0]].append((number, path, part.address, *ranged))
        for note in part.notes:
            wanted[note.partition("://")[0]].append((number, path.with_name(_name(note)), note, None, None))
    for group in wanted.values():  # one kind of storage at a time
        got = read_parts([(address, start, end) for _, _, address, start, end in group])
        for (number, path, *_), content in zip(group, got, strict=True):
            yield number, path, content


def _notes(addresses: Iterable[str]) -> defaultdict[str, frozenset[str]]:
    """The names of files that belong to articles, by their folder."""
    found: defaultdict[str, frozenset[str]] = defaultdict(frozenset)
    for address in addresses:
        if address.endswith(NOTES):
            found[_folder(address)] |= {_name(address)}
    return found


def _folder(address: str) -> str:
    return address.rpartition("/")[0]


def _name(address: str) -> str:
    return address.rpartition("/")[2]
