"""Parsers of other people's making read the dumps by their recipes, and find as many triples and quads as we wrote."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from typing import Final

import pytest
from served import Dumps
from stores import Loaded, is_installed

from server.views.recipes import Recipe, recipes

pytestmark = [pytest.mark.loads, pytest.mark.slow]

Load = Callable[[Recipe, str, Dumps], AbstractContextManager[Loaded]]

PARSES: Final = [(one, ending) for one in recipes() if one.is_run and not one.ask for ending in one.files]
IDS: Final = [f"{recipe.name}-{ending}" for recipe, ending in PARSES]
JENA: Final = next(recipe for recipe in recipes() if recipe.name == "jena")
SERD: Final = next(recipe for recipe in recipes() if recipe.name == "serd")
_FAULT = re.compile(r"\b(error|warn|warning)\b", re.IGNORECASE)


@pytest.fixture(params=["seeds", "hostile"])
def dumps(request: pytest.FixtureRequest) -> Dumps:
    """Both graphs, one after the other."""
    found: Dumps = request.getfixturevalue(request.param)
    return found


@pytest.mark.parametrize(("recipe", "ending"), PARSES, ids=IDS)
def test_parser_counts_what_was_written(recipe: Recipe, ending: str, load: Load, dumps: Dumps) -> None:
    with load(recipe, ending, dumps) as parsed:
        numbers = re.findall(r"\b\d+\b", parsed.output.splitlines()[-1])
    assert numbers == [str(dumps.count(ending))]
    assert not _FAULT.search(parsed.output)


def test_serd_writes_the_same_bytes(load: Load, dumps: Dumps) -> None:
    with load(SERD, "nq", dumps) as parsed:
        written = subprocess.run(["serdi", "-o", "nquads", "aidgraph.nq"], cwd=parsed.folder, capture_output=True)
        assert written.stdout == (parsed.folder / "aidgraph.nq").read_bytes()


@pytest.mark.parametrize("ending", ["nq", "ttl"])
def test_jena_finds_nothing_to_warn_of(ending: str, dumps: Dumps, environment: Mapping[str, str]) -> None:
    """Jena checks more than grammar: hosts of addresses, ports, lexical forms of types, language tags."""
    if not is_installed(JENA, environment):
        pytest.skip(f"Apache Jena is not installed; the tests want {JENA.tested}")
    command = ["riot", "--validate", "--strict", str(dumps.folder / f"aidgraph.{ending}.gz")]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
