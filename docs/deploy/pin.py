"""Pin every dependency, from ``pyproject.toml``, with the hashes of all files that may be installed.

``constraints.txt`` beside this file has them all, those of extras and of development too; ``requirements.txt`` has the
same versions of those that a server needs. Two files, because pip takes hashes only where each thing that it is asked
for is pinned, so that ``pip install -r`` has to name just what is wanted.

They are resolved by uv (``pip install uv``) for every Python that the project takes and every system at once: lines
that count on some of them only say so behind a semicolon. No line names a registry; whoever installs has their own.

    python docs/deploy/pin.py            resolve anew, and keep what is pinned as far as it still fits
    python docs/deploy/pin.py --upgrade  take the newest of everything

Why not ``pip freeze``: it knows one system and one Python, takes along what happens to be installed, and has no hashes.
"""

from __future__ import annotations

import subprocess
import sys
import tomllib
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
EVERYTHING = HERE / "constraints.txt"
SERVER = HERE / "requirements.txt"
HEADER = """\
# {what}, with the hashes of the files that may be installed.
# Made by docs/deploy/pin.py; docs/security.md tells how to install by it. Names no registry: yours is taken.
"""


def oldest_python() -> str:
    """The first Python that the project takes, from which on is resolved."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return str(project["requires-python"]).removeprefix(">=")


def pin(file: Path, what: str, *options: str) -> None:
    """Write the pins as uv resolves them, without a word of where they came from."""
    command = [
        *("uv", "pip", "compile", "pyproject.toml", "--universal", "--generate-hashes"),
        *("--python-version", oldest_python(), "--no-header", "--no-annotate", "--no-emit-index-url"),
        *("--no-emit-find-links", "--quiet", "--output-file", str(file), *options),
    ]
    subprocess.run(command, cwd=ROOT, check=True)
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    pins = "".join(line for line in lines if not line.startswith(("#", "--")))
    if "://" in pins:
        raise SystemExit(f"{file}: a pin names an address; is a dependency one?")
    file.write_text(HEADER.format(what=what) + pins, encoding="utf-8")


if __name__ == "__main__":
    pin(EVERYTHING, "Every dependency of aidgraph, of its extras and of its development", "--all-extras", *sys.argv[1:])
    pin(SERVER, "What aidgraph needs to build and to serve", "--constraint", str(EVERYTHING))
