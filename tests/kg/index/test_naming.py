"""Names, kinds and days, one at a time."""

from __future__ import annotations

import pytest

from kg.index import naming


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("Côte d’Ivoire", "cote d’ivoire"),
        ("ÅLAND", "aland"),
        (" Upper Lowton", "upper lowton"),
        ("Straße", "strasse"),
        ("日本", "日本"),
        ("", ""),
        (" ", " "),
        ("\u0301", "\u0301"),
    ],
)
def test_sort_key_is_in_small_letters_without_accents_and_never_lost(name: str, expected: str) -> None:
    assert naming.sort_key(name) == expected


@pytest.mark.parametrize(
    ("iri", "expected"),
    [
        ("https://w3id.org/aidgraph/id/place/lower-town", "lower town"),
        ("http://example.org/id/country/x", "x"),
        ("http://www.wikidata.org/entity/Q38", "wd:Q38"),
        ("https://w3id.org/aidgraph/scheme/phase/pledged", "phase:pledged"),
        ("http://example.org/thing", "http://example.org/thing"),
    ],
)
def test_readable_names_what_has_no_name(iri: str, expected: str) -> None:
    assert naming.readable(iri) == expected


@pytest.mark.parametrize(
    ("iri", "kind"),
    [
        ("https://w3id.org/aidgraph/id/country/italy", "country"),
        ("http://other.example/base/id/event/x", "event"),
        ("https://w3id.org/aidgraph/id/article/a#item-1-2", None),
        ("https://w3id.org/aidgraph/id/planet/mars", None),
        ("https://w3id.org/aidgraph/id/country/", None),
    ],
)
def test_path_kind_is_what_the_builders_iris_tell(iri: str, kind: str | None) -> None:
    assert naming.path_kind(iri) == kind


@pytest.mark.parametrize(
    ("told", "first", "last"),
    [
        ("2020-03-21", "2020-03-21", "2020-03-21"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("2020", "2020-01-01", "2020-12-31"),
        ("2020-03-21T10:00:00Z", "2020-03-21", "2020-03-21"),
        ("2020-03-21+01:00", "2020-03-21", "2020-03-21"),
        ("2021-02-29", None, None),
        ("0000", None, None),
        ("-0044-03-15", None, None),
        ("٢٠٢٠", None, None),
        ("spring 2020", None, None),
        ("2020-03-21\n", None, None),
        (None, None, None),
    ],
)
def test_days_are_the_bounds_of_what_is_told(told: str | None, first: str | None, last: str | None) -> None:
    assert (naming.first_day(told), naming.last_day(told)) == (first, last)


@pytest.mark.parametrize(
    ("told", "limit", "expected"),
    [("-89.5", 90, -89.5), ("90.1", 90, None), ("nan", 180, None), ("north", 90, None), (None, 90, None)],
)
def test_degrees_are_numbers_on_earth(told: str | None, limit: float, expected: float | None) -> None:
    assert naming.degrees(told, limit) == expected
