"""What forked processes do first and last."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from server.engine.clock import processor_seconds
from server.engine.process import end_process, process_handle, running_processes


@pytest.mark.parametrize(
    ("work", "status", "words"),
    [
        ("lambda: None", 0, ""),
        ("lambda: [0] * (1 << 60)", 1, "MemoryError"),
        ("lambda: open('/nowhere/at/all')", 1, "No such file or directory: '/nowhere/at/all'"),
    ],
)
def test_end_after_says_why_it_failed(work: str, status: int, words: str) -> None:
    script = f"import atexit; atexit.register(print, 'not run')\nfrom server.engine.process import *\nend_after({work})"
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, timeout=60)
    assert (done.returncode, done.stdout) == (status, "")
    assert words in done.stderr
    assert done.stderr.count("\n") == bool(words)


def test_running_processes_are_told_from_ended_ones() -> None:
    sleeping = [subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE) for _ in range(2)]
    handles = [handle for one in sleeping if (handle := process_handle(one.pid)) is not None]
    if not handles:
        pytest.skip("this system has no handles for processes")
    assert running_processes(handles) == handles
    sleeping[0].communicate(b"\n", timeout=60)
    assert running_processes(handles) == handles[1:]
    end_process(handles[1])
    assert sleeping[1].wait(60) == -9
    sleeping[1].communicate()
    for handle in handles:
        with pytest.raises(OSError, match="Bad file descriptor"):
            os.fstat(handle)


def test_processor_seconds_grow_with_work_and_not_with_waiting() -> None:
    before = processor_seconds(os.getpid())
    if before is None:
        pytest.skip("this system does not tell")
    start = time.process_time()
    while time.process_time() - start < 0.1:
        pass
    worked = processor_seconds(os.getpid()) or 0.0
    time.sleep(0.2)
    waited = processor_seconds(os.getpid()) or 0.0
    assert 0.07 <= worked - before < 1
    assert waited - worked < 0.1


def test_processor_seconds_of_nobody_are_none() -> None:
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait(60)
    assert processor_seconds(done.pid) is None
