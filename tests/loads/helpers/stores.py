"""Runs a loading recipe: in an empty folder, with the address of the dumps and free ports put in, and nothing else."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from solutions import Answer, parse_answer, split_answers

from server.views.recipes import QUESTION, ROOT, Recipe

PATIENCE = 120.0
"""Seconds that anything may take: the machine may be busy with other things."""


@dataclass(frozen=True, slots=True)
class Loaded:
    """A store that has loaded a dump. ``output`` is all that the loading printed, errors first."""

    recipe: Recipe
    ending: str
    output: str
    ask_command: str
    folder: Path
    environment: Mapping[str, str]

    def ask(self, questions: Mapping[str, str]) -> dict[str, Answer]:
        """The answers by the names of the questions."""
        for name, text in questions.items():
            (self.folder / f"{name}.rq").write_text(text, encoding="utf-8")
        files = [f"{name}.rq" for name in questions]
        if not self.recipe.many:
            return {name: self._one(file) for name, file in zip(questions, files, strict=True)}
        said = _run(self.ask_command.replace(QUESTION, " ".join(files)), self.folder, self.environment)
        answers = split_answers(said.stdout, self.recipe.answers)
        return {name: parse_answer(one, self.recipe.answers) for name, one in zip(questions, answers, strict=True)}

    def _one(self, file: str) -> Answer:
        shutil.copyfile(self.folder / file, self.folder / QUESTION)
        said = _run(self.ask_command, self.folder, self.environment)
        return parse_answer(said.stdout, self.recipe.answers)


def is_installed(recipe: Recipe, environment: Mapping[str, str]) -> bool:
    """Whether the programs that a recipe calls are there."""
    return subprocess.run(["bash", "-c", recipe.check], env=environment, capture_output=True).returncode == 0


@contextmanager
def loaded(recipe: Recipe, ending: str, root: str, folder: Path, environment: Mapping[str, str]) -> Iterator[Loaded]:
    """A store that has loaded the dump with this ending, until the block ends."""
    ports = {port: _free_port() for port in recipe.ports}

    def filled(commands: str) -> str:
        for port, free in ports.items():
            commands = commands.replace(f"localhost:{port}", f"localhost:{free}").replace(f"-p {port}", f"-p {free}")
        return commands.replace(ROOT, root).replace(f"aidgraph.{recipe.files[0]}", f"aidgraph.{ending}")

    with ExitStack() as servers:
        _run(filled(recipe.setup), folder, environment)
        if recipe.start:
            servers.enter_context(_served(filled(recipe.start), ports.values(), folder, environment))
        said = _run(filled(recipe.load), folder, environment)
        if recipe.serve:
            servers.enter_context(_served(filled(recipe.serve), ports.values(), folder, environment))
        yield Loaded(recipe, ending, (said.stderr + said.stdout).decode(), filled(recipe.ask), folder, environment)


def _run(commands: str, folder: Path, environment: Mapping[str, str]) -> subprocess.CompletedProcess[bytes]:
    shell = ["bash", "-euo", "pipefail", "-c", commands]
    done = subprocess.run(shell, cwd=folder, env=environment, capture_output=True, timeout=PATIENCE)
    assert done.returncode == 0, f"{commands}\n{done.stdout.decode()}\n{done.stderr.decode()}"
    return done


@contextmanager
def _served(command: str, ports: Iterable[int], folder: Path, environment: Mapping[str, str]) -> Iterator[None]:
    """A server of the recipe with its children, from when it listens until the block ends."""
    with (folder / "server.log").open("wb") as log:
        shell = ["bash", "-c", f"exec {command}"]
        server = subprocess.Popen(
            shell, cwd=folder, env=environment, stdout=log, stderr=subprocess.STDOUT, start_new_session=True
        )
    try:
        for port in ports:
            _await(port, server, folder / "server.log")
        yield
    finally:
        os.killpg(server.pid, signal.SIGKILL)
        server.wait()


def _await(port: int, server: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + PATIENCE
    while not _listens(port):
        assert server.poll() is None, log.read_text(errors="replace")
        assert time.monotonic() < deadline, log.read_text(errors="replace")
        time.sleep(0.1)


def _listens(port: int) -> bool:
    try:
        socket.create_connection(("localhost", port), timeout=1).close()
    except OSError:
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("localhost", 0))
        return int(probe.getsockname()[1])
