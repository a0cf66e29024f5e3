"""What sorted lines say of single things: the way of the tables from an item to its reports and their articles.

A store looks up each term of each quad that it answers, and Python makes an object of it: ten times what it costs to
find the lines of a thing in a sorted file. Of the file only the beginnings of its blocks are held in memory, a
thousandth of its size, and a few hundred blocks that were read last. For steps backwards the lines of a few properties
are turned round and sorted into a file of their own.
"""

from __future__ import annotations

import os
import tempfile
from array import array
from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache, partial
from itertools import pairwise
from typing import IO, Final

from kg.dumps.paths import Paths, named
from kg.dumps.sorting import Sorter
from kg.dumps.terms import unescaped

_END: Final = " .\n"
_BLOCK: Final = 32 << 10
"""Bytes of a block, and as many more as the last thing in it has."""
_BLOCKS: Final = 200
"""Blocks that are remembered, some 15 MB with all lines as objects."""
_KEPT: Final = 5_000
"""Things that are remembered."""


class LineIndex:
    """Finds the lines of a thing in a file of N-Triples lines that are in order.

    Args:
        file: read through now; later, single blocks are read wherever others have it open at.
    """

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._keys: list[bytes] = []
        self._starts = array("Q")
        for start, block in _blocks(file):
            self._keys.append(block[: block.index(b" ") + 1])
            self._starts.append(start)
        self._starts.append(file.tell())
        self._block = lru_cache(maxsize=_BLOCKS)(self._read)

    def lines(self, thing: bytes) -> list[bytes]:
        """The lines whose subject is a thing, in order; none if it has none."""
        place = bisect_right(self._keys, thing + b" ") - 1
        if place < 0:
            return []
        block = self._block(place)
        first = bisect_left(block, thing + b" ")
        return block[first : bisect_left(block, thing + b"!", first)]  # the character that follows the space

    def _read(self, place: int) -> list[bytes]:
        start, end = self._starts[place : place + 2]
        return os.pread(self._file.fileno(), end - start, start).splitlines(keepends=True)


def _blocks(file: IO[bytes]) -> Iterator[tuple[int, bytes]]:
    """Where each block begins, and its lines; the lines of one subject are in one block."""
    start = file.seek(0)
    while block := file.read(_BLOCK):
        block += file.readline()
        last = block.rindex(b"\n", 0, -1) + 1 if block.count(b"\n") > 1 else 0
        subject = block[last : block.index(b" ", last) + 1]
        while (line := file.readline()).startswith(subject):
            block += line
        yield start, block
        start = file.seek(start + len(block))


class LineFacts(Paths[str]):
    """A graph in sorted lines, to be asked for the values of single things. Terms are as N-Triples writes them."""

    def __init__(self, file: IO[bytes], turned: IO[bytes], backwards: Collection[str]) -> None:
        super().__init__()
        self._backwards = frozenset(backwards)
        self._about, self._turned = (
            lru_cache(maxsize=_KEPT)(partial(_facts, LineIndex(lines))) for lines in (file, turned)
        )

    def word(self, term: str) -> str:
        if term.startswith("<"):
            return term[1:-1]
        if term.startswith('"'):
            text = term[1 : term.rindex('"')]
            return unescaped(text.encode()).decode() if "\\" in text else text
        return term.removeprefix("_:")

    def is_node(self, term: str) -> bool:
        return not term.startswith('"')

    def written(self, term: str) -> str:
        return term

    def follow(self, thing: str, predicate: str, is_inverse: bool) -> Collection[str]:
        if not is_inverse:
            return self._about(thing).get(predicate, ())
        if predicate not in self._backwards:
            raise ValueError(f"{predicate} was not named as one that is followed backwards")
        return self._turned(thing).get(predicate, ())


def _facts(index: LineIndex, thing: str) -> dict[str, list[str]]:
    facts: defaultdict[str, list[str]] = defaultdict(list)
    for line in index.lines(thing.encode()):
        _, predicate, value = line.decode().split(" ", 2)
        if not value.startswith("<<"):  # a triple is no value of a table
            facts[predicate].append(value[: -len(_END)])
    return dict(facts)


@contextmanager
def line_facts(file: IO[bytes], backwards: Iterable[str]) -> Iterator[LineFacts]:
    """The facts of a file of N-Triples lines that are in order.

    Args:
        backwards: prefixed names of all properties that paths follow backwards.
    """
    predicates = [str(named(name)) for name in backwards]
    with Sorter() as sorter, tempfile.TemporaryFile() as turned:
        for _, block in _blocks(file):
            for predicate in predicates:
                sorter.add(b"".join(_turned(block, predicate.encode())))
        for lines in sorter.blocks():
            turned.write(b"".join(lines))
        yield LineFacts(file, turned, predicates)


def _turned(block: bytes, predicate: bytes) -> Iterator[bytes]:
    """The lines with a predicate, object first. Splitting a block there is faster by far than looking at each line."""
    for before, after in pairwise(block.split(b" %b " % predicate)):
        subject = before[before.rfind(b"\n") + 1 :]
        if b" " not in subject:  # else these are words of a literal
            yield b"%b %b %b .\n" % (after[: after.index(b" .\n")], predicate, subject)
