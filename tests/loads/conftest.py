"""Dumps on a web server: of the seed articles, and of articles that no newsroom would print."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent / "helpers"))  # folders of tests are no packages

from hostile import REFUSED, write_hostile
from jena import make_commands
from served import Dumps, served
from stores import Loaded, is_installed, loaded

from server.views.recipes import Recipe

NODE = Path(__file__).parents[1] / "node" / "node_modules"
SCRIPTS = Path(sys.executable).parent

Load = Callable[[Recipe, str, Dumps], AbstractContextManager[Loaded]]


@pytest.fixture(scope="session")
def seeds(seeds_data: Path) -> Iterator[Dumps]:
    """The dumps of the seed articles."""
    with served(seeds_data) as dumps:
        yield dumps


@pytest.fixture(scope="session")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Dumps]:
    """The dumps of hostile articles; those that no reader can take are refused one by one."""
    folder = tmp_path_factory.mktemp("hostile")
    write_hostile(folder)
    command = [str(SCRIPTS / "aidgraph"), "build", str(folder), "--data", str(folder / "data"), "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=300)
    assert done.stderr.count("failed: ") == REFUSED, done.stderr
    with served(folder / "data") as dumps:
        yield dumps


@pytest.fixture(scope="session")
def environment(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, str]:
    """Where the commands of all stores are found. Nothing but what programs need to start is taken from outside."""
    jena = tmp_path_factory.mktemp("jena")
    make_commands(jena)
    paths = [str(SCRIPTS), str(NODE / ".bin"), str(jena), os.environ.get("PATH", "")]
    return {
        "PATH": os.pathsep.join(paths),
        "HOME": str(tmp_path_factory.mktemp("home")),
        "NODE_PATH": str(NODE),
        "LANG": "C.UTF-8",
    }


@pytest.fixture(scope="session")
def load(environment: Mapping[str, str], tmp_path_factory: pytest.TempPathFactory) -> Load:
    """Loads a dump by a recipe; skips where its programs are not installed, and fails where all of them have to be."""

    def run(recipe: Recipe, ending: str, dumps: Dumps) -> AbstractContextManager[Loaded]:
        if not is_installed(recipe, environment):
            missing = f"{recipe.store} is not installed; the tests want {recipe.tested}"
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(missing)
        return loaded(recipe, ending, dumps.root, tmp_path_factory.mktemp(recipe.name), environment)

    return run
