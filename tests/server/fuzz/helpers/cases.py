"""What requests are made of, for good or ill, and how many of them are tried.

``AIDGRAPH_FUZZ=20000 pytest tests/server/fuzz`` tries so many in all; an ordinary run a few hundred.
"""

from __future__ import annotations

import os
from collections import Counter
from typing import Final
from urllib.parse import quote

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

CASES: Final = int(os.environ.get("AIDGRAPH_FUZZ", "400"))
IS_LARGE: Final = "AIDGRAPH_FUZZ" in os.environ
tally: Counter[str] = Counter()
"""Cases that were tried, by test."""


def cases(percent: float) -> settings:
    """Settings for a test that tries this part of all cases."""
    return settings(
        max_examples=max(3, round(CASES * percent / 100)),
        deadline=None,  # of a machine that may be busy
        suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
    )


MEDIA: Final = (
    *("text/turtle", "application/ld+json", "application/n-triples", "application/rdf+xml", "application/trig"),
    *("application/sparql-results+json", "text/csv", "text/html", "application/json", "application/xml", "*/*"),
    *("application/sparql-query", "application/sparql-update", "application/x-www-form-urlencoded"),
    *("multipart/form-data; boundary=x", "multipart/form-data", "application/problem+json", "text/plain", "text/*"),
)
_BITS: Final = (
    *(";q=0", ";q=1.5", ";q=-1", ";q=x", ";", ",", "/", "*", "=", '"', " ", "\t", ";charset=latin-1", "gzip", "br"),
    *(";charset=utf-8", ';profile="x"', "zstd", "identity", "x-gzip", "W/", '"1"', "bytes=0-", "Bearer ", "a" * 999),
)
_PIECES: Final = st.sampled_from((*MEDIA, *_BITS))
_LATIN: Final = st.text(st.characters(min_codepoint=0x20, max_codepoint=0xFF, exclude_characters="\x7f"), max_size=40)

header_values: Final = st.one_of(
    st.sampled_from(MEDIA), st.lists(_PIECES, max_size=8).map("".join), _LATIN
).map(str.strip)
"""Values that may be sent in a header field: pieces of sensible ones in any order, and any Latin-1."""

HEADERS: Final = (
    *("Accept", "Accept-Encoding", "Accept-Language", "Authorization", "Content-Type", "Content-Encoding", "Cookie"),
    *("If-None-Match", "If-Match", "If-Modified-Since", "If-Range", "Range", "Origin", "Host", "X-Forwarded-For"),
    *("X-Forwarded-Host", "Access-Control-Request-Method", "Expect", "User-Agent", "X"),
)
headers: Final = st.dictionaries(st.sampled_from(HEADERS), header_values, max_size=5)

_WORDS: Final = (
    *("SELECT", "*", "ASK", "CONSTRUCT", "DESCRIBE", "WHERE", "{", "}", "?s", "?p", "?o", "GRAPH", "FILTER", "(", ")"),
    *("SERVICE", "SILENT", "<http://127.0.0.1:1/>", "<x>", "BASE", "PREFIX", "p:", "FROM", "NAMED", "ORDER", "BY"),
    *("LIMIT 3", "OFFSET", "a", ".", ";", ",", "'", '"', '"""', "\\u0053", "#", "\n", "UNION", "OPTIONAL", "MINUS"),
    *("BIND", "AS", "VALUES", "UNDEF", "GROUP", "HAVING", "COUNT", "now()", "rand()", "/", "|", "^", "!", "+", "-1e9"),
    *("INSERT", "DELETE", "DATA", "LOAD", "CLEAR", "ALL", "USING", "WITH", "COPY", "TO", "DEFAULT", "\x00", "é", "😀"),
)
queries: Final = st.one_of(
    st.sampled_from(
        [
            "ASK { ?s ?p ?o }",
            "SELECT * { ?s ?p ?o } LIMIT 2",
            "CONSTRUCT WHERE { ?s a ?c } LIMIT 2",
            "DESCRIBE <https://w3id.org/aidgraph/id/country/italy>",
            "SELECT * { ?s ?p ?o } ORDER BY ?o LIMIT 2",
        ]
    ),
    st.lists(st.sampled_from(_WORDS), max_size=20).map(" ".join),
    st.text(max_size=30),
)
"""Queries, what looks like queries, and any text. A cross join is not among them: this is no test of limits."""

_NAMES: Final = (
    *("query", "update", "format", "timeout", "default-graph-uri", "named-graph-uri", "using-graph-uri", "graph"),
    *("default", "page", "kind", "incoming", "example", "", "x"),
)
_VALUES: Final = st.one_of(
    queries,
    st.sampled_from(["json", "html", "ttl", "1", "0", "-1", "nan", "inf", "1e-9", "9" * 30, "urn:x", "http://["]),
    st.text(max_size=12),
)


def _encode(parameters: list[tuple[str, str]], glue: str, broken: bytes) -> bytes:
    pairs = (f"{quote(name)}={quote(value, errors='surrogatepass')}" for name, value in parameters)
    return glue.join(pairs).encode() + broken


parameters: Final = st.builds(
    _encode,
    st.lists(st.tuples(st.sampled_from(_NAMES), _VALUES), max_size=4),
    st.sampled_from(["&", "&", "&", ";", "&&", "="]),
    st.sampled_from([b""] * 6 + [b"%ff", b"%", b"&query=%c3%28", b"&" * 1100, b"\xff", b"+%00", b"%uD800"]),
)
"""An encoded address query or form."""

ROUTES: Final = (
    *("/", "/sparql", "/update", "/graphs", "/graphs/a", "/events", "/articles", "/entities", "/page/country/italy"),
    *("/id/country/italy", "/scheme/phase", "/ontology", "/data/country/italy.ttl", "/data/country/italy.jsonld"),
    *("/context.jsonld", "/dumps/", "/dumps/aidgraph.nt.gz", "/dumps/SHA256SUMS", "/static/style.css", "/favicon.ico"),
    *("/.well-known/void", "/healthz", "/metrics", "/openapi.json", "/robots.txt", "/page", "/id", "/data", "/static"),
)
_SEGMENTS: Final = st.one_of(
    st.sampled_from(["..", ".", "", "%2e%2e", "a" * 300, "é", "\0", "\u202e", "italy.ttl", ".nt", "<", "\\", "?", "#"]),
    st.text(st.characters(exclude_categories=["Cs"]), max_size=8),
)
paths: Final = st.one_of(
    st.sampled_from(ROUTES),
    st.builds(lambda route, more: "/".join([route, *more]), st.sampled_from(ROUTES), st.lists(_SEGMENTS, max_size=3)),
    st.lists(_SEGMENTS, min_size=1, max_size=3).map(lambda more: "/" + "/".join(more)),
)
"""Paths as people read them, not escaped."""

methods: Final = st.sampled_from(
    ["GET"] * 6 + ["POST"] * 4 + ["HEAD", "PUT", "DELETE", "QUERY", "OPTIONS", "PATCH", "TRACE", "PROPFIND"]
)
_TURTLE: Final = b"<http://example.org/s> <http://example.org/p> 1 ."
_PART: Final = b'--x\r\nContent-Disposition: form-data; name="a"; filename="b"\r\nContent-Type: text/turtle\r\n\r\n'
_FORM: Final = _PART + _TURTLE + b"\r\n--x--"
bodies: Final = st.one_of(
    st.just(b""),
    parameters,
    queries.map(lambda text: text.encode(errors="replace")),
    st.sampled_from([_TURTLE, b"{}", b"[]", b'{"@context": "http://x/"}', b"\x1f\x8b\x08\x00", _FORM]),
    st.binary(max_size=60),
)
