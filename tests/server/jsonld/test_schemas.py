"""The JSON Schemas are what the generator makes, real documents fit them, and wrong ones do not."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from copy import deepcopy
from importlib import resources
from typing import Any

import pyoxigraph as ox
import pytest
from flask.testing import FlaskClient
from jsonschema import Draft202012Validator

from server.gather import triples_of
from server.jsonld import FRAMES, Form, dump_jsonld, frame_name, frame_text, schema_text
from server.jsonld.schemas import dump_schema
from server.jsonld.terms import term_of

BASE = "https://w3id.org/aidgraph/id/"
ARTICLE = "article/000-0888dd242fe82e2b"
EVENT = "event/russia-to-italy-pledged-2020-03-21"
KINDS = {
    "article": "schema:NewsArticle", "event": "aid:AidEvent", "crisis": "aid:Crisis", "country": "schema:Country",
    "place": "schema:Place", "person": "schema:Person", "organization": "schema:Organization",
}  # fmt: skip
Json = dict[str, Any]


def validator(name: str) -> Draft202012Validator:
    schema = json.loads(schema_text(name))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def faults(name: str, document: Json) -> list[str]:
    return [f"{error.json_path}: {error.message[:200]}" for error in validator(name).iter_errors(document)]


@pytest.mark.parametrize("name", FRAMES)
def test_schema_is_what_the_generator_makes(name: str) -> None:
    """If not: ``python -m server.jsonld.schemas``."""
    assert schema_text(name) == dump_schema(name)


def test_every_frame_has_a_schema_and_is_served(client: FlaskClient) -> None:
    for folder, ending in (("frames", "jsonld"), ("schemas", "json")):
        files = {file.name for file in resources.files("server").joinpath(folder).iterdir()}
        assert files == {f"{name}.{ending}" for name in FRAMES}
    response = client.get("/schemas/event.json")
    assert (response.content_type, response.text) == ("application/schema+json", schema_text("event"))
    assert client.get("/schemas/none.json").status_code == 404


@pytest.mark.parametrize("name", FRAMES)
def test_every_key_of_a_frame_is_a_term(name: str) -> None:
    for key in keys(json.loads(frame_text(name))):
        assert term_of(key).iri.startswith("http"), key


def keys(frame: Json) -> Iterator[str]:
    for key, below in frame.items():
        if not key.startswith("@"):
            yield key
            yield from keys(below)


def resources_of(store: ox.Store, base: str) -> Iterator[str]:
    for row in store.query("SELECT DISTINCT ?s { ?s a ?type }"):
        iri = row["s"].value
        if iri.startswith(base) and "#" not in iri:
            yield iri.removeprefix(base)


def framed(store: ox.Store, resource: str, form: Form) -> Json:
    node = ox.NamedNode(f"{BASE}{resource}")
    triples = triples_of(store, resource, node)
    document: Json = json.loads(dump_jsonld(triples, node.value, "http://localhost/context.jsonld", form))
    return document


@pytest.mark.parametrize("profile", [None, "framed"])
def test_documents_of_the_gold_articles_fit(gold_store: ox.Store, profile: str | None) -> None:
    found = [*resources_of(gold_store, BASE)]
    assert {resource.partition("/")[0] for resource in found} == KINDS.keys()
    for resource in found:
        name = frame_name(resource)
        assert name is not None
        document = framed(gold_store, resource, Form(profile, name))
        assert faults(name, document) == [], resource


def test_observations_of_the_gold_articles_fit(gold_store: ox.Store) -> None:
    articles = [one for one in resources_of(gold_store, BASE) if one.startswith("article/")]
    found = [framed(gold_store, one, Form("framed", "article", "observation"))["@graph"] for one in articles]
    assert [len(graph) for graph in found] == [3, 8]
    assert [faults("observation", {"@graph": graph}) for graph in found] == [[], []]


def test_the_worked_example_fits(client: FlaskClient) -> None:
    for resource in (ARTICLE, EVENT, "country/italy", "crisis/covid-19-pandemic"):
        document = client.get(f"/data/{resource}.jsonld").json
        assert faults(str(frame_name(resource)), document) == [], resource
    assert faults("observation", client.get(f"/data/{ARTICLE}.jsonld?frame=observation").json) == []


Change = Callable[[Json], object]


def setting(name: str, value: Any) -> Change:
    return lambda node: node.__setitem__(name, value)


def lacking(name: str) -> Change:
    return lambda node: node.pop(name)


WRONG: list[tuple[str, str, Change]] = [
    ("event", "", lacking("toldBy")),
    ("event", "", lacking("nameMap")),
    ("event", "", setting("nameMap", "Russia pledges aid to Italy")),
    ("event", "", setting("donor", "https://w3id.org/aidgraph/id/country/russia")),
    ("event", "", setting("startDate", "21 March 2020")),
    ("event", "", setting("startMonth", "2020-03-21")),
    ("event", "", setting("phase", "scheme:modality/asserted")),
    ("event", "", setting("phase", ["scheme:phase/pledged"])),
    ("event", "", setting("type", "Event")),
    ("event", "", setting("recipient", [{"name": "Italy"}])),
    ("event", "toldBy", lacking("evidence")),
    ("event", "toldBy", setting("evidence", [])),
    ("event", "toldBy", setting("modality", {"id": "scheme:phase/pledged"})),
    ("event", "item", lacking("category")),
    ("article", "", setting("sha256", "0")),
    ("article", "", lacking("identifier")),
    ("article", "", setting("hasFigure", {"id": "urn:x"})),
    ("article", "hasFigure", setting("value", "many")),
    ("article", "hasFigure", lacking("qualifier")),
    ("article", "hasQuotation", lacking("spokenByCharacter")),
]


@pytest.mark.parametrize(("name", "below", "change"), WRONG)
def test_a_wrong_document_does_not_fit(client: FlaskClient, name: str, below: str, change: Change) -> None:
    document = client.get(f"/data/{EVENT if name == 'event' else ARTICLE}.jsonld?profile=framed").json
    wrong = deepcopy(document)
    change(wrong[below][0] if below else wrong)
    assert faults(name, document) == []
    assert faults(name, wrong)


@pytest.mark.parametrize(
    ("change", "fits"),
    [
        (setting("start", 0), True),
        (setting("start", -1), False),
        (setting("start", "424"), False),
        (setting("end", 1.5), False),
        (lacking("exact"), False),
        (setting("wasQuotedFrom", {"id": "urn:x", "name": "X"}), False),
    ],
)
def test_offsets_of_evidence_are_whole_numbers_from_zero(client: FlaskClient, change: Change, fits: bool) -> None:
    observation = client.get(f"/data/{ARTICLE}.jsonld?frame=observation").json["@graph"][0]
    change(observation["evidence"][0])
    assert (faults("observation", observation) == []) is fits


def test_a_quantity_needs_a_number(client: FlaskClient) -> None:
    observation = client.get(f"/data/{ARTICLE}.jsonld?frame=observation").json["@graph"][0]
    for name in ("value", "minValue", "maxValue"):
        observation.pop(name, None)
    assert faults("observation", observation)
    observation["maxValue"] = {"type": "xsd:decimal", "@value": "1.50"}
    assert faults("observation", observation) == []
