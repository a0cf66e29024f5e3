"""The embedded description: safe text, and schema.org's own words."""

from __future__ import annotations

import json

import pyoxigraph as ox
import pytest

from server.addresses import Addresses
from server.schemaorg import dump_script, script_hash
from server.structured import structured_resource
from server.views.reader import Reader

BASE = "https://w3id.org/aidgraph/"


def test_dump_script_cannot_leave_its_element() -> None:
    text = dump_script({"name": "</script><!-- & \u2028", "empty": [], "none": None})
    assert not set("<>&\u2028") & set(text)
    assert json.loads(text) == {"@context": "https://schema.org", "name": "</script><!-- & \u2028"}


def test_script_hash_is_the_one_that_browsers_compute() -> None:
    # From the CSP specification, example in section 8.3: alert('Hello, world.');
    assert script_hash("alert('Hello, world.');") == "'sha256-qznLcsROx4GACP2dm0UCKCzCG+HiZ1guq6ZZDob/Tng='"


@pytest.mark.parametrize(
    ("path", "kind", "expected"),
    [
        ("id/event/russia-to-italy-pledged-2020-03-21", "event", {"@type": "Event", "startDate": "2020-03-21"}),
        ("id/article/000-0888dd242fe82e2b", "article", {"@type": "NewsArticle", "datePublished": "2020-03-21"}),
        ("id/country/italy", "country", {"@type": "Country", "sameAs": ["http://www.wikidata.org/entity/Q38"]}),
        ("id/person/vladimir-putin", "person", {"@type": "Person", "name": "Vladimir Putin"}),
        ("scheme/phase", "scheme", {"@type": "DefinedTermSet", "name": "Phases of aid"}),
        ("scheme/phase/pledged", "scheme", {"@type": "DefinedTerm", "name": "pledged"}),
    ],
)
def test_structured_resource_uses_the_nearest_type(
    store: ox.Store, path: str, kind: str, expected: dict[str, object]
) -> None:
    addresses = Addresses(BASE)
    found = structured_resource(
        Reader(store, addresses, lambda: pytest.fail("needs no index")), kind, ox.NamedNode(BASE + path)
    )
    assert expected.items() <= found.items()
    assert found["@id"] == BASE + path
