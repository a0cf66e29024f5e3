"""ORDER BY made total: no crash on any mixture, SPARQL's order where it has one, and the same answers otherwise."""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.syntax.ordering import total_order

XSD = "http://www.w3.org/2001/XMLSchema#"
MIXED = Path(__file__).with_name("mixed_orders.py")


def ordered(query: str) -> str:
    rewritten = total_order(query)
    assert rewritten is not None
    return rewritten


def typed(name: str, values: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return values.map(lambda value: f'"{value}"^^<{XSD}{name}>')


texts = st.text("aAbZ0é _-", max_size=3)
zones = st.sampled_from(["Z", "+05:00", "-08:00"])
days = st.dates().map(str)
times = st.times().map(lambda time: time.replace(microsecond=0, tzinfo=None).isoformat())
COLUMNS = {
    "integers": st.integers(-(2**62), 2**62).map(str),
    "decimals": typed("decimal", st.decimals(-(10**6), 10**6, places=4).map(str)),
    "fine decimals": typed("decimal", st.integers(0, 30).map(lambda digits: f"0.1000000000000000{digits:02}")),
    "doubles": typed(
        "double", st.floats(width=64, allow_nan=True).map(lambda x: str(x).upper().replace("INFINITY", "INF"))
    ),
    "integers and decimals": st.one_of(
        st.integers(-9, 9).map(str), st.decimals(-9, 9, places=1).map(lambda d: f"{d:.1f}")
    ),
    "booleans": st.sampled_from(["true", "false", f'"1"^^<{XSD}boolean>']),
    "strings": texts.map(lambda text: f'"{text}"'),
    "tagged strings": st.tuples(texts, st.sampled_from(["de", "en", "fr"])).map(lambda pair: f'"{pair[0]}"@{pair[1]}'),
    "strings with and without tags": st.tuples(texts, st.sampled_from(["", "@de"])).map(
        lambda pair: f'"{pair[0]}"{pair[1]}'
    ),
    "unknown": texts.map(lambda text: f'"{text}"^^<http://x/type>'),
    "zoned times": typed("dateTime", st.tuples(days, times, zones).map(lambda parts: "{}T{}{}".format(*parts))),
    "local times": typed("dateTime", st.tuples(days, times).map(lambda parts: "{}T{}".format(*parts))),
    "dates": typed("date", days),
    "years": typed(
        "gYear", st.integers(-3000, 3000).filter(bool).map(lambda year: f"{'-' * (year < 0)}{abs(year):04}")
    ),
    "months": typed("gYearMonth", days.map(lambda day: day[:7])),
    "year-month durations": typed("yearMonthDuration", st.integers(0, 99).map(lambda months: f"P{months}M")),
    "day-time durations": typed("dayTimeDuration", st.integers(0, 99).map(lambda hours: f"PT{hours}H")),
    "IRIs": texts.map(lambda text: f"<http://x/{text.replace(' ', '')}>"),
}


@pytest.mark.parametrize("kind", COLUMNS)
def test_total_order_keeps_the_order_of_one_kind(kind: str) -> None:
    @settings(max_examples=40, deadline=None, derandomize=True)
    @given(st.lists(COLUMNS[kind], min_size=2, max_size=15), st.sampled_from(["?c", "DESC(?c)"]))
    def check(terms: list[str], condition: str) -> None:
        query = f"SELECT ?c {{ VALUES ?c {{ {' '.join(terms)} }} }} ORDER BY {condition}"
        plain, total = rows(ox.Store(), query), rows(ox.Store(), ordered(query))
        assert sorted(plain) == sorted(total)
        assert all(equal(a[0], b[0]) for a, b in zip(plain, total, strict=True)), (plain, total)

    check()


def equal(one: str, other: str) -> bool:
    return one == other or bool(ox.Store().query(f"ASK {{ FILTER({one} = {other}) }}"))


def rows(store: ox.Store, query: str) -> list[list[str]]:
    results = store.query(query)
    assert isinstance(results, ox.QuerySolutions)
    return [[str(value) for value in row] for row in results]


@pytest.fixture(scope="module")
def mixed() -> list[list[str]]:
    """Sorted columns of mixed terms, made in a process of its own: if one sort fails, it ends."""
    done = subprocess.run([sys.executable, str(MIXED)], capture_output=True, text=True, timeout=300)
    assert done.returncode == 0, done.stderr
    found: list[list[str]] = json.loads(done.stdout)
    return found


def test_total_order_sorts_any_mixture_without_a_crash(mixed: list[list[str]]) -> None:
    assert len(mixed) == 20
    assert all(len(column) == 200 for column in mixed)


def test_total_order_sorts_kinds_of_terms_as_sparql_says(mixed: list[list[str]]) -> None:
    kinds = {"None": 0, "_": 1, "<": 2, '"': 3}
    for column in mixed:
        found = [kinds[term if term == "None" else term[0]] for term in column]
        assert found == sorted(found)
        assert set(found) == {0, 1, 2, 3}


@pytest.mark.parametrize("name", ["integer", "decimal", "double", "dateTime", "boolean", "date", "string"])
def test_total_order_sorts_values_as_sparql_says(mixed: list[list[str]], name: str) -> None:
    for column in mixed:
        suffix = '"' if name == "string" else f"^^<{XSD}{name}>"
        values = [term for term in column if term[0] == '"' and term.endswith(suffix) and '"NaN"' not in term]
        query = " ".join(f"({a} {b})" for a, b in itertools.pairwise(values))
        assert len(values) > 3
        assert rows(ox.Store(), f"SELECT ?a ?b {{ VALUES (?a ?b) {{ {query} }} FILTER(?a > ?b) }}") == []


def test_total_order_is_needed(tmp_path: Path) -> None:
    """When this fails, the engine sorts what it is given, and this module can go."""
    code = "import pyoxigraph as ox; list(ox.Store().query(open('query').read()))"
    numbers = " ".join(f'{n} "{n * 7919 % 1000}"' for n in range(0, 1000, 3))
    query = f"SELECT ?c {{ VALUES ?c {{ {numbers} }} }} ORDER BY ?c"
    for text, is_fine in ((query, False), (ordered(query), True)):
        (tmp_path / "query").write_text(text, encoding="utf-8")
        done = subprocess.run([sys.executable, "-c", code], cwd=tmp_path, capture_output=True, text=True)
        assert (done.returncode == 0) is is_fine, done.stderr
        assert is_fine or "total order" in done.stderr


STORE = """PREFIX : <http://x/> INSERT DATA {
  :a :p 3, 1 ; :q "c" . :b :p 2 ; :q "a", "b" . :c :q "a" . :d :p 10, 20, 30 ; :q "z" . GRAPH :g { :e :p 5 } }"""


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s :p ?v } ORDER BY ?v",
        "SELECT * { ?s :p ?v } ORDER BY DESC(?v) LIMIT 2 OFFSET 1",
        "SELECT ?s { ?s :p ?v } ORDER BY (?v * -1)",
        "SELECT DISTINCT ?s { ?s :p ?v } ORDER BY ?v",
        "SELECT DISTINCT ?s { ?s :p ?v } ORDER BY DESC(?v) ?s",
        "SELECT REDUCED ?s { ?s :p ?v } ORDER BY DESC(?s) ASC(?v)",
        "SELECT ?s ?v { ?s :q ?w OPTIONAL { ?s :p ?v } } ORDER BY ?w strlen(str(?s)) ?v ?s",
        "SELECT (?v + 1 AS ?w) (?w * 2 AS ?x) { ?s :p ?v } ORDER BY DESC(?x)",
        "SELECT ?v { ?s :p ?v } ORDER BY <http://www.w3.org/2001/XMLSchema#string>(?v)",
        "SELECT ?v { ?s :p ?v } ORDER BY IF(?v > 5, -?v, ?v) # ORDER BY ?v\n",
        "SELECT * { ?s :p ?v } ORDER BY ?v VALUES ?s { :a :d }",
        "SELECT * { ?s :q ?w } ORDER BY ?w ?v ?s VALUES (?s ?v) { (:a 2) (:b 1) }",
        "SELECT ?s (SUM(?v) AS ?n) { ?s :p ?v } GROUP BY ?s ORDER BY ?n",
        "SELECT ?s (SUM(?v) AS ?n) { ?s :p ?v } GROUP BY ?s HAVING(?n > 2) ORDER BY DESC(?n) LIMIT 1",
        "SELECT ?s { ?s :p ?v } GROUP BY ?s ORDER BY DESC(COUNT(*)) ?s",
        "SELECT (COUNT(*) AS ?n) { ?s :p ?v } GROUP BY ?s ORDER BY DESC(?s)",
        "SELECT (COUNT(*) AS ?n) { ?s :p ?v } GROUP BY (STR(?s) AS ?t) ORDER BY ?n DESC(?t)",
        "SELECT ?n (?n * 2 AS ?m) { { SELECT (COUNT(*) AS ?n) { ?s :p ?v } GROUP BY ?s } } ORDER BY ?m",
        "SELECT ?s (MAX(?v) - MIN(?v) AS ?n) { ?s :p ?v } GROUP BY ?s ORDER BY (AVG(?v)) ?n",
        "SELECT (COUNT(*) AS ?n) { ?s :p ?v } ORDER BY ?n",
        "SELECT ?s (SUM(?v) AS ?n) { ?s :p ?v } GROUP BY ?s ORDER BY ?n VALUES ?s { :a :b }",
        "SELECT * { { SELECT ?s ?v { ?s :p ?v } ORDER BY ?v LIMIT 3 } ?s :q ?w } ORDER BY DESC(?v) ?w",
        "SELECT * { { SELECT ?s (SUM(?v) AS ?n) { ?s :p ?v } GROUP BY ?s ORDER BY ?n LIMIT 2 } } ORDER BY DESC(?s)",
        "SELECT ?v { ?s :p ?v FILTER EXISTS { SELECT ?s { ?s :q ?w } ORDER BY ?w LIMIT 9 } } ORDER BY ?v",
        "SELECT * FROM :g { ?s :p ?v } ORDER BY ?v",
        "SELECT*WHERE{?s :p ?v}ORDER BY?v LIMIT 2",
        "SELECT ?key1 ?s { ?s :p ?key1 } ORDER BY ?key1",
        "SELECT * {} ORDER BY ?v",
        "PREFIX order: <http://x/> SELECT * { ?s order:p ?v BIND('ORDER BY' AS ?t) } ORDER BY ?v",
    ],
)
def test_total_order_keeps_the_answer(query: str) -> None:
    store, text = ox.Store(), f"PREFIX : <http://x/> {query}"
    store.update(STORE)
    plain, total = store.query(text), store.query(ordered(text))
    assert isinstance(plain, ox.QuerySolutions)
    assert isinstance(total, ox.QuerySolutions)
    assert total.serialize(format=ox.QueryResultsFormat.CSV) == plain.serialize(format=ox.QueryResultsFormat.CSV)


@pytest.mark.parametrize(
    "query",
    [
        "CONSTRUCT { ?s :r ?v } WHERE { ?s :p ?v } ORDER BY DESC(?v) LIMIT 2",
        "CONSTRUCT WHERE { ?s :p ?v } ORDER BY ?v OFFSET 1 LIMIT 2",
        "CONSTRUCT FROM :g WHERE { ?s :p ?v } ORDER BY ?v",
        "DESCRIBE ?s { ?s :p ?v } ORDER BY DESC(?v) LIMIT 1",
        "DESCRIBE * { ?s :p ?v } ORDER BY ?v LIMIT 2",
    ],
)
def test_total_order_keeps_the_graph(query: str) -> None:
    store, text = ox.Store(), f"PREFIX : <http://x/> {query}"
    store.update(STORE)
    plain, total = store.query(text), store.query(ordered(text))
    assert isinstance(plain, ox.QueryTriples)
    assert isinstance(total, ox.QueryTriples)
    assert sorted(map(str, total)) == sorted(map(str, plain)) != []


def test_total_order_leaves_the_order_of_a_yes_or_no_out() -> None:
    assert total_order("ASK { ?s ?p ?o } ORDER BY ?o LIMIT 1") == "ASK { ?s ?p ?o }  LIMIT 1"


def test_total_order_evaluates_chance_once_a_row() -> None:
    numbers = " ".join(map(str, range(500)))
    found = rows(ox.Store(), ordered(f"SELECT ?n {{ VALUES ?n {{ {numbers} }} }} ORDER BY RAND()"))
    assert len(found) == 500
    assert found != sorted(found)


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o }",
        "SELECT * { ?s <http://x/order> 'ORDER BY ?x' }",
        "SELECT * { ?s ?p ?o } ORDER BY EXISTS { ?o ?q ?r }",
        "SELECT ?s (COUNT(*) AS ?n) { ?s ?p ?o } GROUP BY ?s ORDER BY (?n + COUNT(*))",
        "SELECT * { ?s a1 } ORDER BY ?s",
        "SELECT * { ?s ?p ?o ORDER BY ?s",
        "SELECT * { ?s ?p ?o } ORDER BY",
        "SELECT * { ?s ?p ?o } ORDER BY 1",
        "ORDER BY",
    ],
)
def test_total_order_gives_nothing_without_an_order_or_certainty(query: str) -> None:
    assert total_order(query) is None
