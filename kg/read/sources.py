"""From what the user names (files, folders, patterns) to the articles to read.

Why not a plain ``glob``: an article is known by its file's stem, so two files with one stem must be
refused before anything is built; a mistyped name must not pass as "nothing to do"; and whoever
removes what has gone from a folder must know which folder a file was found in.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NoReturn, Protocol

from kg.errors import ArticleError, SettingsError
from kg.read.decode import check_size
from kg.read.text import parse_text
from kg.records import Article


class Reader(Protocol):
    """Turns the bytes of one file into an article; ``source`` is what an error calls the file."""

    def __call__(self, data: bytes, *, id: str, source: str) -> Article: ...


READERS: dict[str, Reader] = {".txt": parse_text}
"""Who reads which ending (in lower case). A format is added here and nowhere else."""

ABOUT_THE_FOLDER = frozenset({"readme", "licence", "license"})
"""Stems of files that tell of a folder and are no articles; passed over unless named one by one."""


@dataclass(frozen=True, slots=True, order=True)
class Source:
    """One file to read. ``id`` is the file's stem, ``root`` the folder named by the user that it was found under."""

    id: str
    path: Path
    root: Path | None = None


def find_sources(arguments: Sequence[str | Path]) -> tuple[Source, ...]:
    """Every file that the arguments mean, sorted by identifier, each once.

    A folder means all files in it and below with an ending in :data:`READERS`; hidden files and
    folders, other endings and :data:`ABOUT_THE_FOLDER` are passed over. A pattern (``*``, ``?``,
    ``[``, ``**``) means what it matches, with the same exceptions. A file must have a known ending.

    Raises:
        SettingsError: an argument names nothing, a file has another ending, a folder cannot be
            listed, or two files have one identifier.
    """
    found: dict[Path, Source] = {}
    for argument in arguments:
        for source in _expand(argument):
            known = found.setdefault(source.path.resolve(), source)
            if known.root is None and source.root is not None:
                found[source.path.resolve()] = source
    sources = sorted(found.values())
    for one, other in pairwise(sources):
        if one.id == other.id:
            raise SettingsError(
                f"{one.path} and {other.path} have the same identifier {one.id!r}; "
                "an article is known by its file's name without the ending; rename one of them"
            )
    return tuple(sources)


def read_article(source: Source) -> Article:
    """Read one source.

    Raises:
        ArticleError: the file cannot be read, is too large, binary, in an unknown encoding or without words.
    """
    name = str(source.path)
    try:
        check_size(source.path.stat().st_size, source=name)
        data = source.path.read_bytes()
    except OSError as error:
        raise ArticleError(name, f"cannot be read ({error.strerror}); check the file and its permissions") from error
    return READERS[source.path.suffix.lower()](data, id=source.id, source=name)


def _expand(argument: str | Path) -> Iterator[Source]:
    path = Path(argument)
    if path.is_dir():
        yield from _walk(path)
    elif path.exists():
        if not _has_reader(path):
            raise SettingsError(f"{path}: expected a file ending in {_endings()}, got {path.suffix or 'no ending'}")
        yield _source(path)
    elif glob.has_magic(str(argument)):
        yield from _match(str(argument))
    else:
        wanted = f"give a file ending in {_endings()}, a folder or a pattern"
        raise SettingsError(f"{path}: no such file or folder; {wanted}")


def _match(pattern: str) -> Iterator[Source]:
    paths = [Path(name) for name in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207 - Path.glob takes no absolute pattern
    if not paths:
        raise SettingsError(f"{pattern}: no file or folder matches this pattern")
    for path in paths:
        if path.is_dir() and "**" not in pattern:  # ** has matched what lies below already
            yield from _walk(path)
        elif path.is_file() and _is_article(path):
            yield _source(path)


def _walk(root: Path) -> Iterator[Source]:
    for folder, below, names in os.walk(root, onerror=_refuse_folder):
        below[:] = sorted(name for name in below if not name.startswith("."))
        for path in (Path(folder, name) for name in sorted(names)):
            if _is_article(path):
                yield _source(path, root=root)


def _refuse_folder(error: OSError) -> NoReturn:
    raise SettingsError(f"{error.filename}: cannot be listed ({error.strerror}); check its permissions") from error


def _is_article(path: Path) -> bool:
    return not path.name.startswith(".") and _has_reader(path) and path.stem.lower() not in ABOUT_THE_FOLDER


def _has_reader(path: Path) -> bool:
    return path.suffix.lower() in READERS


def _source(path: Path, *, root: Path | None = None) -> Source:
    if not path.name.isprintable():  # bytes that are not UTF-8 come as lone surrogates and could not be an identifier
        raise SettingsError(f"{str(path)!r}: the name holds characters that cannot be printed; rename the file")
    return Source(id=path.stem, path=path, root=root)


def _endings() -> str:
    return " or ".join(READERS)
