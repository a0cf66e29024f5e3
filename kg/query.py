"""Queries from the command line: where the text comes from, and how the answer is printed.

The store's own serialisers write every format but the table; results are printed as pyoxigraph gives them,
so that what a script reads here is what it would read from the server.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Final, TextIO

import pyoxigraph as ox
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from kg.errors import DataError
from kg.formats import GRAPH_FORMATS, RESULT_FORMATS, prefixes_for, written_prefixes
from kg.plain import plain
from kg.search.functions import PREFIX, Functions

FORMATS: Final = ("table", *RESULT_FORMATS, *GRAPH_FORMATS)
_UNBOUNDED: Final = 1_000_000
Answer = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples
_TABLES = (ox.QuerySolutions, ox.QueryBoolean)
"""What is no graph; a graph that comes from a store elsewhere is an iterable of triples like the engine's own."""


def read_query(argument: str, standard_input: TextIO) -> str:
    """The query itself: the argument, the file it names as ``@FILE``, or ``-`` for standard input.

    Raises:
        DataError: the file cannot be read.
    """
    if argument == "-":
        return standard_input.read()
    if not argument.startswith("@"):
        return argument
    try:
        return Path(argument[1:]).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise DataError(f"{argument[1:]}: cannot be read ({error}); name a text file with a SPARQL query") from error


def run_query(store: ox.Store, query: str, *, base: str, functions: Functions | None = None) -> Answer:
    """Evaluate a query; the prefixes of our vocabulary, functions and identifiers need not be declared.

    Args:
        functions: what it may call besides the engine's own.

    Raises:
        DataError: the query is not SPARQL, or calls a function that there is not.
    """
    try:
        return store.query(query, prefixes=prefixes_for(base) | PREFIX, custom_functions=functions or {})
    except SyntaxError as error:
        raise DataError(f"the query is not SPARQL 1.1: {error}") from error
    except RuntimeError as error:
        raise DataError(f"the query cannot be answered: {error}") from error


def write_answer(answer: Answer, name: str, *, base: str) -> None:
    """Print an answer to standard output in one of :data:`FORMATS`.

    Raises:
        DataError: the format does not suit the kind of query.
    """
    if name == "table":
        _print_table(answer, prefixes_for(base))
    elif not isinstance(answer, _TABLES):
        if name not in GRAPH_FORMATS:
            raise DataError(f"the answer is a graph; {name} is for rows; use one of {', '.join(GRAPH_FORMATS)}")
        triples = sorted(set(answer), key=str)  # CONSTRUCT repeats triples
        ox.serialize(triples, sys.stdout.buffer, GRAPH_FORMATS[name], prefixes=written_prefixes(base))
    else:
        if name not in RESULT_FORMATS:
            raise DataError(f"the answer is a table; {name} is for graphs; use one of {', '.join(RESULT_FORMATS)}")
        answer.serialize(sys.stdout.buffer, RESULT_FORMATS[name])


def _print_table(answer: Answer, prefixes: dict[str, str]) -> None:
    """For people: short names, one row a solution or triple, and how many there are.

    On a terminal cells wrap to its width; elsewhere each row is one line, so that other tools can read it.
    """
    console = Console() if sys.stdout.isatty() else Console(width=_UNBOUNDED)
    if isinstance(answer, ox.QueryBoolean):
        console.print("yes" if answer else "no")
        return
    kind, heads = _heads(answer)
    table = Table(*heads)
    for row in answer:
        table.add_row(*(escape(plain(shown_term(term, prefixes))) for term in row))
    console.print(table)
    console.print(f"{table.row_count:,} {kind}{'' if table.row_count == 1 else 's'}")


def _heads(answer: ox.QuerySolutions | ox.QueryTriples) -> tuple[str, list[str]]:
    if not isinstance(answer, _TABLES):
        return "triple", ["subject", "predicate", "object"]
    return "row", [variable.value for variable in answer.variables]


def shown_term(term: object, prefixes: dict[str, str]) -> str:
    """A term as short as people like it: ``country:italy`` for an IRI, a literal without type or language."""
    if isinstance(term, ox.NamedNode):
        for prefix, start in prefixes.items():
            if term.value.startswith(start) and "/" not in (rest := term.value.removeprefix(start)):
                return f"{prefix}:{rest}"
        return term.value
    if isinstance(term, ox.Literal):
        return term.value
    return "" if term is None else str(term)
