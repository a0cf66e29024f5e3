"""One query on one store, from text to the bytes of its answer. Nothing here knows HTTP, Flask or sockets.

pyoxigraph writes every result itself; no row or triple becomes a Python object. Before the first byte is handed
on, everything is decided that could still be refused.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, partial
from typing import IO, cast

import pyoxigraph as ox

from kg.errors import BackendError, StoreError, SyntaxFault
from kg.formats import GRAPH_FORMATS, RESULT_FORMATS
from kg.remote.results import RemoteTriples
from kg.search.functions import Functions
from server.describe import describe
from server.engine.sink import Sink, whole_frames
from server.engine.wire import HEAD, Head, QueryJob, dump_record, frame
from server.media import BOOLEAN_OFFERS, GRAPH_NAMES, GRAPH_OFFERS, HTML_OFFER, RESULT_OFFERS
from server.negotiate import Offer, choose, named
from server.problems import BadRequest, NotAcceptable, NotEvaluated, problem_of
from server.syntax.forms import names_dataset, query_form

Results = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples | RemoteTriples
_GRAPHS = (ox.QueryTriples, RemoteTriples)

_SHORT = re.compile(r"\bLIMIT\s+[0-9]{1,3}\s*$", re.IGNORECASE | re.ASCII)
"""The end of a query whose results are few: written at once they take the engine less time than piece by piece."""

_END = 64


def answer(store: ox.Store, job: QueryJob, send: Callable[[bytes], None], functions: Functions) -> bytes:
    """Answer a query in the form that ``format`` or else the Accept header asks for.

    Args:
        send: takes frames of the answer as they are made.
        functions: what the query may call besides the engine's own.

    Returns:
        The frames that are left; of a small answer that is all of it.

    Raises:
        BadRequest: it has a syntax error, or a graph name that is no IRI.
        NotAcceptable: none of the forms suits.
        NotEvaluated: the engine cannot answer it.
        Unavailable: the store is elsewhere and does not answer as it should.
    """
    try:
        results = _started(store, job, functions)
        offer = _choose_form(results, job.format, job.accept)
        head = partial(_head_frame, offer, isinstance(results, _GRAPHS))
        encoding = "identity" if offer == HTML_OFFER else job.encoding
        body = _whole_body(store, results, job, offer)
        if body is not None:
            return whole_frames(body, head, encoding)
        sink = Sink(send, head, encoding)
        _write(results, sink, offer)
    except SyntaxError as error:  # results are read as they are written, if they come from elsewhere
        raise problem_of(BackendError(f"What the store sent is no answer to a query: {error.msg}")) from error
    except StoreError as error:
        raise problem_of(error) from error
    except (RuntimeError, ValueError) as error:
        raise NotEvaluated(f"The query cannot be answered: {error}.") from error
    return sink.finish()


def _started(store: ox.Store, job: QueryJob, functions: Functions) -> Results:
    """Parse and plan; whatever is wrong with the text is found here."""
    try:
        return _start(store, job, functions)
    except SyntaxError as error:
        raise problem_of(SyntaxFault.in_sparql("query", error.msg)) from error


def _start(store: ox.Store, job: QueryJob, functions: Functions) -> Results:
    """Parse and plan. The protocol's dataset overrides FROM; with named graphs only, the default graph is empty."""
    if not job.default_graphs and not job.named_graphs:
        return store.query(job.text, base_iri=job.base_iri, custom_functions=functions)
    return store.query(
        job.text,
        base_iri=job.base_iri,
        custom_functions=functions,
        default_graph=[*_graph_names(job.default_graphs)],
        named_graphs=[*_graph_names(job.named_graphs)],
    )


def _graph_names(iris: Sequence[str]) -> list[ox.NamedNode]:
    try:
        return [ox.NamedNode(iri) for iri in iris]
    except ValueError as error:
        raise BadRequest(f"A graph is named by something that is no absolute IRI: {error}.") from error


def _whole_body(store: ox.Store, results: Results, job: QueryJob, offer: Offer) -> bytes | None:
    """An answer that is made at once: few results, or a description; None for what is written piece by piece."""
    if isinstance(results, _GRAPHS):
        if not _is_description(job):
            return None
        return ox.serialize(describe(store, results), format=_graph_format(offer)) or b""
    if _SHORT.search(job.text, max(0, len(job.text) - _END)):
        return results.serialize(format=_result_format(offer)) or b""
    return None


def _is_description(job: QueryJob) -> bool:
    """Whether to tell more than the engine does: of the store's default graph, so not if another one is asked."""
    has_own_dataset = bool(job.default_graphs or job.named_graphs)
    return not has_own_dataset and query_form(job.text) == "DESCRIBE" and not names_dataset(job.text)


def _write(results: Results, sink: Sink, offer: Offer) -> None:
    """Let the engine write all results; of a file it asks no more than the sink has."""
    if isinstance(results, _GRAPHS):
        results.serialize(cast(IO[bytes], sink), format=_graph_format(offer))
    else:
        results.serialize(cast(IO[bytes], sink), format=_result_format(offer))


def _choose_form(results: Results, format_name: str | None, accept: str | None) -> Offer:
    if isinstance(results, _GRAPHS):
        return _chosen("graph", format_name and GRAPH_NAMES.get(format_name.lower(), format_name), accept)
    return _chosen("boolean" if isinstance(results, ox.QueryBoolean) else "result", format_name, accept)


_OFFERS = {
    "graph": (*GRAPH_OFFERS, HTML_OFFER),
    "boolean": (*BOOLEAN_OFFERS, HTML_OFFER),
    "result": (*RESULT_OFFERS, HTML_OFFER),
}


@lru_cache(maxsize=256)
def _chosen(kind: str, format_name: str | None, accept: str | None) -> Offer:
    """Clients send the same few headers again and again; reading one takes longer than a small query."""
    offers = _OFFERS[kind]
    found = named(offers, format_name) if format_name else choose(offers, accept)
    if found is None:
        raise NotAcceptable(offers, wanted=format_name or accept or "")
    return found


@lru_cache(maxsize=64)
def _head_frame(offer: Offer, is_graph: bool, encoding: str) -> bytes:
    return frame(HEAD, dump_record(Head(offer.media_type, offer.name, is_graph, encoding)))


def _result_format(offer: Offer) -> ox.QueryResultsFormat:
    return RESULT_FORMATS["json" if offer == HTML_OFFER else offer.name]


def _graph_format(offer: Offer) -> ox.RdfFormat:
    return GRAPH_FORMATS["ttl" if offer == HTML_OFFER else offer.name]
