"""Terms of N-Triples lines without their escapes."""

from __future__ import annotations

import re
from typing import Final

_ESCAPE: Final = re.compile(rb"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_ESCAPED: Final = {b"t": b"\t", b"b": b"\b", b"n": b"\n", b"r": b"\r", b"f": b"\f"}
"""https://www.w3.org/TR/n-triples/#grammar-production-ECHAR; what is not here stands for itself."""


def bare(term: bytes) -> bytes:
    """An IRI without its brackets, a literal in its quotes without escapes, a blank node as it is."""
    if term.startswith(b"<"):
        return term[1:-1]
    return unescaped(term) if b"\\" in term else term


def unescaped(text: bytes) -> bytes:
    """The characters that escapes stand for in their places."""
    return _ESCAPE.sub(_meant, text)


def _meant(found: re.Match[bytes]) -> bytes:
    code = found[1] or found[2]
    return chr(int(code, 16)).encode() if code else _ESCAPED.get(found[3], found[3])
