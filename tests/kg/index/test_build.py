"""What stands in the tables, for the worked example and for graphs that nobody would write."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from importlib import resources
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.formats import PREFIXES
from kg.index.build import FILE, build_index
from kg.index.facts import CLASSES
from kg.index.opened import open_index
from kg.index.schema import COUNTED, KINDS

Indexed = Callable[[str | ox.Store], sqlite3.Connection]
BASE = "https://w3id.org/aidgraph/id/"


def rows(index: sqlite3.Connection, query: str, *given: object) -> list[tuple[object, ...]]:
    return [tuple(row) for row in index.execute(query, given)]


def links(index: sqlite3.Connection, role: str) -> set[tuple[object, ...]]:
    query = """SELECT source.name, target.name FROM link JOIN thing AS source ON source.id = link.source
        JOIN thing AS target ON target.id = link.target WHERE role = ?"""
    return set(rows(index, query, role))


def dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


@pytest.fixture
def example(indexed: Indexed) -> sqlite3.Connection:
    store = ox.Store()
    for name in ("aid.ttl", "example.ttl"):
        store.load(resources.files("ontology").joinpath(name).read_bytes(), format=ox.RdfFormat.TURTLE)
    return indexed(store)


def test_counts_are_those_of_the_graph(example: sqlite3.Connection) -> None:
    numbers = dict(rows(example, "SELECT key, value FROM meta"))
    assert numbers.keys() == {"schema", "version", *COUNTED}
    expected = {"articles": 1, "events": 1, "reports": 1, "figures": 2, "quotations": 1, "parties": 5, "crises": 1}
    assert expected.items() <= numbers.items()


def test_event_has_its_days_items_and_links(example: sqlite3.Connection) -> None:
    event = "Russia pledges aid to Italy, 21 March 2020"
    found = rows(
        example, "SELECT name, lang, date, first, last, year, items, articles FROM thing JOIN event USING (id)"
    )
    assert found == [
        (event, "en", "2020-03-21", "2020-03-21", "2020-03-21", 2020, "means of protection", 1),
    ]
    assert links(example, "donor") == {(event, "Russia")}
    assert links(example, "category") == {(event, "personal protective equipment")}
    assert (event, "TASS") in links(example, "publisher")
    assert rows(example, "SELECT name FROM thing JOIN event ON thing.id = phase") == [("pledged",)]


def test_crisis_lasts_as_long_as_its_events(example: sqlite3.Connection) -> None:
    assert rows(example, "SELECT first, last FROM crisis") == [("2020-03-21", "2020-03-21")]


def test_uses_are_the_events_and_articles_that_link(example: sqlite3.Connection) -> None:
    uses = dict(rows(example, "SELECT name, uses FROM thing WHERE kind IN ('country', 'organization')"))
    assert uses == {"Russia": 1, "Italy": 1, "TASS": 2, "Kremlin": 0, "Russian Ministry of Defence": 1}


@pytest.mark.parametrize(
    ("words", "kind", "title", "anchor"),
    [
        ("doctrine OR aerospace", "evidence", "Russia pledges aid to Italy, 21 March 2020", "char-1362-1481"),
        ("aerospace", "quotation", "Kremlin", "quote-1362-1481"),
        ("recovery", "evidence", "Putin assures Conte of Russia’s readiness to help Italy battle coronavirus",
         "char-1816-1938"),
        ("protection", "item", "means of protection", ""),
        ("conte", "article", "Putin assures Conte of Russia’s readiness to help Italy battle coronavirus", ""),
        ("itál", "country", "Italy", ""),
    ],
)  # fmt: skip
def test_words_are_found_with_the_place_that_shows_them(
    example: sqlite3.Connection, words: str, kind: str, title: str, anchor: str
) -> None:
    query = """SELECT kind, document.title, anchor FROM search JOIN document ON document.id = search.rowid
        WHERE search MATCH ?"""
    assert (kind, title, anchor) in rows(example, query, words if " " in words else f"{words}*")


def test_documents_of_a_kind_stand_together_and_on_things_with_pages(example: sqlite3.Connection) -> None:
    kinds = [kind for (kind,) in rows(example, "SELECT kind FROM document ORDER BY id")]
    assert len([one for one, other in pairwise(kinds) if one != other]) == len(set(kinds)) - 1
    assert rows(example, "SELECT count(*) FROM document WHERE thing NOT IN (SELECT id FROM thing)") == [(0,)]


def test_lists_are_ordered_by_id(indexed: Indexed) -> None:
    index = indexed("""
        x:b a aid:AidEvent ; schema:startDate "2020-03"^^xsd:gYearMonth . x:a a aid:AidEvent ; schema:startDate "2020" .
        x:none a aid:AidEvent . x:odd a aid:AidEvent ; schema:startDate "long ago" .
        x:c a schema:Country ; schema:name "Ångland" . x:d a schema:Country ; schema:name "andorra" .""")
    assert rows(index, "SELECT iri FROM thing WHERE kind = 'event' ORDER BY id") == [
        ("http://x/a",), ("http://x/b",), ("http://x/none",), ("http://x/odd",),
    ]  # fmt: skip
    assert rows(index, "SELECT name FROM thing WHERE kind = 'country' ORDER BY id") == [("andorra",), ("Ångland",)]
    assert rows(index, "SELECT date, first FROM event JOIN thing USING (id) WHERE iri = 'http://x/odd'") == [
        ("long ago", None)
    ]


@pytest.mark.parametrize(
    ("names", "chosen"),
    [
        ('"Italy"@en, "Italia"@it, "Itaalia"', ("Italy", "en")),
        ('"Italia"@it, "Itaalia"', ("Itaalia", None)),
        ('"Italie"@fr, "Italia"@it', ("Italie", "fr")),
        ('"B"@en-gb, "A"@en', ("A", "en")),
        ("x:name", ("http://x/thing", None)),
    ],
)
def test_name_is_english_else_without_language_else_any(indexed: Indexed, names: str, chosen: object) -> None:
    index = indexed(f"x:thing a schema:Place ; schema:name {names} .")
    assert rows(index, "SELECT name, lang FROM thing WHERE kind = 'place'") == [chosen]


def test_other_names_and_aliases_are_searched_too(indexed: Indexed) -> None:
    index = indexed('x:a a schema:Country ; schema:name "Italy"@en, "Italia"@it ; schema:alternateName "Boot" .')
    assert rows(index, "SELECT other FROM document") == [("Boot; Italia",)]


def test_what_only_others_name_is_a_thing_of_no_known_kind(indexed: Indexed) -> None:
    index = indexed('x:e a aid:AidEvent ; aid:donor x:who, "words", _:b ; aid:item [ schema:name "tents" ] .')
    assert rows(index, "SELECT iri, kind, uses FROM thing WHERE kind <> 'event'") == [("http://x/who", "other", 1)]
    assert rows(index, "SELECT items FROM event") == [("tents",)]


def test_bounds_that_contradict_each_other_are_none(indexed: Indexed) -> None:
    index = indexed("""x:e a aid:AidEvent ; sem:hasEarliestBeginTimeStamp "2021-01-01"^^xsd:date ;
        sem:hasLatestEndTimeStamp "2020-01-01"^^xsd:date .""")
    assert rows(index, "SELECT first, last, year FROM event") == [(None, None, None)]


def test_several_bounds_are_as_wide_as_they_can_be(indexed: Indexed) -> None:
    index = indexed("""x:e a aid:AidEvent ; sem:hasEarliestBeginTimeStamp "2020-02-01", "2020-01-01" ;
        sem:hasLatestEndTimeStamp "2020-03-01", "2020-04-01" .""")
    assert rows(index, "SELECT first, last FROM event") == [("2020-01-01", "2020-04-01")]


def test_items_that_nobody_gave_are_found_on_the_page_of_the_article(indexed: Indexed) -> None:
    index = indexed("""<http://x/id/article/a> a schema:NewsArticle ; schema:headline "H" .
        x:r aid:statedItem <http://x/id/article/a#item-1> ; schema:appearance <http://x/id/article/a> .
        <http://x/id/article/a#item-1> schema:name "tents" .""")
    found = rows(index, "SELECT title, anchor, iri FROM document WHERE kind = 'item'")
    assert found == [("tents", "item-1", "http://x/id/article/a#item-1")]


def test_position_needs_both_degrees(indexed: Indexed) -> None:
    index = indexed("""x:a a schema:Place ; schema:latitude 41.9 ; schema:longitude 12.5 .
        x:b a schema:Place ; schema:latitude 41.9 . x:c a schema:Place ; schema:latitude 95 ; schema:longitude 1 .""")
    assert rows(index, "SELECT lat, lon FROM thing ORDER BY iri") == [(41.9, 12.5), (None, None), (None, None)]


def test_named_graphs_are_not_looked_at(indexed: Indexed) -> None:
    store = ox.Store()
    node, kind = ox.NamedNode("http://x/a"), ox.NamedNode(PREFIXES["schema"] + "Place")
    store.add(ox.Quad(node, ox.NamedNode(PREFIXES["rdf"] + "type"), kind, ox.NamedNode("http://x/g")))
    assert rows(indexed(store), "SELECT count(*) FROM thing") == [(0,)]


def test_failure_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def stop(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr("kg.index.build.copy_facts", stop)
    with pytest.raises(ZeroDivisionError):
        build_index(ox.Store(), tmp_path)
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreError, match="cannot be made"):
        build_index(ox.Store(), tmp_path / "missing")


_NAMES = ("aid", "schema", "skos", "sem", "oa", "prov", "rdfs")
_PROPERTIES = [
    ox.NamedNode(PREFIXES[prefix] + local)
    for prefix, locals_ in {
        "aid": "donor recipient implementer crisis phase item category statedItem reports evidence fulfils "
        "disasterType",
        "schema": "name headline alternateName startDate endDate datePublished location subjectOf publisher author "
        "mentions about appearance isPartOf text spokenByCharacter latitude longitude containedInPlace",
        "sem": "hasEarliestBeginTimeStamp hasLatestEndTimeStamp",
        "skos": "prefLabel definition altLabel",
        "oa": "exact",
        "prov": "wasQuotedFrom",
    }.items()
    for local in locals_.split()
]
_TYPE = ox.NamedNode(PREFIXES["rdf"] + "type")
_KINDS = [
    ox.NamedNode(PREFIXES[name.partition(":")[0]] + name.partition(":")[2])
    for names in (*CLASSES.values(), ("schema:Quotation",))
    for name in names
]
NODES = st.sampled_from(
    [ox.NamedNode(f"http://x/id/{path}") for path in ("event/a", "event/b", "article/a", "article/a#p", "country/c")]
    + [ox.NamedNode("urn:x"), ox.BlankNode("b1"), ox.BlankNode("b2")]
)
LITERALS = st.builds(
    lambda text, language: ox.Literal(text, language=language) if language else ox.Literal(text),
    st.one_of(
        st.text(max_size=8), st.sampled_from(["2020", "2020-02", "2020-02-30", "2020-02-03", "9999-12-31", "1e999"])
    ),
    st.sampled_from(["", "en", "en-GB", "it", "ar"]),
)
QUADS = st.one_of(
    st.builds(ox.Quad, NODES, st.just(_TYPE), st.sampled_from(_KINDS)),
    st.builds(ox.Quad, NODES, st.sampled_from(_PROPERTIES), st.one_of(NODES, LITERALS)),
)


@settings(max_examples=60, deadline=None)
@given(graph=st.lists(QUADS, max_size=40))
def test_any_graph_has_an_index_and_always_the_same(graph: list[ox.Quad]) -> None:
    with TemporaryDirectory() as made:
        dumps = []
        for number, quads in enumerate((graph, graph[::-1])):
            store = ox.Store()
            store.extend(quads)
            folder = Path(made, str(number), "same")
            folder.mkdir(parents=True)
            dumps.append(dump(build_index(store, folder)))
        assert dumps[0] == dumps[1]
        with closing(open_index(folder)) as index:
            check(index, graph)


def check(index: sqlite3.Connection, graph: list[ox.Quad]) -> None:
    """What holds of every index."""
    event = ox.NamedNode(PREFIXES["aid"] + "AidEvent")
    events = {quad.subject.value for quad in graph if quad.object == event and isinstance(quad.subject, ox.NamedNode)}
    assert {iri for (iri,) in rows(index, "SELECT iri FROM thing JOIN event USING (id)")} >= events
    assert {kind for (kind,) in rows(index, "SELECT DISTINCT kind FROM thing")} <= set(KINDS)
    assert rows(index, "SELECT count(*) FROM thing WHERE iri GLOB '_:*' OR uses < 0") == [(0,)]
    assert rows(index, "SELECT count(*) FROM event WHERE (first IS NULL) <> (last IS NULL) OR first > last") == [(0,)]
    assert rows(index, "PRAGMA integrity_check") == [("ok",)]
    names = rows(index, "SELECT kind, sort, iri FROM thing WHERE kind NOT IN ('event', 'article') ORDER BY id")
    assert names == sorted(names, key=lambda row: (KINDS.index(str(row[0])), str(row[1]).encode(), row[2]))


def test_index_has_the_name_that_readers_look_for(tmp_path: Path) -> None:
    assert build_index(ox.Store(), tmp_path) == tmp_path / FILE
    assert [path.name for path in tmp_path.iterdir()] == [FILE]
