"""Starts processes that outlive this one: what is made after a build was published, and that nobody waits for.

They are in a session of their own, so that whoever presses Ctrl-C after the build does not end them, and say what went
wrong in a log file of the data folder, because there is nobody to tell.
"""

from __future__ import annotations

import atexit
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Final

_STARTED: Final[list[subprocess.Popen[bytes]]] = []
"""Those that may still run: Popen warns when it is forgotten before its process ends."""


def start_apart(module: str, arguments: Sequence[str], log: Path, *, pass_fds: Sequence[int] = ()) -> None:
    """Start ``python -m MODULE ARGUMENTS``.

    Args:
        log: file to which it writes; what stands there stays.
        pass_fds: file descriptors that it inherits, with their locks.

    Raises:
        OSError: the log cannot be written, or no process be started.
    """
    _STARTED[:] = [process for process in _STARTED if process.poll() is None]
    with log.open("ab") as file:
        _STARTED.append(
            subprocess.Popen(
                command_of(module, arguments), stdin=subprocess.DEVNULL, stdout=file, stderr=file, pass_fds=pass_fds,
                start_new_session=True,
            )
        )  # fmt: skip


@atexit.register
def _leave() -> None:
    """Take leave of those that run on: Popen would warn of them otherwise."""
    for process in _STARTED:
        if process.poll() is None:
            process.returncode = 0


def command_of(module: str, arguments: Sequence[str]) -> list[str]:
    """The command line. ``-P``: what lies where this program was started is none of our modules."""
    return [sys.executable, "-P", "-m", module, *arguments]
