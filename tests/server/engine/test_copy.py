"""The copy in memory of a real server: found by its children, the workers that read it."""

from __future__ import annotations

import os
import re
import signal
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

from live import Live, eventually, running

from server.engine.copy import Copy
from server.engine.process import process_handle


def copies(server: Live) -> set[int]:
    """Processes between the forker and workers that have read the graph: one that still reads has a child as well."""
    workers = server.workers_now()
    return {pid for pid in {one.pid for one in workers} & {one.parent for one in workers} if waits_for_nobody(pid)}


def waits_for_nobody(pid: int) -> bool:
    """Whether it ignores that its children end, which a copy does as soon as it is ready."""
    with suppress(FileNotFoundError):
        ignored = re.search(r"^SigIgn:\s*([0-9a-f]+)$", Path(f"/proc/{pid}/status").read_text(), re.MULTILINE)
        return ignored is not None and bool(int(ignored[1], 16) >> (signal.SIGCHLD - 1) & 1)
    return False


def test_copy_that_was_killed_is_made_again(data: Path, tmp_path: Path) -> None:
    with running(data, tmp_path, "--workers", "1") as server:

        def has_another(former: frozenset[int] = frozenset()) -> bool:
            answer = server.query("ASK { ?s ?p ?o }", "application/sparql-results+json")
            assert answer.status == 200, answer.text
            return bool(copies(server) - former)

        assert eventually(has_another)
        (killed,) = copies(server)
        os.kill(killed, signal.SIGKILL)
        assert eventually(lambda: has_another(frozenset({killed})))
        assert "the copy of the graph in memory ended; making another" in server.log.read_text()


def test_copy_that_has_ended_and_was_waited_for_is_let_go() -> None:
    near, far = socket.socketpair()
    with far, subprocess.Popen([sys.executable, "-c", ""]) as process:
        copy = Copy(near, process.pid, process_handle(process.pid), "000001-a")
    copy.close()
    assert near.fileno() == -1


def copy_of(version: str, then: str, data: Path) -> tuple[int, str]:
    """Start a copy of a version in a process of its own; its exit code, and what it said."""
    program = (
        "import os, sys; from pathlib import Path; from kg.store import current_version\n"
        "from server.engine.copy import start_copy\n"
        f"data = Path(sys.argv[1]); copy = start_copy(data, {version}, 256, 512)\n"
        f"{then}; sys.exit(os.waitpid(copy.pid, 0)[1])"
    )
    done = subprocess.run([sys.executable, "-c", program, str(data)], capture_output=True, text=True, check=False)
    return done.returncode, done.stderr


def test_copy_that_is_ready_after_its_server_has_ended_ends_without_a_word(data: Path) -> None:
    assert copy_of("current_version(data)", "copy.control.close()", data) == (0, "")


def test_copy_of_a_version_that_is_no_longer_the_newest_ends_without_a_word(data: Path) -> None:
    assert copy_of("'000001-older'", "assert not copy.hear()", data) == (0, "")
