"""Finds, reads and checks the corrections of an article.

They lie beside the article as ``NAME.corrections.yaml``, where NAME is the article's identifier or its file's name
without the ending, or in the folder of the setting ``corrections``. A file may hold several documents (``---``); each
that belongs to a file of several articles says by ``article`` which one it means.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.corrections.check import check_tree
from kg.corrections.model import CorrectionFile, Entry
from kg.corrections.trees import Tree, TreeError, parse_trees
from kg.corrections.values import Declared
from kg.errors import ArticleError, SettingsError

ENDING: Final = ".corrections.yaml"
LARGEST: Final = 1 << 20
"""Bytes of a file; a correction is a few lines."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """The checked corrections of one article. ``lines`` are those of ``entries`` in the file.

    ``digest`` changes with everything that a reading takes from them; where the file lies is none of that.
    """

    path: Path = Path()
    by: str = ""
    date: str = ""
    entities: tuple[Declared, ...] = ()
    entries: tuple[Entry, ...] = ()
    lines: tuple[int, ...] = ()
    digest: str = ""

    def place(self, entry: int) -> str:
        """The file's name and the line of a correction."""
        return f"{self.path.name}:{self.lines[entry]}"

    def fault(self, entry: int, message: str) -> ArticleError:
        """The error of a correction that cannot be meant so."""
        return ArticleError(f"{self.path}:{self.lines[entry]}", message)


NONE: Final = Corrections()


def corrections_of(identifier: str, source: Path, folder: Path) -> Corrections:
    """The corrections of one article; :data:`NONE` if there are none.

    Args:
        identifier: the article's.
        source: its file, which may be that of several articles; they may lie beside it.
        folder: where else they may lie.

    Raises:
        ArticleError: a file cannot be read or is not what it should be, or two files correct the same article.
    """
    stem = source.stem
    found = [
        corrections
        for folder in dict.fromkeys((source.parent.resolve(), folder.resolve()))
        for name in dict.fromkeys((identifier, stem))
        if os.sep not in name and (path := folder / f"{name}{ENDING}").is_file()
        for corrections in _of_article(path, identifier, stem)
    ]
    if len(found) > 1:
        places = " and ".join(f"{one.path}:{min(one.lines, default=1)}" for one in found)
        raise ArticleError(places, f"both correct the article {identifier!r}; put all of it into one document")
    return found[0] if found else NONE


def check_folder(folder: Path, *, expected: bool) -> None:
    """Nothing is corrected in silence by a folder that is not there; the default one need not be.

    Raises:
        SettingsError: it is expected and missing.
    """
    if expected and not folder.is_dir():
        raise SettingsError(f"{folder}: no such folder; --corrections names a folder with files NAME{ENDING}")


def unused_files(folders: Iterable[Path], names: Container[str]) -> tuple[Path, ...]:
    """Files of corrections in these folders that belong to no article, nor file of articles, of these names."""
    files = (path for folder in sorted(set(folders)) for path in sorted(folder.glob(f"*{ENDING}")))
    return tuple(path for path in files if path.name.removesuffix(ENDING) not in names)


def _of_article(path: Path, identifier: str, stem: str) -> Iterator[Corrections]:
    text = _read(path)
    try:
        for tree in parse_trees(text):
            file = check_tree(tree)
            if file.article is None and identifier != stem and path.name == f"{stem}{ENDING}":
                raise TreeError(tree.line(()), "has no 'article', which it needs beside a file of several articles")
            if file.article in (None, identifier):
                yield _corrections(path, tree, file)
            elif identifier == stem:
                wanted = f"got the article {file.article!r}, expected {identifier!r}, as the file's name has it"
                raise TreeError(tree.line(("article",)), wanted)
    except TreeError as error:
        raise ArticleError(f"{path}:{error.line}" if error.line else str(path), str(error)) from error


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise ArticleError(str(path), f"has {path.stat().st_size:,} bytes, expected at most {LARGEST:,}")
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise ArticleError(str(path), f"cannot be read ({error.strerror}); check its permissions") from error
    except UnicodeDecodeError as error:
        raise ArticleError(str(path), f"is not UTF-8 (byte {error.start}); save it as UTF-8") from error


def _corrections(path: Path, tree: Tree, file: CorrectionFile) -> Corrections:
    lines = tuple(tree.line(("corrections", number)) for number in range(len(file.corrections)))
    digest = hashlib.sha256(repr((path.name, file, lines)).encode()).hexdigest()
    return Corrections(path, file.by, file.date, file.entities, file.corrections, lines, digest)
