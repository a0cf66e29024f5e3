"""No term stands in a namespace that does not define it (pitfall P40), and none of schema.org's that was superseded."""

from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pyoxigraph as ox
import pytest
from known_terms import hijacked, outdated, schema_names
from ontology_store import ontology_store

from kg.store import open_snapshot

ROOT = Path(__file__).parents[2]
ENDINGS = {".ttl", ".rq", ".py", ".jsonld", ".json", ".toml", ".html", ".ts", ".js"}
MADE = {"node_modules", "__pycache__"}


def sources() -> Iterator[Path]:
    """What we wrote that may name terms: the vocabulary, its shapes and questions, frames, contexts, queries, code."""
    for folder in ("ontology", "kg", "server"):
        for path in (ROOT / folder).rglob("*"):
            if path.suffix in ENDINGS and MADE.isdisjoint(path.parts) and "static/ui" not in path.as_posix():
                yield path


@pytest.mark.parametrize("name", ["aid.ttl", "example.ttl"])
def test_no_term_is_put_into_the_namespace_of_others(name: str) -> None:
    assert hijacked(ox.parse(files("ontology").joinpath(name).read_bytes(), ox.RdfFormat.TURTLE)) == set()


@pytest.mark.parametrize(
    "term", ["schema:aidDonor", "prov:wasBlamedOn", "skos:fuzzyMatch", "oa:exakt", "sem:hasActors"]
)
def test_term_that_its_namespace_does_not_define_is_found(term: str) -> None:
    assert len(hijacked(ontology_store(f"INSERT DATA {{ aid:donor {term} aid:recipient }}"))) == 1


def test_gold_graph_uses_terms_that_exist(gold_quads: frozenset[ox.Quad]) -> None:
    assert hijacked(gold_quads) == set()


def test_gold_graph_uses_no_superseded_term(gold_quads: frozenset[ox.Quad]) -> None:
    assert outdated(schema_names("\n".join(map(str, gold_quads)))) == set()


@pytest.mark.slow
def test_built_graph_uses_terms_that_exist_and_are_current(seeds_data: Path) -> None:
    quads = tuple(open_snapshot(seeds_data).store)
    assert hijacked(quads) == set()
    assert outdated(schema_names("\n".join(map(str, quads)))) == set()


def test_all_that_is_written_here_names_current_terms_of_schema_org() -> None:
    wrong = {path.relative_to(ROOT).as_posix(): outdated(schema_names(path.read_text("utf-8"))) for path in sources()}
    assert {path: names for path, names in wrong.items() if names} == {}


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("?x schema:name ?y ; a schema:Event", {"name", "Event"}),
        ('"@id": "http://schema.org/headline"', {"headline"}),
        ('"https://schema.org/awards"', {"awards"}),
        ("https://schema.org/docs/terms.html", set()),
        ("myschema:nothing", set()),
    ],
)
def test_names_are_found_however_they_are_written(text: str, names: set[str]) -> None:
    assert schema_names(text) == names


@pytest.mark.parametrize(("name", "wrong"), [("headline", False), ("awards", True), ("aidDonor", True)])
def test_name_is_outdated_if_superseded_or_unknown(name: str, wrong: bool) -> None:
    assert bool(outdated([name])) is wrong
