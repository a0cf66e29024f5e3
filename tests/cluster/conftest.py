"""A real scheduler and real workers of Dask, in processes of their own on loopback, and a server of S3."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from kg import storage
from kg.cluster import orders

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")

RULES = Path(__file__).parent / "rules"
PATH = os.pathsep.join([str(RULES), os.environ.get("PYTHONPATH", "")])
SECRET = "a-secret-that-nobody-may-see"
"""The made-up password of a server on loopback."""
_DEADLINE = 60.0  # seconds in which a scheduler must listen
BUCKET = "news"

Articles = Callable[..., Path]


@dataclass
class Cluster:
    """A scheduler at ``address``; workers are started with :meth:`hire`."""

    folder: Path
    scheduler: subprocess.Popen[bytes]
    address: str
    workers: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def notes(self) -> Path:
        return self.folder / "notes"

    @property
    def read(self) -> list[str]:
        """The articles that were read, as often as they were."""
        return sorted(line for file in self.notes.iterdir() for line in file.read_text().split())

    def hire(self, number: int = 2, **environment: str) -> None:
        """Start worker processes, each with a nanny that starts another when it dies."""
        options = [
            "--nworkers",
            str(number),
            "--nthreads",
            "1",
            "--no-dashboard",
            "--local-directory",
            str(self.folder),
        ]
        environ = os.environ | {"PYTHONPATH": PATH, "RULES_NOTES": str(self.notes)} | environment
        self.workers.append(_dask("worker", self.address, *options, log=self.folder / "workers.log", environ=environ))

    def kill_a_reader(self) -> bool:
        """Kill a process that has read something and lives, the one that began last; whether there was one."""
        for file in sorted(self.notes.iterdir(), key=lambda file: -file.stat().st_mtime_ns):
            with suppress(ProcessLookupError):
                os.kill(int(file.name), signal.SIGKILL)
                return True
        return False

    def end(self) -> None:
        """Kill everything, nannies and what they nurse: a worker that is asked to end looks for its scheduler first."""
        for process in [*self.workers, self.scheduler]:
            with suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()


def _dask(*arguments: str, log: Path, environ: dict[str, str]) -> subprocess.Popen[bytes]:
    with log.open("ab") as file:
        command = [sys.executable, "-m", "dask", *arguments]
        return subprocess.Popen(command, stdout=file, stderr=file, env=environ, start_new_session=True)


@contextmanager
def started_cluster(folder: Path) -> Iterator[Cluster]:
    folder.mkdir()
    (folder / "notes").mkdir()
    log = folder / "scheduler.log"
    options = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--no-show"]
    scheduler = _dask("scheduler", *options, log=log, environ={**os.environ})
    cluster = Cluster(folder, scheduler, _address(log))
    try:
        yield cluster
    finally:
        cluster.end()


def _address(log: Path) -> str:
    """What the scheduler says that it listens at."""
    deadline = time.monotonic() + _DEADLINE
    while time.monotonic() < deadline:
        found = [line.split()[-1] for line in log.read_text().splitlines() if "Scheduler at:" in line]
        if found:
            return found[0]
        time.sleep(0.1)
    pytest.fail(f"no scheduler listens: {log.read_text()}")


@pytest.fixture
def start_cluster(tmp_path: Path) -> Iterator[Callable[[str], Cluster]]:
    """Starts a cluster without workers, by a name for its folder."""
    with ExitStack() as stack:
        yield lambda name: stack.enter_context(started_cluster(tmp_path / name))


@pytest.fixture
def cluster(start_cluster: Callable[[str], Cluster]) -> Cluster:
    """A cluster of two workers."""
    cluster = start_cluster("cluster")
    cluster.hire()
    return cluster


@pytest.fixture
def rules(monkeypatch: pytest.MonkeyPatch) -> Any:
    """The stand-in for extraction, as this process imports it."""
    monkeypatch.syspath_prepend(str(RULES))
    import made_up_rules

    return made_up_rules


@pytest.fixture(autouse=True)
def _small_shards(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of 8 to 16 articles, so that few articles make several."""
    for name, value in {"LEAST": 8, "MOST": 16, "_ENDS": 8}.items():
        monkeypatch.setattr(orders, name, value)


@pytest.fixture
def articles(tmp_path: Path) -> Articles:
    """Writes so many articles into a folder; of some numbers with a word that the stand-in acts upon."""

    def write(number: int, **words: int) -> Path:
        folder = tmp_path / "news"
        folder.mkdir(exist_ok=True)
        for one in range(number):
            said = [word for word, place in words.items() if place == one]
            (folder / f"a{one:03}.txt").write_text(f"Headline of day {one}\n\nAn {' '.join(said)} aid was told of.\n")
        return folder

    return write


@pytest.fixture(scope="session")
def _s3_server() -> Iterator[str]:
    pytest.importorskip("s3fs", reason="the extra `s3` is not installed")
    server = pytest.importorskip("moto.server", reason="moto is not installed").ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    yield f"http://{host}:{port}"
    server.stop()


@pytest.fixture
def s3(_s3_server: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """A new bucket :data:`BUCKET` on the server, to which the environment leads; a client of it."""
    import boto3

    credentials = {"AWS_ACCESS_KEY_ID": "made-up", "AWS_SECRET_ACCESS_KEY": SECRET, "AWS_DEFAULT_REGION": "us-east-1"}
    for name, value in {"AWS_ENDPOINT_URL": _s3_server, **credentials}.items():
        monkeypatch.setenv(name, value)
    storage._storage.cache_clear()
    client = boto3.client("s3")
    client.create_bucket(Bucket=BUCKET)
    yield client
    for one in client.list_objects_v2(Bucket=BUCKET).get("Contents", []):
        client.delete_object(Bucket=BUCKET, Key=one["Key"])
    client.delete_bucket(Bucket=BUCKET)
    client.close()
    storage._storage.cache_clear()
