"""What the server and its workers say to each other: jobs one way, replies in frames the other way.

A frame is a kind, a length and that many bytes, on a stream socket. Records are MessagePack by msgspec, which
checks types on the way in and costs next to nothing. A reply is ``HEAD BODY* END``, or ``FAILURE`` at any
point instead of the rest: whoever buffers the whole can still answer with a proper status.
"""

from __future__ import annotations

import struct
from typing import Any, Final

import msgspec

HEADER: Final = struct.Struct("<cI")
LONGEST: Final = 256 << 10
"""Bytes of a body in one frame."""

HEAD: Final = b"H"
BODY: Final = b"B"
END: Final = b"E"
FAILURE: Final = b"F"


class QueryJob(msgspec.Struct, frozen=True, tag=True):
    """A query to answer.

    ``seconds``: after so long the worker ends itself, whether or not anybody still watches it. ``encoding``:
    the content coding of the body, ``identity`` for none.
    """

    text: str
    base_iri: str
    seconds: float
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    format: str | None = None
    accept: str | None = None
    encoding: str = "identity"


class WriteJob(msgspec.Struct, frozen=True, tag=True):
    """A write to carry out; ``write`` is a pickled record of :mod:`kg.writing`."""

    write: bytes
    seconds: float


Job = QueryJob | WriteJob


class Head(msgspec.Struct, frozen=True):
    """What is known before the first byte of the body: its form, and its content coding."""

    media_type: str
    name: str
    is_graph: bool
    encoding: str = "identity"


class End(msgspec.Struct, frozen=True):
    """The body was whole.

    ``seconds`` is the time from job to here, ``processor`` the processor time that the worker has had in its life;
    ``is_last``: it should get no other job.
    """

    seconds: float
    processor: float = 0.0
    is_last: bool = False


class Failure(msgspec.Struct, frozen=True):
    """The job has no answer: the class of :mod:`server.problems` to raise, what it says, and what the log is told."""

    problem: str
    detail: str
    extra: dict[str, Any] = {}
    processor: float = 0.0
    reason: str = ""


_JOBS: Final = msgspec.msgpack.Decoder(Job)
_ENCODER: Final = msgspec.msgpack.Encoder()


def frame(kind: bytes, payload: bytes) -> bytes:
    """One frame."""
    return HEADER.pack(kind, len(payload)) + payload


def body_frames(body: bytes) -> bytes:
    """A body in frames that are short enough: whoever reads them must have other things to do in between."""
    if len(body) <= LONGEST:
        return frame(BODY, body)
    return b"".join(frame(BODY, body[start : start + LONGEST]) for start in range(0, len(body), LONGEST))


def dump_record(record: msgspec.Struct) -> bytes:
    """A record as the payload of a frame."""
    return _ENCODER.encode(record)


def dump_job(job: Job) -> bytes:
    """A job as a frame."""
    return frame(HEAD, _ENCODER.encode(job))


def parse_job(payload: bytes) -> Job:
    """The job of a frame."""
    job: Job = _JOBS.decode(payload)
    return job
