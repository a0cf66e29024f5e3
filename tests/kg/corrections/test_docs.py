"""``docs/corrections.md`` is whole: it names every kind of correction and every field, and its queries run."""

from __future__ import annotations

import re
from importlib.resources import files
from pathlib import Path
from typing import get_args

import msgspec
import pyoxigraph as ox
import pytest

from kg.corrections.files import ENDING
from kg.corrections.model import CorrectionFile
from kg.corrections.values import Declared, FigureSet, ItemSet, QuantitySet, QuotationSet, ReportSet
from kg.formats import prefixes_for
from kg.records import CorrectionKind
from kg.settings import Settings

PAGE = (Path(__file__).parents[3] / "docs" / "corrections.md").read_text(encoding="utf-8")
QUERIES = re.findall(r"^```sparql\n(.*?)^```$", PAGE, re.M | re.S)
STRUCTS = (CorrectionFile, Declared, ReportSet, ItemSet, FigureSet, QuantitySet, QuotationSet)


@pytest.mark.parametrize("kind", get_args(CorrectionKind))
def test_every_kind_of_correction_has_its_row(kind: str) -> None:
    assert re.search(rf"^\| `{kind}` \|", PAGE, re.M)


@pytest.mark.parametrize("struct", STRUCTS, ids=lambda struct: struct.__name__)
def test_every_field_is_named(struct: type[msgspec.Struct]) -> None:
    names = [field.encode_name for field in msgspec.structs.fields(struct)]
    assert [name for name in names if f"`{name}`" not in PAGE] == []


def test_ending_is_that_of_the_code() -> None:
    assert f"`NAME{ENDING}`" in PAGE


@pytest.mark.parametrize(("query", "rows"), [*zip(QUERIES, (1, 0), strict=True)])
def test_query_finds_the_correction_of_the_example(query: str, rows: int) -> None:
    store = ox.Store()
    store.load(files("ontology").joinpath("example.ttl").read_bytes(), ox.RdfFormat.TURTLE)
    answer = store.query(query, prefixes=prefixes_for(Settings().base))
    assert isinstance(answer, ox.QuerySolutions)
    assert len(list(answer)) == rows


def test_first_query_is_the_competency_question() -> None:
    question = files("ontology").joinpath("questions/13.rq").read_text(encoding="utf-8")
    assert question.endswith(QUERIES[0])
