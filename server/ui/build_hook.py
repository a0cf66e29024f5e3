"""Makes the site's scripts while the package is built, where npm is; elsewhere the site goes without them.

Hatch runs it for every wheel, sdist and editable installation. It does nothing if ``static/ui`` was made from the very
sources that are here, which a hash tells, so that an installation from our sdist needs no npm. Nobody has to have
npm: whatever goes wrong becomes a warning that says how to mend it, never a failed installation. npm works in a copy
of the sources, so that no ``node_modules`` can get into what is built, and a tree that may not be written to can be
installed from. ``HATCH_BUILD_NO_HOOKS=true`` leaves it out altogether.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Final

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCES: Final = "server/ui"
BUILT: Final = "server/static/ui"
STAMP: Final = ".built-from"
"""Holds the hash of the sources; the server does not serve names with a dot before them."""

_INPUTS: Final = (".npmrc", "build.mjs", "package.json", "package-lock.json", "src")
_SECONDS: Final = 600
"""For one command of npm, which may have to fetch a dozen packages through a slow line."""

_ADVICE: Final = (
    "The site is installed without scripts: everything works, but nothing is suggested or completed as one types. "
    "To have them, install Node.js 18 or later with npm, see that npm reaches its registry, and install again."
)


class NotBuilt(Exception):
    """The scripts could not be made; the message says why, in a whole sentence."""


class BuildHook(BuildHookInterface[Any]):
    """What Hatch calls."""

    PLUGIN_NAME = "custom"

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        self._kept = ExitStack()

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Make the scripts before Hatch collects its files. ``version`` is "editable" for what is only linked to."""
        root = Path(self.root)
        built, digest = root / BUILT, hash_sources(root / SOURCES)
        if is_current(built, digest):
            return
        with ExitStack() as stack:
            work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="aidgraph-ui-")))
            try:
                made = bundle(root / SOURCES, work)
            except NotBuilt as error:
                self.app.display_warning(f"{error} {_ADVICE}")
                _remove(built)
                return
            try:
                publish(made, built, digest)
            except OSError as error:
                if version == "editable":
                    self.app.display_warning(f"{BUILT} cannot be written to ({error.strerror}). {_ADVICE}")
                    return
                files = {str(file): f"{BUILT}/{file.name}" for file in made.iterdir()}
                build_data["force_include"] = {**build_data.get("force_include", {}), **files}
                self._kept = stack.pop_all()

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        """Throw away what could not be put into the tree and is now in the artifact."""
        self._kept.close()


def hash_sources(folder: Path) -> str:
    """A hash of everything that the scripts depend on: names and contents, in a fixed order."""
    files = (file for name in _INPUTS for file in (folder / name, *(folder / name).rglob("*")) if file.is_file())
    digest = hashlib.sha256()
    for file in sorted(files):
        content = file.read_bytes()
        digest.update(f"{file.relative_to(folder).as_posix()}\0{len(content)}\0".encode() + content)
    return digest.hexdigest()


def is_current(built: Path, digest: str) -> bool:
    """Whether ``built`` holds what was made from the sources with this hash."""
    stamp = built / STAMP
    if not stamp.is_file():
        return False
    known, *names = stamp.read_text(encoding="utf-8").split("\n")
    return known == digest and all((built / name).is_file() for name in names)


def bundle(sources: Path, work: Path) -> Path:
    """Let npm and esbuild make the scripts; the folder with them.

    npm runs no package's own scripts: esbuild's program comes as a package for each platform, which needs none.

    Raises:
        NotBuilt: there is no npm, or it failed.
    """
    npm = shutil.which("npm")
    if npm is None:
        raise NotBuilt("There is no npm on the PATH.")
    copy, made = work / "ui", work / "made"
    copy.mkdir()
    for name in _INPUTS:
        (shutil.copytree if (sources / name).is_dir() else shutil.copy)(sources / name, copy / name)
    made.mkdir()
    _run([npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], copy)
    _run([npm, "run", "build", "--", str(made)], copy)
    if not any(made.glob("*.js")):
        raise NotBuilt("`npm run build` left no script behind.")
    return made


def _run(command: list[str], folder: Path) -> None:
    words = " ".join(["npm", *command[1:3]])
    try:
        done = subprocess.run(
            command, cwd=folder, capture_output=True, text=True, errors="replace", timeout=_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NotBuilt(f"`{words}` could not be run to its end ({error}).") from error
    if done.returncode:
        said = (done.stderr or done.stdout).strip()[-2000:]
        raise NotBuilt(f"`{words}` failed with exit code {done.returncode}:\n{said}\n")


def publish(made: Path, built: Path, digest: str) -> None:
    """Put the scripts where the server finds them, the stamp last: half of them are never taken for all.

    Raises:
        OSError: the folder cannot be written to.
    """
    _remove(built)
    built.mkdir(parents=True, exist_ok=True)
    names = sorted(file.name for file in made.iterdir())
    for name in names:
        shutil.copyfile(made / name, built / name)
    stamp = built / f"{STAMP}.{os.getpid()}"
    stamp.write_text("\n".join([digest, *names]), encoding="utf-8")
    stamp.replace(built / STAMP)


def _remove(built: Path) -> None:
    """What was made from other sources would not fit the pages; in a tree that may not be written to it stays."""
    shutil.rmtree(built, ignore_errors=True)
