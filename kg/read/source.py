"""What stands for one article before it is read."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Source:
    """One article to read, as small as a task for another process should be.

    Attributes:
        id: the article's identifier: the file's stem, or what the line or the user says.
        path: the file that holds it.
        root: the folder named by the user that the file was found under.
        line: the number of its line from 1, in a file of articles; ``start`` is the offset of its first byte.
        piped: the file holds a copy of standard input, which is gone when the build ends.
        size: the bytes of that line with its end.
        fault: why it cannot be read; a line has no identifier then, and ``id`` is empty.
        address: where the file lies, if on storage that machines share; ``path`` is its name then, or a copy of it.
        folder: the address of the folder that it was found through.
        notes: addresses of files beside it that may say something of its article.
        place: the whole path of the file, and ``root_place`` of its root, where they were found out already: to find
            one out takes a look at every folder on the way.
    """

    id: str
    path: Path
    root: Path | None = None
    line: int = 0
    start: int = 0
    piped: bool = False
    fault: str = ""
    size: int = 0
    address: str = ""
    folder: str = ""
    notes: tuple[str, ...] = ()
    place: str = field(default="", compare=False)
    root_place: str = field(default="", compare=False)

    @property
    def name(self) -> str:
        """What messages call it: ``news.txt``, ``news.jsonl:12``, ``standard input``."""
        place = "standard input" if self.piped else self.address or str(self.path)
        return f"{place}:{self.line}" if self.line else place

    @property
    def location(self) -> str:
        """Where its article is known to lie; standard input lies nowhere, so that no folder can lose it."""
        return "-" if self.piped else self.address or self.place or str(self.path.resolve())

    @property
    def found_in(self) -> str:
        """Where the folder lies that it was found through, or nothing."""
        return self.folder or self.root_place or (str(self.root.resolve()) if self.root else "")


@dataclass(frozen=True, slots=True)
class Piped:
    """Standard input as a file of ours, in the place of a user's file; ``id`` is for a single article."""

    path: Path
    id: str | None = None
