"""The facts of a resource as CSV, for who works in a spreadsheet: one fact a row, with names beside the IRIs.

Nothing is lost: subject, property, value, datatype and language make up the triple. Cells are as in the graph, those
too that begin with ``=`` or ``@``; a spreadsheet is to be told that the columns are text.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable
from typing import Final

import pyoxigraph as ox

from server.views.reader import Reader

MEDIA_TYPE: Final = "text/csv; charset=utf-8; header=present"
"""RFC 4180 §3 and RFC 7111."""

COLUMNS: Final = (
    "subject", "subject_name", "property", "property_name", "value", "value_name", "datatype", "language",
)  # fmt: skip


def dump_table(reader: Reader, triples: Iterable[ox.Triple]) -> str:
    """The triples as rows in their order, with a header."""
    text = io.StringIO(newline="")
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    writer.writerows(_row(reader, triple) for triple in triples)
    return text.getvalue()


def _row(reader: Reader, triple: ox.Triple) -> tuple[str, ...]:
    predicate = triple.predicate
    named = (*_named(reader, triple.subject), predicate.value, reader.property(predicate).label)
    value = triple.object
    if isinstance(value, ox.Literal):
        return (*named, value.value, "", "" if value.language else value.datatype.value, value.language or "")
    return (*named, *_named(reader, value), "", "")


def _named(reader: Reader, node: ox.NamedNode | ox.BlankNode | ox.Triple) -> tuple[str, str]:
    """An IRI with the name of what it stands for; a blank node has none."""
    return (node.value, reader.link(node).label) if isinstance(node, ox.NamedNode) else (str(node), "")
