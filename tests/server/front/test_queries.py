"""Queries on their way in, without a worker: what is known of a request is found out once."""

from __future__ import annotations

import asyncio
from pathlib import Path
from urllib.parse import urlencode

import pytest

from server.engine.pool import Pool
from server.front.cache import AnswerCache
from server.front.exchange import Exchange, Message, Scope
from server.front.queries import Handed, Queries
from server.problems import BadRequest, Busy, Problem
from server.syntax.allowed import Allowed


async def receive() -> Message:
    raise AssertionError("nothing is read")


async def send(message: Message) -> None:
    raise AssertionError(f"nothing is sent, not {message}")


@pytest.fixture
def queries(tmp_path: Path) -> Queries:
    (tmp_path / "store").symlink_to("stores/1-a/rocksdb")
    pool = Pool(tmp_path / "store", tmp_path / "forker", cap=1, memory=1)
    return Queries(pool, AnswerCache(1 << 20), Allowed.of(()), 10.0)


def ask(queries: Queries, **parameters: str) -> tuple[Handed | None, str]:
    """What a GET comes to that could not be answered at once, and the query's text as it is logged."""
    scope: Scope = {
        "headers": [],
        "method": "GET",
        "path": "/sparql",
        "client": None,
        "scheme": "http",
        "query_string": urlencode(parameters).encode(),
    }

    async def play() -> tuple[Handed | None, str]:
        assert queries.at_once(Exchange(scope, receive, send)) is None
        exchange = Exchange(scope, receive, send)
        return await queries.answer(exchange), exchange.query

    return asyncio.run(play())


@pytest.mark.parametrize(
    ("parameters", "problem", "text"),
    [
        ({"query": "ASK {}", "timeout": "soon"}, BadRequest, ""),
        ({"query": "ASK {}"}, Busy, "ASK {}"),
        ({"default-graph-uri": "http://x/"}, type(None), ""),
    ],
)
def test_request_is_read_and_counted_once(
    queries: Queries,
    monkeypatch: pytest.MonkeyPatch,
    parameters: dict[str, str],
    problem: type[Problem] | type[None],
    text: str,
) -> None:
    monkeypatch.setattr("server.engine.lanes.SHARE", 0)
    handed, logged = ask(queries, **parameters)
    assert handed is not None
    assert (type(handed.problem), logged) == (problem, text)
    assert (queries.cache.misses, queries.pool.counts.refused) == (1, int(problem is Busy))


def test_query_that_asks_others_is_read_once(queries: Queries) -> None:
    text = "ASK { SERVICE <http://localhost/> {} }"
    handed, logged = ask(queries, query=text)
    assert handed is not None
    assert (type(handed.problem).__name__, logged, queries.cache.misses) == ("Refused", text, 1)
