"""Real stores as tests have them: started on free ports of loopback, empty, ended with the block."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

import pytest

from kg.settings import Settings

PASSWORD: Final = "no-word-of-this-anywhere"
PATIENCE: Final = 60.0
_INI: Final = """
[Database]
DatabaseFile = virtuoso.db
ErrorLogFile = virtuoso.log
TransactionFile = virtuoso.trx
xa_persistent_file = virtuoso.pxa
[TempDatabase]
DatabaseFile = temporary.db
TransactionFile = temporary.trx
[Parameters]
ServerPort = localhost:{sql}
[HTTPServer]
ServerPort = localhost:{port}
[SPARQL]
ResultSetMaxRows = 1000
"""
"""A tenth of the usual limit of rows, so that a small graph goes beyond it."""


@contextmanager
def oxigraph(folder: Path) -> Iterator[dict[str, str]]:
    """``oxigraph serve`` of the PyPI package; the settings for it."""
    program = Path(sys.executable).with_name("oxigraph")
    if not program.exists():
        _missing("oxigraph")
    port = free_port()
    with _running([str(program), "serve", "-l", str(folder / "db"), "-b", f"127.0.0.1:{port}"], folder, port):
        yield {"store": f"http://127.0.0.1:{port}/query"}


@contextmanager
def virtuoso(folder: Path) -> Iterator[dict[str, str]]:
    """Virtuoso 7 of Debian, with a limit of rows and a password; the settings for it."""
    program, client = shutil.which("virtuoso-t"), shutil.which("isql-vt")
    if program is None or client is None:
        _missing("virtuoso-opensource-7-bin")
    port, sql = free_port(), free_port()
    (folder / "virtuoso.ini").write_text(_INI.format(port=port, sql=sql), encoding="utf-8")
    with _running([str(program), "+foreground", "+configfile", "virtuoso.ini"], folder, port):
        change = [str(client), f"localhost:{sql}", "dba", "dba", f'exec=set password "dba" "{PASSWORD}";']
        subprocess.run(change, check=True, capture_output=True, timeout=PATIENCE)
        address = f"http://127.0.0.1:{port}/sparql"
        yield {
            "store": address, "store_update": f"{address}-auth", "store_default_graph": "https://example.org/default",
            "store_user": "dba", "store_password": PASSWORD,
        }  # fmt: skip


def settings_for(data: Path, given: dict[str, str]) -> Settings:
    """Settings with a store."""
    return Settings(data=data, **given)  # type: ignore[arg-type]  # only texts are given


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _missing(package: str) -> None:
    (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{package} is not installed")


@contextmanager
def _running(command: Sequence[str], folder: Path, port: int) -> Iterator[None]:
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(command, cwd=folder, stdout=log, stderr=subprocess.STDOUT, start_new_session=True)
    try:
        end = time.monotonic() + PATIENCE
        while not _listens(port):
            assert server.poll() is None, (folder / "server.log").read_text(errors="replace")
            assert time.monotonic() < end, (folder / "server.log").read_text(errors="replace")
            time.sleep(0.1)
        yield
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except OSError:
        return False
    return True
