"""Writes the tables as Parquet: rows are read from the sorted lines one after another and written in groups.

Row groups and compression are fixed and nothing of the time is written, so that the same graph gives the same bytes
with the same release of pyarrow, which writes its own name into the file. This is the one module that loads pyarrow.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from contextlib import ExitStack
from pathlib import Path
from typing import Final

import pyarrow as pa
import pyarrow.parquet as pq

from kg.dumps.columns import Column, Table
from kg.dumps.contents import BACKWARDS, TABLES
from kg.dumps.manifest import STEM, DumpFile
from kg.dumps.packed import described
from kg.dumps.paths import named
from kg.dumps.spool import SortedGraph
from kg.dumps.things import LineFacts, line_facts
from kg.rdf.terms import A

_ROWS: Final = 5_000
"""Rows of a group: they are held in memory until it is written."""
_TYPES: Final = {
    "text": pa.string(),
    "texts": pa.list_(pa.field("element", pa.string(), nullable=False)),
    "day": pa.date32(),
    "number": pa.float64(),
    "offsets": pa.list_(pa.field("element", pa.int64(), nullable=False)),
}
_LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"


def write_tables(graph: SortedGraph, folder: Path, *, base: str) -> tuple[DumpFile, ...]:
    """Write all tables; what was written.

    Args:
        graph: the sorted lines, which tell what is a row, and in which order.
        base: the base IRI of the data, which each file names.
    """
    about = {"licence": _LICENCE, "base": base, "version": graph.version}
    with ExitStack() as files:
        writers = {_ending(table): files.enter_context(_Writer(table, folder, about)) for table in TABLES}
        lines = files.enter_context(graph.default.open("rb"))
        facts = files.enter_context(line_facts(lines, BACKWARDS))
        lines.seek(0)
        for line in lines:
            subject, _, rest = line.partition(b" ")
            if writer := writers.get(rest):
                writer.add(facts, subject.decode())
    return tuple(described(writer.path, "parquet", rows=writer.rows) for writer in writers.values())


def table_schema(table: Table, about: Mapping[str, str]) -> pa.Schema:
    """The columns of a table with their descriptions, and what the file says of itself."""
    fields = [pa.field(one.name, _TYPES[one.type], metadata={"description": one.about}) for one in table.columns]
    return pa.schema(fields, metadata={"table": table.name, "description": table.about, **about})


def _ending(table: Table) -> bytes:
    """What follows the subject in the line that makes it a row."""
    return f"{A} {named(table.of)} .\n".encode()


class _Writer:
    """One table in the making."""

    def __init__(self, table: Table, folder: Path, about: Mapping[str, str]) -> None:
        self.path = folder / f"{STEM}-{table.name}.parquet"
        self.rows = 0
        self._columns: Iterable[Column] = table.columns
        self._schema = table_schema(table, about)
        self._values: defaultdict[str, list[object]] = defaultdict(list)
        self._file = pq.ParquetWriter(
            self.path, self._schema, version="2.6", compression="zstd", compression_level=9, data_page_version="1.0"
        )

    def __enter__(self) -> _Writer:
        return self

    def __exit__(self, *fault: object) -> None:
        self._flush()
        self._file.close()

    def add(self, facts: LineFacts, row: str) -> None:
        for column in self._columns:
            self._values[column.name].append(column.read(facts, row))
        self.rows += 1
        if self.rows % _ROWS == 0:
            self._flush()

    def _flush(self) -> None:
        if self._values:
            self._file.write_table(pa.table(dict(self._values), schema=self._schema))
            self._values.clear()
