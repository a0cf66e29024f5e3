"""Header fields that every answer carries, errors, redirects and answers to preflights included."""

from __future__ import annotations

from typing import Final

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy: everything is forbidden but our own files and forms; nothing inline is run or styled."""

COMMON: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "geolocation=(), camera=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",  # the data is for everybody
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Content-Range, Server-Timing, Retry-After",
    "Timing-Allow-Origin": "*",
}

DATA: Final = {
    name: COMMON[name]
    for name in (
        "X-Content-Type-Options", "Cross-Origin-Resource-Policy", "Access-Control-Allow-Origin",
        "Access-Control-Expose-Headers", "Timing-Allow-Origin",
    )
} | {"Content-Security-Policy": "default-src 'none'; sandbox"}  # fmt: skip
"""What data needs of it, which no browser shows as a page: each further field makes small answers slower."""

PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, QUERY, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Encoding, Content-Type, If-None-Match, Link, Range",
    "Access-Control-Max-Age": "86400",
}
"""What an OPTIONS request is told besides, whether or not it is a preflight (Fetch, CORS protocol)."""


def encoded(fields: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """Header fields as ASGI has them."""
    return [(name.lower().encode("ascii"), value.encode("latin-1")) for name, value in fields.items()]
