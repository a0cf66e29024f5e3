"""Fixtures that more than one folder of tests needs: the seed articles as perfect readings, and their graph."""

from __future__ import annotations

import fcntl
import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from types import ModuleType

import pyoxigraph as ox
import pytest

from kg.corrections.files import NONE, Corrections
from kg.counts import count_facts
from kg.dumping import refresh_dumps
from kg.lock import write_lock
from kg.merge.events import Merged, merge_readings
from kg.rdf.iris import Iris
from kg.rdf.quads import common_quads, reading_quads
from kg.records import Article, Reading
from kg.settings import Settings
from kg.store import new_generation, open_snapshot

TESTS = Path(__file__).parent
SEEDS = TESTS.parent / "seeds"
OUR_CORPORA = ("texts", "unread")
"""Corpora with gold annotations that lie in ``gold/``; the others are in the shared folder."""
SCRIPTS = Path(sys.executable).parent
"""Where this environment keeps its commands."""

# For schemaorg_release, and for redirects and the like; folders of tests are no packages.
sys.path[:0] = [str(TESTS / "schemaorg"), str(TESTS / "ontology" / "helpers")]

SHARED = os.environ.get("AIDGRAPH_SHARED")


@pytest.fixture(scope="session", autouse=True)
def clean_environment() -> None:
    """aidgraph refuses variables that look like its settings and are none. Processes of tests got theirs before."""
    os.environ.pop("AIDGRAPH_SHARED", None)


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-gold", action="store_true", help="write tests/gold/seeds/*/expected.nq anew from a build")


def _module(name: str) -> ModuleType:
    """A helper beside this file. Test folders are no packages, so it cannot be imported by name."""
    spec = importlib.util.spec_from_file_location(name, TESTS / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module  # dataclasses look their module up there
    spec.loader.exec_module(module)
    return module


class GoldExtractor:
    """Reads the seed articles perfectly; stands in for ``kg.extract``, so that tests need no language model."""

    def __init__(self, readings: tuple[Reading, ...]) -> None:
        self.readings = {reading.article.id: reading for reading in readings}
        self.asked: list[str] = []

    def fingerprint(self) -> str:
        return "gold"

    def read_facts(self, article: Article, corrections: Corrections = NONE) -> Reading:
        self.asked.append(article.id)
        return self.readings[article.id]

    def start_readings(self, tasks: Sequence[tuple[Article, Corrections]]) -> Iterator[Callable[[], Reading]]:
        return (partial(self.read_facts, *task) for task in tasks)


@pytest.fixture(scope="session")
def gold_readings() -> tuple[Reading, ...]:
    """The seed articles as their gold annotations read them, in the order of the identifiers."""
    read: Callable[[Path, Path], Reading] = _module("gold_reading").gold_reading
    folders = sorted(path for path in (TESTS / "gold" / "seeds").iterdir() if (SEEDS / f"{path.name}.txt").exists())
    return tuple(read(folder, SEEDS / f"{folder.name}.txt") for folder in folders)


@pytest.fixture
def gold_extractor(gold_readings: tuple[Reading, ...]) -> GoldExtractor:
    return GoldExtractor(gold_readings)


@pytest.fixture(scope="session")
def gold_merged(gold_readings: tuple[Reading, ...]) -> Merged:
    return merge_readings(gold_readings)


@pytest.fixture(scope="session")
def gold_quads(gold_readings: tuple[Reading, ...], gold_merged: Merged) -> frozenset[ox.Quad]:
    """All quads of the two seed articles, if they were read perfectly."""
    iris = Iris(Settings().base)
    articles = (quad for reading in gold_readings for quad in reading_quads(reading, gold_merged, iris))
    return frozenset((*common_quads(gold_merged, iris), *articles))


@pytest.fixture(scope="session")
def gold_store(gold_quads: frozenset[ox.Quad]) -> ox.Store:
    store = ox.Store()
    store.extend(gold_quads)
    return store


@pytest.fixture(scope="session")
def gold_data(gold_quads: frozenset[ox.Quad], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with that graph, its dumps and their descriptions, without a language model. Tests only read it."""
    settings = Settings(data=tmp_path_factory.mktemp("gold") / "data")
    with write_lock(settings.data), new_generation(settings.data) as generation:
        generation.store.extend(gold_quads)
    snapshot = open_snapshot(settings.data)
    refresh_dumps(snapshot, settings, count_facts(snapshot.store))
    return settings.data


@pytest.fixture(scope="session")
def built_once(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str, str], Path]:
    """Builds a data folder of this name from these articles, by the real command, language model and all.

    Whichever of the processes that run tests asks first builds it, and the others wait. Tests only read it.
    """
    base = tmp_path_factory.getbasetemp()
    root = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base

    def build(name: str, articles: str) -> Path:
        folder = root / f"built-{name}"
        folder.mkdir(exist_ok=True)
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not (folder / "done").exists():
                command = [str(SCRIPTS / "aidgraph"), "build", articles, "--data", str(folder / "data")]
                done = subprocess.run(command, capture_output=True, text=True, timeout=600, cwd=folder)
                assert done.returncode == 0, done.stderr
                (folder / "done").touch()
        return folder / "data"

    return build


@pytest.fixture(scope="session")
def seeds_data(built_once: Callable[[str, str], Path]) -> Path:
    """A data folder built from the seed articles."""
    return built_once("seeds", str(SEEDS))


@pytest.fixture(scope="session")
def corpus_folder(shared: Path) -> Callable[[str], Path]:
    """The folder of a corpus: its texts and gold annotations."""
    return lambda name: (TESTS / "gold" if name in OUR_CORPORA else shared) / name


@pytest.fixture(scope="session")
def built_corpus(corpus_folder: Callable[[str], Path], built_once: Callable[[str, str], Path]) -> Callable[[str], Path]:
    """The data folder that was built from the texts of a corpus."""
    return lambda name: built_once(name, str(SEEDS) if name == "seeds" else f"{corpus_folder(name)}/*.txt")


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the evaluation corpus, which is no part of this repository; tests that need it are skipped."""
    if SHARED is None:
        pytest.skip("AIDGRAPH_SHARED names no folder with the evaluation corpus")
    folder = Path(SHARED)
    assert (folder / "corpus" / "evaluate.py").is_file(), f"AIDGRAPH_SHARED={SHARED} has no corpus/evaluate.py"
    return folder.resolve()


@pytest.fixture(scope="session")
def node_modules() -> Path:
    """The clients from npm, as ``tests/node/package-lock.json`` pins them; installed anew when that has changed."""
    folder, node, npm = TESTS / "node", shutil.which("node"), shutil.which("npm")
    if node is None or npm is None:
        pytest.skip("node and npm are not installed")
    version = subprocess.run([node, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    if tuple(map(int, version.removeprefix("v").split("."))) < (20, 18, 1):
        pytest.skip(f"Node.js is {version}; Comunica's HTTP library needs 20.18.1")
    with (folder / "package-lock.json").open(encoding="utf-8") as pinned:
        fcntl.flock(pinned, fcntl.LOCK_EX)  # one of the processes that run tests installs, the others wait
        stamp, wanted = folder / "node_modules" / ".stamp", pinned.read()
        if not stamp.exists() or stamp.read_text(encoding="utf-8") != wanted:
            command = [npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=600)
            assert done.returncode == 0, done.stderr
            stamp.write_text(wanted, encoding="utf-8")
    return folder / "node_modules"
