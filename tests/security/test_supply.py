"""What is installed: each dependency pinned with hashes, a bill of them, a unit and a container that give little."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path
from typing import Any

import pytest
from packaging.requirements import Requirement
from packaging.specifiers import SpecifierSet
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "docs" / "deploy"
HASHES = r"(?: {4}--hash=sha256:[0-9a-f]{64}(?: \\)?\n)+"
PIN = re.compile(rf"^(?P<pin>[a-z0-9-]+==[^\\\n]+?) \\\n{HASHES}", re.MULTILINE)
FILES = ("constraints.txt", "requirements.txt")
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
EXTRAS = [line for lines in PROJECT["optional-dependencies"].values() for line in lines]


def pins(name: str) -> dict[str, list[Requirement]]:
    """The pinned versions of each package: several where Pythons differ."""
    found: dict[str, list[Requirement]] = {}
    for match in PIN.finditer((DEPLOY / name).read_text(encoding="utf-8")):
        pin = Requirement(match["pin"])
        found.setdefault(canonicalize_name(pin.name), []).append(pin)
    return found


@pytest.mark.parametrize("name", FILES)
def test_pins_are_all_that_stands_in_the_file(name: str) -> None:
    """No address, no option, nothing without a hash."""
    text = (DEPLOY / name).read_text(encoding="utf-8")
    rest = "".join(line for line in PIN.sub("", text).splitlines() if not line.startswith("#"))
    assert rest == ""
    assert not re.search(r"://|--index|--find-links|\.(com|org|io|net)\b", text)
    assert len(pins(name)) > 80


@pytest.mark.parametrize(
    ("name", "wanted"),
    [("requirements.txt", PROJECT["dependencies"]), ("constraints.txt", PROJECT["dependencies"] + EXTRAS)],
)
def test_every_dependency_is_pinned_as_the_project_wants_it(name: str, wanted: list[str]) -> None:
    """Run docs/deploy/pin.py after a change of pyproject.toml."""
    known = pins(name)
    for line in map(Requirement, wanted):
        versions = [next(iter(pin.specifier)).version for pin in known.get(canonicalize_name(line.name), [])]
        assert versions, f"{line.name} is not pinned in {name}"
        assert all(line.specifier.contains(version) for version in versions), f"{line} is pinned as {versions}"


@pytest.mark.parametrize("python", ["3.11", "3.12", "3.13"])
def test_each_python_has_one_version_of_each(python: str) -> None:
    environment = {"python_version": python, "python_full_version": f"{python}.0", "sys_platform": "linux"}
    for name, versions in pins("requirements.txt").items():
        fitting = [pin for pin in versions if pin.marker is None or pin.marker.evaluate(environment)]
        assert len(fitting) <= 1, name
    assert SpecifierSet(PROJECT["requires-python"]).contains(python)


def test_servers_pins_are_among_all() -> None:
    known = pins("constraints.txt")
    for name, versions in pins("requirements.txt").items():
        assert {str(pin.specifier) for pin in versions} <= {str(pin.specifier) for pin in known[name]}, name


@pytest.fixture(scope="module")
def bill() -> dict[str, Any]:
    """The bill of materials, written by its command."""
    pytest.importorskip("cyclonedx")
    command = [sys.executable, str(DEPLOY / "sbom.py")]
    done = [subprocess.run(command, capture_output=True, timeout=60, cwd=ROOT) for _ in range(2)]
    assert done[0].returncode == 0, done[0].stderr
    assert done[0].stdout == done[1].stdout
    made: dict[str, Any] = json.loads(done[0].stdout)
    return made


def test_bill_lists_every_dependency_with_version_licence_and_hash(bill: dict[str, Any]) -> None:
    python = {(part["name"], part["version"]) for part in bill["components"] if part["purl"].startswith("pkg:pypi/")}
    pinned = {(name, str(pin.specifier)[2:]) for name, found in pins("requirements.txt").items() for pin in found}
    assert python == pinned
    assert {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]} <= dict(python).keys()
    assert all(part["licenses"] and part["hashes"] and part["version"] for part in bill["components"])
    unknown = [part["name"] for part in bill["components"] if "not installed here" in str(part["licenses"])]
    assert len(unknown) < 8, unknown  # parts for other systems


def test_bill_lists_what_the_scripts_are_made_of(bill: dict[str, Any]) -> None:
    scripts = {part["purl"].partition("@")[0] for part in bill["components"] if part["purl"].startswith("pkg:npm/")}
    package = json.loads((ROOT / "server" / "ui" / "package.json").read_text(encoding="utf-8"))
    assert len(scripts) >= len(package["dependencies"])
    assert not any("esbuild" in name for name in scripts)


def test_bill_is_cyclonedx_and_has_no_time(bill: dict[str, Any]) -> None:
    from cyclonedx.schema import SchemaVersion
    from cyclonedx.validation.json import JsonStrictValidator

    assert JsonStrictValidator(SchemaVersion.V1_6).validate_str(json.dumps(bill)) is None
    assert "timestamp" not in bill["metadata"]


def test_container_ends_without_root_and_without_tools() -> None:
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8")
    last = text.rpartition("\nFROM ")[2]
    assert re.search(r"^USER [1-9]\d*:[1-9]\d*$", last, re.MULTILINE)
    assert "HEALTHCHECK" in last
    assert "pip" not in last
    assert "--require-hashes" in text
    assert len(re.findall(r"^FROM \$\{BASE\}", text, re.MULTILINE)) == text.count("FROM $") == 2


def test_unit_leaves_little_open() -> None:
    analyse = shutil.which("systemd-analyze")
    if analyse is None:
        pytest.skip("systemd-analyze is not installed")
    command = [analyse, "security", "--offline=true", str(DEPLOY / "aidgraph.service")]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    level = re.search(r"exposure level for \S+: (\d+\.\d)", done.stdout)
    assert level, done.stdout + done.stderr
    assert float(level[1]) <= 1.5
