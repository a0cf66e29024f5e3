"""What every forked process does first, so that it holds nothing of its parent's but what it was given."""

from __future__ import annotations

import contextlib
import os
import select
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn


def become_child(*, keep: tuple[int, ...], errors: int | None = None) -> None:
    """Close foreign files and leave ending to the parent.

    Args:
        keep: numbers of the files that stay open, besides the standard ones.
        errors: the file that becomes the standard error.
    """
    if errors is not None:
        os.dup2(errors, sys.stderr.fileno())
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(name, signal.SIG_IGN)  # sent to a whole group, on Ctrl-C; running queries are to finish
    for number in [int(file.name) for file in Path("/dev/fd").iterdir()]:
        if number > 2 and number not in keep:
            with contextlib.suppress(OSError):
                os.close(number)


def end_after(work: Callable[[], object]) -> NoReturn:
    """Do the child's work and end without what the parent registered for its own end; a fault is told on stderr."""
    status = 1
    try:
        work()
        status = 0
    except BaseException as error:  # whatever it is: these are the child's last words, and nobody above can say them
        os.write(2, f"{type(error).__name__}: {error}\n".encode())
    finally:
        os._exit(status)


def process_handle(pid: int) -> int | None:
    """A file that stands for the process, so that nobody else is ended in its place. Only Linux has it."""
    return os.pidfd_open(pid) if hasattr(os, "pidfd_open") else None


def running_processes(handles: list[int]) -> list[int]:
    """Those of the handles whose processes have not ended; the others are closed."""
    poll = select.poll()
    for handle in handles:
        poll.register(handle, select.POLLIN)
    ended = {handle for handle, _ in poll.poll(0)}
    for handle in ended:
        os.close(handle)
    return [handle for handle in handles if handle not in ended]


def end_process(handle: int) -> None:
    """End a process, if it has not ended, and close its handle."""
    with contextlib.suppress(ProcessLookupError):
        signal.pidfd_send_signal(handle, signal.SIGKILL)
    os.close(handle)


def signal_process(pid: int, handle: int | None, number: signal.Signals) -> None:
    """Send a signal to a process, if it has not ended."""
    with contextlib.suppress(ProcessLookupError):
        if handle is not None:
            signal.pidfd_send_signal(handle, number)
        else:
            os.kill(pid, number)
