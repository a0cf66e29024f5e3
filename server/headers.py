"""Header fields that every answer carries, errors, redirects and answers to preflights included."""

from __future__ import annotations

from typing import Final

POLICY: Final = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
"""The Content-Security-Policy: everything is forbidden but our own files and forms; nothing inline is run or styled."""

DATA_POLICY: Final = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; sandbox"
"""The policy of what is no page: a browser that shows it all the same (it does so with any XML) runs nothing in it,
lets nobody frame it and takes it for nobody's. ``default-src`` says nothing of the three in the middle (CSP 3 §6)."""

_FEATURES: Final = (
    *("accelerometer", "autoplay", "camera", "display-capture", "encrypted-media", "fullscreen"),
    *("gamepad", "geolocation", "gyroscope", "hid", "idle-detection", "local-fonts", "magnetometer", "microphone"),
    *("midi", "payment", "picture-in-picture", "publickey-credentials-get", "screen-wake-lock", "serial", "usb"),
    *("xr-spatial-tracking",),
)
"""What a page could ask of a browser and no page of ours does; ``clipboard-write``, which copies code, stays."""

COMMON: Final = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": ", ".join(f"{feature}=()" for feature in _FEATURES),
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "cross-origin",  # the data is for everybody
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Expose-Headers": "ETag, Link, Location, Content-Range, Server-Timing, Retry-After",
    "Timing-Allow-Origin": "*",
}

DATA: Final = {
    name: COMMON[name]
    for name in (
        "X-Content-Type-Options", "Referrer-Policy", "Cross-Origin-Resource-Policy", "Access-Control-Allow-Origin",
        "Access-Control-Expose-Headers", "Timing-Allow-Origin",
    )
} | {"Content-Security-Policy": DATA_POLICY}  # fmt: skip
"""What data needs of it, which no browser shows as a page: each further field makes small answers slower."""

PREFLIGHT: Final = {
    "Access-Control-Allow-Methods": "GET, HEAD, POST, PUT, DELETE, QUERY, OPTIONS",
    "Access-Control-Allow-Headers": "Accept, Authorization, Content-Encoding, Content-Type, If-None-Match, Link, Range",
    "Access-Control-Max-Age": "86400",
}
"""What an OPTIONS request is told besides, whether or not it is a preflight (Fetch, CORS protocol)."""


_PAGES: Final = ("text/html", "text/javascript")
"""Media types that get the policy of pages: pages, and scripts, whose policy counts if one ever runs as a worker."""


def policy_of(media_type: str | None, script_hash: str = "", *, is_framed: bool = False) -> str:
    """The Content-Security-Policy of an answer.

    Args:
        script_hash: the source expression of the data that a page embeds, if it does.
        is_framed: whether any site may show it in a frame.
    """
    if media_type not in _PAGES:
        return DATA_POLICY
    policy = POLICY.replace("script-src", f"script-src {script_hash}" if script_hash else "script-src")
    return policy.replace("frame-ancestors 'none'", "frame-ancestors *") if is_framed else policy


def encoded(fields: dict[str, str]) -> list[tuple[bytes, bytes]]:
    """Header fields as ASGI has them."""
    return [(name.lower().encode("ascii"), value.encode("latin-1")) for name, value in fields.items()]
