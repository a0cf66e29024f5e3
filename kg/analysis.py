"""The graph for people who work in Python: queries and tables as pandas data frames, here or on a server of ours.

``from kg import open_graph`` is the way in. The tables are those of the dumps (:mod:`kg.dumps.contents`), so that a
column is explained once; of the graph here they are read from the store itself, and are as new as it is. This is the
one module that loads pandas.
"""

from __future__ import annotations

import datetime
import io
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import Final, Protocol
from urllib.parse import urlsplit

import pandas as pd
import pyoxigraph as ox

from kg.dumps.columns import Table
from kg.dumps.contents import TABLES
from kg.dumps.paths import Facts, named
from kg.endpoint import Endpoint
from kg.errors import DataError, SettingsError
from kg.formats import PREFIXES
from kg.query import run_query
from kg.search.functions import TextFunctions, index_of
from kg.settings import Settings
from kg.store import open_snapshot

_JSON: Final = "application/sparql-results+json"
_XSD: Final = PREFIXES["xsd"]
_PARSERS: Final[dict[str, Callable[[str], object]]] = {
    **{f"{_XSD}{name}": int for name in ("integer", "int", "long", "nonNegativeInteger")},
    **{f"{_XSD}{name}": float for name in ("decimal", "double", "float")},
    f"{_XSD}boolean": lambda text: text in ("true", "1"),
    f"{_XSD}date": datetime.date.fromisoformat,
}
"""What a literal becomes by its datatype; any other, and what does not parse, stays text."""


class Graph(Protocol):
    """A graph to be asked."""

    def query(self, sparql: str) -> pd.DataFrame:
        """The rows of a SELECT query, a column a variable: IRIs as text, numbers and days as Python's, None if unbound.

        Raises:
            DataError: the query is no SELECT query or cannot be answered.
        """

    def table(self, name: str) -> pd.DataFrame:
        """The table ``events``, ``items``, ``observations`` or ``quotations``, whose columns docs/dumps.md tells.

        Raises:
            DataError: there is no such table.
        """


def open_graph(place: str | Path = "data", *, base: str = Settings().base) -> Graph:
    """The graph in a data folder, or that of a server of ours at an address such as ``https://example.org/``.

    Args:
        base: what a folder was built with, for prefixes such as ``country:``.

    Raises:
        StoreError: the folder has no graph.
        SettingsError: it is no web address.
    """
    text = str(place)
    if "://" not in text:
        return LocalGraph(Path(place), base)
    if urlsplit(text).scheme not in ("http", "https") or not urlsplit(text).hostname:
        raise SettingsError(f"{text!r} is no address of a server; give one such as https://example.org/, or a folder")
    return RemoteGraph(text.removesuffix("/") + "/")


class LocalGraph:
    """The newest state of a data folder when it was opened. ``store`` is its store, for whoever wants more."""

    def __init__(self, data: Path, base: str) -> None:
        self._base = base
        self._snapshot = open_snapshot(data)
        self.store: ox.Store = self._snapshot.store
        self.version: str = self._snapshot.version

    def query(self, sparql: str) -> pd.DataFrame:
        """See :meth:`Graph.query`. The prefixes of the vocabulary need not be declared."""
        functions = TextFunctions(partial(index_of, self._snapshot.path.parent))
        answer = run_query(self.store, sparql, base=self._base, functions=functions.table)
        if not isinstance(answer, ox.QuerySolutions):
            raise DataError("only a SELECT query gives rows; graph.store.query answers the other forms")
        frame = _frame(answer)
        functions.check()
        return frame

    def table(self, name: str) -> pd.DataFrame:
        """See :meth:`Graph.table`."""
        wanted, facts = _table(name), Facts(self.store)
        quads = self.store.quads_for_pattern(None, named("rdf:type"), named(wanted.of), ox.DefaultGraph())
        rows = sorted((quad.subject for quad in quads if not isinstance(quad.subject, ox.Triple)), key=str)
        return pd.DataFrame({one.name: [one.read(facts, row) for row in rows] for one in wanted.columns})


class RemoteGraph:
    """A server of ours. ``root`` is its address with a slash at the end. Tables are those of its last dumps."""

    def __init__(self, root: str) -> None:
        self.root = root

    def query(self, sparql: str) -> pd.DataFrame:
        """See :meth:`Graph.query`."""
        _, body = Endpoint(f"{self.root}sparql").ask(sparql, _JSON)
        answer = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
        if not isinstance(answer, ox.QuerySolutions):
            raise DataError("only a SELECT query gives rows")
        return _frame(answer)

    def table(self, name: str) -> pd.DataFrame:
        """See :meth:`Graph.table`."""
        address = f"{self.root}dumps/aidgraph-{_table(name).name}.parquet"
        body = Endpoint(address).fetch("application/vnd.apache.parquet")
        return pd.read_parquet(io.BytesIO(body))


def _frame(answer: ox.QuerySolutions) -> pd.DataFrame:
    columns = [variable.value for variable in answer.variables]
    return pd.DataFrame([[_value(term) for term in row] for row in answer], columns=columns)


def _value(term: object) -> object:
    """A term as Python has it."""
    if not isinstance(term, ox.Literal):
        return term.value if isinstance(term, ox.NamedNode | ox.BlankNode) else term
    with suppress(ValueError):
        return _PARSERS.get(term.datatype.value, str)(term.value)
    return term.value


def _table(name: str) -> Table:
    for table in TABLES:
        if table.name == name:
            return table
    raise DataError(f"there is no table {name!r}; there are {', '.join(table.name for table in TABLES)}")
