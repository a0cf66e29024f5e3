"""HDT: read back by a reader that was made for these tests, and by hdtkit where it is installed."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from unittest.mock import patch

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.dump import write_dumps
from kg.dumps import hdtterms
from kg.dumps.hdt import write_hdt
from kg.dumps.lines import sort_graph
from kg.dumps.manifest import DumpFile, LeftOut
from kg.dumps.sorting import Sorter
from kg.settings import Settings
from kg.store import Snapshot

BASE = Settings().base
ODD = """
<http://example.org/a> <http://example.org/p> "plain", "quoted \\"words\\" and \\\\", "line\\nand\\ttab",
    "Zoë 日本 😀"@fr,
    "3"^^<http://www.w3.org/2001/XMLSchema#integer>, <http://example.org/é>, <http://example.org/b>, "" .
<http://example.org/b> <http://example.org/q> <http://example.org/a>, "a@b.example^^x", "x"@en-GB .
"""


class Reader:
    """As much of an HDT reader as tests need; checksums are left to the readers of others."""

    def __init__(self, data: bytes) -> None:
        self.data, self.at = data, 0

    def control(self) -> dict[str, str]:
        assert self.data[self.at : self.at + 4] == b"$HDT"
        form = self.data.index(b"\0", self.at + 5) + 1
        end = self.data.index(b"\0", form)
        self.at = end + 3
        return dict(pair.split("=") for pair in self.data[form:end].decode().split(";") if pair)

    def vbyte(self) -> int:
        number = shift = 0
        while True:
            byte = self.data[self.at]
            self.at += 1
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte & 0x80:
                return number

    def bits(self, width: int, count: int) -> list[int]:
        self.at += 1  # the checksum of the head
        size = (width * count + 7) // 8
        whole = int.from_bytes(self.data[self.at : self.at + size], "little")
        self.at += size + 4
        return [whole >> width * place & (1 << width) - 1 for place in range(count)]

    def array(self) -> list[int]:
        width = self.data[self.at + 1]
        self.at += 2
        return self.bits(width, self.vbyte())

    def bitmap(self) -> list[int]:
        self.at += 1
        return self.bits(1, self.vbyte())

    def section(self) -> list[str]:
        self.at += 1
        count, size, block = self.vbyte(), self.vbyte(), self.vbyte()
        self.at += 1
        self.array()
        texts: list[bytes] = []
        for place in range(count):
            shared = self.vbyte() if place % block else 0
            end = self.data.index(b"\0", self.at)
            texts.append((texts[-1][:shared] if texts else b"") + self.data[self.at : end])
            self.at = end + 1
        assert size >= len(texts)
        self.at += 4
        return [text.decode() for text in texts]

    def sections(self) -> list[list[str]]:
        self.control()
        length = int(self.control()["length"])
        self.at += length
        self.control()
        return [self.section() for _ in range(4)]

    def triples(self) -> Iterator[tuple[str, str, str]]:
        both, subjects, predicates, objects = self.sections()
        self.control()
        last_predicates, last_objects = self.bitmap(), self.bitmap()
        lists, things = iter(zip(self.array(), last_predicates, strict=True)), self.array()
        subject, (predicate, is_last) = 1, next(lists)
        for thing, ends in zip(things, last_objects, strict=True):
            yield (both + subjects)[subject - 1], predicates[predicate - 1], (both + objects)[thing - 1]
            if ends:
                subject += is_last
                predicate, is_last = next(lists, (0, 0))


def in_hdt(term: object) -> str:
    """A term as HDT writes it, from the term and not from its N-Triples."""
    if isinstance(term, ox.Literal):
        if term.language:
            return f'"{term.value}"@{term.language}'
        kind = "" if term.datatype.value.endswith("#string") else f"^^<{term.datatype.value}>"
        return f'"{term.value}"{kind}'
    assert isinstance(term, ox.NamedNode)
    return term.value


def expected(store: ox.Store) -> set[tuple[str, str, str]]:
    quads = store.quads_for_pattern(None, None, None, ox.DefaultGraph())
    return {(in_hdt(quad.subject), quad.predicate.value, in_hdt(quad.object)) for quad in quads}


def odd_store() -> ox.Store:
    store = ox.Store()
    store.load(ODD.encode(), ox.RdfFormat.TURTLE)
    return store


def written(store: ox.Store, folder: Path, limit: int = 10**6) -> DumpFile | LeftOut:
    graph = sort_graph(Snapshot(store, "v", folder), folder)
    return write_hdt(graph, folder, base=BASE, limit=limit)


@pytest.fixture(params=["odd", "gold"])
def store(request: pytest.FixtureRequest) -> ox.Store:
    if request.param == "odd":
        return odd_store()
    gold: ox.Store = request.getfixturevalue("gold_store")
    return gold


def test_hdt_holds_the_default_graph(store: ox.Store, tmp_path: Path) -> None:
    file = written(store, tmp_path)
    assert isinstance(file, DumpFile)
    read = list(Reader((tmp_path / file.name).read_bytes()).triples())
    assert len(read) == file.statements
    assert set(read) == expected(store)


@settings(deadline=None)  # an example writes eight files
@given(st.sets(st.text("ab\x01\x02\t\n\x0b\r\\\"é", max_size=4), min_size=1, max_size=30), st.integers(1, 200))
def test_terms_are_in_order_whatever_is_in_them(texts: set[str], in_memory: int) -> None:
    """Characters below the line feed, and texts that others begin with, are where sorting lines could go wrong."""
    store, node = ox.Store(), ox.NamedNode("http://e.org/p")
    for text in texts:
        store.add(ox.Quad(ox.NamedNode(f"http://e.org/{len(text)}"), node, ox.Literal(text)))
        store.add(ox.Quad(node, node, ox.NamedNode(f"http://e.org/{len(text) + 1}")))
    with tempfile.TemporaryDirectory() as name, patch.object(hdtterms, "Sorter", partial(Sorter, in_memory)):
        file = written(store, Path(name))
        assert isinstance(file, DumpFile)
        data = (Path(name) / file.name).read_bytes()
    assert set(Reader(data).triples()) == expected(store)
    for section in Reader(data).sections():
        codes = [text.encode() for text in section]
        assert codes == sorted(set(codes))


def test_hdt_is_sorted_as_readers_search_it(store: ox.Store, tmp_path: Path) -> None:
    written(store, tmp_path)
    for section in Reader((tmp_path / "aidgraph.hdt").read_bytes()).sections():
        texts = [text.encode() for text in section]
        assert texts == sorted(set(texts))


def test_graph_beyond_the_limit_is_left_out_with_the_reason(gold_store: ox.Store, tmp_path: Path) -> None:
    manifest = write_dumps(
        Snapshot(gold_store, "v", tmp_path), tmp_path, base=BASE, note={}, formats=("hdt",), hdt_limit=100
    )
    reason = f"the graph has {manifest.triples} triples, and the limit is 100 (setting hdt_limit)"
    assert (manifest.files, manifest.left_out) == ((), (LeftOut("hdt", reason),))
    assert not (tmp_path / "aidgraph.hdt").exists()


@pytest.mark.parametrize(
    ("text", "reason"), [("", "without triples"), ('<http://e.org/a> <http://e.org/p> "a\\u0000b" .', "U+0000")]
)
def test_graph_that_hdt_cannot_hold_is_left_out(text: str, reason: str, tmp_path: Path) -> None:
    store = ox.Store()
    store.load(text.encode(), ox.RdfFormat.TURTLE)
    found = written(store, tmp_path)
    assert isinstance(found, LeftOut)
    assert reason in found.reason


@pytest.fixture(scope="module")
def hdtkit() -> str:
    """A Python with hdtkit, which is for 3.12 and 3.13 only: the variable ``HDTKIT_PYTHON`` names it."""
    if "HDTKIT_PYTHON" not in os.environ:
        pytest.skip("HDTKIT_PYTHON names no Python with the package hdtkit")
    return os.environ["HDTKIT_PYTHON"]


@pytest.mark.loads
def test_hdtkit_reads_the_same_triples(hdtkit: str, store: ox.Store, tmp_path: Path) -> None:
    written(store, tmp_path)
    program = "import hdtkit; hdtkit.hdt2ttl('aidgraph.hdt', 'back.ttl')"
    subprocess.run([hdtkit, "-c", program], cwd=tmp_path, check=True, timeout=60)
    back = set(ox.parse(path=tmp_path / "back.ttl", format=ox.RdfFormat.TURTLE))
    assert back == set(store.quads_for_pattern(None, None, None, ox.DefaultGraph()))
