"""Tables: every value of every column is what SPARQL answers, whichever library reads them."""

from __future__ import annotations

import datetime
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pyarrow.parquet as pq
import pyoxigraph as ox
import pytest

from kg.dump import write_dumps
from kg.dumps.contents import TABLES
from kg.dumps.manifest import TABLES as TABLE_NAMES
from kg.dumps.manifest import Manifest
from kg.formats import PREFIXES
from kg.records import PartialDate
from kg.settings import Settings
from kg.store import Snapshot, open_snapshot

DOCS = Path(__file__).parents[3] / "docs" / "dumps.md"
PREFIX = "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
QUANTITY = {
    "value": "schema:value", "min_value": "schema:minValue", "max_value": "schema:maxValue",
    "qualifier": "aid:qualifier", "unit": "schema:unitText", "currency": "schema:currency",
}  # fmt: skip
ARTICLE = {
    "article": "", "article_id": "/schema:identifier", "headline": "/schema:headline",
    "publisher": "/schema:publisher/schema:name", "published": "/schema:datePublished", "url": "/schema:url",
}  # fmt: skip
LISTED = {
    "articles": "", "article_ids": "schema:identifier", "headlines": "schema:headline",
    "publishers": "schema:publisher/schema:name", "published": "schema:datePublished", "urls": "schema:url",
}  # fmt: skip
STATED = "^aid:statedItem"

PATHS: dict[str, dict[str, str]] = {
    "events": {
        "name": "schema:name", "phase": "aid:phase", "date": "schema:startDate", "donors": "aid:donor",
        "date_first": "sem:hasEarliestBeginTimeStamp", "date_last": "sem:hasLatestEndTimeStamp",
        "recipients": "aid:recipient", "implementers": "aid:implementer", "items": "aid:item", "crisis": "aid:crisis",
        "crisis_name": "aid:crisis/schema:name", "locations": "schema:location", "fulfils": "aid:fulfils",
    },
    "items": {
        "name": "schema:name", "category": "aid:category", "events": "^aid:item", "reports": STATED,
        **{name: f"aid:quantity/{path}" for name, path in QUANTITY.items()},
        "donors": f"{STATED}/aid:statedDonor", "recipients": f"{STATED}/aid:statedRecipient",
        "crisis": f"{STATED}/aid:crisis", "crisis_name": f"{STATED}/aid:crisis/schema:name",
        **{name: f"{STATED}/schema:appearance{path}" for name, path in ARTICLE.items()},
    },
    "observations": {
        "measure": "schema:variableMeasured", **QUANTITY, "date": "schema:observationDate",
        "place": "schema:observationAbout", "place_name": "schema:observationAbout/schema:name",
        "crisis": "aid:crisis", "crisis_name": "aid:crisis/schema:name",
        **{name: f"schema:subjectOf{path}" for name, path in ARTICLE.items()},
    },
    "quotations": {
        "text": "schema:text", "speaker": "schema:spokenByCharacter",
        "speaker_name": "schema:spokenByCharacter/schema:name",
        **{name: f"schema:isPartOf{path}" for name, path in ARTICLE.items()},
    },
}  # fmt: skip
"""The property path of each column that is one; the test writes them anew, so that a wrong one is found."""

ALONG: dict[str, dict[str, tuple[str, str]]] = {
    "events": {
        "donor_names": ("aid:donor", "schema:name"), "recipient_names": ("aid:recipient", "schema:name"),
        "implementer_names": ("aid:implementer", "schema:name"), "item_names": ("aid:item", "schema:name"),
        "location_names": ("schema:location", "schema:name"),
        **{name: ("schema:subjectOf", path) for name, path in LISTED.items() if path},
        "articles": ("schema:subjectOf", ""),
    },
    "items": {
        "donor_names": (f"{STATED}/aid:statedDonor", "schema:name"), "modalities": (STATED, "aid:modality"),
        "recipient_names": (f"{STATED}/aid:statedRecipient", "schema:name"), "phases": (STATED, "aid:statedPhase"),
    },
    "observations": {},
    "quotations": {},
}  # fmt: skip
"""Columns of values of what a path leads to: one for each, in the order of the IRIs."""

EVIDENCE = {
    "events": "^aid:reports/aid:evidence", "items": f"{STATED}/aid:evidence",
    "observations": "aid:evidence", "quotations": "aid:evidence",
}  # fmt: skip
CONCEPTS = {"phase", "phases", "category", "qualifier", "measure", "modalities"}
IDENTIFIERS = {"events": "event", "items": "item", "observations": "observation", "quotations": "quotation"}


@pytest.fixture(scope="module", params=["gold", pytest.param("seeds", marks=pytest.mark.slow)])
def dumped(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[ox.Store, Path, Manifest]:
    folder = tmp_path_factory.mktemp("tables")
    if request.param == "gold":
        snapshot = Snapshot(request.getfixturevalue("gold_store"), "v", folder)
    else:
        snapshot = open_snapshot(request.getfixturevalue("seeds_data"))
    return snapshot.store, folder, write_dumps(snapshot, folder, base=Settings().base, note={}, formats=("parquet",))


def rows_of(folder: Path, table: str) -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = pq.read_table(folder / f"aidgraph-{table}.parquet").to_pylist()
    return rows


def ask(store: ox.Store, text: str) -> list[list[str]]:
    return [["" if one is None else one.value for one in row] for row in store.query(PREFIX + text)]  # type: ignore[union-attr]  # a SELECT


def reached(store: ox.Store, row: str, path: str) -> list[str]:
    return [value for (value,) in ask(store, f"SELECT DISTINCT ?v {{ <{row}> {path} ?v }} ORDER BY STR(?v)")]


def said(name: str, type_: str, values: list[str]) -> object:
    """What a column must hold where SPARQL answers these values."""
    if name in CONCEPTS:
        values = [value.rpartition("/")[2] for value in values]
    if type_ == "texts":
        return values
    assert len(values) <= 1
    if not values:
        return None
    return {"text": str, "number": float, "day": datetime.date.fromisoformat}[type_](values[0])  # type: ignore[operator]  # one call of three


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_every_value_is_what_sparql_answers(table: Any, dumped: tuple[ox.Store, Path, Manifest]) -> None:
    store, folder, _ = dumped
    rows = rows_of(folder, table.name)
    assert rows
    for row in rows:
        iri = row[IDENTIFIERS[table.name]]
        told = {column.name: row[column.name] for column in table.columns}
        assert told == {IDENTIFIERS[table.name]: iri, **expected_row(store, table, iri, told)}


def expected_row(store: ox.Store, table: Any, iri: str, told: dict[str, Any]) -> dict[str, Any]:
    types = {column.name: column.type for column in table.columns}
    row = {name: said(name, types[name], reached(store, iri, path)) for name, path in PATHS[table.name].items()}
    for name, (path, of) in ALONG[table.name].items():
        things = reached(store, iri, path)
        values = [thing if not of else next(iter(reached(store, thing, of)), "") for thing in things]
        row[name] = said(name, "texts", values)
    spans = ask(store, f"SELECT DISTINCT ?a ?s ?e ?x {{ <{iri}> {EVIDENCE[table.name]} ?span . ?span oa:exact ?x ;"
                       " oa:start ?s ; oa:end ?e ; prov:wasQuotedFrom ?a } ORDER BY ?a ?s ?e")  # fmt: skip
    row |= {
        "evidence_articles": [span[0] for span in spans], "evidence_starts": [int(span[1]) for span in spans],
        "evidence_ends": [int(span[2]) for span in spans], "evidence": [span[3] for span in spans],
    }  # fmt: skip
    if table.name == "observations":
        date = PartialDate(told["date"]) if told["date"] else None
        row |= {"date_first": date and date.first, "date_last": date and date.last}
    return row


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_rows_are_all_things_of_the_class(table: Any, dumped: tuple[ox.Store, Path, Manifest]) -> None:
    store, folder, manifest = dumped
    iris = [row[IDENTIFIERS[table.name]] for row in rows_of(folder, table.name)]
    assert sorted(iris) == [iri for (iri,) in ask(store, f"SELECT ?s {{ ?s a {table.of} }} ORDER BY STR(?s)")]
    (rows,) = (file.rows for file in manifest.files if file.name == f"aidgraph-{table.name}.parquet")
    assert rows == len(iris)


def test_words_of_evidence_stand_where_the_offsets_say(dumped: tuple[ox.Store, Path, Manifest]) -> None:
    _, folder, _ = dumped
    spans = [
        (words, start, end)
        for table in TABLE_NAMES
        for row in rows_of(folder, table)
        for words, start, end in zip(row["evidence"], row["evidence_starts"], row["evidence_ends"], strict=True)
    ]
    assert spans
    assert all(len(words) == end - start for words, start, end in spans)


@pytest.mark.parametrize("table", TABLE_NAMES)
def test_duckdb_and_pandas_read_the_same(table: str, dumped: tuple[ox.Store, Path, Manifest]) -> None:
    path = dumped[1] / f"aidgraph-{table}.parquet"
    rows = rows_of(dumped[1], table)
    cursor = duckdb.sql(f"SELECT * FROM '{path}'")
    assert [dict(zip(cursor.columns, row, strict=True)) for row in cursor.fetchall()] == rows
    frame = pd.read_parquet(path)
    assert list(frame.columns) == list(rows[0])
    for name in frame.columns:
        for read, row in zip(frame[name], rows, strict=True):
            assert list(read) == row[name] if isinstance(row[name], list) else (pd.isna(read) or read == row[name])


def test_file_says_what_it_is(dumped: tuple[ox.Store, Path, Manifest]) -> None:
    _, folder, manifest = dumped
    for table in TABLES:
        schema = pq.read_schema(folder / f"aidgraph-{table.name}.parquet")
        assert schema.metadata[b"base"].decode() == Settings().base
        assert schema.metadata[b"version"].decode() == manifest.version
        assert schema.metadata[b"licence"] == b"https://creativecommons.org/licenses/by/4.0/"
        assert {field.name: field.metadata[b"description"].decode() for field in schema} == {
            column.name: column.about for column in table.columns
        }


def test_every_column_is_documented() -> None:
    text = DOCS.read_text(encoding="utf-8")
    for table in TABLES:
        section = text.partition(f"\n### {table.name}\n")[2].partition("\n#")[0]
        rows = [line for line in section.splitlines() if line.startswith("| `")]
        assert rows == [f"| `{one.name}` | {one.type} | {one.about} |" for one in table.columns]


def test_manifest_knows_all_tables() -> None:
    assert tuple(table.name for table in TABLES) == TABLE_NAMES
