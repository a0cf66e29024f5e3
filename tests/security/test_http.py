"""HTTP itself: whose request a byte belongs to, who may write, what a cache or a frame may do with an answer."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator

import pytest
from flask.testing import FlaskClient
from live import TOKEN, Live

from server.headers import COMMON, DATA
from server.writes import check_token

INSERT = b"INSERT DATA { <urn:pwned> <urn:pwned> <urn:pwned> }"
PWNED = "ASK { <urn:pwned> ?p ?o }"
WRITES = (
    ("POST", "/update", {"Content-Type": "application/sparql-update"}, INSERT),
    ("POST", "/update", {"Content-Type": "application/x-www-form-urlencoded"}, b"update=" + INSERT),
    ("POST", "/graphs?default", {"Content-Type": "text/turtle"}, b"<urn:pwned> <urn:pwned> <urn:pwned> ."),
    ("PUT", "/graphs?default", {"Content-Type": "text/turtle"}, b""),
    ("DELETE", "/graphs?default", {}, b""),
)
ANSWERS = (
    *("/", "/page/country/italy", "/nowhere", "/data/country/italy.ttl", "/data/country/italy.jsonld", "/healthz"),
    *("/sparql", "/sparql?query=ASK{}", "/sparql?query=nonsense", "/static/icon.svg", "/robots.txt", "/feed.atom"),
    *("/id/country/italy", "/metrics", "/dumps/", "/graphs?default", "/update", "/openapi.json", "/context.jsonld"),
)


def talk(server: Live, sent: bytes) -> bytes:
    """All that comes back."""
    with server.socket() as connection:
        connection.sendall(sent)
        received = b""
        try:
            while piece := connection.recv(1 << 16):
                received += piece
        except ConnectionResetError:
            pass
        return received


@pytest.mark.parametrize("path", ANSWERS)
def test_every_answer_has_its_protection(server: Live, path: str) -> None:
    answer = server.ask(path)
    fields = answer.headers
    policy = fields["Content-Security-Policy"]
    assert fields["X-Content-Type-Options"] == "nosniff"
    assert fields["Referrer-Policy"] == "no-referrer"
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.type in ("text/html", "text/javascript") or policy.endswith("; sandbox")
    assert not {"Server", "X-Powered-By", "Set-Cookie"} & set(fields)
    assert len(fields.get_all("Content-Security-Policy", [])) == 1


def test_pages_may_ask_for_nothing() -> None:
    assert re.fullmatch(r"(?:[a-z-]+=\(\)(?:, )?)+", COMMON["Permissions-Policy"])
    assert {"X-Frame-Options", "Cross-Origin-Opener-Policy", "Permissions-Policy"} <= COMMON.keys()
    assert DATA.keys() - COMMON.keys() == {"Content-Security-Policy"}


def smuggled() -> Iterator[bytes]:
    """Requests whose end two servers could see in different places (RFC 9112 §6.3, §11.2)."""
    inner = b"GET /page/country/russia HTTP/1.1\r\nHost: a\r\nX-Smuggled: 1\r\n\r\n"
    chunked = b"0\r\n\r\n" + inner
    for fields in (
        b"Content-Length: %d\r\nTransfer-Encoding: chunked\r\n" % len(chunked),
        b"Transfer-Encoding: chunked\r\nContent-Length: %d\r\n" % len(chunked),
        b"Transfer-Encoding: xchunked\r\nContent-Length: %d\r\n" % len(chunked),
        b"Transfer-Encoding: chunked, identity\r\nContent-Length: %d\r\n" % len(chunked),
        b"Transfer-Encoding : chunked\r\nContent-Length: %d\r\n" % len(chunked),
        b"Content-Length: 0\r\nContent-Length: %d\r\n" % len(chunked),
        b"Content-Length: +0\r\n", b"Content-Length: 0, 5\r\n", b"Content-Length: -1\r\n", b"Content-Length: 0x5\r\n",
    ):  # fmt: skip
        yield b"POST /sparql HTTP/1.1\r\nHost: a\r\n" + fields + b"\r\n" + chunked


@pytest.mark.parametrize("sent", list(smuggled()))
def test_request_with_two_lengths_is_refused_and_nothing_behind_it_is_read(server: Live, sent: bytes) -> None:
    received = talk(server, sent)
    assert re.findall(rb"HTTP/1\.1 (\d+)", received) in ([b"400"], []), received[:500]
    assert b"russia" not in received


@pytest.mark.parametrize("size", [b"5;" + b"x" * 100_000, b"fffffffffffffffff", b"-1", b"0x5"])
def test_chunks_that_are_none_are_refused(server: Live, size: bytes) -> None:
    head = b"POST /sparql HTTP/1.1\r\nHost: a\r\nContent-Type: application/sparql-query\r\n"
    head += b"Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n"
    received = talk(server, head + size + b"\r\nASK{}\r\n0\r\n\r\n")
    assert b"HTTP/1.1 200" not in received or size.startswith(b"5;")


@pytest.mark.parametrize("authorization", ["", "Bearer", "Bearer x", f"Basic {TOKEN}", f"Bearer {TOKEN}x", TOKEN])
@pytest.mark.parametrize(("method", "path", "fields", "body"), WRITES)
def test_nobody_writes_without_the_token(
    server: Live, method: str, path: str, fields: dict[str, str], body: bytes, authorization: str
) -> None:
    headers = fields | ({"Authorization": authorization} if authorization else {})
    answer = server.ask(path, method, headers=headers, body=body)
    assert (answer.status, server.query(PWNED).json["boolean"]) == (401, False)


@pytest.mark.parametrize("way", ["?token={}", "?access_token={}", "?authorization=Bearer%20{}"])
def test_token_counts_in_no_address_and_no_cookie(server: Live, way: str) -> None:
    """What a browser sends by itself, or a link carries, must not write: so no page elsewhere can have it write."""
    headers = {"Content-Type": "application/sparql-update", "Cookie": f"token={TOKEN}; Authorization=Bearer {TOKEN}"}
    answer = server.ask(f"/update{way.format(TOKEN)}", "POST", headers=headers, body=INSERT)
    assert answer.status == 401


@pytest.mark.parametrize("path", ["/update", "/graphs?default", "/sparql"])
def test_preflight_allows_no_credentials_of_a_browser(server: Live, path: str) -> None:
    asked = {"Origin": "https://evil.example", "Access-Control-Request-Method": "POST"}
    fields = server.ask(path, "OPTIONS", headers=asked).headers
    assert fields["Access-Control-Allow-Origin"] == "*"
    assert "Access-Control-Allow-Credentials" not in fields


def test_update_is_no_query_and_no_get(server: Live) -> None:
    text = "INSERT%20DATA%20%7B%3Curn:pwned%3E%20%3Curn:p%3E%201%7D"
    assert server.ask(f"/update?update={text}").status == 405
    assert server.ask(f"/sparql?query={text}").status == 400
    assert server.ask(f"/sparql?update={text}").status != 204


def test_token_is_compared_in_constant_time() -> None:
    source = inspect.getsource(check_token)
    assert "hmac.compare_digest(" in source
    assert "== token" not in source


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80@good", 'a" onload="evil(1)', "<evil>", "evil/b?c#d"])
@pytest.mark.parametrize("path", ["/", "/feed.atom", "/.well-known/void", "/data/country/italy.jsonld", "/robots.txt"])
def test_host_of_others_is_kept_for_nobody_else(server: Live, path: str, host: str) -> None:
    first = server.ask(path, headers={"Host": host})
    second = server.ask(path, headers={"Host": "good.example"})
    assert second.status == 200
    assert "evil" not in second.text
    assert "<evil>" not in first.text
    assert 'onload="evil' not in first.text


@pytest.mark.parametrize("field", ["X-Forwarded-Host", "X-Original-URL", "X-Rewrite-URL", "Forwarded"])
def test_fields_that_no_key_of_a_cache_holds_change_nothing(server: Live, field: str) -> None:
    plain, poisoned = server.ask("/"), server.ask("/", headers={field: "evil.example"})
    assert plain.body == poisoned.body


@pytest.mark.parametrize(
    ("path", "varies"),
    [
        ("/sparql?query=ASK{}", {"Accept", "Accept-Encoding"}),
        ("/id/country/italy", {"Accept"}),
        ("/page/country/italy", {"Accept-Language", "Accept-Encoding"}),
        ("/nowhere", {"Accept"}),
    ],
)
def test_answer_names_what_it_depends_on(server: Live, path: str, varies: set[str]) -> None:
    told = ",".join(server.ask(path).headers.get_all("Vary", []))
    assert varies <= {name.strip() for name in told.split(",")}


def test_errors_are_kept_by_no_cache(server: Live) -> None:
    for path in ("/nowhere", "/sparql?query=nonsense", "/page/country/nowhere"):
        assert server.ask(path).headers["Cache-Control"] == "no-store"


def test_only_one_address_may_be_framed(client: FlaskClient) -> None:
    framed = client.get("/reconcile/preview?id=country/italy").headers
    assert "frame-ancestors *" in framed["Content-Security-Policy"]
    for path in ("/", "/page/country/italy", "/sparql", "/search?q=a"):
        other = client.get(path, headers={"Accept": "text/html"}).headers
        assert other["X-Frame-Options"] == "DENY"
        assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
