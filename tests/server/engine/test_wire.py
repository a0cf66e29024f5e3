"""Jobs and replies as bytes."""

from __future__ import annotations

import pytest

from server.engine.wire import BODY, HEADER, LONGEST, QueryJob, WriteJob, body_frames, dump_job, parse_job

JOBS = [
    QueryJob("ASK { ?s ?p 'é' }", "http://x/", 1.5),
    QueryJob("ASK {}", "http://x/", 30.0, ("http://a/",), ("http://b/", "http://c/"), "csv", "*/*", "gzip"),
    WriteJob(b"\x00\xff", 300.0),
]


@pytest.mark.parametrize("job", JOBS)
def test_job_comes_back_as_it_was(job: QueryJob | WriteJob) -> None:
    sent = dump_job(job)
    _, length = HEADER.unpack_from(sent)
    assert len(sent) == HEADER.size + length
    assert parse_job(sent[HEADER.size :]) == job


@pytest.mark.parametrize("size", [1, LONGEST - 1, LONGEST, LONGEST + 1, 3 * LONGEST, 3 * LONGEST + 7])
def test_body_frames_are_short_and_hold_the_whole(size: int) -> None:
    body = bytes(range(256)) * (size // 256) + b"x" * (size % 256)
    sent, pieces = body_frames(body), []
    while sent:
        kind, length = HEADER.unpack_from(sent)
        assert (kind, length <= LONGEST) == (BODY, True)
        pieces.append(sent[HEADER.size : HEADER.size + length])
        sent = sent[HEADER.size + length :]
    assert b"".join(pieces) == body
