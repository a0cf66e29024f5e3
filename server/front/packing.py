"""Pages and data in the content coding that the client takes. Answers to queries come packed from their workers."""

from __future__ import annotations

import re
from typing import Final

from server.encoding import choose_encoding
from server.engine.sink import SHORT
from server.front.exchange import Fields, Message

MOST: Final = 8 << 20
"""Bytes of an answer that is packed here; a larger one would take too much of a process that answers everybody."""

_TEXT: Final = re.compile(rb"text/.*|.*[+/](json|xml)|application/(n-triples|n-quads|trig|openmetrics-text)")


def coding_for(start: Message, accepted: bytes | None, size: int) -> str:
    """The coding of an answer that begins so and has so many bytes; ``identity`` for none.

    Args:
        accepted: the client's Accept-Encoding.
    """
    fields = dict(start["headers"])
    is_packable = start["status"] == 200 and SHORT <= size <= MOST and b"content-encoding" not in fields
    return choose_encoding(accepted) if is_packable and _is_text(fields) else "identity"


def packed_fields(fields: Fields, coding: str) -> Fields:
    """The header fields of the packed form. Its length is another, and its ETag weak: the bytes are others too."""
    kept = [field for field in fields if field[0] not in (b"content-length", b"etag")]
    tags = [(name, value if value.startswith(b"W/") else b"W/" + value) for name, value in fields if name == b"etag"]
    return [*kept, *tags, (b"content-encoding", coding.encode())]


def with_vary(start: Message) -> Fields:
    """The header fields of an answer that has, or might have had, a coding (RFC 9110 §12.5.5)."""
    fields: Fields = start["headers"]
    varies = start["status"] == 304 or (start["status"] == 200 and _is_text(dict(fields)))
    return [*fields, (b"vary", b"Accept-Encoding")] if varies else fields


def _is_text(fields: dict[bytes, bytes]) -> bool:
    return _TEXT.fullmatch(fields.get(b"content-type", b"").partition(b";")[0].strip().lower()) is not None
