"""Writes the default graph as HDT: one small file that HDT tools ask without unpacking it.

There is a package for it, hdtkit, but it is for Python 3.12 and 3.13 only, writes the file's own path into the header
and took three times the memory of what was here when all terms were held in it. What an HDT file is made of is in
:mod:`kg.dumps.hdtbits`, how its terms are numbered in :mod:`kg.dumps.hdtterms`. Terms are sorted on disk; triples as
numbers and the coded terms are in memory, some 50 bytes a triple, so that graphs beyond a limit are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from kg.dumps.hdtbits import array, bitmap, control
from kg.dumps.hdtterms import NulError, Numbers, Terms, number_terms
from kg.dumps.manifest import STEM, DumpFile, LeftOut
from kg.dumps.packed import described
from kg.dumps.spool import SortedGraph

_HDT: Final = "http://purl.org/HDT/hdt#"
_VOID: Final = "http://rdfs.org/ns/void#"


def write_hdt(graph: SortedGraph, folder: Path, *, base: str, limit: int) -> DumpFile | LeftOut:
    """Write the default graph; what was written, or why it was not.

    Args:
        base: the base IRI of the data, of which the header makes a name for the file.
        limit: the most triples that a graph may have.
    """
    if graph.triples > limit:
        return LeftOut("hdt", f"the graph has {graph.triples} triples, and the limit is {limit} (setting hdt_limit)")
    if not graph.triples:
        return LeftOut("hdt", "HDT cannot hold a graph without triples")
    try:
        with graph.default.open("rb") as lines:
            terms = number_terms(lines)
    except NulError:
        return LeftOut("hdt", "a literal has the character U+0000, which ends a text in HDT")
    path = folder / f"{STEM}.hdt"
    header = _header(f"{base}dumps/{path.name}", graph.triples, terms)
    sections = (terms.both, terms.subjects, terms.predicates, terms.objects)
    with path.open("wb") as file:
        file.write(control(1, f"<{_HDT}HDTv1>"))
        file.write(control(2, "ntriples", length=len(header)) + header)
        size = sum(section.size for section in sections)
        file.write(control(3, f"<{_HDT}dictionaryFour>", mapping=1, sizeStrings=size))
        file.writelines(part for section in sections for part in section.parts())
        file.write(control(4, f"<{_HDT}triplesBitmap>", order=1, numTriples=graph.triples))
        file.writelines(_tree(terms.of_subjects, terms.of_predicates, terms.of_objects))
    return described(path, "hdt", statements=graph.triples)


def _header(name: str, triples: int, terms: Terms) -> bytes:
    """What the file says of itself in N-Triples: the counts that readers plan by, and no time."""
    both = terms.both.count
    counts = {
        "triples": triples, "distinctSubjects": both + terms.subjects.count, "properties": terms.predicates.count,
        "distinctObjects": both + terms.objects.count,
    }  # fmt: skip
    lines = [f"<{name}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{_HDT}Dataset> .\n"]
    lines += [f'<{name}> <{_VOID}{key}> "{count}" .\n' for key, count in counts.items()]
    return "".join(lines).encode()


def _tree(subjects: Numbers, predicates: Numbers, objects: Numbers) -> Iterator[bytes]:
    """The triples as lists of predicates for each subject and of objects for each of those; a bit ends each list.

    A triple is sorted as one number, which is faster and smaller than three.
    """
    pairs, things = np.uint64(predicates.max() + 1), np.uint64(objects.max() + 1)
    numbers = subjects.astype(np.uint64)
    for most, others in ((pairs, predicates), (things, objects)):
        numbers *= most
        np.add(numbers, others, out=numbers, casting="unsafe")
    numbers.sort()
    pair_of = numbers // things
    numbers %= things
    last_objects = _are_last(pair_of)
    listed = pair_of[last_objects]
    yield bitmap(_are_last(listed // pairs))
    yield bitmap(last_objects)
    yield array(listed % pairs)
    yield array(numbers)


def _are_last(numbers: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Which of sorted numbers are followed by another one, or by none."""
    return np.append(numbers[1:] != numbers[:-1], True)
