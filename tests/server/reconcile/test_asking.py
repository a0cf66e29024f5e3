"""What clients send: read as the specification has it, refused with the place where it is not, within limits."""

from __future__ import annotations

import json
from typing import Any

import pytest

from server.problems import BadRequest, Problem, TooLarge
from server.reconcile.asking import (
    LONGEST,
    MOST_CANDIDATES,
    MOST_CONDITIONS,
    MOST_IDS,
    MOST_PROPERTIES,
    MOST_QUERIES,
    MOST_VALUES,
    Entity,
    parse_batch,
    parse_extension,
)


def test_query_is_read_with_all_its_parts() -> None:
    text = json.dumps({"q0": {
        "query": "Lower Port", "type": ["a", "b"], "limit": 3, "type_strict": "should", "unknown": {"x": [1]},
        "properties": [
            {"pid": "country", "v": {"id": "country/italy", "name": "Italy"}}, {"pid": "x", "v": ["a", 1, True]}
        ],
    }})  # fmt: skip
    query = parse_batch(text)["q0"]
    assert (query.query, query.types, query.most) == ("Lower Port", ["a", "b"], 3)
    assert query.conditions[0].values == [Entity("country/italy", "Italy")]
    assert query.conditions[1].values == ["a", 1, True]


def test_single_type_and_no_limit_are_understood() -> None:
    query = parse_batch('{"q0": {"query": "x", "type": "a", "limit": null}}')["q0"]
    assert (query.types, query.most) == (["a"], 10)
    assert parse_batch('{"q0": {"query": "x", "limit": 1000000}}')["q0"].most == MOST_CANDIDATES


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "queries cannot be read"),
        ("[]", "Expected `object`, got `array`"),
        ('{"q0": "Italy"}', r"Expected `object`, got `str` - at `\$\[...\]`"),
        ('{"q0": {"query": 5}}', r"\$\[...\]\.query"),
        ('{"q0": {}}', "neither a query nor properties"),
        ('{"q0": {"properties": []}}', "neither a query nor properties"),
        ('{"q0": {"query": "x", "limit": 0}}', "number from 1"),
        ('{"q0": {"query": "x", "limit": -1}}', "number from 1"),
        ('{"q0": {"query": "x", "limit": 1e300}}', "number from 1"),
        ('{"q0": {"query": "x", "limit": "3"}}', "limit"),
        ('{"q0": {"query": "x", "type_strict": "maybe"}}', "type_strict"),
        ('{"q0": {"query": "x", "properties": [{"v": 1}]}}', "pid"),
        ('{"q0": {"query": "x", "properties": [{"pid": "a", "v": null}]}}', "v"),
        ('{"q0": {"query": "x", "properties": [{"pid": "a", "v": {"name": "x"}}]}}', "id"),
        ('{"q0": {"query": "\\ud800"}}', "cannot be read"),
        ("{" * 100_000, "cannot be read"),
        ('{"q0": {"x": ' + "[" * 100_000, "cannot be read"),
    ],
)
def test_batch_that_cannot_be_read_is_refused_with_the_reason(text: str, words: str) -> None:
    with pytest.raises(BadRequest, match=words):
        parse_batch(text)


def many(number: int) -> list[dict[str, Any]]:
    return [{"pid": "name", "v": "x"}] * number


@pytest.mark.parametrize(
    "batch",
    [
        {f"q{number}": {"query": "x"} for number in range(MOST_QUERIES + 1)},
        {"q0": {"query": "x" * (LONGEST + 1)}},
        {"q0": {"query": "x", "properties": many(MOST_CONDITIONS + 1)}},
        {"q0": {"query": "x", "properties": [{"pid": "name", "v": ["x"] * (MOST_VALUES + 1)}]}},
        {"q0": {"query": "x", "properties": [{"pid": "name", "v": {"id": "x" * (LONGEST + 1)}}]}},
    ],
)
def test_batch_of_too_much_is_refused_with_the_limit(batch: dict[str, Any]) -> None:
    with pytest.raises(TooLarge, match=r"may have \d+"):
        parse_batch(json.dumps(batch))


@pytest.mark.parametrize(
    ("wanted", "problem"),
    [
        ({"ids": ["a"]}, BadRequest),
        ({"ids": "a", "properties": []}, BadRequest),
        ({"ids": [], "properties": [{}]}, BadRequest),
        ({"ids": [], "properties": [{"id": "x", "settings": []}]}, BadRequest),
        ({"ids": ["x"] * (MOST_IDS + 1), "properties": []}, TooLarge),
        ({"ids": [], "properties": [{"id": "x"}] * (MOST_PROPERTIES + 1)}, TooLarge),
        ({"ids": ["x"] * MOST_IDS, "properties": [{"id": "x"}] * MOST_PROPERTIES}, TooLarge),
    ],
)
def test_extension_that_is_none_or_too_large_is_refused(wanted: dict[str, Any], problem: type[Problem]) -> None:
    with pytest.raises(problem):
        parse_extension(json.dumps(wanted))
