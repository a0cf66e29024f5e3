"""Starts the server under test: ``aidgraph serve`` itself, on a store without a quad."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path

from kg.lock import write_lock
from kg.store import new_generation
from w3c.client import Target

COMMAND = Path(sys.executable).parent / "aidgraph"
TOKEN = "conformance-of-the-endpoint"

NAMES = ("CONFORMANCE_QUERY", "CONFORMANCE_UPDATE", "CONFORMANCE_GRAPHS", "CONFORMANCE_TOKEN")
"""Variables that name another server's endpoints and its token, which is then tested in place of ours."""


def named_target(environ: Mapping[str, str]) -> Target | None:
    """The server that the variables name, if they do."""
    if NAMES[0] not in environ:
        return None
    return Target(*(environ.get(name, "") for name in NAMES))


@contextlib.contextmanager
def running(data: Path, services: str) -> Iterator[Target]:
    """Our own server on a free port, with an empty store in ``data``, which may ask what lies below ``services``.

    Raises:
        RuntimeError: it does not start.
    """
    with write_lock(data), new_generation(data):
        pass
    environment = os.environ | {"AIDGRAPH_TOKEN": TOKEN, "AIDGRAPH_SERVICES": services}
    command = [str(COMMAND), "serve", "--data", str(data), "--port", "0", "--workers", "2"]
    log = data / "server.log"
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command, env=environment, cwd=data, stdout=subprocess.PIPE, stderr=errors, text=True
        ) as process,
    ):
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            match = re.match(r"Serving on (http://127\.0\.0\.1:\d+)/ ", line)
            if match is None:  # no AssertionError, with which a case may be known to fail
                raise RuntimeError(f"the server did not start: {line!r}\n{log.read_text()}")
            yield Target(f"{match[1]}/sparql", f"{match[1]}/update", f"{match[1]}/graphs", TOKEN)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(30)
