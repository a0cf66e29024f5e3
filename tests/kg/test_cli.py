"""The command line: what it prints, where, and with which exit code."""

import re
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import click
import pytest

import kg
from kg.cli import cli, run
from kg.errors import StoreError
from kg.options import SHARED_SETTINGS
from kg.settings import setting_fields

SEEDS = Path(__file__).parents[2] / "seeds"
TASS = "000_0888dd242fe82e2b"
COMMANDS = (
    *("backup", "build", "candidates", "dump", "explain", "load", "publish", "query"),
    *("refresh", "remove", "restore", "validate"),
)
SUMMARY = re.compile(
    r"2 articles, 8 events, 11 statistics, 6 quotations, 34 entities, \d,\d{3} quads in \d+\.\d s\n\Z"
)  # fmt: skip


@pytest.fixture(autouse=True)
def in_empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, gold_extractor: Any) -> None:
    """Commands run in a folder of their own, with the gold in place of extraction."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kg, "understand", gold_extractor, raising=False)


@pytest.fixture
def built(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(cli, ["build", str(SEEDS)]) == 0
    capfd.readouterr()


def test_commands_are_these() -> None:
    assert tuple(sorted(cli.commands)) == COMMANDS


@pytest.mark.parametrize("name", COMMANDS)
def test_command_explains_itself_and_its_shared_options(name: str, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(cli, [name, "--help"]) == 0
    text = " ".join(capfd.readouterr().out.split())  # help is wrapped where the names of options leave little room
    assert all(option in text for option in ("--data", "--base", "--config"))
    assert all(item.metadata["help"] in text for item in setting_fields() if item.name in SHARED_SETTINGS)


def test_build_prints_one_line(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(cli, ["build", str(SEEDS)]) == 0
    out, err = capfd.readouterr()
    assert SUMMARY.match(out)
    assert err == ""


def test_build_takes_the_seeds_folder_if_nothing_is_named(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "seeds").symlink_to(SEEDS)
    assert run(cli, ["build"]) == 0
    assert SUMMARY.match(capfd.readouterr().out)


def test_build_with_a_broken_article_fails_but_keeps_the_rest(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "empty.txt").write_bytes(b"")
    assert run(cli, ["build", str(SEEDS), "empty.txt"]) == 1
    out, err = capfd.readouterr()
    assert out.startswith("2 articles, ")
    assert out.endswith("; 1 failed\n")
    assert re.fullmatch(r"failed: empty\.txt: .+\n", err)


def test_data_folder_is_where_the_option_says(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(cli, ["build", str(SEEDS), "--data", "elsewhere"]) == 0
    assert (tmp_path / "elsewhere" / "dumps" / "aidgraph.ttl.gz").exists()
    assert not (tmp_path / "data").exists()


@pytest.mark.usefixtures("built")
def test_query_prints_a_table(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(cli, ["query", "SELECT ?n { ?e a aid:AidEvent ; schema:name ?n }"]) == 0
    out = capfd.readouterr().out
    assert "Russia pledges aid to Italy, 21 March 2020" in out
    assert out.endswith("8 rows\n")


@pytest.mark.usefixtures("built")
def test_remove_takes_an_article_out(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(cli, ["remove", TASS]) == 0
    out = capfd.readouterr().out
    assert out.startswith("1 article, 7 events, ")
    assert out.endswith("; 1 removed\n")


@pytest.mark.usefixtures("built")
def test_load_adds_and_dump_writes_it(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "mine.nt").write_text("<http://x/a> <http://x/b> <http://x/c> .\n")
    assert run(cli, ["load", "mine.nt"]) == 0
    assert capfd.readouterr().out == "1 quad added\n"
    assert run(cli, ["dump"]) == 0
    assert capfd.readouterr().out.startswith("data/dumps: 15 files; 2 articles, ")
    done = subprocess.run(["zgrep", "-c", "<http://x/a>", "data/dumps/aidgraph.nt.gz"], capture_output=True, check=True)
    assert done.stdout == b"1\n"


@pytest.mark.usefixtures("built")
def test_validate_accepts_what_was_built(capfd: pytest.CaptureFixture[str]) -> None:
    assert run(cli, ["validate"]) == 0
    assert capfd.readouterr() == ("Conforms: no findings.\n", "")


def test_validate_tells_each_finding_of_a_file(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "bad.ttl").write_text("<http://x/c> a <https://w3id.org/aidgraph/ontology#Crisis> .")
    assert run(cli, ["validate", "bad.ttl"]) == 1
    out = capfd.readouterr().out.splitlines()
    assert out[0] == "No article"
    assert [line.strip() for line in out if line.startswith("    http")] == [
        "http://x/c",
        "http://x/c aid:disasterType",
        "http://x/c rdf:type",
        "http://x/c schema:name",
    ]
    assert out[-1] == "Does not conform: 3 violations, 1 warning."


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["query", "ASK {}"], 1, "aidgraph: data/store: no store yet; run `aidgraph build` first"),
        (["build", "nothing"], 1, "aidgraph: nothing: "),
        (["load", "a.txt"], 1, "aidgraph: a.txt: the ending names no RDF format"),
        (["dump", "--base", "x"], 1, "aidgraph: --base: got 'x', expected an http or https address"),
        (["dump", "--config", "no.toml"], 1, "aidgraph: no.toml: cannot be read"),
        (["query", "ASK {}", "--format", "x"], 2, "is none of table, json"),
        (["remove"], 2, "Missing argument"),
        (["nothing"], 2, "No such command"),
    ],
)
def test_fault_is_one_clear_line(
    arguments: list[str], code: int, message: str, capfd: pytest.CaptureFixture[str]
) -> None:
    assert run(cli, arguments) == code
    out, err = capfd.readouterr()
    assert message in err
    assert out == ""
    assert code == 2 or err.count("\n") == 1


@pytest.mark.parametrize(("error", "code"), [(KeyboardInterrupt(), 130), (StoreError("no\nway"), 1)])
def test_any_command_ends_cleanly(error: BaseException, code: int, capfd: pytest.CaptureFixture[str]) -> None:
    @click.command()
    def failing() -> None:
        raise error

    assert run(click.Group(commands={"failing": failing}), ["failing"]) == code
    assert capfd.readouterr().err.strip() == f"aidgraph: {'stopped' if code == 130 else 'no way'}"


def test_starting_loads_no_heavy_module() -> None:
    code = "import sys, kg.cli; print(sorted({'spacy', 'pyshacl', 'rdflib', 'pyoxigraph', 'flask'} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


BUILD_SLOWLY = """
import sys, time
from pathlib import Path
from kg.pipeline import build
from kg.settings import Settings

class Slow:
    def fingerprint(self): return "slow"
    def start_readings(self, tasks):
        Path("reading").touch()
        time.sleep(60)

build([sys.argv[1]], Settings(), Slow(), progress=lambda *_: None)
"""


@pytest.mark.usefixtures("built")
def test_killed_build_leaves_the_store_whole(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    link = Path("data/store").readlink()
    process = subprocess.Popen([sys.executable, "-c", BUILD_SLOWLY, str(SEEDS)])
    while not (tmp_path / "reading").exists():
        time.sleep(0.02)
    assert run(cli, ["build", str(SEEDS)]) == 1
    assert "another aidgraph is writing here" in capfd.readouterr().err
    process.send_signal(signal.SIGKILL)
    process.wait()
    assert run(cli, ["build", str(SEEDS)]) == 0
    assert SUMMARY.match(capfd.readouterr().out)
    assert Path("data/store").readlink() == link


@pytest.mark.slow
def test_explain_tells_what_a_file_says_and_refuses_what_is_none(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "rice.txt").write_text("Peru sent 40 tonnes of rice to Haiti after the earthquake.", encoding="utf-8")
    assert run(cli, ["explain", str(tmp_path / "rice.txt")]) == 0
    told = capfd.readouterr().out
    assert told.startswith("rice ")
    assert "Peru to Haiti" in told
    assert run(cli, ["explain", "nothing", "--data", str(tmp_path)]) == 1
    assert capfd.readouterr().err.startswith("aidgraph: nothing: no such file, and no article of that name in ")
