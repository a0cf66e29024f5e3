"""Sorted lines, their difference, and files of them."""

import weakref
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.quadfile import difference, graph_of, open_lines, parse_lines, quad_lines, sorted_lines, spilled, write_lines

LINES = st.lists(st.sampled_from([b"a\n", b"b\n", b"c\n", b"d\n", "é\n".encode()]))
NODE = ox.NamedNode("http://example.org/é")
QUADS = [ox.Quad(NODE, NODE, ox.Literal('a "b"\n\\c', language="en"), NODE), ox.Quad(NODE, NODE, ox.Literal(5))]


@given(lines=LINES, in_memory=st.integers(1, 4))
def test_lines_come_sorted_and_once(lines: list[bytes], in_memory: int) -> None:
    assert list(sorted_lines(lines, in_memory=in_memory)) == sorted(set(lines))


@given(old=LINES, new=LINES)
def test_difference_leads_from_old_to_new(old: list[bytes], new: list[bytes]) -> None:
    changes = list(difference(sorted(set(old)), sorted(set(new))))
    assert {line for added, line in changes if added} == set(new) - set(old)
    assert {line for added, line in changes if not added} == set(old) - set(new)
    assert len(changes) == len(set(old) ^ set(new))


def test_quads_survive_being_lines() -> None:
    lines = list(quad_lines(QUADS))
    assert [line.count(b"\n") for line in lines] == [1, 1]
    assert list(parse_lines(lines)) == QUADS


def test_line_separators_inside_literals_do_not_break_lines() -> None:
    odd = ox.Quad(NODE, NODE, ox.Literal("a\x0bb\x0c\x1c\x85\u2028\r"))
    assert list(parse_lines(quad_lines([odd]))) == [odd]


@given(text=st.text(), iri=st.sampled_from(["http://example.org/é", "urn:a:b"]), named=st.booleans())
def test_graph_of_a_line_is_the_one_that_the_parser_finds(text: str, iri: str, named: bool) -> None:
    node = ox.NamedNode(iri)
    for value in (ox.Literal(text), ox.Literal(text, language="en"), ox.Literal(text, datatype=node), node):
        (line,) = quad_lines([ox.Quad(node, node, value, NODE if named else ox.DefaultGraph())])
        assert graph_of(line) == (str(NODE).encode() if named else None)


def test_line_of_another_form_has_no_graph() -> None:
    with pytest.raises(ValueError, match="canonical form"):
        graph_of(b"<a:b> <a:b>\t<a:b> .\n")


def test_file_gives_its_lines_back(tmp_path: Path) -> None:
    write_lines(tmp_path / "a.gz", [b"a\n", b"b\n"])
    with open_lines(tmp_path / "a.gz") as file:
        assert list(file) == [b"a\n", b"b\n"]


def test_no_file_is_an_empty_one() -> None:
    with open_lines(None) as file:
        assert list(file) == []


class Lines(list[bytes]):
    """A list that can be referred to weakly."""


def test_what_was_spilled_is_not_held() -> None:
    """A sort of hundred files would have all of them in memory."""
    lines = Lines([b"a\n", b"b\n"])
    held = weakref.ref(lines)
    file = spilled(lines)
    with file as opened:
        del lines
        assert held() is None
        assert opened.read() == b"a\nb\n"
