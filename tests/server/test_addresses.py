"""IRIs and paths, both ways."""

from __future__ import annotations

import pytest

from server.addresses import Addresses

BASE = "https://w3id.org/aidgraph/"
OURS = Addresses(BASE)
OTHER = Addresses("https://example.org/aid/")


@pytest.mark.parametrize(
    ("addresses", "iri", "page"),
    [
        (OURS, f"{BASE}id/country/italy", "/page/country/italy"),
        (OURS, f"{BASE}id/article/a#char-1-2", "/page/article/a#char-1-2"),
        (OURS, f"{BASE}scheme/phase/pledged", "/page/scheme/phase/pledged"),
        (OURS, f"{BASE}ontology#donor", "/page/ontology/donor"),
        (OURS, f"{BASE}other", f"{BASE}other"),
        (OURS, "http://www.wikidata.org/entity/Q38", "http://www.wikidata.org/entity/Q38"),
        (OURS, "javascript:alert(1)", None),
        (OURS, "urn:isbn:1", None),
        (OTHER, "https://example.org/aid/id/country/italy", "/page/country/italy"),
        (OTHER, f"{BASE}id/country/italy", f"{BASE}id/country/italy"),
        (OTHER, f"{BASE}ontology#donor", "/page/ontology/donor"),
    ],
)
def test_page_of_sends_people_to_the_local_page(addresses: Addresses, iri: str, page: str | None) -> None:
    assert addresses.page_of(iri) == page


@pytest.mark.parametrize("resource", ["country/italy", "scheme/phase", "ontology", "event/a-to-b"])
@pytest.mark.parametrize("addresses", [OURS, OTHER])
def test_iri_of_is_the_inverse_of_resource_of(addresses: Addresses, resource: str) -> None:
    node = addresses.iri_of(resource)
    assert node is not None
    assert addresses.resource_of(node.value) == resource


@pytest.mark.parametrize("resource", ["a b", "<x>", 'a"b', "\x00"])
def test_iri_of_is_none_for_what_is_no_iri(resource: str) -> None:
    assert OURS.iri_of(resource) is None
