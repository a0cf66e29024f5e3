"""Which workers are there, on a forker that this test plays."""

from __future__ import annotations

import asyncio
import socket
import tempfile
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from server.engine.crew import Crew
from server.engine.link import WorkerLink
from server.problems import Unavailable


class Forker:
    """Answers each wish with a worker of ``version``, whose other end stays open here; or fails for want of one."""

    def __init__(self, address: Path) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(str(address))
        self._listener.listen()
        self.version: str | None = "1-a"
        self.client: socket.socket | None = None
        self.far: list[socket.socket] = []

    def answer(self, wishes: int) -> None:
        """Answer so many wishes; they are there already."""
        if self.client is None:
            self.client, _ = self._listener.accept()
        for _ in range(wishes):
            assert self.client.recv(len(b"query\n")) == b"query\n"
            if self.version is None:
                self.client.sendall(b"failed no store\n")
                continue
            near, far = socket.socketpair()
            self.far.append(far)
            with near, tempfile.TemporaryFile() as errors:
                line = f"query 1 {self.version}\n".encode()
                socket.send_fds(self.client, [line], [near.fileno(), errors.fileno()])

    def say_ready(self) -> None:
        """Tell that new workers are faster."""
        assert self.client is not None
        self.client.sendall(b"READY\n")

    def close(self) -> None:
        for end in (self._listener, *self.far, *([self.client] if self.client else [])):
            end.close()


def run(folder: Path, scene: Callable[[Crew, Forker, list[str]], Awaitable[None]]) -> None:
    """Play a scene with a crew, its forker and a list of what the crew said."""

    async def play() -> None:
        said: list[str] = []
        forker = Forker(folder / "forker")
        crew = Crew(
            folder / "store", folder / "forker", on_change=lambda: said.append("change"), on_failure=said.append,
            on_end=lambda link: None, on_death=lambda link: None,
        )  # fmt: skip
        try:
            await scene(crew, forker, said)
        finally:
            crew.stop()
            forker.close()

    asyncio.run(play())


async def heard(said: list[str], times: int) -> None:
    async with asyncio.timeout(10):
        while len(said) < times:
            await asyncio.sleep(0.005)


def publish(folder: Path, version: str) -> None:
    (folder / "new").symlink_to(f"stores/{version}/rocksdb")
    (folder / "new").replace(folder / "store")


def test_fill_asks_for_as_many_as_are_missing(tmp_path: Path) -> None:
    async def scene(crew: Crew, forker: Forker, said: list[str]) -> None:
        crew.fill(1)
        crew.fill(2)
        forker.answer(2)
        await heard(said, 2)
        crew.fill(2)
        assert (len(crew.idle), len(crew.links), said) == (2, 2, ["change", "change"])

    run(tmp_path, scene)


def test_take_gives_workers_of_the_newest_version_and_lets_others_go(tmp_path: Path) -> None:
    async def scene(crew: Crew, forker: Forker, said: list[str]) -> None:
        publish(tmp_path, "1-a")
        crew.fill(2)
        forker.answer(2)
        await heard(said, 2)
        taken = crew.take(None)
        assert isinstance(taken, WorkerLink)
        publish(tmp_path, "2-b")
        assert crew.take(None) is None
        assert (crew.idle, crew.links) == ([], {taken})
        crew.let_go(taken)
        assert crew.links == set()

    run(tmp_path, scene)


def test_workers_are_replaced_when_new_ones_are_faster(tmp_path: Path) -> None:
    async def scene(crew: Crew, forker: Forker, said: list[str]) -> None:
        crew.fill(2)
        forker.answer(2)
        await heard(said, 2)
        busy = crew.take("1-a")
        assert busy is not None
        forker.say_ready()
        await heard(said, 3)
        assert (busy.is_retired, crew.idle, crew.links) == (True, [], {busy})
        crew.put(busy)
        assert crew.take("1-a") is None

    run(tmp_path, scene)


def test_worker_that_cannot_be_made_is_told_and_asked_for_again(tmp_path: Path) -> None:
    async def scene(crew: Crew, forker: Forker, said: list[str]) -> None:
        forker.version = None
        crew.fill(1)
        forker.answer(1)
        await heard(said, 1)
        assert said == ["no store"]
        forker.version = "1-a"
        crew.fill(1)
        forker.answer(1)
        await heard(said, 2)
        assert len(crew.idle) == 1

    run(tmp_path, scene)


def test_version_is_unavailable_before_the_first_build(tmp_path: Path) -> None:
    async def scene(crew: Crew, forker: Forker, said: list[str]) -> None:
        with pytest.raises(Unavailable, match="aidgraph build"):
            crew.version()
        publish(tmp_path, "1-a")
        assert crew.version() == "1-a"

    run(tmp_path, scene)
