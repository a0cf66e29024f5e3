"""Requests to write, without HTTP."""

from __future__ import annotations

import pytest

from server.problems import BadRequest, Refused, Unauthorized, UnsupportedMedia
from server.writes import Target, UpdateRequest, check_token, is_packed, parse_target, parse_update, upload_format

FORM = "application/x-www-form-urlencoded"
DIRECT = "application/sparql-update"
TOKEN = "correct.horse-battery"


@pytest.mark.parametrize("header", [f"Bearer {TOKEN}", f"bearer {TOKEN}", f"BEARER   {TOKEN} "])
def test_check_token_lets_the_token_pass(header: str) -> None:
    check_token(header, TOKEN)


@pytest.mark.parametrize("header", [None, "", "Bearer", f"Basic {TOKEN}", TOKEN, f"Bearer{TOKEN}"])
def test_check_token_asks_who_shows_none(header: str | None) -> None:
    with pytest.raises(Unauthorized) as caught:
        check_token(header, TOKEN)
    assert caught.value.challenge.startswith('Bearer realm="aidgraph"')


@pytest.mark.parametrize(
    "shown", [TOKEN[:-1], f"{TOKEN}x", TOKEN.upper(), f"{TOKEN}, {TOKEN}", f"{TOKEN}\u00e9", " ", f"Bearer {TOKEN}"]
)
def test_check_token_refuses_another(shown: str) -> None:
    with pytest.raises(Unauthorized) as caught:
        check_token(f"Bearer {shown}", TOKEN)
    assert TOKEN not in caught.value.detail
    assert caught.value.challenge == 'Bearer realm="aidgraph", error="invalid_token"'


@pytest.mark.parametrize("header", [None, "Bearer ", f"Bearer {TOKEN}"])
def test_check_token_without_a_setting_lets_nobody_pass(header: str | None) -> None:
    with pytest.raises(Refused, match="AIDGRAPH_TOKEN"):
        check_token(header, "")


def test_parse_update_reads_form_and_body_alike() -> None:
    address = b"using-graph-uri=http://a/&using-named-graph-uri=http://b/&using-graph-uri=http://c/"
    expected = UpdateRequest("CLEAR ALL", ("http://a/", "http://c/"), ("http://b/",))
    assert parse_update(address, f"{DIRECT}; charset=UTF-8", b"CLEAR ALL") == expected
    assert parse_update(b"", FORM, b"update=CLEAR+ALL&" + address) == expected
    assert parse_update(address, FORM, b"update=CLEAR+ALL") == expected


@pytest.mark.parametrize(
    ("query_string", "content_type", "body"),
    [
        (b"", FORM, b""),
        (b"", FORM, b"query=ASK%7B%7D"),
        (b"", FORM, b"update=CLEAR+NAMED&update=CLEAR+DEFAULT"),
        (b"update=CLEAR+ALL", FORM, b"update=CLEAR+ALL"),
        (b"update=CLEAR+ALL", DIRECT, b"CLEAR ALL"),
        (b"", FORM, b"update=%FF"),
        (b"", DIRECT, b"\xff"),
    ],
)
def test_parse_update_refuses_what_is_not_one_readable_update(
    query_string: bytes, content_type: str, body: bytes
) -> None:
    with pytest.raises(BadRequest):
        parse_update(query_string, content_type, body)


@pytest.mark.parametrize(
    "content_type", [None, "", "text/plain", f"{DIRECT}; charset=utf-16", "application/sparql-query"]
)
def test_parse_update_refuses_other_bodies(content_type: str | None) -> None:
    with pytest.raises(UnsupportedMedia):
        parse_update(b"", content_type, b"CLEAR ALL")


@pytest.mark.parametrize(
    ("query_string", "target"),
    [
        (b"", None),
        (b"format=ttl", None),
        (b"default", Target(None)),
        (b"default=", Target(None)),
        (b"graph=http://x/1.ttl", Target("http://x/1.ttl")),
        (b"graph=http%3A%2F%2Fx%2F1.ttl", Target("http://x/1.ttl")),
        (b"graph=http://x/%31.ttl", Target("http://x/1.ttl")),
        (b"graph=http://x/%2531.ttl", Target("http://x/%31.ttl")),
    ],
)
def test_parse_target_reads_the_graph_s_name_once_unescaped(query_string: bytes, target: Target | None) -> None:
    assert parse_target(query_string) == target


@pytest.mark.parametrize(
    "query_string",
    [
        *(b"graph=", b"graph=1.ttl", b"graph=/graphs/1", b"graph=http://x/a%20b", b"graph=%FF", b"default&default"),
        *(b"graph=http://x/&default", b"graph=http://x/&graph=http://x/"),
    ],
)
def test_parse_target_refuses_what_names_no_one_graph(query_string: bytes) -> None:
    with pytest.raises(BadRequest):
        parse_target(query_string)


@pytest.mark.parametrize(
    ("content_type", "name"),
    [
        ("text/turtle", "ttl"),
        ("Text/Turtle; charset=UTF-8", "ttl"),
        ("application/n-triples", "nt"),
        ("application/rdf+xml", "rdf"),
        ("application/ld+json; profile=x", "jsonld"),
    ],
)
def test_upload_format_reads_the_media_type(content_type: str, name: str) -> None:
    assert upload_format(content_type) == name


@pytest.mark.parametrize(
    "content_type",
    [None, "", "text/plain", "application/trig", "application/n-quads", "text/turtle; charset=latin-1", "a/b/c"],
)
def test_upload_format_refuses_what_is_not_one_graph(content_type: str | None) -> None:
    with pytest.raises(UnsupportedMedia, match="text/turtle"):
        upload_format(content_type)


@pytest.mark.parametrize(("encoding", "packed"), [(None, False), ("identity", False), ("GZIP", True), ("x-gzip", True)])
def test_is_packed_knows_gzip(encoding: str | None, packed: bool) -> None:
    assert is_packed(encoding) is packed


@pytest.mark.parametrize("encoding", ["br", "gzip, gzip", "deflate", "zstd"])
def test_is_packed_refuses_the_rest(encoding: str) -> None:
    with pytest.raises(UnsupportedMedia, match="gzip"):
        is_packed(encoding)
