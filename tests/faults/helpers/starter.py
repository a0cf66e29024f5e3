"""Forks builds that are to be killed, so that each starts at once: ``python starter.py`` reads orders, pickled.

It has opened no store and started no thread. A build tells what it is at in a file, so that whoever killed it knows
where. It may also kill itself, at the n-th time that it opens, renames, links or deletes a file or connects to a
database: between two of these the system itself sees no difference.
"""

from __future__ import annotations

import os
import pickle
import signal
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from unittest.mock import patch

import words

from kg import dumping, pipeline
from kg.chunks import ChunkReader, Task
from kg.index import making
from kg.ledger import filling
from kg.read import find_sources
from kg.settings import Settings

AUDITED = frozenset({
    *("open", "os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir", "os.truncate"),
    *("shutil.rmtree", "shutil.copyfile", "shutil.copytree", "sqlite3.connect", "subprocess.Popen", "tempfile.mkdtemp"),
})  # fmt: skip
"""Events of https://docs.python.org/3/library/audit_events.html that touch the disk."""


@dataclass(frozen=True)
class Order:
    """A build. ``kill_at``: number of the event at which it kills itself, 0 for never; ``shift``: seconds by which its
    clock is wrong; ``later``: dumps and index are left to processes of their own; ``in_bulk``: what changed is loaded
    in bulk, however little it is. ``token`` stands in the environment of all processes that it starts."""

    data: Path
    folder: Path
    notes: Path
    token: str
    jobs: int = 1
    shift: float = 0.0
    later: bool = False
    in_bulk: bool = False
    shacl: bool = False
    kill_at: int = 0


def carry_out(order: Order) -> None:
    """Build; the notes tell each stage with its time, the number of events and whether all went well."""
    os.environ["AIDGRAPH_TEST_TOKEN"] = order.token
    notes = os.open(order.notes, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_APPEND)
    began, events, last = time.monotonic(), 0, ""

    def note(stage: str, _done: int = 0, _all: int = 0) -> None:
        nonlocal last
        if stage != last:
            last = stage
            os.write(notes, f"{time.monotonic() - began:.4f} {stage}\n".encode())

    def count(event: str, _arguments: object) -> None:
        nonlocal events
        if event in AUDITED and os.getpid() == writer:
            events += 1
            if events == order.kill_at:
                os.kill(writer, signal.SIGKILL)

    writer = os.getpid()
    sys.addaudithook(count)
    note("starting")
    settings = Settings(data=order.data, jobs=order.jobs, dumps="later" if order.later else "now", dump_formats=("nq",))
    now, now_ns = time.time, time.time_ns
    with (
        patch.object(making, "AT_ONCE", 0 if order.later else making.AT_ONCE),
        patch.object(filling, "FEW", 0 if order.in_bulk else filling.FEW),
        patch.object(filling, "MANY", 1),  # sorted for the dumps while the store is filled, if there are two jobs
        patch.object(filling, "PART", 1000 if order.in_bulk else filling.PART),
        patch("time.time", lambda: now() + order.shift),
        patch("time.time_ns", lambda: now_ns() + int(order.shift * 1e9)),
        patch.object(pipeline, "now", lambda: dumping.now() + timedelta(seconds=order.shift)),
    ):
        pipeline.build([str(order.folder)], settings, words, progress=note, shacl=order.shacl)
    note(f"done {events}")


def warm_up() -> None:
    """Load what reading an article loads, before any build is forked."""
    with tempfile.TemporaryDirectory() as folder:
        words.write_articles(Path(folder), 0, number=2)
        tasks = [Task(source, None) for source in find_sources([folder])]
        ChunkReader(words, Settings(), words.fingerprint())(tasks)


def main() -> None:
    warm_up()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    while True:
        order = pickle.load(sys.stdin.buffer)  # nosec B301  # from the test that started this
        sys.stdout.flush()
        if os.fork() == 0:
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            os.setsid()
            print(os.getpid(), flush=True)
            carry_out(order)
            os._exit(0)


if __name__ == "__main__":
    main()
