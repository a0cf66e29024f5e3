"""What an address asks for, and that its canonical form asks for the same."""

from __future__ import annotations

from urllib.parse import parse_qsl

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from server.explore.asking import Asked, parse_asked
from server.explore.filters import ARTICLES, EVENTS
from server.problems import BadRequest

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=12)


def parse(query: str) -> Asked:
    return parse_asked(parse_qsl(query, keep_blank_values=True), EVENTS)


def test_address_reads_as_a_question() -> None:
    query = "donor=country/russia&recipient=country/italy&phase=delivered&from=2020-03&to=2020-03"
    asked = parse(query)
    assert asked.values == {"donor": ("country/russia",), "recipient": ("country/italy",), "phase": ("delivered",)}
    assert (asked.dates.first, asked.dates.last) == ("2020-03-01", "2020-03-31")
    assert asked.query_string() == query


@pytest.mark.parametrize(
    ("query", "canonical"),
    [
        ("phase=delivered&donor=b&donor=a&donor=b", "donor=a&donor=b&phase=delivered"),
        ("from=&to=&donor=&sort=-date&page=1", ""),
        ("page=2&sort=donor&show=place&to=2021&from=2020", "from=2020&to=2021&sort=donor&show=place&page=2"),
        ("donor=article/x%23unnamed-1&place=%C3%B6", "donor=article/x%23unnamed-1&place=%C3%B6"),
        ("donor=a%26b%3Dc+d", "donor=a%26b%3Dc%20d"),
    ],
)
def test_canonical_address_is_in_a_fixed_order(query: str, canonical: str) -> None:
    assert parse(query).query_string() == canonical


@settings(deadline=None)
@given(values=st.dictionaries(st.sampled_from([*EVENTS.by_name]), st.lists(TEXTS, min_size=1, max_size=4, unique=True)))
def test_canonical_address_asks_for_the_same(values: dict[str, list[str]]) -> None:
    asked = Asked(EVENTS)
    for name, some in values.items():
        asked = asked.with_values(name, some)
    again = parse(asked.query_string())
    assert again == asked
    assert again.query_string() == asked.query_string()


@pytest.mark.parametrize(
    ("query", "told"),
    [
        ("doner=x", "no parameter 'doner'; the parameters of /events are donor, recipient"),
        ("from=March", "a year, month or day"),
        ("from=2020-02-30", "a year, month or day"),
        ("from=\uff12\uff10\uff12\uff10", "a year, month or day"),
        ("from=0000", "a year, month or day"),
        ("from=2021&to=2020", "from (2021) is later than to (2020)"),
        ("from=2020&from=2021", "given 2 times"),
        ("sort=size", "it can be date, -date, donor"),
        ("show=size", "it can be donor, recipient"),
        ("page=0", "numbered from 1"),
        ("page=1_0", "numbered from 1"),
        ("&".join(f"donor={number}" for number in range(51)), "it can be given 50 times"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_can(query: str, told: str) -> None:
    with pytest.raises(BadRequest) as caught:
        parse(query)
    assert told in caught.value.detail


def test_values_that_are_no_things_are_a_closed_list() -> None:
    with pytest.raises(BadRequest, match="it can be yes, no"):
        parse_asked([("aid", "perhaps")], ARTICLES)


def test_toggling_twice_changes_nothing_but_the_page() -> None:
    asked = parse("donor=a&donor=b&page=3")
    assert asked.toggled("donor", "a").values == {"donor": ("b",)}
    assert asked.toggled("donor", "a").toggled("donor", "a") == parse("donor=a&donor=b")
    assert asked.toggled("donor", "a").toggled("donor", "b").values == {}


def test_files_have_addresses_beside_the_page() -> None:
    assert parse("donor=a&page=2&show=place").selection().href("csv") == "/events.csv?donor=a"
    assert parse("").href("ttl") == "/events.ttl"
