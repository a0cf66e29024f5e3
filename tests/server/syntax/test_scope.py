"""What ``SELECT *`` selects, against what the engine says."""

from __future__ import annotations

import pyoxigraph as ox
import pytest

from server.syntax.scope import selected_variables
from server.syntax.selects import read_query


@pytest.mark.parametrize(
    "group",
    [
        "{ ?s ?p $o }",
        "{ ?s <a:b>/^<b:c>? ?o ; <a:b>* [ <b:c> ?x ] . (?y 1) <a:b> ?z }",
        "{ ?s ?p ?o FILTER(?s < ?filtered) FILTER regex(?a, ?b) }",
        "{ ?s ?p ?o FILTER <http://www.w3.org/2001/XMLSchema#boolean>(?c) FILTER NOT EXISTS { ?d ?e ?f } }",
        "{ ?s ?p ?o MINUS { ?s ?minus ?o } OPTIONAL { ?s ?optional ?o } }",
        "{ BIND(?inner + 1 AS ?outer) BIND(EXISTS { ?x ?y ?z } AS ?e) }",
        "{ GRAPH ?g { ?s ?p ?o } { ?u ?v ?w } UNION { ?a ?b ?c FILTER(?d) } }",
        "{ VALUES ?v { 1 } VALUES (?w ?x) { (1 UNDEF) } }",
        "{ SELECT ?a (?b + 1 AS ?c) { ?a ?b ?hidden } GROUP BY ?a ?b }",
        "{ { SELECT * { ?a ?b ?c MINUS { ?d ?e ?f } } } { SELECT (COUNT(*) AS ?n) { ?hidden ?b ?c } } }",
        "{ ?s ?p ?o {| ?q ?r |} . << ?a ?b ?c ~ ?d >> ?e ?f LATERAL { ?l ?m ?n } }",
        "{ SERVICE SILENT ?where { ?s ?p ?o } }",
        "{ ?s ?p ?o } VALUES ?late { 1 }",
        "{ ?s ?p ?o } ORDER BY ?elsewhere",
        "{}",
    ],
)
def test_star_selects_what_the_engine_says(group: str) -> None:
    text = f"SELECT * WHERE {group}"
    query = read_query(text)
    results = ox.Store().query(text)
    assert isinstance(results, ox.QuerySolutions)
    assert selected_variables(query, query.selects[0]) == [variable.value for variable in results.variables]
