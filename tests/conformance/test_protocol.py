"""SPARQL protocol: each request that the suite's manifest describes gets the answer that it expects."""

from __future__ import annotations

from w3c.data import Store
from w3c.exchanges import Exchange
from w3c.manifest import Case
from w3c.results import GRAPHS, TABLES, read_reply

ABOUT = "protocol"

FORMATS = {
    "boolean": {TABLES[".srx"], TABLES[".srj"]},
    "tabular": set(TABLES.values()),
    "RDF": {*GRAPHS.values(), "application/xhtml+xml", "text/html"},
}
"""The media types that ``mf:expectedFormat`` stands for, as the names of the cases list them."""


QUERY = ("content-type", "application/sparql-query")


def test_protocol_gets_the_expected_answers(case: Case, store: Store) -> None:
    store.hold(case.data)
    store.forget()
    for exchange in case.exchanges:
        endpoint = store.target.update if is_update(case, exchange) else store.target.query
        url = endpoint + exchange.path.removeprefix("/sparql/")
        reply = store.target.send(exchange.method, url, dict(exchange.headers), exchange.body)
        told = f"{exchange.method} {url}\n{exchange.headers}\n{exchange.body!r}\n{reply}"
        assert reply.status in exchange.statuses - {401, 403}, told  # these would tell of the token
        assert exchange.format is None or reply.media_type in FORMATS[exchange.format], told
        assert exchange.boolean is None or read_reply(reply) is exchange.boolean, told


def is_update(case: Case, exchange: Exchange) -> bool:
    """The manifest has one endpoint for both, ``/sparql/``, and leaves it to the reader to tell them apart."""
    return "_update" in case.id.replace("/", "_") and QUERY not in exchange.headers
