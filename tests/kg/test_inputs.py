"""Builds from web pages, files of articles and standard input, with a stand-in for extraction."""

from __future__ import annotations

import io
import json
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest

import kg
from kg.cli import cli, run
from kg.errors import SettingsError
from kg.pipeline import BuildReport, build
from kg.rdf.terms import schema
from kg.read import Piped
from kg.records import Article, Entity, Reading, Report, Span
from kg.settings import Settings
from kg.store import open_snapshot


class FirstWords:
    """Reads one giving out of an article: its first word gives to its second; out of "Nobody …" none."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fingerprint(self) -> str:
        return "1"

    def start_readings(self, tasks: Sequence[tuple[Article, object]]) -> Iterator[Callable[[], Reading]]:
        return (partial(self.read_facts, article) for article, _ in tasks)

    def read_facts(self, article: Article) -> Reading:
        self.asked.append(article.id)
        donor, recipient = article.text.lower().split()[:2]
        if donor == "nobody":
            return Reading(article)
        keys = (f"country/{donor}", f"country/{recipient}")
        report = Report("pledged", "asserted", (Span(0, 5),), keys[:1], keys[1:])
        return Reading(article, entities=tuple(Entity(key, "country", key[8:]) for key in keys), reports=(report,))


Run = Callable[..., BuildReport]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    return path


@pytest.fixture
def words() -> FirstWords:
    return FirstWords()


@pytest.fixture
def read(data: Path, words: FirstWords) -> Run:
    """Build these sources with the stand-in."""

    def run_build(*sources: Path | Piped) -> BuildReport:
        arguments = [source if isinstance(source, Piped) else str(source) for source in sources]
        return build(arguments, Settings(data=data), words, progress=lambda *_: None)

    return run_build


def lines(path: Path, *articles: Any) -> Path:
    """A file of articles: each a first word that is its identifier too, an object, or the bytes of a line."""
    path.write_bytes(b"".join(_line(article) + b"\n" for article in articles))
    return path


def _line(article: Any) -> bytes:
    if isinstance(article, bytes):
        return article
    if isinstance(article, str):
        article = {"id": article.split()[0], "text": f"{article} is how this article begins"}
    return json.dumps(article).encode()


def articles(data: Path) -> set[str]:
    quads = open_snapshot(data).store.quads_for_pattern(None, schema("identifier"), None, ox.DefaultGraph())
    return {quad.object.value for quad in quads}


def test_every_line_is_an_article(data: Path, folder: Path, read: Run) -> None:
    report = read(lines(folder / "news.jsonl", "A B", "C D", "E F"))
    assert articles(data) == {"A", "C", "E"}
    assert (report.intake.read, report.counts.events) == (3, 3)


def test_metadata_of_a_line_is_in_the_graph(data: Path, folder: Path, read: Run) -> None:
    read(
        lines(
            folder / "news.jsonl",
            {"id": "a", "text": "A B gives", "url": "https://a.example/1", "license": "CC BY 4.0"},
        )
    )
    store = open_snapshot(data).store
    (url,) = store.quads_for_pattern(None, schema("url"), None, ox.DefaultGraph())
    (licence,) = store.quads_for_pattern(None, schema("license"), None, ox.DefaultGraph())
    assert url.object == ox.NamedNode("https://a.example/1")
    assert licence.object == ox.NamedNode("https://creativecommons.org/licenses/by/4.0/")


def test_broken_line_is_told_by_its_number_and_the_rest_is_built(data: Path, folder: Path, read: Run) -> None:
    path = lines(folder / "news.jsonl", "A B", b'{"id": "x", ', {"id": "y", "text": "X Y", "titel": "Z"}, "C D")
    report = read(path)
    assert articles(data) == {"A", "C"}
    assert [failure.partition(": ")[0] for failure in report.intake.failures] == [f"{path}:2", f"{path}:3"]
    assert (report.intake.read, report.intake.unchanged) == (2, 0)


def test_only_a_changed_line_is_read_again(folder: Path, read: Run, words: FirstWords) -> None:
    path = lines(folder / "news.jsonl", "A B", "C D")
    read(path)
    lines(path, "A B", "C E", "F G")
    report = read(path)
    assert words.asked == ["A", "C", "C", "F"]
    assert (report.intake.read, report.intake.unchanged) == (2, 1)


@pytest.mark.parametrize("named", ["file", "folder"])
def test_line_that_has_gone_removes_its_article(data: Path, folder: Path, read: Run, named: str) -> None:
    path = lines(folder / "news.jsonl", "A B", "C D")
    source = path if named == "file" else folder
    read(source)
    lines(path, "C D")
    assert read(source).intake.removed == ("A",)
    lines(path)
    assert read(source).intake.removed == ("C",)
    assert articles(data) == set()


def test_file_of_articles_that_has_gone_from_its_folder_removes_them(data: Path, folder: Path, read: Run) -> None:
    path = lines(folder / "news.jsonl", "A B", "C D")
    read(folder)
    path.unlink()
    assert read(folder).intake.removed == ("A", "C")


@pytest.mark.parametrize("named", ["file", "folder"])
def test_line_that_broke_keeps_its_article(data: Path, folder: Path, read: Run, named: str) -> None:
    path = lines(folder / "news.jsonl", "A B", "C D")
    source = path if named == "file" else folder
    read(source)
    lines(path, b'{"id": "A"', "C D")
    report = read(source)
    assert report.intake.removed == ()
    assert len(report.intake.failures) == 1
    assert articles(data) == {"A", "C"}


def test_two_lines_with_one_identifier_stop_the_build(data: Path, folder: Path, read: Run) -> None:
    read(lines(folder / "news.jsonl", "A B"))
    lines(folder / "news.jsonl", "A B", "A C")
    with pytest.raises(SettingsError, match=r"news\.jsonl:1 and .*news\.jsonl:2 have the same identifier 'A'"):
        read(folder)
    assert articles(data) == {"A"}


def test_article_may_move_from_a_file_into_a_line(folder: Path, read: Run, words: FirstWords) -> None:
    text = "A B is how this article begins"
    (folder / "A.txt").write_text(text)
    read(folder)
    (folder / "A.txt").unlink()
    lines(folder / "news.jsonl", {"id": "A", "text": text})
    report = read(folder)
    assert report.intake.removed == ()
    assert report.intake.read == 1, "its checksum is another one"


def test_input_is_never_lost_with_a_folder(
    data: Path, folder: Path, read: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "input.txt").write_text("A B is how this article begins")
    read(Piped(tmp_path / "input.txt", "A"))
    monkeypatch.chdir(folder)
    lines(folder / "news.jsonl", "C D")
    assert read(Path()).intake.removed == ()
    assert articles(data) == {"A", "C"}


def test_notes_tell_what_was_not_read(folder: Path, read: Run) -> None:
    french = "Le gouvernement a envoyé de l'aide aux sinistrés du tremblement de terre."
    path = lines(folder / "news.jsonl", "A B", {"id": "n", "text": "Nobody gives"}, {"id": "f", "text": french})
    notes = read(path).intake.notes
    assert notes == (
        f"{path}:3: the language is 'fr': it is kept, but facts are read from English only",
        f"{path}:2: no aid is found in it; it is kept with what it mentions",
    )
    assert read(path).intake.notes == (), "they are told once"


class _Input:
    def __init__(self, data: bytes) -> None:
        self.buffer = io.BytesIO(data)


@pytest.fixture
def command(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, words: FirstWords, capfd: pytest.CaptureFixture[str]
) -> Callable[..., tuple[int, str, str]]:
    """``aidgraph build`` with standard input; exit code and what it printed."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(kg, "understand", words, raising=False)

    def build_from(data: bytes, *arguments: str) -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", _Input(data))
        code = run(cli, ["build", *arguments])
        return (code, *capfd.readouterr())

    return build_from


Command = Callable[..., tuple[int, str, str]]


def test_build_reads_standard_input(command: Command, data: Path) -> None:
    code, out, err = command(b"A B is how this article begins", "-", "--id", "piped")
    assert (code, err) == (0, "")
    assert out.startswith("1 article, 1 event, ")
    assert articles(data) == {"piped"}


def test_another_article_from_standard_input_takes_the_place_of_none(command: Command, data: Path) -> None:
    command(b"A B is how this article begins", "-", "--id", "one")
    command(b"C D is how this article begins", "-", "--id", "two")
    assert articles(data) == {"one", "two"}


def test_build_reads_lines_from_standard_input_beside_files(command: Command, data: Path, folder: Path) -> None:
    lines(folder / "news.jsonl", "C D")
    code, _, err = command(_line("A B") + b"\n{\n", "-", str(folder), "--format", "jsonl")
    assert code == 1
    assert err.startswith("failed: standard input:2: is not a JSON object")
    assert articles(data) == {"A", "C"}


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (["-"], 1, "aidgraph: --id: got 'none'; an article on standard input needs a printable identifier"),
        (["-", "--id", "a", "--format", "pdf"], 1, "aidgraph: --format: got 'pdf', expected one of txt, html, jsonl"),
        (["-", "--id", "a", "--format", "jsonl"], 1, "aidgraph: --id: lines of jsonl have identifiers of their own"),
        (["articles", "--id", "a"], 2, "--id names the article on standard input; give - as a source as well"),
    ],
)
def test_unfit_options_are_told(command: Command, folder: Path, arguments: list[str], code: int, message: str) -> None:
    found, out, err = command(b"A B", *arguments)
    assert (found, out) == (code, "")
    assert message in err


def test_many_notes_are_cut_short(command: Command, folder: Path) -> None:
    lines(folder / "news.jsonl", *({"id": f"n{number}", "text": "Nobody gives"} for number in range(60)))
    code, _, err = command(b"", "articles", "--jobs", "1")
    assert code == 0
    assert err.count("note: ") == 51
    assert err.endswith("note: and 10 notes more; build an article alone to see its own\n")
