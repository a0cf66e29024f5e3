"""Query evaluation, with the formats of results: the answer to each of the suite's queries is the expected one."""

from __future__ import annotations

import re
from pathlib import Path

from w3c.client import Reply
from w3c.compare import difference
from w3c.data import Store
from w3c.federation import Endpoints
from w3c.manifest import Case, published
from w3c.results import read_expected, read_reply

ABOUT = "query"
ORDERED = re.compile(rb"\bORDER\s+BY\b[^{}]*$", re.I)
"""An ORDER BY of the whole query, and not of a subquery."""


def test_query_gives_the_expected_answer(case: Case, store: Store, suite: Path, endpoints: Endpoints) -> None:
    assert case.request is not None
    assert isinstance(case.result, Path)
    expected = read_expected(case.result, published(suite, case.result))
    query = f"BASE <{published(suite, case.request)}>\n".encode() + case.request.read_bytes()
    reply = ask(case, store, endpoints, query, expected.media_type)
    assert (reply.status, reply.media_type) == (200, expected.media_type), f"{query.decode()}\n{reply}"
    is_ordered = ORDERED.search(query) is not None
    problem = difference(expected.value, read_reply(reply), is_lax=case.is_lax, is_ordered=is_ordered)
    assert not problem, f"{query.decode()}\n{problem}"


def ask(case: Case, store: Store, endpoints: Endpoints, query: bytes, accept: str) -> Reply:
    """The server's reply to ``query`` on the case's data, with the other endpoints that the case has."""
    if not case.services:
        store.hold(case.data)
        return store.target.ask(query, accept)
    endpoints.hold(case)
    store.hold(case.data, rename=endpoints.to_here)
    reply = store.target.ask(endpoints.to_here(query), accept)
    return Reply(reply.status, reply.headers, endpoints.to_suite(reply.body))
