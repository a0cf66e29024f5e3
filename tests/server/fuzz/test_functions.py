"""The functions that read requests: whatever they are given, they answer or raise a problem, and nothing else."""

from __future__ import annotations

import io
import json
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from cases import bodies, cases, header_values, parameters, queries, tally
from hypothesis import given
from hypothesis import strategies as st

from server.encoding import CODINGS, choose_encoding
from server.front.exchange import Exchange, Message
from server.media import BOOLEAN_OFFERS, GRAPH_OFFERS, HTML_OFFER, RESULT_OFFERS
from server.negotiate import choose, named, parse_accept
from server.problems import Problem
from server.protocol import QueryRequest, parse_get, parse_post
from server.syntax.allowed import Allowed
from server.syntax.dataset import with_using
from server.syntax.forms import is_volatile, query_form
from server.syntax.network import guard_query, guard_update
from server.syntax.ordering import total_order
from server.uploads import receive
from server.watch.accesslog import PIECE, access_line
from server.writes import check_token, parse_target, parse_update

NOBODY = Allowed()


@cases(6)
@given(header=st.one_of(st.none(), header_values, st.text(max_size=40)))
def test_choose_offers_what_is_there(header: str | None) -> None:
    tally["negotiate"] += 1
    assert all(0 <= entry.quality <= 1 for entry in parse_accept(header))
    for offers in ((*GRAPH_OFFERS, HTML_OFFER), RESULT_OFFERS, BOOLEAN_OFFERS):
        assert choose(offers, header) in (None, *offers)
        assert named(offers, header or "") in (None, *offers)


@cases(4)
@given(header=st.one_of(st.none(), header_values.map(lambda text: text.encode("latin-1")), st.binary(max_size=40)))
def test_choose_encoding_knows_what_it_chooses(header: bytes | None) -> None:
    tally["encoding"] += 1
    assert choose_encoding(header) in (*CODINGS, "identity")


@cases(8)
@given(address=st.one_of(parameters, st.binary(max_size=40)), kind=st.one_of(st.none(), header_values), body=bodies)
def test_query_is_read_or_refused(address: bytes, kind: str | None, body: bytes) -> None:
    tally["query request"] += 1
    with suppress(Problem):
        assert isinstance(parse_get(address), QueryRequest | None)
    with suppress(Problem):
        found = parse_post(address, kind, body)
        found.text.encode()  # no lone surrogate reaches the engine
        assert found.timeout is None or 0 < found.timeout < float("inf")


@cases(6)
@given(address=parameters, kind=st.one_of(st.none(), header_values), body=bodies, token=header_values)
def test_write_is_read_or_refused(address: bytes, kind: str | None, body: bytes, token: str) -> None:
    tally["write request"] += 1
    with suppress(Problem):
        parse_update(address, kind, body)
    with suppress(Problem):
        parse_target(address)
    with suppress(Problem):
        check_token(token, "0123456789abcdef")
        assert token.lower().startswith("bearer") and token.endswith("0123456789abcdef")


@cases(10)
@given(text=queries)
def test_tokens_of_a_query_are_read_or_doubted(text: str) -> None:
    tally["tokens"] += 1
    assert isinstance(query_form(text), str)
    assert isinstance(is_volatile(text), bool)
    assert isinstance(total_order(text), str | None)
    for guard in (guard_query, guard_update):
        with suppress(Problem):
            guard(text, NOBODY)
    with suppress(Problem):
        with_using(text, ["http://example.org/a"], [])


@cases(6)
@given(body=bodies, kind=header_values, packing=st.one_of(st.none(), st.just("gzip"), header_values))
def test_upload_is_kept_or_refused(tmp_path: Path, body: bytes, kind: str, packing: str | None) -> None:
    tally["upload"] += 1
    with suppress(Problem):
        for payload in receive(io.BytesIO(body), tmp_path, content_type=kind, content_encoding=packing, limit=1000):
            assert payload.path.stat().st_size <= 1000


async def _receive() -> Message:
    raise AssertionError("nothing is read")


async def _send(message: Message) -> None:
    raise AssertionError(f"nothing is sent, not {message}")


@cases(4)
@given(path=st.text(max_size=300), method=st.text(max_size=20), agent=st.binary(max_size=200), query=queries)
def test_log_has_one_line_for_a_request(path: str, method: str, agent: bytes, query: str) -> None:
    tally["log line"] += 1
    scope = {"headers": [(b"user-agent", agent), (b"x-forwarded-for", agent)], "method": method, "path": path}
    one = Exchange({**scope, "client": ("127.0.0.1", 1)}, _receive, _send)
    one.query = query
    line = access_line(one, began=datetime.now(UTC), seconds=1.5, version="v")
    assert line.endswith(b"\n") and line.count(b"\n") == 1 and len(line) <= PIECE
    assert path.startswith(json.loads(line)["path"])
