"""Graph Store protocol: each request that the suite's manifest describes gets the answer that it expects."""

from __future__ import annotations

from urllib.parse import quote, urljoin

from w3c.compare import difference
from w3c.data import Store
from w3c.manifest import Case, Graphs
from w3c.results import read_graph

ABOUT = "graph store"


def test_graph_store_gets_the_expected_answers(case: Case, store: Store) -> None:
    store.hold(Graphs())
    store.forget()
    locations: dict[str, str] = {}
    for exchange in case.exchanges:
        url = store.target.graphs + exchange.path.removeprefix("/gsp")
        for name, location in locations.items():
            url = url.replace(name, quote(location, safe=""))
        reply = store.target.send(exchange.method, url, dict(exchange.headers), exchange.body)
        told = f"{exchange.method} {url}\n{exchange.headers}\n{exchange.body!r}\n{reply}"
        assert reply.status in exchange.statuses, told
        if exchange.location:
            assert "location" in reply.headers, told
            locations[exchange.location] = urljoin(url, reply.headers["location"])
        if exchange.expected_type:
            assert reply.media_type == exchange.expected_type.partition(";")[0], told
        if exchange.expected_body:
            problem = difference(read_graph(exchange.expected_body, url), read_graph(reply.body, url))
            assert not problem, f"{told}\n{problem}"
