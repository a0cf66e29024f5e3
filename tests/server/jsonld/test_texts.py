"""The context: complete, never changed once released, and only ever added to."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from importlib import resources
from itertools import pairwise
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from pyld import jsonld
from schemaorg_release import load_release

from kg.formats import PREFIXES, shorten
from server.jsonld import CONTEXT_IRI, CONTEXT_VERSION, CONTEXT_VERSIONS, context_text, load_frozen
from server.jsonld.terms import term_of

FINGERPRINTS = {
    "1.0": "d2adfca93b090d73",
    "1.1": "2d8f0fe10bcac394",
}
"""The first 16 hexadecimal digits of the SHA-256 of each version's file. A released version must not change: whoever
wants another context adds a file with a new version, names it in ``server/jsonld/texts.py`` and adds its line here."""


def entries(version: str = CONTEXT_VERSION) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(context_text(version))["@context"]
    return found


def test_context_does_not_change_without_a_new_version() -> None:
    found = {version: hashlib.sha256(context_text(version).encode()).hexdigest()[:16] for version in CONTEXT_VERSIONS}
    assert found == FINGERPRINTS


def test_every_version_in_the_folder_is_served(client: FlaskClient) -> None:
    files = {file.name for file in resources.files("server").joinpath("contexts").iterdir()}
    assert files == {f"{version}.jsonld" for version in CONTEXT_VERSIONS}
    for version in CONTEXT_VERSIONS:
        assert client.get(f"/context/{version}.jsonld").text == context_text(version)
    assert client.get("/context/0.9.jsonld").status_code == 404


def test_a_version_may_be_kept_for_ever_and_the_newest_for_an_hour(client: FlaskClient) -> None:
    newest, version = client.get("/context.jsonld"), client.get(f"/context/{CONTEXT_VERSION}.jsonld")
    assert newest.data == version.data
    assert newest.headers["Cache-Control"] == "public, max-age=3600"
    assert newest.headers["Content-Location"] == f"/context/{CONTEXT_VERSION}.jsonld"
    assert version.headers["Cache-Control"] == "public, max-age=31536000, immutable"
    assert '</context.jsonld>; rel="latest-version"' in version.headers.getlist("Link")
    for response in (newest, version):
        assert (response.content_type, response.headers["Access-Control-Allow-Origin"]) == ("application/ld+json", "*")
        assert '<http://www.w3.org/ns/json-ld#context>; rel="profile"' in response.headers.getlist("Link")
        again = client.get(response.request.path, headers={"If-None-Match": response.headers["ETag"]})
        assert (again.status_code, again.data) == (304, b"")


def same_major() -> Iterator[tuple[str, str]]:
    return ((old, new) for old, new in pairwise(CONTEXT_VERSIONS) if old.split(".")[0] == new.split(".")[0])


@pytest.mark.parametrize(("old", "new"), [*same_major()])
def test_a_minor_version_only_adds_terms(old: str, new: str) -> None:
    """So that documents that name ``/context.jsonld`` keep their meaning."""
    before, after = entries(old), entries(new)
    assert {name: after.get(name) for name in before} == before


@pytest.mark.parametrize(("old", "new"), [*same_major()])
def test_an_added_term_means_nothing_else_than_the_vocabulary_gave_it(old: str, new: str) -> None:
    release, before, after = load_release(), entries(old), entries(new)
    for name in after.keys() - before.keys():
        if name in release:
            entry = after[name]
            assert (entry if isinstance(entry, str) else entry["@id"]) == f"schema:{name}"


def values_in_use(store: ox.Store) -> dict[tuple[str, str], ox.Triple]:
    """A triple for each property and kind of value: IRI, language or datatype."""
    found: dict[tuple[str, str], ox.Triple] = {}
    for quad in store.quads_for_pattern(None, None, None, ox.DefaultGraph()):
        value = quad.object
        kind = ("@language" if value.language else value.datatype.value) if isinstance(value, ox.Literal) else "@id"
        if not isinstance(value, ox.BlankNode) and quad.predicate.value != f"{PREFIXES['rdf']}type":
            found.setdefault((quad.predicate.value, kind), quad.triple)
    return found


def compacted(property_iri: str, value: dict[str, Any]) -> dict[str, Any]:
    document = {"@id": "urn:x", property_iri: [value]}
    result: dict[str, Any] = jsonld.compact(document, CONTEXT_IRI, {"documentLoader": load_frozen})
    return {key: entry for key, entry in result.items() if key not in ("@context", "id")}


NATIVE = {f"{PREFIXES['xsd']}{name}" for name in ("string", "integer", "boolean")}
UNTERMED = f"{PREFIXES['xsd']}decimal"
"""Beside whole numbers a value may have decimals: they keep their datatype, since a JSON number would lose digits."""
METADATA = ("bibo:", "dcterms:", "foaf:", "owl:", "vann:", "voaf:")
"""What only the ontology says of itself may do with a prefix."""


def test_every_property_and_value_in_use_has_a_term(store: ox.Store, gold_store: ox.Store) -> None:
    for (iri, kind), triple in (values_in_use(store) | values_in_use(gold_store)).items():
        lexical = triple.object.value  # type: ignore[union-attr]  # no blank nodes and quoted triples are kept
        value = {"@id": "urn:y"} if kind == "@id" else {"@value": lexical}
        value |= {"@language": "en"} if kind == "@language" else {} if kind in ("@id", *NATIVE) else {"@type": kind}
        ((key, written),) = compacted(iri, value).items()
        assert "//" not in key, f"{shorten(iri)} has no term"
        simple = written[0] if isinstance(written, list) else written
        expected = {"en": lexical} if kind == "@language" else "urn:y" if kind == "@id" else lexical
        assert simple == expected or kind == UNTERMED or key.startswith(METADATA), f"{shorten(iri)} lacks {kind}"


def test_every_class_in_use_has_a_short_name(store: ox.Store, gold_store: ox.Store) -> None:
    query = "SELECT DISTINCT ?class { { ?s a ?class } UNION { ?s rdfs:subClassOf ?class } FILTER isIRI(?class) }"
    for graph in (store, gold_store):
        for row in graph.query(query, prefixes=PREFIXES):
            document = {"@id": "urn:x", "@type": [row["class"].value]}
            result = jsonld.compact(document, CONTEXT_IRI, {"documentLoader": load_frozen})
            assert "//" not in result["type"], row["class"]


def test_every_property_of_the_shapes_has_a_term() -> None:
    shapes = ox.Store()
    shapes.load(resources.files("ontology").joinpath("shapes.ttl").read_bytes(), format=ox.RdfFormat.TURTLE)
    query = "SELECT DISTINCT ?path { ?shape sh:path ?path FILTER isIRI(?path) }"
    prefixes = {"sh": "http://www.w3.org/ns/shacl#"}
    paths = [row["path"].value for row in shapes.query(query, prefixes=prefixes)]
    assert [path for path in paths if not path.endswith("#type") and not has_term(path)] == []


def has_term(iri: str) -> bool:
    """Whether a property has a term for some kind of value; metadata may do with a prefix."""
    defined = {term_of(name).iri for name in entries() if not name.startswith("@")}
    return iri in defined or next(iter(compacted(iri, {"@value": "x"}))).startswith(METADATA)


def test_documents_of_the_first_version_say_the_same_today(client: FlaskClient) -> None:
    old = client.get("/data/event/russia-to-italy-pledged-2020-03-21.jsonld?context=1.0").json
    assert old["@context"] == "http://localhost/context/1.0.jsonld"
    said = [statements(old | {"@context": iri}) for iri in (CONTEXT_IRI, CONTEXT_IRI.replace(".jsonld", "/1.0.jsonld"))]
    assert said[0] == said[1]
    assert len(said[0]) > 40


def statements(document: dict[str, Any]) -> set[str]:
    options = {"documentLoader": load_frozen, "format": "application/n-quads"}
    return set(str(jsonld.to_rdf(document, options)).splitlines())
