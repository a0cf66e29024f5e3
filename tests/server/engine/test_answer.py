"""One query on one store, in the frames that go to the server."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox
import pytest

from server.engine.answer import answer
from server.engine.wire import BODY, HEADER, LONGEST, QueryJob
from server.problems import BadRequest, NotEvaluated

EX = "http://example.org/"
PART = ox.NamedNode("https://w3id.org/aidgraph/ontology#item")
GRAPH = ox.NamedNode(f"{EX}graph")


def thing(name: str) -> ox.NamedNode:
    return ox.NamedNode(EX + name)


@pytest.fixture
def parted() -> ox.Store:
    """A whole with a part; the part's only property in the default graph is not the one in the graph."""
    store = ox.Store()
    for graph, word in ((ox.DefaultGraph(), "default"), (GRAPH, "named")):
        store.add(ox.Quad(thing("whole"), PART, thing("part"), graph))
        store.add(ox.Quad(thing("part"), thing("says"), ox.Literal(word), graph))
    return store


def body(store: ox.Store, text: str, *, form: str = "nt", default_graphs: Sequence[str] = ()) -> bytes:
    """The body of the whole answer."""
    sent: list[bytes] = []
    job = QueryJob(text, EX, 10.0, tuple(default_graphs), format=form)
    rest = answer(store, job, sent.append, {})
    frames = b"".join([*sent, rest])
    found = b""
    while frames:
        kind, length = HEADER.unpack_from(frames)
        found += frames[HEADER.size : HEADER.size + length] if kind == BODY else b""
        frames = frames[HEADER.size + length :]
    return found


def objects(store: ox.Store, text: str, default_graphs: Sequence[str] = ()) -> set[str]:
    triples = ox.parse(body(store, text, default_graphs=default_graphs), format=ox.RdfFormat.N_TRIPLES)
    return {quad.object.value for quad in triples if isinstance(quad.object, ox.NamedNode | ox.Literal)}


def test_description_of_the_default_graph_has_the_parts(parted: ox.Store) -> None:
    assert objects(parted, f"DESCRIBE <{EX}whole>") == {f"{EX}part", "default"}


@pytest.mark.parametrize("clause", [f"FROM <{EX}graph>", f"from<{EX}graph>", f"FROM NAMED <{EX}graph>"])
def test_description_of_another_dataset_has_nothing_of_the_default_graph(parted: ox.Store, clause: str) -> None:
    told = objects(parted, f"DESCRIBE <{EX}whole> {clause}")
    assert told == ({f"{EX}part"} if "NAMED" not in clause else set())


def test_description_of_the_protocols_dataset_has_nothing_of_the_default_graph(parted: ox.Store) -> None:
    assert objects(parted, f"DESCRIBE <{EX}part>", [GRAPH.value]) == {"named"}


def test_long_answer_is_sent_piece_by_piece_and_a_short_one_whole() -> None:
    store, sent = ox.Store(), list[bytes]()
    store.extend(ox.Quad(thing("a"), thing("b"), ox.Literal(f"{number:0100}")) for number in range(9000))
    for limit in ("", "LIMIT 999"):
        sent.clear()
        job = QueryJob(f"SELECT ?o {{ ?s ?p ?o }} {limit}", EX, 10.0, format="csv")
        answer(store, job, sent.append, {})
        assert (sum(map(len, sent)) > LONGEST) == (not limit)
        assert bool(sent) == (not limit)


def test_syntax_error_is_told_with_its_place() -> None:
    with pytest.raises(BadRequest, match="query has a syntax error at line 2, column 3: ") as caught:
        body(ox.Store(), "SELECT *\n {", form="csv")
    assert caught.value.extra == {"line": 2, "column": 3}


def test_graph_that_is_no_iri_is_refused() -> None:
    with pytest.raises(BadRequest, match="no absolute IRI"):
        body(ox.Store(), "ASK {}", form="json", default_graphs=["no iri"])


def test_what_the_engine_cannot_take_is_told() -> None:
    with pytest.raises(NotEvaluated, match="cannot be answered: Invalid base IRI"):
        answer(ox.Store(), QueryJob("ASK {}", "no base", 10.0), lambda _: None, {})
