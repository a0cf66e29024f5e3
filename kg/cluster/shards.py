"""A shard: what became of some articles, as two packed files that are named by what they were made of.

``KEY.nq.zst`` holds the articles' own lines of RDF as N-Quads, which any store can load; ``KEY.jsonl.zst`` a line of
JSON for each article: its reading, or why there is none, and how many of those quads are its. The second is written
last: where it is, the shard is whole. Zstandard's checksums tell a file that was damaged or cut short.

Why the key is made of bytes and versions and not of names and times: storage changes the times of copied files, and
a shard of the same key is the same shard, whoever made it and when.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
import zstandard

from kg.chunks import Failed, Outcome, Taken
from kg.cluster.orders import Made, Terms
from kg.quadfile import in_graph
from kg.rdf.iris import Iris
from kg.rdf.parts import Lines, graph_names
from kg.readings import Origin
from kg.storage import read_file, write_file

FORMAT: Final = 1
"""Of shards; part of their keys, so that those of another format are not seen."""
_LEVEL: Final = 3  # of Zstandard; the default, at about 300 MB a second
_END: Final = b" .\n"


class _Read(msgspec.Struct, tag="read", frozen=True):
    """An article that was read anew; ``quads`` are how many lines are in its graph and in that of corrections."""

    origin: Origin
    content: msgspec.Raw
    remarks: tuple[str, ...]
    quads: tuple[int, int] | None
    digest: str


class _Same(msgspec.Struct, tag="same", frozen=True):
    """An article whose kept reading still holds."""

    origin: Origin
    digest: str


class _Failed(msgspec.Struct, tag="failed", frozen=True):
    message: str


class BrokenShard(ValueError):
    """What is there is no whole shard."""


def shard_key(terms: Terms, articles: Iterable[tuple[str, ...]]) -> str:
    """The name of a shard.

    Args:
        terms: by which versions it is made.
        articles: what is read, and what was known of each.
    """
    versions = terms.versions
    parts = (FORMAT, versions.aidgraph, versions.python, versions.rules, terms.module, terms.base, [*articles])
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()


def find_shard(terms: Terms, key: str) -> Made | None:
    """The shard of this key, if it is there and whole.

    Raises:
        StorageError: the storage does not answer.
    """
    try:
        packed = _fetch(terms, key)
        _unpacked(packed[0], packed[1], Iris(terms.base))
    except BrokenShard:
        return None
    return Made(key, _digest(*packed))


def keep_shard(terms: Terms, key: str, outcomes: Sequence[Outcome]) -> Made:
    """Write a shard; if nothing in it was read anew it is answered and not written.

    Raises:
        StorageError: it cannot be written.
    """
    rows, quads = dump_outcomes(outcomes, Iris(terms.base))
    if not any(isinstance(outcome, Taken) and outcome.content is not None for outcome in outcomes):
        return Made(rows=rows)
    packed = _pack(rows), _pack(quads)
    for ending, content in (("nq", packed[1]), ("jsonl", packed[0])):  # in this order: see above
        write_file(_place(terms, key, ending), content)
    return Made(key, _digest(*packed))


def open_shard(terms: Terms, made: Made) -> list[Outcome]:
    """What became of the articles that an answer tells of, in order.

    Raises:
        BrokenShard: it is not there, or not as whoever answered saw it.
        StorageError: the storage does not answer.
    """
    if not made.key:
        return parse_outcomes(made.rows, b"", Iris(terms.base))
    packed = _fetch(terms, made.key)
    if _digest(*packed) != made.digest:
        raise BrokenShard(f"the shard {made.key} was changed")
    return _unpacked(packed[0], packed[1], Iris(terms.base))


def dump_outcomes(outcomes: Iterable[Outcome], iris: Iris) -> tuple[bytes, bytes]:
    """Outcomes as lines of JSON, and their quads. The inverse of :func:`parse_outcomes`."""
    rows: list[_Read | _Same | _Failed] = []
    quads: list[bytes] = []
    for outcome in outcomes:
        if isinstance(outcome, Failed):
            rows.append(_Failed(outcome.message))
        elif outcome.content is None:
            rows.append(_Same(outcome.origin, outcome.digest))
        else:
            count = None
            if outcome.lines is not None:
                parts = Lines.parse(outcome.lines)
                count = (parts.article.count(_END), parts.corrections.count(_END))
                graphs = graph_names(outcome.origin.id, iris)
                quads += [in_graph(lines, f"<{graph}>") for lines, graph in zip(parts, graphs, strict=True)]
            content = msgspec.Raw(outcome.content)
            rows.append(_Read(outcome.origin, content, outcome.remarks, count, outcome.digest))
    return msgspec.json.Encoder().encode_lines(rows), b"".join(quads)


def parse_outcomes(rows: bytes, quads: bytes, iris: Iris) -> list[Outcome]:
    """The inverse of :func:`dump_outcomes`.

    Raises:
        BrokenShard: there are fewer or more quads than the rows tell.
        msgspec.DecodeError: the rows are none.
    """
    lines = iter(quads.splitlines(keepends=True))
    outcomes: list[Outcome] = []
    for row in msgspec.json.Decoder(_Read | _Same | _Failed).decode_lines(rows):
        if isinstance(row, _Failed):
            outcomes.append(Failed(row.message))
        elif isinstance(row, _Same):
            outcomes.append(Taken(row.origin, None, digest=row.digest))
        else:
            own = None
            if row.quads is not None:
                graphs = graph_names(row.origin.id, iris)
                taken = [[next(lines, b"") for _ in range(count)] for count in row.quads]
                own = Lines(
                    *(_unnamed(b"".join(part), graph) for part, graph in zip(taken, graphs, strict=True))
                ).dump()
            outcomes.append(Taken(row.origin, bytes(row.content), row.remarks, own, row.digest))
    if next(lines, None) is not None:
        raise BrokenShard("it has more quads than articles tell")
    return outcomes


def _unnamed(quads: bytes, graph: str) -> bytes:
    """Lines of N-Triples of lines of N-Quads in a graph. The inverse of :func:`kg.quadfile.in_graph`."""
    return quads.replace(f" <{graph}>".encode() + _END, _END)


def _place(terms: Terms, key: str, ending: str) -> str:
    return f"{terms.shards}/{key[:2]}/{key}.{ending}.zst"  # 256 folders: no listing is asked for, but people look in


def _fetch(terms: Terms, key: str) -> tuple[bytes, bytes]:
    """Both files as they lie there: rows and quads."""
    rows = read_file(_place(terms, key, "jsonl"))
    quads = read_file(_place(terms, key, "nq")) if rows is not None else None
    if rows is None or quads is None:
        raise BrokenShard(f"there is no shard {key}")
    return rows, quads


def _digest(rows: bytes, quads: bytes) -> str:
    return hashlib.sha256(hashlib.sha256(rows).digest() + hashlib.sha256(quads).digest()).hexdigest()


def _pack(content: bytes) -> bytes:
    return zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(content)


def _unpacked(rows: bytes, quads: bytes, iris: Iris) -> list[Outcome]:
    unpack = zstandard.ZstdDecompressor().decompress
    try:
        return parse_outcomes(unpack(rows), unpack(quads), iris)
    except (zstandard.ZstdError, msgspec.DecodeError) as error:
        raise BrokenShard(str(error)) from error
