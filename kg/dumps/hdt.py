"""Writes the default graph as HDT: one small file that HDT tools ask without unpacking it.

There is a package for it, hdtkit, but it is for Python 3.12 and 3.13 only, writes the file's own path into the header
and takes three times the memory. What an HDT file is made of is in :mod:`kg.dumps.hdtbits`; here is what
it is made from. All terms and numbers of the graph are held in memory, some 250 bytes a triple, so that graphs beyond a
limit are left out.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import IO, Final

from kg.dumps.hdtbits import array, bitmap, control, front_coded
from kg.dumps.manifest import STEM, DumpFile, LeftOut
from kg.dumps.packed import described
from kg.dumps.spool import SortedGraph
from kg.dumps.terms import bare

_HDT: Final = "http://purl.org/HDT/hdt#"
_VOID: Final = "http://rdfs.org/ns/void#"
_END: Final = b" .\n"


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
    with graph.default.open("rb") as lines:
        terms = _terms(lines)
    subjects, predicates, objects = (set(of.values()) for of in terms)
    if any(b"\0" in term for term in objects):
        return LeftOut("hdt", "a literal has the character U+0000, which ends a text in HDT")
    path = folder / f"{STEM}.hdt"
    with path.open("wb") as file:
        file.write(control(1, f"<{_HDT}HDTv1>"))
        header = _header(f"{base}dumps/{path.name}", graph.triples, len(subjects), len(predicates), len(objects))
        file.write(control(2, "ntriples", length=len(header)) + header)
        _write_body(graph, file, terms)
    return described(path, "hdt", statements=graph.triples)


def _header(name: str, triples: int, subjects: int, predicates: int, objects: int) -> bytes:
    """What the file says of itself in N-Triples: the counts that readers plan by, and no time."""
    counts = {
        "triples": triples, "distinctSubjects": subjects, "properties": predicates, "distinctObjects": objects,
    }  # fmt: skip
    lines = [f"<{name}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{_HDT}Dataset> .\n"]
    lines += [f'<{name}> <{_VOID}{key}> "{count}" .\n' for key, count in counts.items()]
    return "".join(lines).encode()


def _terms(lines: IO[bytes]) -> tuple[dict[bytes, bytes], dict[bytes, bytes], dict[bytes, bytes]]:
    """The subjects, predicates and objects: each as the line has it, for objects with the line's end, and as HDT has
    it. A term is unpacked once, however many lines have it."""
    subjects, predicates, objects = set(), set(), set()
    for line in lines:
        subject, predicate, thing = line.split(b" ", 2)
        subjects.add(subject)
        predicates.add(predicate)
        objects.add(thing)
    return (
        {term: bare(term) for term in subjects},
        {term: bare(term) for term in predicates},
        {term: bare(term.removesuffix(_END)) for term in objects},
    )


def _write_body(graph: SortedGraph, file: IO[bytes], terms: tuple[dict[bytes, bytes], ...]) -> None:
    """The dictionary in its four sections, then the triples as numbers: a term's number is its place among them."""
    subjects, predicates, objects = (set(of.values()) for of in terms)
    both = sorted(subjects & objects)
    sections = (both, sorted(subjects - objects), sorted(predicates), sorted(objects - subjects))
    coded = b"".join(front_coded(section) for section in sections)
    size = sum(len(term) + 1 for section in sections for term in section)
    file.write(control(3, f"<{_HDT}dictionaryFour>", mapping=1, sizeStrings=size) + coded)
    ordered = (both + sections[1], sections[2], both + sections[3])
    numbers = tuple(_numbered(of, places) for of, places in zip(terms, ordered, strict=True))
    file.write(control(4, f"<{_HDT}triplesBitmap>", order=1, numTriples=graph.triples))
    with graph.default.open("rb") as lines:
        file.write(_tree(lines, *numbers))


def _numbered(terms: dict[bytes, bytes], ordered: Sequence[bytes]) -> dict[bytes, int]:
    """The number of each term as lines have it."""
    places = {term: number for number, term in enumerate(ordered, 1)}
    return {written: places[term] for written, term in terms.items()}


def _tree(
    lines: IO[bytes], subjects: dict[bytes, int], predicates: dict[bytes, int], objects: dict[bytes, int]
) -> bytes:
    """The triples as lists of predicates for each subject and of objects for each of those; a bit ends each list.

    A triple is sorted as one number, which is faster and smaller than three.
    """
    pairs, things = max(predicates.values()) + 1, max(objects.values()) + 1
    listed, last_predicates, leaves, last_objects = [], bytearray(), [], bytearray()
    pair_before = subject_before = 0
    split = (line.split(b" ", 2) for line in lines)
    for number in sorted((subjects[s] * pairs + predicates[p]) * things + objects[o] for s, p, o in split):
        pair, thing = divmod(number, things)
        if pair != pair_before:
            subject, predicate = divmod(pair, pairs)
            if pair_before:
                last_objects[-1] = 1
                last_predicates[-1] = subject != subject_before
            listed.append(predicate)
            last_predicates.append(1)
            pair_before, subject_before = pair, subject
        leaves.append(thing)
        last_objects.append(0)
    last_objects[-1] = 1
    return bitmap(last_predicates) + bitmap(last_objects) + array(listed) + array(leaves)
