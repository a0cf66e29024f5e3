"""Turtle to JSON-LD and back: the same graph, by each of three parsers, in every form that leaves nothing out."""

from __future__ import annotations

import gzip
import json
from collections.abc import Callable, Iterable, Iterator
from importlib import resources
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
import rdflib
from pyld import jsonld

from kg.dump import write_dumps
from kg.settings import Settings
from kg.store import Snapshot, open_snapshot
from server.gather import triples_of
from server.jsonld import CONTEXT_VERSIONS, Form, context_text, dump_jsonld, frame_name, load_frozen

BASE = "https://w3id.org/aidgraph/id/"
PROFILES = (None, "expanded", "compacted", "flattened")
"""All but the framed form, which leaves out what the frame does not reach."""

Triples = frozenset[ox.Triple]


def with_pyld(text: str) -> Triples:
    written = jsonld.to_rdf(json.loads(text), {"documentLoader": load_frozen, "format": "application/n-quads"})
    return parsed(str(written).encode(), ox.RdfFormat.N_QUADS)


def with_oxigraph(text: str) -> Triples:
    return parsed(text.encode(), ox.RdfFormat.JSON_LD)


def with_rdflib(text: str) -> Triples:
    graph = rdflib.Graph().parse(data=text, format="json-ld")
    return parsed(graph.serialize(format="nt", encoding="utf-8"), ox.RdfFormat.N_TRIPLES)


PARSERS: dict[str, Callable[[str], Triples]] = {"pyld": with_pyld, "oxigraph": with_oxigraph, "rdflib": with_rdflib}


def parsed(data: bytes, form: ox.RdfFormat) -> Triples:
    return canonical(quad.triple for quad in ox.parse(data, form))


def canonical(triples: Iterable[ox.Triple]) -> Triples:
    """With blank nodes named by what they say (RDFC-1.0), so that isomorphic graphs are equal."""
    dataset = ox.Dataset(ox.Quad(*triple) for triple in triples)
    dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
    return frozenset(quad.triple for quad in dataset)


def document(triples: Iterable[ox.Triple], iri: str, form: Form) -> str:
    """As a client sees it that has fetched the context."""
    made: Any = json.loads(dump_jsonld(triples, iri, "unused", form))
    return json.dumps(made if isinstance(made, list) else made | json.loads(context_text(form.context)))


def whole(store: ox.Store) -> list[ox.Triple]:
    return sorted((quad.triple for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph())), key=str)


def check_whole(store: ox.Store, parser: str, form: Form) -> None:
    triples = whole(store)
    again = PARSERS[parser](document(triples, BASE, form))
    assert again == canonical(triples), sorted(map(str, again ^ canonical(triples)))[:10]


pytestmark = pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning")  # rdflib's parser


@pytest.mark.parametrize("version", CONTEXT_VERSIONS)
@pytest.mark.parametrize("profile", PROFILES[1:])
@pytest.mark.parametrize("parser", PARSERS)
def test_the_gold_graph_comes_back_whole(gold_store: ox.Store, parser: str, profile: str, version: str) -> None:
    check_whole(gold_store, parser, Form(profile, context=version))


@pytest.mark.slow
@pytest.mark.parametrize("parser", PARSERS)
@pytest.mark.parametrize("profile", PROFILES[1:])
def test_the_built_graph_comes_back_whole(seeds_data: Path, parser: str, profile: str) -> None:
    check_whole(open_snapshot(seeds_data).store, parser, Form(profile))


def quads_with_pyld(text: bytes) -> set[ox.Quad]:
    written = jsonld.to_rdf(json.loads(text), {"documentLoader": load_frozen, "format": "application/n-quads"})
    return {*ox.parse(str(written).encode(), ox.RdfFormat.N_QUADS)}


def quads_with_oxigraph(text: bytes) -> set[ox.Quad]:
    return {*ox.parse(text, ox.RdfFormat.JSON_LD)}


def quads_with_rdflib(text: bytes) -> set[ox.Quad]:
    dataset = rdflib.Dataset().parse(data=text, format="json-ld")
    return {*ox.parse(dataset.serialize(format="nquads", encoding="utf-8"), ox.RdfFormat.N_QUADS)}


@pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")  # rdflib 7.6 warns of calls of its own
@pytest.mark.parametrize("read", [quads_with_pyld, quads_with_oxigraph, quads_with_rdflib])
def test_the_dump_comes_back_with_its_graphs(
    gold_store: ox.Store, tmp_path: Path, read: Callable[[bytes], set[ox.Quad]]
) -> None:
    write_dumps(Snapshot(gold_store, "v1", tmp_path), tmp_path, base=Settings().base, note={})
    again = read(gzip.decompress((tmp_path / "aidgraph.jsonld.gz").read_bytes()))
    assert again == {*gold_store}


@pytest.mark.parametrize("profile", PROFILES[1:])
@pytest.mark.parametrize("parser", PARSERS)
def test_odd_data_comes_back_whole(parser: str, profile: str) -> None:
    odd = Path(__file__).parents[1].joinpath("odd.ttl").read_bytes()
    store = ox.Store()
    store.load(odd, ox.RdfFormat.TURTLE, base_iri="http://example.org/")
    check_whole(store, parser, Form(profile))


def things(store: ox.Store) -> Iterator[str]:
    subjects = {triple.subject.value for triple in whole(store) if isinstance(triple.subject, ox.NamedNode)}
    return (iri.removeprefix(BASE) for iri in sorted(subjects) if iri.startswith(BASE) and "#" not in iri)


@pytest.mark.parametrize("parser", PARSERS)
def test_the_tree_of_every_thing_comes_back_whole(gold_store: ox.Store, parser: str) -> None:
    for resource in things(gold_store):
        triples = triples_of(gold_store, resource, ox.NamedNode(BASE + resource))
        text = document(triples, BASE + resource, Form(own_frame=frame_name(resource)))
        assert PARSERS[parser](text) == canonical(triples), resource


@pytest.mark.parametrize("name", ["aid.ttl", "shapes.ttl"])
@pytest.mark.parametrize("parser", PARSERS)
def test_the_vocabulary_comes_back_whole(name: str, parser: str) -> None:
    store = ox.Store()
    store.load(resources.files("ontology").joinpath(name).read_bytes(), ox.RdfFormat.TURTLE)
    check_whole(store, parser, Form("compacted"))
