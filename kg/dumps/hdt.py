"""Writes the default graph as HDT: one small file that HDT tools ask without unpacking it.

There is a package for it, hdtkit, but it is for Python 3.12 and 3.13 only, writes the file's own path into the header
and takes three times the memory. What an HDT file is made of is in :mod:`kg.dumps.hdtbits`; here is what
it is made from. All terms and numbers of the graph are held in memory, some 250 bytes a triple, so that graphs beyond a
limit are left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import IO, Final

from kg.dumps.hdtbits import array, bitmap, control, front_coded
from kg.dumps.lines import SortedGraph
from kg.dumps.manifest import STEM, DumpFile, LeftOut
from kg.dumps.packed import described
from kg.dumps.terms import bare

_HDT: Final = "http://purl.org/HDT/hdt#"
_VOID: Final = "http://rdfs.org/ns/void#"

Triple = tuple[bytes, bytes, bytes]


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
    subjects, predicates, objects = (set(terms) for terms in zip(*_triples(graph.default), strict=True))
    if any(b"\0" in term for term in objects):
        return LeftOut("hdt", "a literal has the character U+0000, which ends a text in HDT")
    path = folder / f"{STEM}.hdt"
    with path.open("wb") as file:
        file.write(control(1, f"<{_HDT}HDTv1>"))
        header = _header(f"{base}dumps/{path.name}", graph.triples, len(subjects), len(predicates), len(objects))
        file.write(control(2, "ntriples", length=len(header)) + header)
        _write_body(graph, file, subjects, predicates, objects)
    return described(path, "hdt", statements=graph.triples)


def _header(name: str, triples: int, subjects: int, predicates: int, objects: int) -> bytes:
    """What the file says of itself in N-Triples: the counts that readers plan by, and no time."""
    counts = {
        "triples": triples, "distinctSubjects": subjects, "properties": predicates, "distinctObjects": objects,
    }  # fmt: skip
    lines = [f"<{name}> <http://www.w3.org/1999/02/22-rdf-syntax-ns#type> <{_HDT}Dataset> .\n"]
    lines += [f'<{name}> <{_VOID}{key}> "{count}" .\n' for key, count in counts.items()]
    return "".join(lines).encode()


def _write_body(
    graph: SortedGraph, file: IO[bytes], subjects: set[bytes], predicates: set[bytes], objects: set[bytes]
) -> None:
    """The dictionary in its four sections, then the triples as numbers: a term's number is its place among them."""
    both = sorted(subjects & objects)
    sections = (both, sorted(subjects - objects), sorted(predicates), sorted(objects - subjects))
    coded = b"".join(front_coded(section) for section in sections)
    size = sum(len(term) + 1 for section in sections for term in section)
    file.write(control(3, f"<{_HDT}dictionaryFour>", mapping=1, sizeStrings=size) + coded)
    as_subject, as_predicate, as_object = (
        {term: number for number, term in enumerate(terms, 1)}
        for terms in (both + sections[1], sections[2], both + sections[3])
    )
    numbered = sorted((as_subject[s], as_predicate[p], as_object[o]) for s, p, o in _triples(graph.default))
    file.write(control(4, f"<{_HDT}triplesBitmap>", order=1, numTriples=len(numbered)))
    file.write(_tree(numbered))


def _tree(triples: list[tuple[int, int, int]]) -> bytes:
    """The triples as lists of predicates for each subject and of objects for each of those; a bit ends each list."""
    last_predicates, last_objects, predicates, objects = [], [], [], []
    following = (*triples[1:], (0, 0, 0))
    for (subject, predicate, thing), after in zip(triples, following, strict=True):
        objects.append(thing)
        is_last = (subject, predicate) != after[:2]
        last_objects.append(int(is_last))
        if is_last:
            predicates.append(predicate)
            last_predicates.append(int(subject != after[0]))
    return bitmap(last_predicates) + bitmap(last_objects) + array(predicates) + array(objects)


def _triples(file: IO[bytes]) -> Iterator[Triple]:
    """The terms of N-Triples lines as HDT has them."""
    file.seek(0)
    for line in file:
        subject, _, rest = line.partition(b" ")
        predicate, _, thing = rest.partition(b" ")
        yield bare(subject), bare(predicate), bare(thing.removesuffix(b" .\n"))
