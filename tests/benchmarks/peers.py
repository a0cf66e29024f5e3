"""The servers that are measured: ours, native Oxigraph and rdflib-endpoint, each started, watched and ended.

Ours and Oxigraph serve the very same files: ``DATA/store`` is an Oxigraph store. A server may be several processes;
what it takes is read from ``/proc`` for all below the one that was started.
"""

from __future__ import annotations

import os
import resource
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Final

import pyoxigraph as ox
from load import Address, BrokenAnswer, Wire
from queries import JSON

HOST: Final = "127.0.0.1"
STARTING: Final = 180.0  # seconds; rdflib-endpoint reads its file at each start
SETTLING: Final = 4.0  # seconds; ours waits for two before it copies its graph
MOST_MEMORY: Final = 8 << 30
"""Bytes that each process of a server may have; none of what is measured for speed comes near."""
_ASK: Final = "ASK {}"


@dataclass(frozen=True, slots=True)
class Use:
    """What the processes of a server take: memory in MiB, shared pages counted once (PSS), and open files."""

    memory: float
    processes: int
    files: int


@dataclass(slots=True)
class Peer:
    """A running server."""

    name: str
    version: str
    address: Address
    process: subprocess.Popen[bytes]

    def is_alive(self) -> bool:
        return self.process.poll() is None

    def use(self) -> Use:
        """What it takes now."""
        found = [use for pid in _below(self.process.pid) if (use := _use(pid)) is not None]
        return Use(sum(memory for memory, _ in found), len(found), sum(files for _, files in found))

    def processor_seconds(self) -> float:
        """What its processes have spent so far, those that ended included."""
        return sum(_processor_seconds(pid) for pid in _below(self.process.pid))


def _below(pid: int) -> list[int]:
    """The process and all that it started, and these, and so on."""
    found = [pid]
    for one in found:
        try:
            for task in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (task / "children").read_text().split())
        except (FileNotFoundError, ProcessLookupError):
            continue  # it has just ended
    return found


def _use(pid: int) -> tuple[float, int] | None:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
        files = len(list(Path(f"/proc/{pid}/fd").iterdir()))
    except (FileNotFoundError, ProcessLookupError):
        return None
    kib = next((int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:")), 0)
    return kib / 1024, files


def _processor_seconds(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0
    ticks = sum(int(field) for field in fields[11:15])  # proc(5): utime, stime, and both of children waited for
    return ticks / os.sysconf("SC_CLK_TCK")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


def _is_ready(address: Address) -> bool:
    wire = Wire(address, patience=5)
    try:
        return wire.ask(address.request(_ASK, JSON))[0] == 200
    except BrokenAnswer:
        return False
    finally:
        wire.close()


@contextmanager
def _running(name: str, version: str, command: Sequence[str], port: int, path: str) -> Iterator[Peer]:
    """The server from its first answer on; what it prints goes to a file that is shown if it does not start."""
    with tempfile.TemporaryFile() as printed:
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=printed,
            stderr=subprocess.STDOUT,
            start_new_session=True,
            preexec_fn=_bound_memory,
        )
        peer = Peer(name, version, Address(HOST, port, path), process)
        try:
            deadline = time.monotonic() + STARTING
            while not _is_ready(peer.address):
                if not peer.is_alive() or time.monotonic() > deadline:
                    printed.seek(0)
                    sys.exit(f"{name} does not start: {' '.join(command)}\n{printed.read().decode(errors='replace')}")
                time.sleep(0.1)
            _let_settle(peer)
            yield peer
        finally:
            _end(process)


def _let_settle(peer: Peer) -> None:
    """Wait until the server does nothing by itself any more, such as copying its graph to memory."""
    deadline = time.monotonic() + STARTING
    while time.monotonic() < deadline:
        before = peer.processor_seconds()
        time.sleep(SETTLING)
        if peer.processor_seconds() - before < SETTLING / 20:
            return


def end_when_told() -> None:
    """Let SIGTERM end this process as Ctrl-C does: through the ends of all blocks, so that no server is left behind."""
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, _end_once)


def _end_once(number: int, frame: FrameType | None) -> None:
    """A second signal would break off the ending of the servers."""
    for each in (signal.SIGTERM, signal.SIGINT):
        signal.signal(each, signal.SIG_IGN)
    raise KeyboardInterrupt


def _bound_memory() -> None:
    """A runaway query may take a server down, and not the machine."""
    resource.setrlimit(resource.RLIMIT_DATA, (MOST_MEMORY, MOST_MEMORY))


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the whole group that we started, kindly first."""
    process.terminate()
    with suppress(subprocess.TimeoutExpired):
        process.wait(15)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@contextmanager
def _ours(data: Path, options: Sequence[str]) -> Iterator[Peer]:
    """Ours through its command; the first option names another than the installed one, if it is not empty."""
    command_name, port = options[0] or program("aidgraph"), _free_port()
    command = [command_name, "serve", "--data", str(data), "--host", HOST, "--port", str(port), *options[1:]]
    with _running("ours", _version(command_name), command, port, "/sparql") as peer:
        yield peer


@contextmanager
def _native(data: Path, options: Sequence[str]) -> Iterator[Peer]:
    """Oxigraph on disk, as ``oxigraph serve`` on a copy (hard links), so that it may open the store for writing."""
    command_name, port = program("oxigraph"), _free_port()
    with tempfile.TemporaryDirectory(dir=data) as folder:
        ox.Store.read_only(str(data / "store")).backup(Path(folder, "store"))
        command = [command_name, "serve", "--location", f"{folder}/store", "--bind", f"{HOST}:{port}", *options]
        with _running("native", _version(command_name), command, port, "/query") as peer:
            yield peer


@contextmanager
def _rdflib(data: Path, options: Sequence[str]) -> Iterator[Peer]:
    """rdflib-endpoint reads the default graph into memory at its start; the first option is where it is installed."""
    folder, *rest = options
    command_name, port = f"{folder}/bin/rdflib-endpoint", _free_port()
    asked = "import importlib.metadata as m; print('rdflib-endpoint', m.version('rdflib-endpoint'))"
    version = subprocess.run([f"{folder}/bin/python", "-c", asked], capture_output=True, text=True, check=True).stdout
    with tempfile.TemporaryDirectory() as place:
        triples = Path(place, "graph.nt")
        store = ox.Store.read_only(str(data / "store"))
        store.dump(triples, format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
        command = [command_name, "serve", "--host", HOST, "--port", str(port), *rest, str(triples)]
        with _running("rdflib", version.strip(), command, port, "/") as peer:
            yield peer


_STARTERS: Final[dict[str, Callable[[Path, Sequence[str]], AbstractContextManager[Peer]]]] = {
    "ours": _ours,
    "native": _native,
    "rdflib": _rdflib,
}
NAMES: Final = tuple(_STARTERS)


def start(name: str, data: Path, options: Sequence[str]) -> AbstractContextManager[Peer]:
    """Serve the graph of a data folder with the server of this name for as long as the block lasts."""
    return _STARTERS[name](data, options)


def program(name: str) -> str:
    """The command beside this Python, or else on the path."""
    beside = Path(sys.executable).with_name(name)
    found = str(beside) if beside.exists() else shutil.which(name)
    return found or sys.exit(f"{name} is not installed; try pip install -e '.[dev]'")


def _version(command: str) -> str:
    return subprocess.run([command, "--version"], capture_output=True, text=True, check=True).stdout.strip()
