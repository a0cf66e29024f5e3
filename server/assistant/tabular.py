"""SPARQL's answers as the tools hand them on: TSV for people who read, JSON results for our own look-ups.

TSV keeps IRIs, languages and types apart in few characters, and can be broken off after any line.
"""

from __future__ import annotations

from typing import Final

import pyoxigraph as ox

from server.assistant.records import Rows

JSON_RESULTS: Final = "application/sparql-results+json"
TSV: Final = "text/tab-separated-values"
N_TRIPLES: Final = "application/n-triples"

Row = dict[str, str]
"""The values of a solution by the names of its variables, without what tells their kinds."""


def read_solutions(body: bytes) -> list[Row]:
    """The solutions of SPARQL 1.1 Query Results JSON; an unbound variable is missing."""
    answer = ox.parse_query_results(body, ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QuerySolutions)
    names = [variable.value for variable in answer.variables]
    return [{name: _text(term) for name, term in zip(names, row, strict=True) if term is not None} for row in answer]


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.BlankNode | ox.Literal) else str(term)


def read_truth(body: bytes) -> bool:
    """The answer to ASK."""
    return bool(ox.parse_query_results(body, ox.QueryResultsFormat.JSON))


def read_table(body: bytes, most: int, *, is_cut: bool) -> Rows:
    """The rows of SPARQL 1.1 Query Results TSV.

    Args:
        most: rows to keep.
        is_cut: the last line is not whole.
    """
    lines = body.decode("utf-8", "ignore" if is_cut else "strict").split("\n")[:-1]
    columns = [name.removeprefix("?") for name in lines[0].split("\t")] if lines else []
    rows = [line.split("\t") for line in lines[1 : most + 1]]
    is_complete = not is_cut and len(lines) <= most + 1
    note = "" if is_complete else f"Only the first {len(rows)} rows: use COUNT, or LIMIT and OFFSET."
    return Rows(columns, rows, is_complete, note=note)


def read_text(body: bytes, most: int, *, is_cut: bool) -> Rows:
    """N-Triples, at most so many."""
    lines = body.decode("utf-8", "ignore" if is_cut else "strict").splitlines(keepends=True)
    whole = lines[:-1] if is_cut else lines
    is_complete = not is_cut and len(whole) <= most
    note = "" if is_complete else f"Only the first {min(most, len(whole))} triples."
    return Rows([], [], is_complete, "".join(whole[:most]), note)
