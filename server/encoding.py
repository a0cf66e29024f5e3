"""Which content coding a client takes (RFC 9110 §12.5.3), as a pure function of its header."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from werkzeug.http import parse_accept_header

CODINGS: Final = ("zstd", "br", "gzip")
"""What we send, best first where the client likes them equally. Identity is always possible."""


@lru_cache(maxsize=256)
def choose_encoding(header: bytes | None) -> str:
    """The coding that the Accept-Encoding header likes best of ours, or ``identity``."""
    if header is None:
        return "identity"
    qualities = {coding.lower(): quality for coding, quality in parse_accept_header(header.decode("latin-1"))}
    anything = qualities.get("*", 0.0)
    identity = qualities.get("identity", 0.0)
    best = max(CODINGS, key=lambda coding: (qualities.get(coding, anything), -CODINGS.index(coding)))
    quality = qualities.get(best, anything)
    return best if quality > 0 and quality >= identity else "identity"
