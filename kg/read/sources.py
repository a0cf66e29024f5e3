"""From what the user names (files, folders, patterns, standard input) to the articles to read.

Why not a plain ``glob``: an article is known by its identifier, so two sources with one must be
refused before anything is built; a mistyped name must not pass as "nothing to do"; whoever
removes what has gone from a folder must know which folder a file was found in; and one file may hold many articles.
"""

from __future__ import annotations

import glob
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import NoReturn, Protocol

from kg.errors import ArticleError, SettingsError
from kg.read.decode import check_size
from kg.read.jsonl import FoundLine, find_lines, lines_of, parse_line, read_line
from kg.read.page import parse_html
from kg.read.shared import NOTES, find_files
from kg.read.source import Piped, Source
from kg.read.text import parse_text
from kg.records import Article
from kg.storage import is_address, local_path, open_file


class Reader(Protocol):
    """Turns the bytes of one file into an article; ``source`` is what an error calls the file."""

    def __call__(self, data: bytes, *, id: str, source: str) -> Article: ...


READERS: dict[str, Reader] = {".txt": parse_text, ".html": parse_html, ".htm": parse_html}
"""Who reads which ending (in lower case) of files of one article. A format is added here and nowhere else."""

OF_LINES = ".jsonl"
"""The ending of files of one article a line."""

FORMATS = ("txt", "html", "jsonl")
"""What standard input may be."""

ABOUT_THE_FOLDER = frozenset({"readme", "licence", "license"})
"""Stems of files that tell of a folder and are no articles; passed over unless named one by one."""

_SAVED_WITH = "_files"
"""Browsers save a page's pictures, frames and advertisements in a folder named like the page and this."""


def find_sources(arguments: Sequence[str | Path | Piped]) -> tuple[Source, ...]:
    """Every article that the arguments mean, sorted by identifier, each once; lines without one come first.

    A folder means all files in it and below with an ending in :data:`READERS` or :data:`OF_LINES`; hidden files
    and folders, other endings, what a browser saved beside a page, and :data:`ABOUT_THE_FOLDER` are passed over.
    A pattern (``*``, ``?``, ``[``, ``**``) means what it matches, with the same exceptions. A file must have a
    known ending. All of it may lie on storage that machines share, and is named by its address then.

    Raises:
        SettingsError: an argument names nothing, a file has another ending or cannot be read to find its
            articles, a folder cannot be listed, or two sources have one identifier.
        StorageError: the storage of an address does not answer.
    """
    found: dict[str, Source] = {}
    for argument in arguments:
        for source in _expand(argument):
            place = str(source.path.resolve()) if source.piped else source.location
            known = found.setdefault(place, source)
            if not known.found_in and source.found_in:
                found[place] = source
    articles = (article for source in found.values() for article in _articles(source))
    sources = sorted(articles, key=lambda source: (source.id, str(source.path), source.line))
    for one, other in pairwise(sources):
        if one.id == other.id and not one.fault:
            raise SettingsError(
                f"{one.name} and {other.name} have the same identifier {one.id!r}; an article is known by "
                "its file's name without the ending, or by its line's id; rename one of them"
            )
    return tuple(sources)


def read_article(source: Source) -> Article:
    """Read one source; what lies on storage is copied to this machine before (:func:`near`).

    Raises:
        ArticleError: the file or line cannot be read, is too large, binary, in an unknown encoding or no article.
    """
    if source.fault:
        raise ArticleError(source.name, source.fault)
    data = source_bytes(source)
    if source.line:
        return parse_line(data, id=source.id, source=source.name)
    return READERS[source.path.suffix.lower()](data, id=source.id, source=source.name)


def source_bytes(source: Source) -> bytes:
    """What an article is read from, and what its ``sha256`` is of: its file, or its line without the end.

    Raises:
        ArticleError: the file or line cannot be read, or is too large.
    """
    try:
        if source.line:
            return read_line(source.path, source.start)
        check_size(source.path.stat().st_size, source=source.name)
        return source.path.read_bytes()
    except OSError as error:
        fault = f"cannot be read ({error.strerror}); check the file and its permissions"
        raise ArticleError(source.name, fault) from error


def _articles(source: Source) -> Iterator[Source]:
    """The source itself, or one for each line of a file of articles."""
    if source.path.suffix.lower() != OF_LINES:
        yield source
        return
    try:
        if source.address:
            with open_file(source.address) as file:
                for line in lines_of(file):
                    yield _of_line(source, line)
        else:
            for line in find_lines(source.path):
                yield _of_line(source, line)
    except OSError as error:
        fault = f"cannot be read ({error.strerror}); check the file and its permissions"
        raise SettingsError(f"{source.name}: {fault}") from error


def _of_line(source: Source, line: FoundLine) -> Source:
    identifier = line.id or ""
    notes = _own_notes(source, identifier)
    return replace(
        source, id=identifier, line=line.number, start=line.start, size=line.size, fault=line.fault, notes=notes
    )


def _own_notes(source: Source, identifier: str) -> tuple[str, ...]:
    """Those of the files beside it that are named like the article or its file."""
    folder = source.address.rpartition("/")[0]
    names = (f"{folder}/{name}{NOTES}" for name in dict.fromkeys((identifier, source.path.stem)))
    return tuple(name for name in names if name in source.notes)


def _expand(argument: str | Path | Piped) -> Iterator[Source]:
    if isinstance(argument, Piped):
        yield Source(id=argument.id or "", path=argument.path, piped=True)
        return
    local = local_path(str(argument))
    if local is None:
        yield from _stored(str(argument))
        return
    path, argument = (Path(argument), argument) if not is_address(str(argument)) else (local, local)
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


def _stored(address: str) -> Iterator[Source]:
    """The files that an address means."""
    for file in find_files(address, _is_stored_article):
        path = Path(file.path.name)
        if not _has_reader(path):
            raise SettingsError(f"{file.address}: expected a file ending in {_endings()}")
        source = replace(_source(path), address=file.address, folder=file.root)
        notes = tuple(f"{file.address.rpartition('/')[0]}/{name}" for name in sorted(file.notes))
        if path.suffix.lower() == OF_LINES:
            yield replace(source, notes=notes)  # each line takes its own of them
            continue
        fault = _size_fault(file.size)
        yield replace(source, fault=fault, notes=_own_notes(replace(source, notes=notes), source.id))


def _size_fault(size: int) -> str:
    try:
        check_size(size, source="")
    except ArticleError as error:
        return str(error).removeprefix(": ")
    return ""


def _is_stored_article(path: PurePosixPath) -> bool:
    return _is_article(Path(path.name)) and not any(
        folder.startswith(".") or folder.endswith(_SAVED_WITH) for folder in path.parts[:-1]
    )


def _match(pattern: str) -> Iterator[Source]:
    paths = [Path(name) for name in sorted(glob.glob(pattern, recursive=True))]  # noqa: PTH207  Path.glob takes hidden files for *, and no absolute pattern
    if not paths:
        raise SettingsError(f"{pattern}: no file or folder matches this pattern")
    for path in paths:
        if path.is_dir() and "**" not in pattern:  # ** has matched what lies below already
            yield from _walk(path)
        elif path.is_file() and _is_article(path):
            yield _source(path)


def _walk(root: Path) -> Iterator[Source]:
    whole = root.resolve()
    for folder, below, names in os.walk(root, onerror=_refuse_folder):
        below[:] = sorted(name for name in below if not name.startswith(".") and not _is_saved_with(name, names))
        here = whole / Path(folder).relative_to(root)  # links to folders are not followed
        for path in (Path(folder, name) for name in sorted(names)):
            if _is_article(path):
                place = str(path.resolve() if path.is_symlink() else here / path.name)
                yield replace(_source(path), root=root, place=place, root_place=str(whole))


def _is_saved_with(folder: str, files: list[str]) -> bool:
    page = folder.removesuffix(_SAVED_WITH)
    return page != folder and any(f"{page}{ending}" in files for ending in (".html", ".htm"))


def _refuse_folder(error: OSError) -> NoReturn:
    raise SettingsError(f"{error.filename}: cannot be listed ({error.strerror}); check its permissions") from error


def _is_article(path: Path) -> bool:
    return not path.name.startswith(".") and _has_reader(path) and path.stem.lower() not in ABOUT_THE_FOLDER


def _has_reader(path: Path) -> bool:
    return path.suffix.lower() in READERS or path.suffix.lower() == OF_LINES


def _source(path: Path) -> Source:
    if not path.name.isprintable():  # bytes that are not UTF-8 come as lone surrogates and could not be an identifier
        raise SettingsError(f"{str(path)!r}: the name holds characters that cannot be printed; rename the file")
    return Source(id=path.stem, path=path)


def _endings() -> str:
    return f"{', '.join(READERS)} or {OF_LINES}"
