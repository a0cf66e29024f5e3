"""The real server as a test has it: started by its command, asked over HTTP, looked at through /proc.

A module and not a fixture file, so that tests can name its types. The server gets a session of its own, by
which all its processes are found, those too whose parent has gone.
"""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from http.client import HTTPConnection, HTTPMessage
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

ROOT = Path(__file__).parents[3]
TOKEN = "a-token-of-the-tests"
PATIENCE = 60.0
"""Seconds that anything may take which is not measured: the machine may be busy with other things."""

_STARTED = re.compile(r"Serving on http://127\.0\.0\.1:(\d+)/ with (\d+) process(?:es)?; stop with Ctrl-C\n")
_SCRIPT = """
{changes}
from server.cli import main

if __name__ == "__main__":  # server processes are spawned, and run the lines above again
    main()
"""


@dataclass(frozen=True)
class Answer:
    """What came back."""

    status: int
    headers: HTTPMessage
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def json(self) -> Any:
        return json.loads(self.body)

    @property
    def type(self) -> str:
        """The media type, without its parameters."""
        return (self.headers["Content-Type"] or "").partition(";")[0]

    @property
    def rows(self) -> list[dict[str, str]]:
        """The bindings of a SELECT result in JSON, by their values."""
        return [{name: term["value"] for name, term in row.items()} for row in self.json["results"]["bindings"]]


@dataclass(frozen=True)
class Process:
    """A process as /proc shows it. ``state`` is Z for one that has ended and that nobody waited for."""

    pid: int
    parent: int
    state: str
    seconds: float
    command: str

    @property
    def files(self) -> int:
        """How many files it has open."""
        return len(list(Path(f"/proc/{self.pid}/fd").iterdir()))

    @property
    def memory(self) -> int:
        """Bytes of memory that it has now."""
        return int(Path(f"/proc/{self.pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGESIZE")


@dataclass
class Live:
    """A running server."""

    process: subprocess.Popen[str]
    port: int
    workers: int
    log: Path

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def connect(self, timeout: float = PATIENCE) -> HTTPConnection:
        return HTTPConnection("127.0.0.1", self.port, timeout=timeout)

    def ask(
        self, path: str, method: str = "GET", *, headers: Mapping[str, str] | None = None, body: bytes | None = None
    ) -> Answer:
        """One request on a connection of its own."""
        connection = self.connect()
        try:
            return exchange(connection, path, method, headers=headers, body=body)
        finally:
            connection.close()

    def query(self, text: str, accept: str | None = None, method: str = "GET", **parameters: str) -> Answer:
        """A query in the address."""
        path = f"/sparql?{urlencode({'query': text, **parameters}, quote_via=quote)}"
        return self.ask(path, method, headers={"Accept": accept} if accept else {})

    def socket(self) -> socket.socket:
        """A connection to send bytes on as one likes."""
        return socket.create_connection(("127.0.0.1", self.port), timeout=PATIENCE)

    def processes(self) -> list[Process]:
        """All that run of it: the parent, server processes, forker, copy and workers."""
        return [process for process in _processes(self.process.pid) if process.state != "Z"]

    def servers(self) -> list[Process]:
        """The processes that answer HTTP."""
        return [process for process in self.processes() if "spawn_main" in process.command]

    def has_forker(self) -> bool:
        """Whether the process that makes workers is there."""
        return any(is_forker(one) and one.parent == self.process.pid for one in self.processes())

    def forker(self) -> Process:
        """The process that makes workers."""
        found = [one for one in self.processes() if is_forker(one) and one.parent == self.process.pid]
        assert len(found) == 1, found
        return found[0]

    def workers_now(self) -> list[Process]:
        """The forker's children: workers, and the copy in memory where there is one."""
        forker = self.forker()
        return [process for process in self.processes() if is_forker(process) and process.pid != forker.pid]

    def stop(self) -> int:
        """Ask it to end; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    def kill(self) -> None:
        """End what is left of it, whatever state it is in."""
        for process in _processes(self.process.pid):
            with suppress(ProcessLookupError):
                os.kill(process.pid, signal.SIGKILL)
        self.process.wait(PATIENCE)


def is_forker(process: Process) -> bool:
    """Whether it is the forker or a fork of it."""
    return "server.engine.forker" in process.command


def exchange(
    connection: HTTPConnection,
    path: str,
    method: str = "GET",
    *,
    headers: Mapping[str, str] | None = None,
    body: bytes | None = None,
) -> Answer:
    """One request on this connection."""
    connection.request(method, path, body=body, headers=dict(headers or {}))
    response = connection.getresponse()
    return Answer(response.status, response.headers, response.read())


@contextmanager
def running(data: Path, folder: Path, *options: str, changes: str = "", token: str = TOKEN) -> Iterator[Live]:
    """Start a server and end it, with all its processes, whatever became of it.

    Args:
        folder: where its start script and its log are written.
        changes: lines of Python that each of its processes runs first.
        token: what writers have to show; nobody may write if it is empty.
    """
    script, log = folder / "start.py", folder / "log.txt"
    script.write_text(_SCRIPT.format(changes=changes))
    known = {name: value for name, value in os.environ.items() if not name.startswith("AIDGRAPH_")}
    paths = os.pathsep.join(filter(None, (str(ROOT), known.get("PYTHONPATH"))))
    environment = known | {"PYTHONPATH": paths, "AIDGRAPH_TOKEN": token}
    command = [sys.executable, str(script), "serve", "--data", str(data), "--port", "0", *options]
    with (
        log.open("w") as errors,
        subprocess.Popen(
            command, env=environment, stdout=subprocess.PIPE, stderr=errors, text=True, start_new_session=True
        ) as process,
    ):
        assert process.stdout is not None
        line = process.stdout.readline()
        match = _STARTED.fullmatch(line)
        assert match, f"{line}{log.read_text()}"
        server = Live(process, int(match[1]), int(match[2]), log)
        try:
            yield server
        finally:
            server.kill()


def _processes(session: int) -> Iterator[Process]:
    tick = os.sysconf("SC_CLK_TCK")
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            fields = (folder / "stat").read_text(errors="replace").rpartition(")")[2].split()
            if int(fields[3]) == session:
                command = (folder / "cmdline").read_text(errors="replace").replace("\0", " ")
                seconds = (int(fields[11]) + int(fields[12])) / tick
                yield Process(int(folder.name), int(fields[1]), fields[0], seconds, command)


def eventually(look: Callable[[], bool], seconds: float = PATIENCE) -> bool:
    """Whether ``look`` says yes within this time."""
    end = time.monotonic() + seconds
    while not look():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True
