"""The report for people, for programs, and as RDF."""

from __future__ import annotations

import json
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.errors import DataError
from kg.formats import prefixes_for
from kg.settings import Settings
from kg.validate import Finding, validate_quads
from kg.validate.rdf import rdf_report, write_rdf_report
from kg.validate.reports import conforms, json_report, text_report
from kg.validate.results import read_results
from kg.validate.shapes import SH, shapes_by_iri, shapes_text
from kg.validate.wording import WRONG, wrong_words

EVENT = "https://w3id.org/aidgraph/id/event/russia-to-italy-pledged-2020-03-21"
TEXT = """\
Article 000_0888dd242fe82e2b
  characters 424 to 529: “{words}”
    https://w3id.org/aidgraph/id/article/000-0888dd242fe82e2b#item-1051-1070 aid:category
      violation: is missing
      expected: an item has one category, a concept of scheme/category

No article
    https://w3id.org/aidgraph/id/country/italy schema:population
      warning: 60000000 is not expected here
      expected: a country has an IRI …/id/country/NAME and no other properties than the shapes name

Broken rules
       1  AidItem-category: an item has one category, a concept of scheme/category
       1  Country-only: a country has an IRI …/id/country/NAME and no other properties than the shapes name

Does not conform: 1 violation, 1 warning, in 1 article."""
WORDS = "Moscow plans to send medical teams and equipment along with means of protection from coronavirus to…"


def spoilt(update: str) -> tuple[Finding, ...]:
    store = ox.Store()
    store.load(files("ontology").joinpath("example.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    store.update(update, prefixes=prefixes_for(Settings().base))
    return validate_quads(store)


@pytest.fixture(scope="module")
def findings() -> tuple[Finding, ...]:
    return spoilt("DELETE WHERE { ?i aid:category ?c } ; INSERT DATA { country:italy schema:population 60000000 }")


@pytest.fixture(scope="module")
def unreported() -> tuple[Finding, ...]:
    return spoilt(f"DELETE WHERE {{ ?r aid:reports <{EVENT}> }}")


def test_text_names_article_words_fault_and_expectation(findings: tuple[Finding, ...]) -> None:
    assert "\n".join(text_report(findings)) == TEXT.format(words=WORDS)


def test_text_of_a_good_graph_is_one_line() -> None:
    assert list(text_report(())) == ["Conforms: no findings."]


def test_json_has_the_same(findings: tuple[Finding, ...]) -> None:
    report = json.loads(json_report(findings))
    assert report["conforms"] is False
    first = report["findings"][0]
    assert (first["article"], first["span"], first["path"]) == ("000_0888dd242fe82e2b", [424, 529], "aid:category")
    assert (first["severity"], first["component"]) == ("Violation", "MinCountConstraintComponent")
    assert first["words"].startswith("Moscow plans")
    assert report["rules"] == {finding.rule: 1 for finding in findings}


def test_warnings_conform_only_if_they_are_allowed(findings: tuple[Finding, ...]) -> None:
    warning = [finding for finding in findings if finding.severity == "Warning"]
    assert (conforms(warning), conforms(warning, allow_warnings=True)) == (False, True)
    assert not conforms(findings, allow_warnings=True)
    assert conforms(())


def test_rdf_says_the_same_in_the_vocabulary_of_shacl(findings: tuple[Finding, ...]) -> None:
    report = rdf_report(findings, ox.RdfFormat.N_TRIPLES)
    assert read_results(report) == tuple(
        sorted((one.result for one in findings if one.result), key=lambda one: one.key)
    )
    kinds = {
        quad.object.value for quad in ox.parse(report, ox.RdfFormat.N_TRIPLES) if quad.predicate.value.endswith("#type")
    }
    assert kinds == {f"{SH}ValidationReport", f"{SH}ValidationResult"}


def test_rdf_has_no_blank_nodes_and_is_the_same_each_time(findings: tuple[Finding, ...]) -> None:
    report = rdf_report(findings)
    assert b"_:" not in report
    assert b"[" not in report
    assert rdf_report(tuple(reversed(findings))) == report


def test_rdf_of_a_path_walked_backwards_is_shacls(unreported: tuple[Finding, ...]) -> None:
    store = ox.Store()
    store.load(rdf_report(unreported), ox.RdfFormat.TURTLE)
    assert store.query(
        "ASK { ?result sh:focusNode ?e ; sh:resultPath [ sh:inversePath aid:reports ] }",
        prefixes={"sh": SH, "aid": "https://w3id.org/aidgraph/ontology#"},
    )
    assert "^aid:reports" in {finding.path for finding in unreported}


def test_rdf_of_a_good_graph_conforms() -> None:
    assert b"sh:conforms true" in rdf_report(())


def test_rdf_is_written_in_the_format_of_the_ending(tmp_path: Path, findings: tuple[Finding, ...]) -> None:
    write_rdf_report(findings, tmp_path / "report.nt")
    assert (tmp_path / "report.nt").read_bytes() == rdf_report(findings, ox.RdfFormat.N_TRIPLES)
    with pytest.raises(DataError, match="ending"):
        write_rdf_report(findings, tmp_path / "report.doc")
    with pytest.raises(DataError, match="cannot be written"):
        write_rdf_report(findings, tmp_path / "nowhere" / "report.ttl")


def test_every_constraint_of_the_shapes_has_words() -> None:
    names = {quad.predicate.value.removeprefix(SH) for quad in ox.parse(shapes_text(), ox.RdfFormat.TURTLE)}
    used = {f"{name[0].upper()}{name[1:]}ConstraintComponent" for name in names} | {"SPARQLConstraintComponent"}
    assert WRONG.keys() <= used
    for name in ("class", "datatype", "minCount", "maxCount", "node", "or", "xone", "in", "pattern", "closed"):
        assert f"{name[0].upper()}{name[1:]}ConstraintComponent" in WRONG
    assert wrong_words("EqualsConstraintComponent") == "breaks Equals"


def test_every_shape_that_a_result_can_name_says_what_it_expects() -> None:
    with_rules = {
        quad.object.value
        for quad in ox.parse(shapes_text(), ox.RdfFormat.TURTLE)
        if quad.predicate.value == f"{SH}property" and isinstance(quad.object, ox.NamedNode)
    }
    assert len(with_rules) > 100
    assert [iri for iri in sorted(with_rules) if not shapes_by_iri()[iri].message] == []
