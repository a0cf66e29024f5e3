"""The header fields of an answer to a query, as ASGI has them: bytes, made once for what is sent again and again."""

from __future__ import annotations

from functools import lru_cache
from typing import Final
from zlib import crc32

from server.engine.reply import Reply
from server.front.exchange import Fields
from server.media import content_type

Field = tuple[bytes, bytes]
Form = tuple[str | None, str, bytes | None, bytes | None, str]
"""What an answer depends on besides query and data: Accept, content coding, Content-Type unless of a GET, Host."""

CACHED: Final = (b"server-timing", b"cache;desc=hit")
CHECK: Final = (b"cache-control", b"no-cache")
UNTAGGED: Final = (b"cache-control", b"no-store")


@lru_cache(maxsize=256)
def content_fields(media_type: str, coding: str) -> Fields:
    """What the body is. The list is shared: nobody may change it."""
    fields = [(b"content-type", content_type(media_type).encode()), (b"vary", b"Accept, Accept-Encoding")]
    return fields if coding == "identity" else [*fields, (b"content-encoding", coding.encode())]


@lru_cache(maxsize=1024)
def tag_field(version: str, form: Form) -> Field:
    """Weak, since the engine does not promise the order of unordered results. The address is not in it: it has one."""
    return (b"etag", f'W/"{version}/{crc32(repr(form).encode()):08x}"'.encode())


def timing_field(reply: Reply, seconds: float) -> Field:
    """How long it waited, how long the engine took and how long all took, in milliseconds (Server Timing, W3C)."""
    times = (reply.queued * 1000, reply.seconds * 1000, seconds * 1000)
    return (b"server-timing", b"queue;dur=%.2f, engine;dur=%.2f, total;dur=%.2f" % times)


def names_tag(known: bytes, fields: Fields) -> bool:
    """Whether an If-None-Match field names the tag among ``fields`` (RFC 9110 §13.1.2, weak comparison)."""
    tag = next((value for name, value in fields if name == b"etag"), None)
    if tag is None:
        return False
    bare = tag.removeprefix(b"W/")
    return known.strip() == b"*" or any(one.strip().removeprefix(b"W/") == bare for one in known.split(b","))
