"""The build hook: scripts where npm works, a warning where it does not, nothing to do where all is done."""

from __future__ import annotations

import json
import stat
import sys
import tarfile
import zipfile
from pathlib import Path
from typing import Any

import pytest
from hatchling.bridge.app import Application
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

from server.ui.build_hook import SOURCES, STAMP, hash_sources, is_current

ROOT = Path(__file__).parents[3]
PROJECT = """
[project]
name = "small"
version = "1"
{build}
"""
NPM = """#!{python}
import json, pathlib, sys
with open({log!r}, "a") as log:
    log.write(" ".join(sys.argv[1:3]) + "\\n")
if sys.argv[1] == {failing!r}:
    sys.exit("npm error: no such luck")
if sys.argv[1] == "run":
    pathlib.Path("node_modules").mkdir()
    pathlib.Path(sys.argv[-1], "site.js").write_text("made();")
    pathlib.Path(sys.argv[-1], "licences.txt").write_text("theirs")
"""


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A small project with our build settings and hook, on a machine without npm."""
    root = tmp_path / "project"
    sources = root / SOURCES
    (sources / "src").mkdir(parents=True)
    settings = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    build = settings[settings.index("[tool.hatch.build]") : settings.index("[tool.ruff]")]
    (root / "pyproject.toml").write_text(PROJECT.format(build=build))
    (root / ".gitignore").write_bytes((ROOT / ".gitignore").read_bytes())
    for package in ("kg", "server", "ontology"):
        (root / package).mkdir(exist_ok=True)
        (root / package / "__init__.py").touch()
    for name in ("build_hook.py", "build.mjs", ".npmrc", "package.json", "package-lock.json"):
        (sources / name).write_bytes((ROOT / SOURCES / name).read_bytes())
    (sources / "src" / "site.js").write_text("source();")
    (sources / "node_modules").mkdir()
    (sources / "node_modules" / "package.json").write_text("{}")
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    return root


def put_npm(project: Path, failing: str = "") -> Path:
    """An npm on the PATH that makes a script without any network, or fails at one command; the log of its calls."""
    folder = project.parent / "bin"
    folder.mkdir(exist_ok=True)
    log = project.parent / "npm.log"
    log.touch()
    npm = folder / "npm"
    npm.write_text(NPM.format(python=sys.executable, log=str(log), failing=failing))
    npm.chmod(npm.stat().st_mode | stat.S_IXUSR)
    return log


class Heard(Application):
    """Keeps warnings."""

    def __init__(self) -> None:
        super().__init__()
        self.warnings: list[str] = []

    def display_warning(self, message: str = "", **_: Any) -> None:
        self.warnings.append(message)


def build_wheel(project: Path) -> tuple[set[str], list[str]]:
    """Names in the wheel, its data about itself aside, and what was warned of."""
    app = Heard()
    (path,) = WheelBuilder(str(project), app=app).build(directory=str(project.parent / "dist"), versions=["standard"])
    return {name for name in zipfile.ZipFile(path).namelist() if ".dist-info/" not in name}, app.warnings


def run_hook_for_editable(project: Path) -> list[str]:
    """What was warned of; the wheel itself would need a package more than the other tests."""
    app = Heard()
    builder = WheelBuilder(str(project), app=app)
    assert list(builder.build(directory=str(project.parent), versions=["editable"], hooks_only=True)) == []
    return app.warnings


PLAIN = {"kg/__init__.py", "server/__init__.py", "ontology/__init__.py"}
FULL = PLAIN | {"server/static/ui/site.js", "server/static/ui/licences.txt"}


def test_wheel_carries_the_scripts_where_npm_is(project: Path) -> None:
    log = put_npm(project)
    assert build_wheel(project) == (FULL, [])
    assert log.read_text() == "ci --ignore-scripts\nrun build\n"
    assert (project / "server/static/ui/site.js").read_text() == "made();"


def test_second_build_has_nothing_to_do(project: Path) -> None:
    log = put_npm(project)
    build_wheel(project)
    log.write_text("")
    assert build_wheel(project) == (FULL, [])
    assert log.read_text() == ""


@pytest.mark.parametrize("name", ["src/site.js", "src/new.js", "package-lock.json", "build.mjs"])
def test_changed_source_is_built_anew(project: Path, name: str) -> None:
    log = put_npm(project)
    build_wheel(project)
    log.write_text("")
    with (project / SOURCES / name).open("a") as file:
        file.write("\n")
    build_wheel(project)
    assert "run build" in log.read_text()


def test_without_npm_the_site_is_plain_and_a_warning_says_what_to_do(project: Path) -> None:
    names, warnings = build_wheel(project)
    assert names == PLAIN
    assert len(warnings) == 1
    assert "no npm" in warnings[0]
    assert "install Node.js" in warnings[0]


@pytest.mark.parametrize("command", ["ci", "run"])
def test_failing_npm_leaves_the_site_plain_and_is_quoted(project: Path, command: str) -> None:
    put_npm(project, failing=command)
    names, warnings = build_wheel(project)
    assert names == PLAIN
    assert len(warnings) == 1
    assert f"`npm {command}" in warnings[0]
    assert "no such luck" in warnings[0]


def test_scripts_of_other_sources_are_not_carried(project: Path) -> None:
    put_npm(project)
    build_wheel(project)
    put_npm(project, failing="run")
    (project / SOURCES / "src" / "site.js").write_text("changed();")
    assert build_wheel(project)[0] == PLAIN


def test_editable_installation_has_the_scripts_in_the_tree(project: Path) -> None:
    put_npm(project)
    assert run_hook_for_editable(project) == []
    assert is_current(project / "server/static/ui", hash_sources(project / SOURCES))


def test_tree_that_cannot_hold_the_scripts_gives_a_whole_wheel(project: Path) -> None:
    """As root one may write anywhere, but not make a folder where a file is."""
    put_npm(project)
    (project / "server/static").touch()
    names, warnings = build_wheel(project)
    assert (names - {"server/static"}, warnings) == (FULL, [])


def test_editable_installation_in_such_a_tree_warns(project: Path) -> None:
    put_npm(project)
    (project / "server/static").touch()
    assert "cannot be written to" in run_hook_for_editable(project)[0]


def test_sdist_carries_sources_and_scripts_and_needs_no_npm(project: Path, tmp_path: Path) -> None:
    put_npm(project)
    (path,) = SdistBuilder(str(project), app=Heard()).build(directory=str(tmp_path / "dist"), versions=["standard"])
    with tarfile.open(path) as archive:
        archive.extractall(tmp_path / "unpacked", filter="data")
    (unpacked,) = (tmp_path / "unpacked").iterdir()
    names = {file.relative_to(unpacked).as_posix() for file in unpacked.rglob("*") if file.is_file()}
    wanted = {"build_hook.py", "build.mjs", ".npmrc", "package.json", "package-lock.json", "src/site.js"}
    assert {f"{SOURCES}/{name}" for name in wanted} | {f"server/static/ui/{STAMP}"} <= names
    assert not any("node_modules" in name for name in names)
    put_npm(project, failing="ci")
    assert build_wheel(unpacked) == (FULL, [])


def test_lock_names_no_registry() -> None:
    lock = json.loads((ROOT / SOURCES / "package-lock.json").read_text(encoding="utf-8"))
    assert len(lock["packages"]) > 10
    assert [name for name, entry in lock["packages"].items() if "resolved" in entry] == []
    assert all("integrity" in entry for name, entry in lock["packages"].items() if name)
