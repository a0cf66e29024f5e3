"""How a dump is loaded into other stores: the commands that the page of the data shows and the tests run.

One file a store in ``server/recipes``, and no text in the template: what is shown is then what was run, with only
the address of the server and free ports put in. A recipe without ``check`` comes from the store's own manual, and was
not run.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Literal

import msgspec

ROOT = "{root}"
"""Stands in the files for the address of the server, which ends with a slash."""
QUESTION = "question.rq"
"""The file that holds the question, in every recipe that asks one."""


@dataclass(frozen=True, slots=True)
class Recipe:
    """How one store loads a dump and is asked. All commands are for a POSIX shell, in an empty folder.

    ``manual`` is where the commands are explained, ``tested`` the program that the tests run, ``check`` a command that
    succeeds where it is installed. ``files`` are the endings of the dumps that it loads; the commands name the first.
    ``setup`` writes files, ``start`` is a server that runs from before the loading on, ``serve`` one that is started
    after it, ``ports`` are theirs. ``answers`` is the format of what ``ask`` prints; with ``many`` it takes several
    questions and prints an answer for each, one a line if they are JSON.
    """

    name: str
    store: str
    manual: str
    files: tuple[str, ...]
    load: str
    ask: str = ""
    setup: str = ""
    start: str = ""
    serve: str = ""
    ports: tuple[int, ...] = ()
    answers: Literal["json", "xml"] = "json"
    many: bool = False
    note: str = ""
    tested: str = ""
    check: str = ""

    @property
    def is_run(self) -> bool:
        """Whether the tests of this project run it."""
        return bool(self.check)

    def commands(self, root: str) -> str:
        """All of it, as one would type it. ``root`` is the address of the server, with its final slash."""
        servers = {self.start, self.serve}
        steps = (self.setup, self.start, self.load, self.serve, self.ask)
        typed = (f"{step} &" if step in servers else step for step in steps if step)
        return "\n".join(typed).replace(ROOT, root)


def recipes() -> tuple[Recipe, ...]:
    """Every recipe: first those that the tests run and that can be asked, then parsers, then what was not run."""
    return tuple(sorted(_read_all(), key=lambda one: (not one.is_run, not one.ask, one.store.lower())))


@cache
def _read_all() -> tuple[Recipe, ...]:
    found = (entry for entry in files("server").joinpath("recipes").iterdir() if entry.name.endswith(".toml"))
    return tuple(_read(entry.name, entry.read_text(encoding="utf-8")) for entry in found)


def _read(name: str, text: str) -> Recipe:
    found = msgspec.toml.decode(text)
    table = {key: value.strip() if isinstance(value, str) else value for key, value in found.items()}
    table["note"] = table.get("note", "").replace("\n", " ")
    return msgspec.convert({"name": Path(name).stem, **table}, Recipe)
