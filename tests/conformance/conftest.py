"""The W3C's SPARQL suite over HTTP, run by ``pytest tests/conformance`` against a running ``aidgraph serve``.

The suite (https://github.com/w3c/rdf-tests) is no part of this repository: it is looked for in ``rdf-tests`` below
the folder that ``AIDGRAPH_SHARED`` names, and without it all is skipped.

- ``--earl FILE`` writes the outcomes as an EARL report in Turtle. Name the folder on the command line, as above:
  pytest reads options of a folder's conftest.py only then.
- ``CONFORMANCE_QUERY``, ``CONFORMANCE_UPDATE``, ``CONFORMANCE_GRAPHS`` and ``CONFORMANCE_TOKEN`` name the endpoints
  of another server to be tested in place of ours. It loses all that it holds.
- ``known.toml`` lists the cases that may fail, each with its reason; one that passes after all is a failure.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE))  # for w3c; folders of tests are no packages

from w3c import client, data, federation, launch, manifest, report  # noqa: E402 - found on the path set above

ABSENT = "AIDGRAPH_SHARED names no folder with the W3C's test suite in rdf-tests"


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--earl", type=Path, help="write the outcomes of the W3C's cases as an EARL report in Turtle")


def pytest_configure(config: pytest.Config) -> None:
    if file := config.getoption("earl", None):
        config.pluginmanager.register(report.EarlReport(file), "earl")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Give a test that wants a ``case`` all that its module is ``ABOUT``; cases with equal data follow each other."""
    if "case" not in metafunc.fixturenames:
        return
    suite = suite_folder(metafunc.config)
    if suite is None:
        skip = pytest.mark.skip(reason=ABSENT)
        metafunc.parametrize("case", [pytest.param(None, marks=skip, id="none")])
        return
    cases = [case for case in all_cases(suite) if case.kind in manifest.KINDS[metafunc.module.ABOUT]]
    first = {case.data: place for place, case in reversed(list(enumerate(cases)))}
    cases.sort(key=lambda case: first[case.data])
    metafunc.parametrize("case", [pytest.param(case, marks=_marks(case), id=case.id) for case in cases])


def suite_folder(config: pytest.Config) -> Path | None:
    """Where the suite is, if it is there. Cases are collected before there are fixtures, so ``shared`` cannot say."""
    above = config.pluginmanager.get_plugin(str(HERE.parent / "conftest.py"))
    shared = getattr(above, "SHARED", None)
    folder = Path(shared or "").resolve() / "rdf-tests" / "sparql"
    return folder if shared and folder.is_dir() else None


@cache
def all_cases(suite: Path) -> tuple[manifest.Case, ...]:
    return manifest.read_cases(suite)


@cache
def known() -> dict[str, str]:
    """The cases that may fail, with the reason."""
    table = tomllib.loads((HERE / "known.toml").read_text(encoding="utf-8"))
    return {case: group["reason"] for group in table["known"] for case in group["cases"]}


def _marks(case: manifest.Case) -> list[pytest.MarkDecorator]:
    reason = known().get(case.id)
    return [pytest.mark.xfail(reason=reason, strict=True, raises=AssertionError)] if reason else []


@pytest.fixture(scope="session")
def suite(request: pytest.FixtureRequest) -> Path:
    folder = suite_folder(request.config)
    if folder is None:
        pytest.skip(ABSENT)
    return folder


@pytest.fixture(scope="session")
def cases(suite: Path) -> tuple[manifest.Case, ...]:
    return all_cases(suite)


@pytest.fixture(scope="session")
def endpoints() -> Iterator[federation.Endpoints]:
    """Other endpoints, for SERVICE."""
    with federation.served() as server:
        yield server


@pytest.fixture(scope="session")
def target(endpoints: federation.Endpoints, tmp_path_factory: pytest.TempPathFactory) -> Iterator[client.Target]:
    """The server under test: ours, or the one that the environment names."""
    if other := launch.named_target(os.environ):
        yield other
        return
    with launch.running(tmp_path_factory.mktemp("conformance"), endpoints.address) as ours:
        yield ours


@pytest.fixture(scope="session")
def store(target: client.Target, suite: Path) -> data.Store:
    return data.Store(target, suite)
