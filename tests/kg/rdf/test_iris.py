"""IRIs come from content: the same thing has the same one, different things never share one."""

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest

from kg.rdf.iris import Iris, article_slug, part_names
from kg.records import Figure, Quantity, Reading, Role, Span

IRIS = Iris("http://x/")


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [("000_0888dd242fe82e2b", "000-0888dd242fe82e2b"), ("Élysée 1", "elysee-1"), ("文章", "7d5a89f6b1894c6e")],
)
def test_article_is_named_by_its_identifier(identifier: str, expected: str) -> None:
    assert article_slug(identifier) == expected


def test_unnamed_party_is_a_part_of_its_article() -> None:
    assert IRIS.entity("unnamed/some-nations", article="a_1").value == "http://x/id/article/a-1#party-some-nations"
    assert IRIS.entity("country/italy", article="a_1").value == "http://x/id/country/italy"


def test_parts_are_named_by_what_they_say(reading: Callable[..., Reading]) -> None:
    read = reading(
        figures=(Figure("cases", Quantity(Decimal(1)), Span(0, 1), change=True, place="country/arland"),),
        roles=(Role("person/ann-b", "Minister of Aid", None, Span(0, 1)),),
    )
    assert sorted(part_names(read).values()) == [
        "item-30-38",
        "report-arland-beland-delivered",
        "role-ann-b-minister-of-aid",
        "stat-cases-change-arland",
    ]


def test_parts_that_would_share_a_name_are_told_apart_in_any_order(reading: Callable[..., Reading]) -> None:
    one, other = (Figure("cases", Quantity(Decimal(number)), Span(0, 1)) for number in (1, 2))
    names = part_names(reading(figures=(one, other)))
    assert names[one] != names[other]
    assert all(names[figure].startswith("stat-cases-") for figure in (one, other))
    assert names == part_names(reading(figures=(other, one)))


def test_rule_that_found_a_part_is_no_part_of_its_name(reading: Callable[..., Reading]) -> None:
    figure = Figure("cases", Quantity(Decimal(1)), Span(0, 1), rule="one")
    again = replace(figure, rule="two")
    names = part_names(reading(figures=(figure, again)))
    assert names[figure] == names[again] == "stat-cases"
