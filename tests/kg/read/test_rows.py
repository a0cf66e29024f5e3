"""Rows of tables within a text, and what only looks like them."""

from __future__ import annotations

import pytest

from kg.read.regions import split_regions
from kg.read.rows import find_rows


def rows(text: str) -> list[str]:
    regions = split_regions(text)
    return [regions[i].of(text) for i in sorted(find_rows(text, regions))]


@pytest.mark.parametrize(
    "table",
    [
        "Donor | Aid | To\nNorway | 200 tents | Chile",
        "| Donor | Aid |\n|-------|-----|\n| Norway | 200 tents |\n| Peru | rice |",
        "Donor\tAid\nNorway\t200 tents\nPeru\trice",
        "Donor     Aid         To\nNorway    200 tents   Chile\nPeru      rice        Mali",
        "Country | Dead\n\nChile | 520\n\nPeru | 3",
    ],
)
def test_table_is_found(table: str) -> None:
    text = f"Aid so far\n\nNorway sent tents to Chile.\n\n{table}\n\nMore is to follow."
    assert rows(text) == [line for line in table.split("\n") if line]


@pytest.mark.parametrize(
    "text",
    [
        "Jane Doe | Reuters | 3 May 2011\n\nNorway sent tents.\n\nTopics | Health",
        "By Jane Doe | Oslo\n3 May 2011 | 3 min read",
        "Norway sent tents.\n\nPeru sent rice.\n\nMali thanked both.",
        "- tents\n- rice\n- blankets",
        "A | B | " + "prose that goes on and on " * 8 + "\nC | D | " + "prose that goes on and on " * 8,
        "-----\n=====\n-----",
    ],
)
def test_what_is_no_table_is_left(text: str) -> None:
    assert rows(text) == []
