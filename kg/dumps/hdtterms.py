"""Numbers the terms of a sorted graph as HDT does, in memory that hardly grows with the graph: they are sorted on disk.

Subjects and objects become lines, each with where it stands: a subject with its place among the subjects of the graph,
an object with that of its triple. Sorted, both are read side by side, so that a term that is both is seen at once. Of
each triple only three numbers stay in memory.
"""

from __future__ import annotations

import heapq
import re
from array import array
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import IO, Final

import numpy as np
from numpy.typing import NDArray

from kg.dumps.hdtbits import FrontCoded
from kg.dumps.sorting import Sorter
from kg.dumps.terms import bare

Numbers = NDArray[np.int32]

_END: Final = b" .\n"
_LOW: Final = re.compile(rb"[\x00-\x0d]")
_WRITTEN: Final = re.compile(rb"\x01(.)", re.DOTALL)
_SHIFT: Final = 0x10


class NulError(ValueError):
    """A literal has the character U+0000, which ends a text in HDT."""


@dataclass(frozen=True, slots=True)
class Terms:
    """The four sections of a dictionary, and the numbers of the terms of each triple."""

    both: FrontCoded
    subjects: FrontCoded
    predicates: FrontCoded
    objects: FrontCoded
    of_subjects: Numbers
    of_predicates: Numbers
    of_objects: Numbers


def number_terms(lines: IO[bytes]) -> Terms:
    """Number the terms of N-Triples lines that are in order.

    Raises:
        NulError: HDT cannot hold them.
    """
    with Sorter() as subjects, Sorter() as objects:
        subject_of, predicate_of, predicates = _sort_terms(lines, subjects, objects)
        both, rest, others = FrontCoded(), FrontCoded(), FrontCoded()
        of_subjects = array("i", bytes(4 * (subject_of[-1] + 1)))
        of_objects = array("i", bytes(4 * len(subject_of)))
        for term, places, found in _side_by_side(_entries(subjects), _entries(objects)):
            text = _read(term)
            number = both.add(text) if places and found else -(rest if places else others).add(text)
            for place in places:
                of_subjects[place] = number
            for place in found:
                of_objects[place] = number
    named, of_predicates = _number_predicates(predicates)
    return Terms(
        both, rest, named, others,
        _after(of_subjects, both.count)[np.frombuffer(subject_of, np.int32)],
        of_predicates[np.frombuffer(predicate_of, np.int32)],
        _after(of_objects, both.count),
    )  # fmt: skip


def _sort_terms(
    lines: IO[bytes], subjects: Sorter, objects: Sorter
) -> tuple[array[int], array[int], dict[bytes, int]]:
    """Give the terms to be sorted; the place of the subject of each triple, that of its predicate, and predicates."""
    subject_of, predicate_of, predicates = array("i"), array("i"), dict[bytes, int]()
    last, place = b"", -1
    for number, line in enumerate(lines):
        subject, predicate, thing = line.split(b" ", 2)
        if subject != last:
            last, place = subject, place + 1
            subjects.add(_entry(bare(subject), place))
        subject_of.append(place)
        predicate_of.append(predicates.setdefault(predicate, len(predicates)))
        objects.add(_entry(bare(thing.removesuffix(_END)), number))
    return subject_of, predicate_of, predicates


def _entry(term: bytes, place: int) -> bytes:
    """A line that is sorted as its term is: characters up to the carriage return, which ends lines as a line feed does,
    are written as two bytes, and a zero, which comes before all others, ends the term."""
    if _LOW.search(term):
        if b"\0" in term:
            raise NulError
        term = _LOW.sub(lambda found: bytes([1, found[0][0] + _SHIFT]), term)
    return b"%b\0%d\n" % (term, place)


def _read(term: bytes) -> bytes:
    """The inverse of what :func:`_entry` writes."""
    return _WRITTEN.sub(lambda found: bytes([found[1][0] - _SHIFT]), term) if b"\1" in term else term


Places = tuple[bytes, list[int]]


def _entries(sorter: Sorter) -> Iterator[Places]:
    """Each term in order, as it was written, with its places."""
    split = (line.split(b"\0") for block in sorter.blocks() for line in block)
    for term, found in groupby(split, key=itemgetter(0)):
        yield term, [int(place) for _, place in found]


def _side_by_side(one: Iterator[Places], other: Iterator[Places]) -> Iterator[tuple[bytes, list[int], list[int]]]:
    """The terms of both in order, each with its places in either."""
    left = ((term, places, list[int]()) for term, places in one)
    right = ((term, list[int](), places) for term, places in other)
    for term, found in groupby(heapq.merge(left, right, key=itemgetter(0)), key=itemgetter(0)):
        first, *rest = found
        yield term, first[1], (rest or [first])[0][2]


def _number_predicates(predicates: dict[bytes, int]) -> tuple[FrontCoded, Numbers]:
    """Their section, and their numbers by places. There are few."""
    section, numbers = FrontCoded(), np.zeros(len(predicates), np.int32)
    for term, place in sorted((bare(predicate), place) for predicate, place in predicates.items()):
        numbers[place] = section.add(term)
    return section, numbers


def _after(numbers: array[int], before: int) -> Numbers:
    """Numbers in the second of two sections, which are negative, as they go on after those of the first."""
    found = np.frombuffer(numbers, np.int32)
    return np.where(found < 0, before - found, found)
