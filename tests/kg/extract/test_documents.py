"""The reports of whole made-up documents: parties, phase and crisis where several sentences tell them.

The documents are read as files are, with headlines, datelines, headings and lists; they stand in
``documents/*.toml`` by what they test. A document with ``open`` is not read rightly yet, and says why.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from kg.read.text import parse_text
from kg.records import Article, PartialDate

FILES = sorted((Path(__file__).parent / "documents").glob("*.toml"))


def _cases() -> list[Any]:
    cases = []
    for path in FILES:
        for number, row in enumerate(tomllib.loads(path.read_text("utf-8"))["document"]):
            marks = [pytest.mark.xfail(strict=True, reason=row["open"])] if "open" in row else []
            cases.append(pytest.param(row, id=f"{path.stem} {number}: {row['kind']}", marks=marks))
    return cases


def _article(row: dict[str, Any]) -> Article:
    article = parse_text(row["text"].strip().encode(), id="made-up", source="made-up.txt")
    return replace(article, published=PartialDate(row["published"]))


@pytest.mark.parametrize("row", _cases())
def test_document_tells_its_givings(row: dict[str, Any], read_article: Callable[[Article], Any]) -> None:
    told = read_article(_article(row))
    assert told.facts == sorted(fact.partition(" @ ")[0] for fact in row["told"])
    of_crisis = [fact for fact in row["told"] if " @ " in fact]
    assert [fact for fact in of_crisis if fact not in told.facts_of_crises] == []
