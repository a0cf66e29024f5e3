"""A worker: a forked process that answers one job after another until its server hangs up or a limit ends it.

It reads a store that nobody writes to, either from disk or as inherited from the process that forked it. What it
says on its standard error (the engine's last words when an allocation fails, or when it aborts) goes to a file
that the server reads when the worker has died.
"""

from __future__ import annotations

import gc
import os
import pickle
import socket
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from kg.errors import AidgraphError, MissingError, StoreError
from kg.search.functions import TextFunctions
from kg.store import current_version
from kg.writing import perform
from server.engine.answer import answer
from server.engine.limits import data_size, limit_memory, start_alarm, stop_alarm
from server.engine.sources import Copied, Sources
from server.engine.wire import (
    BODY,
    END,
    FAILURE,
    HEAD,
    HEADER,
    End,
    Failure,
    Head,
    QueryJob,
    WriteJob,
    dump_record,
    frame,
    parse_job,
)
from server.problems import Problem, problem_of

GROWN = 64 << 20
"""Bytes by which a worker may have grown after a job; one that kept more ends, and its memory comes back."""


def run_queries(connection: socket.socket, data: Path, memory: int, *, copied: Copied | None = None) -> NoReturn:
    """Answer queries on the newest snapshot until the other end closes.

    The snapshot is opened here: RocksDB must not be forked once it is open.

    Args:
        memory: MiB that the process may take.
        copied: the default graph in memory, which answers what asks for no other graph.
    """
    gc.disable()  # nothing here makes rings; a collection would touch, and so copy, the pages shared with the parent
    limit_memory(memory)
    sources = Sources(data, copied)
    size = data_size()

    def carry_out(job: QueryJob) -> bytes:
        began = time.perf_counter()
        rest = answer(sources.store_for(job), job, connection.sendall, sources.functions.table)
        _check(sources.functions)
        seconds = time.perf_counter() - began
        is_last = seconds > 0.05 and data_size() > size + GROWN
        return rest + frame(END, dump_record(End(seconds, time.process_time(), is_last)))

    _work(connection, carry_out)


def _check(functions: TextFunctions) -> None:
    """Refuse an answer that lacks rows because a function could not look something up."""
    try:
        functions.check()
    except StoreError as error:
        raise problem_of(error) from error


def run_writes(connection: socket.socket, data: Path, memory: int) -> NoReturn:
    """Carry out writes to the data folder. What they raise is for :func:`kg.writing.perform`'s caller to say."""
    limit_memory(memory)

    def carry_out(job: WriteJob) -> bytes:
        outcome: object
        try:
            if current_version(data) is None:  # the disk has gone since we were forked; a new store would hide it
                raise MissingError(f"{data / 'store'}: no store any more; nothing was changed")
            outcome = perform(data, pickle.loads(job.write))  # nosec B301  # from our own process
        except AidgraphError as error:
            outcome = error
        body = frame(BODY, pickle.dumps(outcome))
        return frame(HEAD, dump_record(Head("", "", False))) + body + frame(END, dump_record(End(0.0, is_last=True)))

    _work(connection, carry_out)


def _work(connection: socket.socket, carry_out: Callable[..., bytes]) -> NoReturn:
    """The loop. ``os._exit``, since a forked process must not run what its parent registered for its own end."""
    while (payload := _receive(connection)) is not None:
        job = parse_job(payload)
        start_alarm(job.seconds)
        try:
            reply = carry_out(job)
        except Problem as problem:
            reply = _failure(problem)
        stop_alarm()
        try:
            connection.sendall(reply)
        except OSError:
            break  # the server is gone
    sys.stderr.flush()
    os._exit(0)


def _failure(problem: Problem) -> bytes:
    name, used = type(problem).__name__, time.process_time()
    return frame(FAILURE, dump_record(Failure(name, problem.detail, problem.extra, used, problem.reason)))


def _receive(connection: socket.socket) -> bytes | None:
    """The payload of the next frame, None when the other end is closed."""
    header = _exactly(connection, HEADER.size)
    return None if header is None else _exactly(connection, HEADER.unpack(header)[1])


def _exactly(connection: socket.socket, size: int) -> bytes | None:
    data = connection.recv(size, socket.MSG_WAITALL)
    return data if len(data) == size else None
