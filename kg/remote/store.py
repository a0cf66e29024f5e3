"""A store behind an address, with the methods that readers of the embedded store use, and with the same answers.

It stands for one version of the data (:mod:`.versions`): what was read of a thing is remembered until the version
changes. A page asks for hundreds of things one by one, which over a network would take seconds; so with each thing
that is asked for come those that were pointed to by what was read before, in one query with VALUES (:mod:`.facts`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from typing import IO, Any, Final, cast

import pyoxigraph as ox

from kg.errors import BackendError, DataError
from kg.formats import VOCABULARY
from kg.remote.client import Client
from kg.remote.facts import Facts, Told
from kg.remote.results import GRAPH, ROWS, Pages, RemoteTriples, read_rows, read_triples
from kg.remote.wording import form_of, graphs_in, with_graph_variables, with_prologue, with_values, words_of

Subject = ox.NamedNode | ox.BlankNode
Term = ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple
GraphName = ox.NamedNode | ox.BlankNode | ox.DefaultGraph
Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | RemoteTriples

_DEFAULT: Final = ox.DefaultGraph()
_FUNCTIONS: Final = f"{VOCABULARY}function#"
_EMPTY: Final = ox.Store()
_CUT: Final = "x-sparql-maxrows"
"""The header by which Virtuoso says that there are more rows than it gives."""


class RemoteStore:
    """Reads the store that ``client`` asks. What asks it without ``custom_functions`` is this program itself."""

    def __init__(self, client: Client) -> None:
        self._client = client
        self._default = client.backend.default_graph
        self._page = client.backend.page
        self._facts = Facts(self._rows)
        self._told = Told(self._rows, self._facts, self._not_default())

    # What the embedded store has

    def query(
        self, query: str, *, base_iri: str | None = None, prefixes: Mapping[str, str] | None = None,
        substitutions: Mapping[ox.Variable, Term] | None = None, default_graph: Sequence[ox.NamedNode] | None = None,
        named_graphs: Sequence[ox.NamedNode] | None = None, custom_functions: object = None,
        use_default_graph_as_union: bool = False,
    ) -> Results:  # fmt: skip
        """Have a query answered. ``custom_functions`` cannot be sent to a store; a query that calls ours is refused.

        Raises:
            SyntaxError: as the embedded engine raises it.
            RuntimeError: the store refuses the query, or lacks what it needs.
            BackendError: the store does not answer.
        """
        if _FUNCTIONS in query:
            raise RuntimeError("the store behind this server has no text:matches and text:score; ask /search instead")
        text = with_values(query, {name.value: str(term) for name, term in (substitutions or {}).items()})
        text = with_prologue(text, prefixes, base_iri)
        _check(query, base_iri, prefixes)
        text, dataset = self._dataset(text, default_graph, named_graphs)
        is_ours = custom_functions is None  # a user's query gets what the store gives, ours needs all rows
        if is_ours and form_of(text) == "SELECT" and "LIMIT" not in words_of(text):
            return self._rows(text)
        try:
            found = self._answer(text, dataset)
            return _as_query(found) if is_ours and isinstance(found, RemoteTriples) else found
        except DataError as error:
            raise RuntimeError(str(error)) from error

    def quads_for_pattern(
        self, subject: Subject | None, predicate: ox.NamedNode | None, object: Term | None,
        graph_name: GraphName | None = None,
    ) -> Iterator[ox.Quad]:  # fmt: skip
        """The quads that fit; without a graph those of all graphs."""
        if graph_name == _DEFAULT and isinstance(subject, ox.NamedNode):
            for triple in self._facts.of(subject):
                if predicate in (None, triple.predicate) and object in (None, triple.object):
                    yield ox.Quad(triple.subject, triple.predicate, triple.object, _DEFAULT)
            return
        if graph_name is None and isinstance(subject, ox.NamedNode):
            yield from self.quads_for_pattern(subject, predicate, object, _DEFAULT)
            for quad in self._told.of(subject):
                if predicate in (None, quad.predicate) and object in (None, quad.object):
                    yield quad
            return
        yield from self._matching(subject, predicate, object, graph_name)

    def contains_named_graph(self, graph_name: ox.NamedNode | ox.BlankNode) -> bool:
        """Whether there is such a graph. One without triples is none, as in most stores."""
        if graph_name.value == self._default or isinstance(graph_name, ox.BlankNode):
            return False
        return bool(self._asked(f"ASK {{ GRAPH {graph_name} {{ ?s ?p ?o }} }}"))

    def named_graphs(self) -> Iterator[ox.NamedNode | ox.BlankNode]:
        """The graphs but the default one."""
        for (graph,) in self._rows("SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"):
            if graph.value != self._default:
                yield graph

    def dump(
        self, output: IO[bytes] | None = None, format: ox.RdfFormat | None = None, *,
        from_graph: GraphName | None = None, prefixes: Mapping[str, str] | None = None, base_iri: str | None = None,
    ) -> bytes | None:  # fmt: skip
        """Write all quads, or the triples of one graph."""
        if from_graph is None:
            return ox.serialize(iter(self), output, format, prefixes=dict(prefixes or {}), base_iri=base_iri)
        triples = (quad.triple for quad in self._matching(None, None, None, from_graph))
        return ox.serialize(triples, output, format, prefixes=dict(prefixes or {}), base_iri=base_iri)

    def __iter__(self) -> Iterator[ox.Quad]:
        return self._matching(None, None, None, None)

    def __len__(self) -> int:
        numbers = [
            self._number("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"),
            self._number(f"SELECT (COUNT(*) AS ?n) {{ GRAPH ?g {{ ?s ?p ?o }} {self._not_default()} }}"),
        ]
        return sum(numbers)

    def __bool__(self) -> bool:
        return True

    def __contains__(self, quad: ox.Quad) -> bool:
        return (
            next(
                self.quads_for_pattern(cast("Subject", quad.subject), quad.predicate, quad.object, quad.graph_name),
                None,
            )
            is not None
        )

    # How it is asked

    def _dataset(
        self, text: str, default: Sequence[ox.NamedNode] | None, named: Sequence[ox.NamedNode] | None
    ) -> tuple[str, dict[str, list[str]]]:
        """The query and the protocol's parameters. A graph that stands for the default one is named where a query
        names none.

        Virtuoso 7.2.5 then lets GRAPH have a variable, or graphs that are named in the request, but no others.
        """
        if default is not None or named is not None:
            graphs = {"default_graphs": default or (), "named_graphs": named or ()}
            return text, {name: [graph.value for graph in given] for name, given in graphs.items()}
        if not self._default or "FROM" in words_of(text):
            return text, {}
        iris, has_others = graphs_in(text)
        if iris and not has_others:
            return text, {"default_graphs": [self._default], "named_graphs": sorted(iris)}
        return with_graph_variables(text), {"default_graphs": [self._default]}

    def _answer(self, text: str, dataset: Mapping[str, list[str]]) -> Results:
        form = form_of(text)
        if form in ("CONSTRUCT", "DESCRIBE"):
            held = ExitStack()
            response = held.enter_context(self._client.query(text, GRAPH, **dataset))
            return RemoteTriples(read_triples(response, self._client, held))
        return self._sent(text, dataset)

    def _sent(self, text: str, dataset: Mapping[str, list[str]]) -> ox.QuerySolutions | ox.QueryBoolean:
        held = ExitStack()
        response = held.enter_context(self._client.query(text, ROWS, **dataset))
        most = response.headers.get(_CUT, "")
        if most:
            held.close()
            return self._uncut(text, dataset, int(most))
        found = read_rows(response, self._client, held)
        return _as_boolean(found) if form_of(text) == "ASK" else found

    def _uncut(self, text: str, dataset: Mapping[str, list[str]], most: int) -> ox.QuerySolutions:
        """All rows of a query whose answer the store has cut off, as far as they can be asked for."""
        if "LIMIT" in words_of(text) or "OFFSET" in words_of(text):
            raise _CutError(most)

        def ask(offset: int) -> ox.QuerySolutions:
            page = f"{text}\nOFFSET {offset:d} LIMIT {most - 1:d}"  # as many as it has, and it says that it was cut
            with ExitStack() as held:
                response = held.enter_context(self._client.query(page, ROWS, **dataset))
                rows = read_rows(response, self._client, held.pop_all())
            assert isinstance(rows, ox.QuerySolutions)
            return rows

        return _paged(ask, lambda: most - 1)

    def _asked(self, text: str) -> Any:
        """The answer to a query of ours."""
        try:
            return self._sent(*self._dataset(text, None, None))
        except _CutError:
            raise
        except DataError as error:
            raise BackendError(str(error)) from error

    def _rows(self, text: str) -> ox.QuerySolutions:
        """All rows of a query of ours, which has neither LIMIT nor OFFSET, a page at a time."""

        def ask(offset: int) -> ox.QuerySolutions:
            try:
                found: ox.QuerySolutions = self._asked(f"{text}\nOFFSET {offset:d} LIMIT {self._page:d}")
            except _CutError as cut:  # it gives fewer than we took it to
                self._page = cut.most - 1
                found = self._asked(f"{text}\nOFFSET {offset:d} LIMIT {self._page:d}")
            return found

        return _paged(ask, lambda: self._page)

    def _number(self, text: str) -> int:
        ((value,),) = self._asked(text)
        return int(value.value)

    def _matching(
        self, subject: Subject | None, predicate: ox.NamedNode | None, value: Term | None, graph: GraphName | None
    ) -> Iterator[ox.Quad]:
        """Quads by a query. A blank node has no name outside its store, and nothing is found of it."""
        if any(isinstance(term, ox.BlankNode) for term in (subject, value, graph)):
            return
        terms = {"s": subject, "p": predicate, "o": value}
        pattern = " ".join(str(term) if term else f"?{name}" for name, term in terms.items())
        if subject is not None and predicate is not None and value is not None and graph is not None:
            if self._asked(f"ASK {{ {pattern} }}" if graph == _DEFAULT else f"ASK {{ GRAPH {graph} {{ {pattern} }} }}"):
                yield ox.Quad(subject, predicate, value, graph)
            return
        if graph is None or graph == _DEFAULT:
            for row in self._rows(f"SELECT * {{ {pattern} BIND(1 AS ?found) }}"):
                yield _quad(row, subject, predicate, value, _DEFAULT)
        if graph is None:
            for row in self._rows(f"SELECT * {{ GRAPH ?g {{ {pattern} }} {self._not_default()} }}"):
                yield _quad(row, subject, predicate, value, row["g"])
        elif graph != _DEFAULT:
            for row in self._rows(f"SELECT * {{ GRAPH {graph} {{ {pattern} }} }}"):
                yield _quad(row, subject, predicate, value, graph)

    def _not_default(self) -> str:
        return f"FILTER(?g != <{self._default}>)" if self._default else ""


class _CutError(DataError):
    """The answer has more rows than the store gives."""

    def __init__(self, most: int) -> None:
        super().__init__(f"the store gives {most:,} rows at a time; ask for fewer, with LIMIT and OFFSET")
        self.most = most


def _paged(ask: Callable[[int], ox.QuerySolutions], size: Callable[[], int]) -> ox.QuerySolutions:
    rows = ox.parse_query_results(cast("IO[bytes]", Pages(ask, size)), ox.QueryResultsFormat.TSV)
    assert isinstance(rows, ox.QuerySolutions)
    return rows


def _as_boolean(found: ox.QuerySolutions | ox.QueryBoolean) -> ox.QueryBoolean:
    """A yes or no as such: Virtuoso 7.2.5 says no by a table without rows."""
    if isinstance(found, ox.QueryBoolean):
        return found
    said = b'{"head": {}, "boolean": %b}' % (b"true" if next(found, None) else b"false")
    answer = ox.parse_query_results(said, ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QueryBoolean)
    return answer


def _as_query(triples: RemoteTriples) -> ox.QueryTriples:
    """The triples, few, as a query of the engine gives them."""
    store = ox.Store()
    store.extend(ox.Quad(*triple) for triple in triples)
    found = store.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(found, ox.QueryTriples)
    return found


def _quad(
    row: ox.QuerySolution, subject: Subject | None, predicate: ox.NamedNode | None, value: Term | None, graph: Any
) -> ox.Quad:
    return ox.Quad(subject or row["s"], predicate or row["p"], value or row["o"], graph)


def _check(text: str, base: str | None, prefixes: Mapping[str, str] | None) -> None:
    """Read the query as the embedded engine does, so that faults are told with their places; on an empty store it
    takes no time. A SERVICE would be asked, so that its query is read by the store alone.

    Raises:
        SyntaxError: it is not SPARQL.
    """
    if "SERVICE" not in words_of(text):
        _EMPTY.query(text, base_iri=base, prefixes=dict(prefixes or {}))
