"""The account of a build: what went in, what came out, by what and when; nothing of the machine."""

from __future__ import annotations

import hashlib
import socket
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path

import pyoxigraph as ox
import pytest
from rdflib import RDF, XSD, BNode, Graph, Namespace, URIRef
from rdflib.namespace import PROV, RDFS

from kg.description.names import Names
from kg.description.provenance import Making, describe_making
from kg.dumps.manifest import Manifest
from kg.lock import write_lock
from kg.store import Snapshot, new_generation, open_snapshot

SEEDS = Path(__file__).parents[3] / "seeds"
SCHEMA = Namespace("http://schema.org/")
SHA256 = SCHEMA.sha256
BEGUN, DONE = datetime(2024, 5, 2, 10, 0, 0, tzinfo=UTC), datetime(2024, 5, 2, 10, 5, 0, tzinfo=UTC)
NAMES = Names("https://w3id.org/aidgraph/")


@pytest.fixture(scope="module")
def account(dumps: Path) -> Graph:
    return Graph().parse(dumps / "provenance.ttl")


@pytest.fixture(scope="module")
def activity(account: Graph) -> URIRef:
    (found,) = account.subjects(RDF.type, PROV.Activity)
    return found


def told(manifest: Manifest, making: Making, snapshot: Snapshot) -> Graph:
    triples = describe_making(NAMES, manifest, making, snapshot)
    text = ox.serialize(triples, format=ox.RdfFormat.N_TRIPLES)
    return Graph().parse(data=text, format="nt")


def test_every_article_is_an_input_with_the_checksum_of_its_file(account: Graph, activity: URIRef) -> None:
    used = {str(account.value(one, SHA256)) for one in account.objects(activity, PROV.used)}
    files = {hashlib.sha256(path.read_bytes()).hexdigest() for path in SEEDS.glob("*.txt")}
    assert used == files


def test_every_dump_is_an_output_with_its_checksum(account: Graph, activity: URIRef, manifest: Manifest) -> None:
    made = {str(one): str(account.value(one, SHA256)) for one in account.subjects(PROV.wasGeneratedBy, activity)}
    version_made = NAMES.version(manifest.version).value
    assert made.pop(version_made) == "None"
    assert made == {NAMES.dump(file.name).value: file.sha256 for file in manifest.files}
    assert (URIRef(version_made), PROV.specializationOf, URIRef(NAMES.dataset.value)) in account


def test_software_has_its_version_and_times_are_times(account: Graph, activity: URIRef) -> None:
    agent = account.value(activity, PROV.wasAssociatedWith)
    assert (agent, RDF.type, PROV.SoftwareAgent) in account
    assert str(account.value(agent, SCHEMA.softwareVersion)) == version("aidgraph")
    begun, done = (account.value(activity, one) for one in (PROV.startedAtTime, PROV.endedAtTime))
    assert begun.datatype == done.datatype == XSD.dateTime
    assert begun.toPython() <= done.toPython() <= datetime.now(UTC)


def test_configuration_is_the_plan(gold_data: Path, manifest: Manifest) -> None:
    found = told(manifest, Making(BEGUN, DONE, is_build=True, rules="rules-7"), open_snapshot(gold_data))
    (plan,) = found.objects(None, PROV.hadPlan)
    settings = list(found.objects(plan, SCHEMA.additionalProperty))
    values = {tuple(str(found.value(one, SCHEMA[name])) for name in ("name", "value")) for one in settings}
    assert values >= {("base", "https://w3id.org/aidgraph/"), ("rules", "rules-7")}


def test_former_version_is_named(gold_data: Path, manifest: Manifest) -> None:
    snapshot = open_snapshot(gold_data)
    found = told(manifest, Making(BEGUN, DONE, is_build=True, former="0ld"), snapshot)
    version_made = URIRef(NAMES.version(manifest.version).value)
    assert list(found.objects(version_made, PROV.wasRevisionOf)) == [URIRef(NAMES.version("0ld").value)]
    assert not list(told(manifest, Making(BEGUN, DONE, is_build=True), snapshot).subject_objects(PROV.wasRevisionOf))


def test_what_editors_said_is_an_input_and_what_others_wrote_is_mentioned(tmp_path: Path, manifest: Manifest) -> None:
    graph, links = ox.NamedNode("http://example.org/a#corrections"), ox.NamedNode(f"{NAMES.base}id/links")
    kind = ox.NamedNode("https://w3id.org/aidgraph/ontology#Correction")
    with write_lock(tmp_path), new_generation(tmp_path) as generation:
        generation.store.add(ox.Quad(ox.NamedNode("http://example.org/c"), ox.NamedNode(str(RDF.type)), kind, graph))
        generation.store.add(ox.Quad(graph, kind, kind, links))
    found = told(manifest, Making(BEGUN, DONE, is_build=False), open_snapshot(tmp_path))
    assert {str(one) for one in found.objects(None, PROV.used)} == {graph.value, links.value}
    comment = found.value(URIRef(NAMES.version(manifest.version).value), RDFS.comment)
    assert "written" in str(comment)


def test_account_tells_nothing_of_the_machine(dumps: Path, gold_data: Path) -> None:
    text = (dumps / "provenance.ttl").read_text(encoding="utf-8")
    names = (socket.gethostname(), str(gold_data), str(Path.home()), str(SEEDS))
    assert not [name for name in names if len(name) > 4 and name in text]


def test_account_uses_terms_that_exist_and_no_blank_nodes(account: Graph) -> None:
    terms = {term for triple in account for term in triple if str(term).startswith(str(PROV))}
    assert terms
    assert not [term for term in terms if term not in PROV]
    assert not [term for triple in account for term in triple if isinstance(term, BNode)]


def test_account_is_not_in_the_dumps(account: Graph, activity: URIRef, gold_data: Path) -> None:
    store = open_snapshot(gold_data).store
    assert next(store.quads_for_pattern(ox.NamedNode(str(activity)), None, None), None) is None
