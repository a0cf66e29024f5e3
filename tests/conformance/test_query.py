"""Query evaluation, with the formats of results: the answer to each of the suite's queries is the expected one."""

from __future__ import annotations

import re
from pathlib import Path

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
    if case.services:
        endpoints.hold(case)
        query = endpoints.to_here(query)
    store.hold(case.data)
    reply = store.target.ask(query, expected.media_type)
    assert (reply.status, reply.media_type) == (200, expected.media_type), f"{query.decode()}\n{reply}"
    is_ordered = ORDERED.search(query) is not None
    problem = difference(expected.value, read_reply(reply), is_lax=case.is_lax, is_ordered=is_ordered)
    assert not problem, f"{query.decode()}\n{problem}"
