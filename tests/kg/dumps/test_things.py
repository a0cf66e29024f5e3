"""Facts in sorted lines: they are those that a store of the same lines tells."""

from __future__ import annotations

import io
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO

import pyoxigraph as ox
import pytest

from kg.dumps.paths import Facts
from kg.dumps.things import LineFacts, LineIndex, line_facts
from kg.formats import PREFIXES

AID, NAME = PREFIXES["aid"], f"{PREFIXES['schema']}name"
EVENT, ITEM = "<http://e/event>", "<http://e/item>"
LITERALS = [
    '"plain"', '"two words"', '"with \\"quotes\\" and \\\\ strokes"', '"a line\\nand a tab\\t"', '"日本語"@ja',
    '"2020"^^<http://www.w3.org/2001/XMLSchema#gYear>', '"next\u0085line"', '""',
]  # fmt: skip


@contextmanager
def sorted_file(*lines: str) -> Iterator[IO[bytes]]:
    with tempfile.TemporaryFile() as file:
        file.write("".join(sorted(f"{line} .\n" for line in lines)).encode())
        yield file


@contextmanager
def both(*lines: str) -> Iterator[tuple[LineFacts, Facts]]:
    store = ox.Store()
    store.load(io.BytesIO("".join(f"{line} .\n" for line in lines).encode()), ox.RdfFormat.N_TRIPLES)
    with sorted_file(*lines) as file, line_facts(file, ("aid:item",)) as facts:
        yield facts, Facts(store)


@pytest.mark.parametrize("literal", LITERALS)
def test_words_of_literals_are_those_of_a_store(literal: str) -> None:
    with both(f"{EVENT} <{NAME}> {literal}") as (lines, store):
        told = lines.texts(EVENT, "schema:name")
        assert told == store.texts(ox.NamedNode(EVENT[1:-1]), "schema:name")
    assert len(told) == 1


def test_values_are_in_the_order_of_their_words() -> None:
    with both(*(f"{EVENT} <{NAME}> {literal}" for literal in LITERALS)) as (lines, store):
        told = lines.texts(EVENT, "schema:name")
        assert told == store.texts(ox.NamedNode(EVENT[1:-1]), "schema:name") == sorted(told)
    assert len(told) == len(LITERALS)


def test_path_goes_back_and_on() -> None:
    events = [f"<http://e/{number:02}>" for number in range(12)]
    given = [f"{event} <{AID}item> {ITEM}" for event in events]
    with both(*given, *(f'{event} <{NAME}> "{event[1:-1]}"' for event in events)) as (lines, _):
        assert lines.values(ITEM, "^aid:item") == tuple(events)
        assert lines.texts(ITEM, "^aid:item/schema:name") == [event[1:-1] for event in events]


def test_words_that_look_like_a_triple_are_none() -> None:
    with both(f'{EVENT} <{NAME}> "so <{AID}item> {ITEM} ."', f"{EVENT} <{AID}item> _:b") as (lines, _):
        assert lines.values(ITEM, "^aid:item") == ()
        assert lines.values("_:b", "^aid:item") == (EVENT,)


def test_blank_node_has_the_name_of_the_store() -> None:
    with both(f"{EVENT} <{AID}item> _:b1", f'_:b1 <{NAME}> "a tent"') as (lines, _):
        assert (lines.text(EVENT, "aid:item"), lines.text(EVENT, "aid:item/schema:name")) == ("b1", "a tent")


def test_property_that_was_not_turned_is_refused() -> None:
    with both(f"{EVENT} <{AID}donor> {ITEM}") as (lines, _), pytest.raises(ValueError, match=r"donor.*backwards"):
        lines.values(ITEM, "^aid:donor")


def test_index_finds_every_thing_in_a_file_of_many_blocks() -> None:
    lines = [f'<http://e/{thing}> <http://p> "{"x" * 90} {n}"' for thing in range(400) for n in range(thing % 40)]
    with sorted_file(*lines, *(f'<http://e/7/long> <http://p> "{n} {"y" * 900}"' for n in range(100))) as file:
        index = LineIndex(file)
        found = {thing: len(index.lines(f"<http://e/{thing}>".encode())) for thing in range(-1, 401)}
        assert found == {thing: thing % 40 if 0 <= thing < 400 else 0 for thing in range(-1, 401)}
        assert len(index.lines(b"<http://e/7/long>")) == 100


def test_index_of_nothing_finds_nothing() -> None:
    with sorted_file() as file:
        assert LineIndex(file).lines(b"<http://e/1>") == []
