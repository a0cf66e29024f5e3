"""What the server says of itself and of the data: every number is that of a query, every term exists, rules hold."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from pyshacl import validate
from rdflib import BNode, Graph, Literal, Namespace, URIRef
from rdflib.namespace import DCAT, DCTERMS, FOAF, PROV, RDF, RDFS, VOID

from kg.description.names import DESCRIBED_PREFIXES
from kg.dumps.manifest import Manifest, read_manifest
from kg.link.sources import LinkTarget, link_sources, link_targets
from kg.settings import Settings
from kg.store import open_snapshot
from server.app import create_app
from server.description import MOST_GRAPHS

SD = Namespace(DESCRIBED_PREFIXES["sd"])
SPDX = Namespace(DESCRIBED_PREFIXES["spdx"])
DATASET = URIRef("https://w3id.org/aidgraph/.well-known/void#dataset")
ROOT = "http://localhost/"
SHAPES = Path(__file__).parent / "dcat_shapes.ttl"

VERSION, HAS_VERSION, IS_VERSION_OF = (URIRef(f"{DCAT}{name}") for name in ("version", "hasVersion", "isVersionOf"))
NEW_IN_DCAT_3 = {VERSION, HAS_VERSION, IS_VERSION_OF}
"""Terms of DCAT 3 (W3C Recommendation, 22 August 2024, §6) that rdflib's closed namespace, made of DCAT 2, lacks."""
SPDX_TERMS = {SPDX[name] for name in ("Checksum", "checksum", "algorithm", "checksumValue", "checksumAlgorithm_sha256")}


@pytest.fixture(scope="module")
def gold_client(gold_data: Path) -> FlaskClient:
    return create_app(Settings(data=gold_data)).test_client()


@pytest.fixture(scope="module")
def void(gold_client: FlaskClient) -> Graph:
    return described(gold_client)


@pytest.fixture(scope="module")
def manifest(gold_data: Path) -> Manifest:
    found = read_manifest(gold_data / "dumps")
    assert found is not None
    return found


def described(client: FlaskClient) -> Graph:
    response = client.get("/.well-known/void", headers={"Accept": "application/n-triples"})
    assert response.status_code == 200, response.text
    return Graph().parse(data=response.text, format="nt")


def number(store: ox.Store, pattern: str, what: str = "*") -> int:
    results = store.query(f"SELECT (COUNT({what}) AS ?n) {{ {pattern} }}")
    assert isinstance(results, ox.QuerySolutions)
    return int(next(results)["n"].value)


def test_description_has_no_blank_nodes_and_is_one_whole(void: Graph) -> None:
    assert not [term for triple in void for term in triple if isinstance(term, BNode)]
    document = URIRef(f"{ROOT}.well-known/void")
    assert (document, FOAF.primaryTopic, DATASET) in void
    assert {VOID.Dataset, DCAT.Dataset} <= set(void.objects(DATASET, RDF.type))


@pytest.mark.parametrize(
    ("property_", "pattern", "what"),
    [
        (VOID.triples, "?s ?p ?o", "*"),
        (VOID.distinctSubjects, "?s ?p ?o", "DISTINCT ?s"),
        (VOID.distinctObjects, "?s ?p ?o", "DISTINCT ?o"),
        (VOID.classes, "?s a ?c", "DISTINCT ?c"),
        (VOID.properties, "?s ?p ?o", "DISTINCT ?p"),
    ],
)
def test_size_is_that_of_a_query(void: Graph, gold_store: ox.Store, property_: URIRef, pattern: str, what: str) -> None:
    assert void.value(DATASET, property_) == Literal(number(gold_store, pattern, what))


def test_entities_are_what_fits_the_pattern(void: Graph, gold_store: ox.Store) -> None:
    pattern = str(void.value(DATASET, VOID.uriRegexPattern)).replace("\\", "\\\\")
    fitting = number(gold_store, f'?s ?p ?o FILTER(REGEX(STR(?s), "{pattern}"))', "DISTINCT ?s")
    assert void.value(DATASET, VOID.entities) == Literal(fitting)
    assert fitting > 20


def test_documents_are_the_pages_of_the_sitemap(void: Graph, gold_client: FlaskClient) -> None:
    pages = set(re.findall(r"/page/(.+?)</loc>", gold_client.get("/sitemaps/1.xml").text)) - {"ontology"}
    assert int(void.value(DATASET, VOID.documents)) == len(pages) > 20


def test_classes_are_counted(void: Graph, gold_store: ox.Store) -> None:
    parts = list(void.objects(DATASET, VOID.classPartition))
    counted = {str(void.value(part, VOID["class"])): int(void.value(part, VOID.entities)) for part in parts}
    assert counted == {
        iri: number(gold_store, f"?s a <{iri}>", "DISTINCT ?s")
        for iri in {quad.object.value for quad in gold_store.quads_for_pattern(None, ox.NamedNode(str(RDF.type)), None)}
    }


def test_properties_are_counted(void: Graph, gold_store: ox.Store) -> None:
    parts = list(void.objects(DATASET, VOID.propertyPartition))
    numbers = (VOID.triples, VOID.distinctSubjects, VOID.distinctObjects)
    counted = {str(void.value(part, VOID.property)): [int(void.value(part, one)) for one in numbers] for part in parts}
    assert counted == {
        iri: [number(gold_store, f"?s <{iri}> ?o", what) for what in ("*", "DISTINCT ?s", "DISTINCT ?o")]
        for iri in {quad.predicate.value for quad in gold_store}
    }


@pytest.fixture(scope="module")
def linked(tmp_path_factory: pytest.TempPathFactory, publish: Callable[..., None]) -> tuple[Graph, ox.Store]:
    """A graph with links into every dataset that we know and one that we do not, with its description."""
    data, same = tmp_path_factory.mktemp("linked"), ox.NamedNode("http://schema.org/sameAs")
    spaces = [*(target.space for target in link_targets()), "http://example.org/other/"]
    node, own = ox.NamedNode("http://example.org/1"), ox.NamedNode("https://w3id.org/aidgraph/id/country/italy")
    publish(data, *(ox.Quad(node, same, ox.NamedNode(f"{space}1")) for space in spaces), ox.Quad(node, same, own))
    return described(create_app(Settings(data=data)).test_client()), open_snapshot(data).store


@pytest.mark.parametrize("target", link_targets(), ids=lambda target: target.name)
def test_linksets_are_counted_and_name_source_and_licence(linked: tuple[Graph, ox.Store], target: LinkTarget) -> None:
    void, store = linked
    (goal,) = void.subjects(VOID.uriSpace, Literal(target.space))
    linksets = list(void.subjects(VOID.objectsTarget, goal))
    assert linksets
    for linkset in linksets:
        pattern = f'?s <{void.value(linkset, VOID.linkPredicate)}> ?o FILTER(STRSTARTS(STR(?o), "{target.space}"))'
        assert int(void.value(linkset, VOID.triples)) == number(store, pattern) > 0
        assert void.value(linkset, DCTERMS.license) == URIRef(target.licence.iri)
        assert set(void.objects(linkset, DCTERMS.source)) <= set(void.objects(DATASET, DCTERMS.source))


def test_links_to_elsewhere_are_told_and_those_within_are_not(linked: tuple[Graph, ox.Store]) -> None:
    void, _ = linked
    spaces = {str(void.value(goal, VOID.uriSpace)) for goal in void.objects(None, VOID.objectsTarget)}
    assert "http://example.org/other/" in spaces
    assert not [space for space in spaces if space.startswith("https://w3id.org/aidgraph/")]


def test_shapes_hold_for_links(linked: tuple[Graph, ox.Store]) -> None:
    conforms, _, report = validate(linked[0], shacl_graph=Graph().parse(SHAPES))
    assert conforms, report


def test_every_source_is_named_with_its_licence(void: Graph) -> None:
    sources = {str(void.value(node, DCTERMS.title)): node for node in void.objects(DATASET, DCTERMS.source)}
    assert sources.keys() == {source.package for source in link_sources()}
    for source in link_sources():
        assert void.value(sources[source.package], DCTERMS.license) == URIRef(source.data_licence.iri)


def test_dumps_are_told_with_size_and_checksum(void: Graph, manifest: Manifest) -> None:
    version = void.value(DATASET, HAS_VERSION)
    distributions = set(void.objects(version, DCAT.distribution))
    told = {
        str(void.value(one, DCAT.downloadURL)): (
            int(void.value(one, DCAT.byteSize)),
            str(void.value(void.value(one, SPDX.checksum), SPDX.checksumValue)),
        )
        for one in distributions
    }
    assert told == {f"{ROOT}dumps/{file.name}": (file.size, file.sha256) for file in manifest.files}
    assert distributions == set(void.objects(DATASET, DCAT.distribution))


def test_version_is_told_of_the_graph_and_of_the_dumps(void: Graph, gold_data: Path, manifest: Manifest) -> None:
    assert str(void.value(DATASET, VERSION)) == open_snapshot(gold_data).version
    (version,) = void.objects(DATASET, HAS_VERSION)
    assert str(void.value(version, VERSION)) == manifest.version
    assert str(void.value(version, PROV.has_provenance)) == f"{ROOT}dumps/provenance.ttl"


def test_everything_told_of_is_served(void: Graph, gold_client: FlaskClient) -> None:
    """Every address of this server in the description, but for fragments of it."""
    addresses = {str(term) for triple in void for term in triple if str(term).startswith(ROOT)}
    paths = {address.removeprefix("http://localhost").partition("#")[0] for address in addresses}
    assert {
        "/sparql",
        "/graphs",
        "/fragments",
        "/reconcile",
        "/dumps/",
        "/dumps/provenance.ttl",
        "/opensearch.xml",
    } <= paths
    wrong = {}
    for path in paths - {"/graphs"}:  # which wants to know of which graph
        with gold_client.get(path) as response:
            wrong |= {path: response.status} if response.status_code != 200 else {}
    assert wrong == {}


@pytest.mark.parametrize(
    ("name", "media_type"),
    [("void.ttl", "text/turtle"), ("provenance.ttl", "text/turtle"), ("ro-crate-metadata.json", "application/json")],
)
def test_what_stands_beside_the_dumps_is_served(gold_client: FlaskClient, name: str, media_type: str) -> None:
    with gold_client.get(f"/dumps/{name}") as response:
        assert (response.status_code, response.mimetype) == (200, media_type)
        assert response.content_type.count("charset") <= 1


def test_description_that_did_not_change_is_not_sent_again(gold_client: FlaskClient) -> None:
    tag = gold_client.get("/.well-known/void").headers["ETag"]
    assert " " not in tag
    assert gold_client.get("/.well-known/void", headers={"If-None-Match": tag}).status_code == 304
    turned = gold_client.get("/.well-known/void", headers={"If-None-Match": tag, "Accept": "application/rdf+xml"})
    assert turned.status_code == 200


def test_a_subject_is_looked_up_as_told(void: Graph, gold_client: FlaskClient) -> None:
    lookup = str(void.value(DATASET, VOID.uriLookupEndpoint)).removeprefix("http://localhost")
    iri = "https://w3id.org/aidgraph/id/country/italy"
    reply = gold_client.get(lookup + iri.replace(":", "%3A").replace("/", "%2F"), headers={"Accept": "text/turtle"})
    assert (URIRef(iri), RDF.type, None) in Graph().parse(data=reply.text, format="turtle")


def test_every_term_exists(void: Graph) -> None:
    used = set(void.predicates()) | set(void.objects(None, RDF.type))
    closed = {str(space): space for space in (DCAT, VOID, PROV, DCTERMS, FOAF, RDF, RDFS)}
    unknown = {
        term
        for term in used - NEW_IN_DCAT_3 - SPDX_TERMS
        if not any(term.startswith(prefix) and term in space for prefix, space in closed.items())
    }
    assert unknown == set()


def test_shapes_of_catalogues_hold(void: Graph) -> None:
    conforms, _, report = validate(void, shacl_graph=Graph().parse(SHAPES), advanced=False)
    assert conforms, report


def test_shapes_find_what_is_left_out(void: Graph) -> None:
    broken = Graph() + void
    broken.remove((None, DCAT.byteSize, None))
    conforms, _, report = validate(broken, shacl_graph=Graph().parse(SHAPES))
    assert not conforms
    assert "byteSize" in report


def test_numbers_follow_a_write(tmp_path: Path, publish: Callable[..., None]) -> None:
    kind, data = "http://example.org/Kind", tmp_path
    publish(data)
    client = create_app(Settings(data=data)).test_client()
    before = int(described(client).value(DATASET, VOID.triples))
    one = ox.NamedNode("http://example.org/one")
    publish(data, ox.Quad(one, ox.NamedNode(str(RDF.type)), ox.NamedNode(kind)))
    after = described(client)
    assert int(after.value(DATASET, VOID.triples)) == before + 1
    (part,) = after.subjects(VOID["class"], URIRef(kind))
    assert int(after.value(part, VOID.entities)) == 1


def service_description(client: FlaskClient) -> Graph:
    response = client.get("/sparql", headers={"Accept": "text/turtle"})
    assert response.status_code == 200, response.text
    assert response.headers["Link"] == '</.well-known/void>; rel="describedby"'
    return Graph().parse(data=response.text, format="turtle")


def test_service_description_leads_to_the_dataset(gold_client: FlaskClient, void: Graph) -> None:
    about = service_description(gold_client)
    (service,) = about.subjects(RDF.type, SD.Service)
    dataset = about.value(service, SD.defaultDataset)
    assert about.value(dataset, SD.defaultGraph) == DATASET
    assert (service, DCAT.servesDataset, DATASET) in void
    assert not [term for triple in about for term in triple if isinstance(term, BNode)]


def test_service_description_uses_its_own_terms_only(gold_client: FlaskClient) -> None:
    about = service_description(gold_client)
    used = set(about.predicates()) | set(about.objects(None, RDF.type))
    assert {term for term in used if not term.startswith(str(SD))} == {RDF.type}


def test_service_description_names_the_graphs(gold_client: FlaskClient, gold_store: ox.Store) -> None:
    found = {str(name) for name in service_description(gold_client).objects(None, SD.name)}
    assert found == {graph.value for graph in gold_store.named_graphs()} != set()


def test_service_description_names_no_graphs_where_they_are_too_many(
    tmp_path: Path, publish: Callable[..., None]
) -> None:
    node = ox.NamedNode("http://example.org/x")
    graphs = [ox.NamedNode(f"http://example.org/{place}") for place in range(MOST_GRAPHS)]
    publish(tmp_path, *(ox.Quad(node, node, node, graph) for graph in graphs))
    about = service_description(create_app(Settings(data=tmp_path)).test_client())
    assert not list(about.objects(None, SD.namedGraph))


@pytest.mark.parametrize("services", [(), ("http://127.0.0.1:1/",)])
def test_federation_is_a_feature_where_it_is_allowed(gold_data: Path, services: tuple[str, ...]) -> None:
    client = create_app(Settings(data=gold_data, services=services)).test_client()
    features = set(service_description(client).objects(None, SD.feature))
    assert (SD.BasicFederatedQuery in features) == bool(services)
    assert SD.EmptyGraphs in features
