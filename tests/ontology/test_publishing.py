"""What is handed to others: redirect rules for w3id.org that lead where our server answers, and the record for LOV."""

from importlib.resources import files
from pathlib import Path

import pytest
from rdflib import OWL, RDF, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, VANN
from redirects import Redirect, read_rules, redirect

DOCS = Path(__file__).parents[2] / "docs"
RULES = read_rules((DOCS / "w3id" / ".htaccess").read_text(encoding="utf-8"))
SERVER = "https://aidgraph.example.org"
BROWSER = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
ITALY, ARTICLE = "id/country/italy", "id/article/000-0888dd242fe82e2b"

REQUESTS = [
    ("", BROWSER, 303, "/"),
    ("ontology", BROWSER, 303, "/page/ontology"),
    ("ontology", "text/turtle", 303, "/data/ontology.ttl"),
    ("ontology", "Text/Turtle, text/html;q=0.3", 303, "/data/ontology.ttl"),
    ("ontology", "application/rdf+xml", 303, "/data/ontology.rdf"),
    ("ontology", "application/ld+json", 303, "/data/ontology.jsonld"),
    ("ontology", "application/n-triples", 303, "/data/ontology.nt"),
    ("ontology", "*/*", 303, "/ontology"),
    ("ontology", None, 303, "/ontology"),
    ("ontology", "text/html;q=0.1, text/turtle", 303, "/ontology"),
    ("ontology", "text/turtle-star", 303, "/ontology"),
    ("ontology/0.1.0", BROWSER, 303, "/page/ontology/0.1.0"),
    ("ontology/0.1.0", "text/turtle", 303, "/data/ontology/0.1.0.ttl"),
    ("ontology/0.2.0", "application/trig", 303, "/ontology/0.2.0"),
    ("scheme/phase", BROWSER, 303, "/page/scheme/phase"),
    ("scheme/phase/pledged", "application/ld+json", 303, "/data/scheme/phase/pledged.jsonld"),
    ("scheme/phase/pledged", "text/csv", 303, "/scheme/phase/pledged"),
    (ITALY, BROWSER, 303, "/page/country/italy"),
    (ITALY, "text/turtle", 303, f"/{ITALY}"),
    (ARTICLE, "application/ld+json", 303, f"/{ARTICLE}"),
    ("context", "application/ld+json", 302, "/context.jsonld"),
    ("context.jsonld", "application/ld+json", 302, "/context.jsonld"),
    ("context/1.0.jsonld", "application/ld+json", 302, "/context/1.0.jsonld"),
    ("frames/event.jsonld", "*/*", 302, "/frames/event.jsonld"),
    (".well-known/void", "text/turtle", 302, "/.well-known/void"),
]


@pytest.mark.parametrize(("path", "accept", "status", "place"), REQUESTS)
def test_request_is_led_to_its_page_or_data(path: str, accept: str | None, status: int, place: str) -> None:
    headers = {"Accept": accept} if accept else {}
    assert redirect(RULES, path, headers) == Redirect(status, f"{SERVER}{place}")


def test_address_of_the_server_stands_in_one_place() -> None:
    assert (DOCS / "w3id" / ".htaccess").read_text(encoding="utf-8").count(SERVER) == 1


@pytest.mark.parametrize(
    "line", ["RewriteMap x txt:y", "RewriteRule ^a$ /b [R=303,L,PT]", "RewriteRule ^a$ /b [R=303]", "Redirect /a /b"]
)
def test_reader_of_rules_refuses_what_it_does_not_know(line: str) -> None:
    with pytest.raises(ValueError, match=r"unknown|does not end"):
        read_rules(line)


@pytest.mark.parametrize("condition", ["RewriteCond %{HTTP_ACCEPT} ^text/turtle", ""])
def test_reader_of_rules_heeds_conditions(condition: str) -> None:
    rules = read_rules(f"{condition}\nRewriteRule ^a$ /b [R=303,L]\nRewriteRule ^(.*)$ /else/$1 [R=302,L]")
    assert redirect(rules, "a", {"Accept": "text/turtle"}) == Redirect(303, "/b")
    assert redirect(rules, "a", {}) == (Redirect(302, "/else/a") if condition else Redirect(303, "/b"))


def graph(data: bytes) -> Graph:
    return Graph().parse(data=data, format="turtle")


def test_record_for_lov_says_what_the_ontology_says() -> None:
    told, meant = graph((DOCS / "lov.ttl").read_bytes()), graph(files("ontology").joinpath("aid.ttl").read_bytes())
    node = URIRef("https://w3id.org/aidgraph/ontology")
    asked = [
        *(DCTERMS.title, DCTERMS.description, DCTERMS.creator, DCTERMS.publisher, DCTERMS.license, DCTERMS.created),
        *(DCTERMS.issued, DCTERMS.modified, VANN.preferredNamespacePrefix, VANN.preferredNamespaceUri),
        *(OWL.versionInfo, URIRef("http://purl.org/vocommons/voaf#specializes")),
    ]
    for name in asked:
        assert set(told.objects(node, name)) == set(meant.objects(node, name)) != set(), name
    (version,) = meant.objects(node, OWL.versionIRI)
    assert (node, URIRef("http://www.w3.org/ns/dcat#distribution"), version) in told


@pytest.mark.parametrize(("name", "kind"), [("classNumber", OWL.Class), ("propertyNumber", OWL.ObjectProperty)])
def test_record_for_lov_counts_our_terms(name: str, kind: URIRef) -> None:
    told, meant = graph((DOCS / "lov.ttl").read_bytes()), graph(files("ontology").joinpath("aid.ttl").read_bytes())
    ours = [
        term for term in meant.subjects(RDF.type, kind) if str(term).startswith("https://w3id.org/aidgraph/ontology#")
    ]
    (count,) = told.objects(
        URIRef("https://w3id.org/aidgraph/ontology"), URIRef(f"http://purl.org/vocommons/voaf#{name}")
    )
    assert count == Literal(len(ours))
