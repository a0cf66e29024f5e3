"""The page to write a query on: example questions, and the answer as a table, a picture or text."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Final
from urllib.parse import urlencode

from server.addresses import Addresses
from server.problems import Problem
from server.results.answer import Cell, Rows
from server.results.columns import read_columns
from server.results.known import Knowledge
from server.results.links import link_of
from server.results.pictures import Picture, draw
from server.results.snippets import Snippet, write_snippets
from server.results.views import TABLE, View, offer_graph_views, offer_views
from server.views.page import Alternate, Head
from server.views.questions import Topic, questions, topics
from server.views.reader import Link

START: Final = """\
PREFIX aid: <https://w3id.org/aidgraph/ontology#>
PREFIX schema: <http://schema.org/>

SELECT ?day ?donor ?recipient ?phase WHERE {
  ?event a aid:AidEvent ; schema:startDate ?day ; aid:phase ?phase ;
         aid:donor/schema:name ?donor ; aid:recipient/schema:name ?recipient .
} ORDER BY ?day LIMIT 100
"""

SHOWN_TEXT: Final = 100_000
"""Characters of a graph in Turtle that the page shows; all are in its downloads."""

_FORMATS: Final = {
    "rows": {"csv": "CSV", "tsv": "TSV", "json": "JSON", "xml": "XML"},
    "yes-or-no": {"json": "JSON", "xml": "XML"},
    "graph": {
        "ttl": "Turtle", "jsonld": "JSON-LD", "nt": "N-Triples", "rdf": "RDF/XML", "trig": "TriG", "nq": "N-Quads",
    },
}  # fmt: skip
_CONTEXT: Final = 2
"""Lines of a query shown before the one with a fault, and after it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A query as it was asked, with its dataset: the parameters of its address."""

    text: str
    dataset: tuple[tuple[str, str], ...] = ()

    @property
    def parameters(self) -> tuple[tuple[str, str], ...]:
        """What has to be sent to ask it again."""
        return (("query", self.text), *self.dataset)

    def href(self, **more: str) -> str:
        """The address of its answer."""
        return f"/sparql?{urlencode([*self.parameters, *more.items()])}"


@dataclass(frozen=True, slots=True)
class Table:
    """Rows as links and texts, with the languages of these; ``total`` counts the rows that are not shown too."""

    columns: tuple[str, ...]
    rows: tuple[tuple[Link | None, ...], ...]
    total: int


@dataclass(frozen=True, slots=True)
class Form:
    """The same answer in a form for programs: its name in ``?format=`` and for people."""

    name: str
    title: str
    href: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A way to show the answer. ``reason`` says why it is offered."""

    name: str
    title: str
    href: str
    reason: str


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back. ``kind`` is ``rows``, ``yes-or-no`` or ``graph``; ``shown`` the tab that is open.

    ``is_cut`` says that of ``text`` only the beginning is shown, ``is_known`` that places could be looked up.
    """

    kind: str
    shown: str
    tabs: tuple[Tab, ...]
    forms: tuple[Form, ...]
    snippets: tuple[Snippet, ...]
    href: str
    yes: bool = False
    table: Table | None = None
    picture: Picture | None = None
    text: str = ""
    is_cut: bool = False
    is_known: bool = True


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a query, counted from 1; ``column`` is where the fault in it is, if there is one."""

    number: int
    text: str
    column: int | None = None

    @property
    def caret(self) -> str:
        """What has to stand before a mark under the fault: as wide as the text before it."""
        return "".join("\t" if char == "\t" else " " for char in self.text[: (self.column or 1) - 1])


@dataclass(frozen=True, slots=True)
class Fault:
    """Why there is no answer. ``line`` and ``column`` count from 1, where the fault has a place in the query."""

    title: str
    detail: str
    line: int | None
    column: int | None
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class SparqlPage:
    """The variables of ``sparql.html``. Before a query is asked there is neither answer nor fault."""

    head: Head
    endpoint: str
    query: str
    topics: tuple[Topic, ...]
    dataset: tuple[tuple[str, str], ...] = ()
    answer: Answer | None = None
    fault: Fault | None = None


def sparql_page(
    endpoint: str, asked: Asked | None = None, *,
    example: str | None = None, answer: Answer | None = None, fault: Fault | None = None,
) -> SparqlPage:  # fmt: skip
    """The page with a query in it: the one that was asked, an example by its name, or one to start from."""
    chosen = next((question.text for question in questions() if question.name == example), START)
    description = Alternate("/sparql?format=ttl", "text/turtle", "Service description")
    drawing = ("ui/drawing.js",) if answer is not None and answer.picture is not None else ()
    scripts = ("ui/sparql.js", *drawing)
    head = Head("Query the graph (SPARQL)", alternates=(description,), scripts=scripts, noindex=asked is not None)
    text, dataset = (chosen, ()) if asked is None else (asked.text, asked.dataset)
    return SparqlPage(head, endpoint, text, topics(), dataset, answer, fault)


def rows_answer(asked: Asked, endpoint: str, rows: Rows, wanted: str, known: Knowledge, addresses: Addresses) -> Answer:
    """The answer to a SELECT. ``wanted`` names a view; the table is shown if the answer does not allow it."""
    views = offer_views(read_columns(rows, known))
    view = next((view for view in views if view.name == wanted), views[0])
    picture = draw(view, rows, known, lambda cell: known.link(cell) or link_of(cell, addresses))
    table = _table(rows, lambda cell: link_of(cell, addresses))
    return replace(_frame(asked, endpoint, "rows", views, view), table=table, picture=picture, is_known=known.is_ready)


def verdict_answer(asked: Asked, endpoint: str, yes: bool) -> Answer:
    """The answer to an ASK."""
    return replace(_frame(asked, endpoint, "yes-or-no", (TABLE,), TABLE), yes=yes)


def graph_answer(
    asked: Asked, endpoint: str, turtle: str, rows: Rows, wanted: str, known: Knowledge, addresses: Addresses
) -> Answer:
    """The answer to a CONSTRUCT or DESCRIBE, of which ``rows`` are the triples."""
    views = offer_graph_views(rows)
    view = next((view for view in views if view.name == wanted), views[0])
    picture = draw(view, rows, known, lambda cell: known.link(cell) or link_of(cell, addresses))
    table = _table(rows, lambda cell: link_of(cell, addresses)) if view.name != "text" else None
    text, is_cut = _beginning(turtle) if view.name == "text" else ("", False)
    frame = _frame(asked, endpoint, "graph", views, view)
    return replace(frame, table=table, picture=picture, text=text, is_cut=is_cut)


def _frame(asked: Asked, endpoint: str, kind: str, views: tuple[View, ...], shown: View) -> Answer:
    """What follows from the query alone: addresses and code."""
    tabs = tuple(Tab(view.name, view.title, asked.href(view=view.name), view.reason) for view in views)
    forms = tuple(Form(name, title, asked.href(format=name)) for name, title in _FORMATS[kind].items())
    snippets = write_snippets(endpoint, asked.parameters, kind)
    return Answer(kind, shown.name, tabs, forms, snippets, asked.href())


def _table(rows: Rows, link: Callable[[Cell], Link]) -> Table:
    linked = tuple(tuple(link(cell) if cell is not None else None for cell in row) for row in rows.rows)
    return Table(rows.columns, linked, rows.total)


def _beginning(text: str) -> tuple[str, bool]:
    """As many whole lines of a text as are shown, and whether that is not all."""
    if len(text) <= SHOWN_TEXT:
        return text, False
    return text[: text.rfind("\n", 0, SHOWN_TEXT) + 1] or text[:SHOWN_TEXT], True


def fault_of(problem: Problem, title: str, query: str) -> Fault:
    """A problem with the lines of the query that it is about."""
    line, column = _whole(problem.extra, "line"), _whole(problem.extra, "column")
    return Fault(title, problem.detail, line, column, _lines(query, line, column) if line else ())


def _whole(extra: Mapping[str, object], name: str) -> int | None:
    value = extra.get(name)
    return value if isinstance(value, int) else None


def _lines(query: str, line: int, column: int | None) -> tuple[Line, ...]:
    texts = query.replace("\r\n", "\n").split("\n")
    first, last = max(1, line - _CONTEXT), min(len(texts), line + _CONTEXT)
    return tuple(
        Line(number, texts[number - 1], (column or 1) if number == line else None) for number in range(first, last + 1)
    )
