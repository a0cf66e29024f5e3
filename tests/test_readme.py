"""README is true: its examples run and print what it says, its tables name what is there, and nothing is left out.
So are the examples of the pages in ``docs/``.

An example is a fenced block of ``sh``, ``python`` or ``toml``; a block of ``text`` right after one is what it prints.
Examples run in the order of the page, in a folder with ``seeds/`` and ``data/``, against a running server. What is
not run has a comment above it that says why.
"""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import Field, dataclass
from pathlib import Path
from typing import Any

import click
import pytest

from kg.settings import VARIABLE_PREFIX, Settings, load_settings, setting_fields
from server.app import create_app
from server.cli import cli
from server.watch.board import first_word

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
APART = {
    "development.md": "tells how to run the tests",
    "upstream.md": "shows faults of the engine, some of which end the process or never end",
    "loading.md": "is run by tests/loads, against the stores that it names",
    "cluster.md": "starts machines; tests/cluster does the same on this one",
}
"""Pages whose examples are not run here, each with its reason."""

PAGES = ("README.md", *sorted(f"docs/{path.name}" for path in (ROOT / "docs").glob("*.md") if path.name not in APART))
ADDRESS = "http://127.0.0.1:8000"
SCRIPTS = Path(sys.executable).parent
PATH = os.pathsep.join([str(SCRIPTS), os.environ.get("PATH", "")])
TOKEN = {"AIDGRAPH_TOKEN": "token-of-the-examples"}
PROGRAMS = ("curl", "node", "oxigraph", "rapper", "sha256sum")
"""What examples call that Python does not bring; an example is skipped where its program is not installed."""

_BLOCK = re.compile(r"(?:^<!-- not run: (?P<why>[^\n]+) -->\n)?^```(?P<kind>\w+)\n(?P<text>.*?)^```$", re.M | re.S)


@dataclass(frozen=True)
class Example:
    """One block, with what it prints where the page says it; ``why`` it is not run, if it is not."""

    page: str
    kind: str
    text: str
    line: int
    output: str | None
    why: str | None


def examples(page: str = "README.md") -> list[Example]:
    text = (ROOT / page).read_text(encoding="utf-8")
    blocks = list(_BLOCK.finditer(text))
    outputs = {place: block["text"] for place, block in enumerate(blocks) if block["kind"] == "text"}
    return [
        Example(page, block["kind"], block["text"], _line(text, block), outputs.get(place + 1), block["why"])
        for place, block in enumerate(blocks)
        if place not in outputs
    ]


def _line(text: str, block: re.Match[str]) -> int:
    return text.count("\n", 0, block.start()) + 1


RUN = [
    example for page in PAGES for example in examples(page)
    if example.kind in ("sh", "python") and example.why is None
]  # fmt: skip


@dataclass(frozen=True)
class Site:
    """A working directory as a reader of README has it, and the server on it."""

    folder: Path
    address: str


@pytest.fixture(scope="module")
def site(seeds_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    folder = tmp_path_factory.mktemp("readme")
    shutil.copytree(ROOT / "seeds", folder / "seeds")
    shutil.copytree(seeds_data, folder / "data", symlinks=True)
    command = [str(SCRIPTS / "aidgraph"), "serve", "--port", "0", "--workers", "1"]
    environment = os.environ | TOKEN
    with subprocess.Popen(command, cwd=folder, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        found = re.match(r"Serving on (http://\S+?)/ ", line)
        assert found, line
        yield Site(folder, found[1])
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0


@pytest.mark.slow
@pytest.mark.parametrize("example", RUN, ids=lambda example: f"{Path(example.page).stem}-line-{example.line}")
def test_example_runs_and_prints_what_the_page_says(example: Example, site: Site) -> None:
    for program in PROGRAMS:
        if re.search(rf"\b{program} ", example.text) and shutil.which(program, path=PATH) is None:
            pytest.skip(f"{program} is not installed")
    text = example.text.replace(ADDRESS, site.address)
    command = [sys.executable, "-c", text] if example.kind == "python" else ["bash", "-euo", "pipefail", "-c", text]
    environment = os.environ | {"PATH": PATH} | TOKEN
    done = subprocess.run(command, cwd=site.folder, env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    printed = done.stdout.replace(site.address, ADDRESS)
    if example.output is None:
        assert printed.strip() or done.stderr.strip()
    else:
        assert printed.splitlines() == example.output.splitlines()


def test_examples_are_found() -> None:
    assert {example.kind for example in examples()} == {"sh", "python", "toml", "nginx"}
    assert len(RUN) >= 10


def test_example_of_a_configuration_file_is_one(tmp_path: Path) -> None:
    (example,) = (example for example in examples() if example.kind == "toml")
    file = tmp_path / "aidgraph.toml"
    file.write_text(example.text, encoding="utf-8")
    settings = load_settings({}, environ={}, config=file)
    assert {name: str(getattr(settings, name)) for name in ("data", "port")} == {
        "data": "/srv/aidgraph",
        "port": "8080",
    }


def section(title: str) -> str:
    found = re.search(rf"^## {title}\n(.*?)(?=^## |\Z)", README, re.M | re.S)
    assert found, f"README has no section {title!r}"
    return found[1]


def rows(title: str) -> list[str]:
    """The rows of the table of a section, its two head rows left out."""
    return [line for line in section(title).splitlines() if line.startswith("|")][2:]


def test_every_command_is_documented() -> None:
    expected = [f"| `{_usage(name, command)}` | {_first_sentence(command)} |" for name, command in cli.commands.items()]
    assert sorted(rows("Commands")) == sorted(expected), "the table should be:\n" + "\n".join(expected)


def _usage(name: str, command: click.Command) -> str:
    with click.Context(command, info_name=name) as context:
        pieces = [piece for piece in command.collect_usage_pieces(context) if piece != "[OPTIONS]"]
    return " ".join(["aidgraph", name, *pieces])


def _first_sentence(command: click.Command) -> str:
    return " ".join((command.help or "").partition("\n\n")[0].split())


def test_every_setting_is_documented() -> None:
    expected = [
        f"| {_option(item)} | `{VARIABLE_PREFIX}{item.name.upper()}` | {_default(item)} | {item.metadata['help']} |"
        for item in setting_fields()
    ]
    assert rows("Settings") == expected, "the table should be:\n" + "\n".join(expected)


def _option(item: Field[Any]) -> str:
    return "no option" if item.metadata["is_secret"] else f"`--{item.name.replace('_', '-')}`"


def _default(item: Field[Any]) -> str:
    return "none" if item.default in ("", ()) else f"`{item.default}`"


def test_every_address_is_documented(tmp_path: Path) -> None:
    app = create_app(Settings(data=tmp_path))
    served = {first_word(rule.rule) for rule in app.url_map.iter_rules()} - {"static", "favicon", "sitemaps"}
    told = [address for row in rows("Addresses") for address in row.split("|")[1].split("`")[1::2]]
    assert {first_word(address) for address in told} == served
    assert len(told) == len(set(told))


def test_every_dependency_is_explained() -> None:
    table: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    declared = [re.split(r"[<>=]", line, maxsplit=1)[0] for line in table["project"]["dependencies"]]
    assert sorted(row.split("`")[1] for row in rows("Dependencies")) == sorted(declared)


def test_every_place_in_the_code_is_there_and_every_room_is_told() -> None:
    told = [row.split("`")[1] for row in rows("The code")]
    assert [place for place in told if not (ROOT / place).exists()] == []
    rooms = {f"{path.relative_to(ROOT)}/" for path in (ROOT / "kg").iterdir() if (path / "__init__.py").exists()}
    assert rooms | {"server/", "ontology/", "seeds/", "tests/"} <= set(told)


def test_newest_change_is_this_version() -> None:
    version = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["version"]
    assert re.findall(r"^### (\S+)$", section("Changes"), re.M)[0] == version


def test_what_is_not_run_is_what_sets_up_and_ci_runs_it() -> None:
    """Both commands are one line each; ``.ci/run`` has the very same lines."""
    skipped = [example.text for example in examples() if example.why is not None]
    assert len(skipped) == 2
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    for text in skipped:
        assert text.count("\n") == 1
        assert re.search(rf"^ *{re.escape(text.strip())}(?: .*)?$", script, re.M), f".ci/run lacks the line {text}"
