"""Processes that nobody waits for: they run on, and tell their log what went wrong."""

from __future__ import annotations

import time
from pathlib import Path

from kg.background import command_of, start_apart


def written(log: Path, words: str) -> bool:
    end = time.monotonic() + 60
    while words not in log.read_text():
        assert time.monotonic() < end
        time.sleep(0.02)
    return True


def test_process_writes_to_its_log_behind_what_stands_there(tmp_path: Path) -> None:
    log = tmp_path / "log"
    log.write_text("before\n")
    start_apart("this", (), log)
    assert written(log, "The Zen of Python")
    assert log.read_text().startswith("before\n")


def test_process_is_in_a_session_of_its_own(tmp_path: Path) -> None:
    start_apart("timeit", ("-n1", "-r1", "import os; print('session', os.getsid(0) == os.getpid())"), tmp_path / "log")
    assert written(tmp_path / "log", "session True")


def test_command_takes_no_module_from_the_working_directory() -> None:
    assert command_of("kg.index", ("x",))[1:] == ["-P", "-m", "kg.index", "x"]
