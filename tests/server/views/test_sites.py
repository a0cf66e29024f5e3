"""Names of sites."""

from __future__ import annotations

import pytest

from server.views.reader import Link
from server.views.sites import named_licence, named_site


@pytest.mark.parametrize(
    ("iri", "label"),
    [
        ("http://www.wikidata.org/entity/Q38", "Wikidata: Q38"),
        ("https://sws.geonames.org/3175395/", "GeoNames: 3175395"),
        ("http://publications.europa.eu/resource/authority/country/ITA", "EU authority table: ITA"),
        ("http://dbpedia.org/resource/C%C3%B4te", "DBpedia: Côte"),
        ("https://example.org/x", "as it was"),
        ("urn:x:y", "as it was"),
    ],
)
def test_named_site_says_where_the_other_description_is(iri: str, label: str) -> None:
    assert named_site(Link("as it was", iri, iri=iri)).label == label


@pytest.mark.parametrize(
    ("iri", "label"),
    [
        ("https://creativecommons.org/licenses/by-sa/4.0/", "CC BY-SA 4.0"),
        ("http://creativecommons.org/publicdomain/zero/1.0/", "CC0 1.0"),
        ("https://creativecommons.org/licenses/by/3.0/deed.en", "CC BY 3.0"),
        ("https://example.org/licence", "https://example.org/licence"),
    ],
)
def test_named_licence_is_what_people_call_it(iri: str, label: str) -> None:
    assert named_licence(Link(iri, iri, iri=iri)).label == label
