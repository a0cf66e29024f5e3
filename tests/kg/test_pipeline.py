"""Builds, from the sources to the dumps, with a stand-in for extraction."""

import gzip
import importlib
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Protocol

import pyoxigraph as ox
import pytest

from kg.corrections.files import NONE, Corrections
from kg.errors import DataError, SettingsError, StoreError
from kg.loading import load_files
from kg.lock import write_lock
from kg.pipeline import BuildReport, build, remove
from kg.quadfile import quad_lines
from kg.rdf.terms import A, aid
from kg.records import Article, Entity, Reading, Report, Span
from kg.settings import Settings
from kg.store import current_version, open_snapshot
from kg.writing import Update, perform

TASS, PMP = "000_0888dd242fe82e2b", "003_b6fb2db469438d69"
SEEDS = Path(__file__).parents[2] / "seeds"
EVENT = "https://w3id.org/aidgraph/id/event/"


class Extractor(Protocol):
    asked: list[str]

    def fingerprint(self) -> str: ...

    def start_readings(self, tasks: Sequence[tuple[Article, Corrections]]) -> Iterator[Callable[[], Reading]]: ...


class WordExtractor:
    """Reads one giving out of an article: its first word gives to its second. ``x`` is a word it fails on."""

    version = "1"

    def __init__(self) -> None:
        self.asked: list[str] = []

    def fingerprint(self) -> str:
        return self.version

    def start_readings(self, tasks: Sequence[tuple[Article, Corrections]]) -> Iterator[Callable[[], Reading]]:
        return (partial(self.read_facts, *task) for task in tasks)

    def read_facts(self, article: Article, corrections: Corrections = NONE) -> Reading:
        self.asked.append(article.id)
        donor, recipient = article.text.lower().split()[:2]
        if donor == "x":
            raise LookupError("a word that nobody foresaw")
        keys = (f"country/{donor}", f"country/{recipient}")
        report = Report("pledged", "asserted", (Span(0, 5),), keys[:1], keys[1:])
        return Reading(article, entities=tuple(Entity(key, "country", key[8:]) for key in keys), reports=(report,))


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "articles"
    path.mkdir()
    return path


@pytest.fixture
def words() -> WordExtractor:
    return WordExtractor()


@pytest.fixture
def run(data: Path, words: WordExtractor) -> Callable[..., BuildReport]:
    """Build these sources with the stand-in extractor."""

    def run_build(*sources: Path, extractor: Extractor = words, base: str = Settings().base) -> BuildReport:
        settings = Settings(data=data, base=base)
        return build([str(source) for source in sources], settings, extractor, progress=lambda *_: None)

    return run_build


Run = Callable[..., BuildReport]


def write(folder: Path, name: str, text: str) -> Path:
    path = folder / f"{name}.txt"
    path.write_text(f"{text} is the headline of this article\n\nAnd this is its body.\n", encoding="utf-8")
    return path


def events(data: Path) -> set[str]:
    quads = open_snapshot(data).store.quads_for_pattern(None, A, aid("AidEvent"), ox.DefaultGraph())
    return {quad.subject.value.removeprefix(EVENT).removesuffix("-undated") for quad in quads}


def everything(data: Path) -> list[bytes]:
    return sorted(quad_lines(open_snapshot(data).store))


def test_seeds_are_built_whole(data: Path, run: Run, gold_extractor: Extractor, gold_quads: frozenset[ox.Quad]) -> None:
    report = run(SEEDS, extractor=gold_extractor)
    assert set(open_snapshot(data).store) == gold_quads
    assert report.findings == ()
    assert report.intake.read == 2
    assert (report.counts.articles, report.counts.events) == (2, 8)
    assert (data / "dumps" / "aidgraph.nq.gz").exists()


def test_second_build_changes_nothing(data: Path, run: Run, gold_extractor: Extractor) -> None:
    run(SEEDS, extractor=gold_extractor)
    version = current_version(data)
    dumps = {path: path.stat().st_mtime_ns for path in (data / "dumps").iterdir()}
    again = run(SEEDS, extractor=gold_extractor)
    assert not again.change
    assert again.intake.unchanged == 2
    assert len(gold_extractor.asked) == 2, "nothing is extracted twice"
    assert current_version(data) == version
    assert {path: path.stat().st_mtime_ns for path in (data / "dumps").iterdir()} == dumps


def test_order_of_sources_does_not_matter(tmp_path: Path, gold_extractor: Extractor) -> None:
    contents = []
    for number, sources in enumerate(([TASS, PMP], [PMP, TASS])):
        data = tmp_path / str(number)
        for source in sources:
            build([str(SEEDS / f"{source}.txt")], Settings(data=data), gold_extractor, progress=lambda *_: None)
        contents.append((everything(data), (data / "dumps" / "aidgraph.nq.gz").read_bytes()))
    assert contents[0] == contents[1]


def test_builds_add_replace_and_remove(data: Path, folder: Path, run: Run) -> None:
    write(folder, "one", "A B")
    two = write(folder, "two", "C D")
    run(folder)
    assert events(data) == {"a-to-b-pledged", "c-to-d-pledged"}
    write(folder, "one", "A E")
    two.unlink()
    report = run(folder)
    assert events(data) == {"a-to-e-pledged"}
    assert report.intake.removed == ("two",)
    assert [graph.value[-4:] for graph in open_snapshot(data).store.named_graphs()] == ["/one"]


def test_other_folder_is_added_and_the_first_one_kept(data: Path, folder: Path, tmp_path: Path, run: Run) -> None:
    other = tmp_path / "other"
    other.mkdir()
    write(folder, "one", "A B")
    write(other, "two", "C D")
    run(folder)
    assert run(other).intake.removed == ()
    assert events(data) == {"a-to-b-pledged", "c-to-d-pledged"}


def test_single_file_does_not_remove_its_neighbours(data: Path, folder: Path, run: Run) -> None:
    write(folder, "one", "A B")
    two = write(folder, "two", "C D")
    run(folder)
    assert run(two).intake.removed == ()
    assert len(events(data)) == 2


def test_emptied_folder_removes_its_articles(data: Path, folder: Path, run: Run) -> None:
    one = write(folder, "one", "A B")
    run(folder)
    one.unlink()
    assert run(folder).intake.removed == ("one",)
    assert events(data) == set()


def test_moved_article_is_not_read_again(
    data: Path, folder: Path, tmp_path: Path, run: Run, words: WordExtractor
) -> None:
    one = write(folder, "one", "A B")
    run(folder)
    other = tmp_path / "other"
    other.mkdir()
    shutil.move(one, other)
    assert run(other).intake.unchanged == 1
    assert words.asked == ["one"]
    assert run(folder).intake.removed == (), "it is known to lie elsewhere now"


def test_changed_rules_read_every_article_again(folder: Path, run: Run, words: WordExtractor) -> None:
    write(folder, "one", "A B")
    run(folder)
    words.version = "2"
    assert run(folder).intake.read == 1


def test_broken_article_is_one_line_and_the_rest_is_built(data: Path, folder: Path, run: Run) -> None:
    write(folder, "good", "A B")
    write(folder, "odd", "X B")
    (folder / "binary.txt").write_bytes(b"\x00\x01\x02" * 99)
    report = run(folder)
    assert events(data) == {"a-to-b-pledged"}
    assert [failure.partition(": ")[0] for failure in report.intake.failures] == [
        str(folder / "binary.txt"),
        str(folder / "odd.txt"),
    ]
    assert "LookupError at test_pipeline.py:" in report.intake.failures[1]
    assert "a word that nobody foresaw" in report.intake.failures[1]


def test_reading_that_could_not_be_read_back_is_refused(folder: Path, run: Run) -> None:
    class Faulty(WordExtractor):
        def read_facts(self, article: Article, corrections: Corrections = NONE) -> Reading:
            return replace(super().read_facts(article, corrections), publisher=("organization/p",))  # type: ignore[arg-type]  # the fault

    write(folder, "one", "A B")
    report = run(folder, extractor=Faulty())
    assert "ValidationError" in report.intake.failures[0]
    assert run(folder).intake.failures == (), "nothing unreadable was kept"


def test_earlier_reading_of_a_broken_article_is_kept_and_said_so(data: Path, folder: Path, run: Run) -> None:
    write(folder, "one", "A B")
    run(folder)
    write(folder, "one", "X B")
    report = run(folder)
    assert report.intake.failures[0].endswith("its earlier reading was kept")
    assert events(data) == {"a-to-b-pledged"}


def test_article_that_cannot_be_written_fails_alone(data: Path, folder: Path, run: Run) -> None:
    write(folder, "good", "A B")
    write(folder, "odd", "<> B")
    report = run(folder)
    assert len(report.intake.failures) == 1
    assert events(data) == {"a-to-b-pledged"}


def test_identifiers_that_give_one_iri_are_refused(data: Path, folder: Path, run: Run) -> None:
    write(folder, "a-b", "A B")
    write(folder, "a_b", "C D")
    report = run(folder)
    assert events(data) == {"a-to-b-pledged"}
    assert "its identifier 'a_b' gives the same IRI as that of 'a-b'" in report.intake.failures[0]


def test_unknown_source_stops_the_build_before_anything_is_done(data: Path, folder: Path, run: Run) -> None:
    write(folder, "one", "A B")
    run(folder)
    with pytest.raises(SettingsError):
        run(folder / "nothing.txt")
    assert events(data) == {"a-to-b-pledged"}


def test_what_others_loaded_survives_builds(data: Path, folder: Path, tmp_path: Path, run: Run) -> None:
    write(folder, "one", "A B")
    run(folder)
    file = tmp_path / "mine.ttl"
    file.write_text("<http://example.org/a> <http://example.org/b> <http://example.org/c> .")
    load_files(data, [file])
    write(folder, "one", "A C")
    run(folder)
    query = "ASK { <http://example.org/a> <http://example.org/b> <http://example.org/c> }"
    assert open_snapshot(data).store.query(query)
    assert events(data) == {"a-to-c-pledged"}


def test_what_an_update_wrote_and_took_away_survives_a_build(data: Path, folder: Path, run: Run) -> None:
    write(folder, "one", "A B")
    run(folder)
    text = f"INSERT DATA {{ <x:a> <x:b> <x:c> }} ; DELETE WHERE {{ ?event a <{aid('AidEvent').value}> }}"
    perform(data, Update(text, "http://example.org/"))
    write(folder, "two", "C D")
    run(folder)
    assert events(data) == {"c-to-d-pledged"}
    assert b"<x:a> <x:b> <x:c> .\n" in everything(data)
    with gzip.open(data / "dumps" / "aidgraph.nt.gz") as dump:
        assert b"<x:a> <x:b> <x:c> .\n" in dump.readlines()


def test_base_moves_identifiers_but_not_the_vocabulary(data: Path, folder: Path, run: Run) -> None:
    write(folder, "one", "A B")
    run(folder)
    run(folder, base="http://localhost/x/")
    text = b"".join(everything(data))
    assert b"<http://localhost/x/id/event/a-to-b-pledged-undated>" in text
    assert b"<https://w3id.org/aidgraph/id/" not in text
    assert b"<https://w3id.org/aidgraph/scheme/phase/pledged>" in text


def test_article_is_removed_by_its_identifier(data: Path, folder: Path, run: Run) -> None:
    write(folder, "one", "A B")
    write(folder, "two", "C D")
    run(folder)
    settings = Settings(data=data)
    with pytest.raises(DataError, match="no article 'three'"):
        remove(["one", "three"], settings, progress=lambda *_: None)
    assert len(events(data)) == 2
    assert remove(["one"], settings, progress=lambda *_: None).counts.articles == 1
    assert events(data) == {"c-to-d-pledged"}


def test_second_build_at_the_same_time_is_refused(data: Path, folder: Path, run: Run) -> None:
    write(folder, "one", "A B")
    with write_lock(data), pytest.raises(StoreError, match="another aidgraph is writing"):
        run(folder)


def test_findings_name_the_article(data: Path, folder: Path, run: Run) -> None:
    class Faulty(WordExtractor):
        def read_facts(self, article: Article, corrections: Corrections = NONE) -> Reading:
            reading = super().read_facts(article, corrections)
            crisis = Entity("crisis/c", "crisis", "C")
            return Reading(article, entities=(*reading.entities, crisis), reports=reading.reports)

    write(folder, "one", "A B")
    findings = run(folder, extractor=Faulty()).findings
    assert [(finding.node, finding.path) for finding in findings] == [
        ("https://w3id.org/aidgraph/id/crisis/c", "aid:disasterType")
    ]


STAND_IN = """
import os, signal
from functools import partial
from kg.records import Entity, Reading, Report, Span

def fingerprint():
    return "1"

def start_readings(tasks):
    return (partial(read, article) for article, _ in tasks)

def read(article):
    donor, recipient = article.text.lower().split()[:2]
    if donor == "x":
        os.kill(os.getpid(), signal.SIGKILL)
    keys = (f"country/{donor}", f"country/{recipient}")
    report = Report("pledged", "asserted", (Span(0, 5),), keys[:1], keys[1:])
    return Reading(article, entities=tuple(Entity(key, "country", key[8:]) for key in keys), reports=(report,))
"""


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """As :class:`WordExtractor`, as a module that other processes can import; ``x`` ends the process."""
    (tmp_path / "made_up_extractor.py").write_text(STAND_IN)
    monkeypatch.syspath_prepend(tmp_path)
    return importlib.import_module("made_up_extractor")


@pytest.fixture
def few_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Small chunks, so that a few articles are enough for several processes."""
    monkeypatch.setattr("kg.intake.CHUNK", 2)


@pytest.mark.usefixtures("few_at_once")
def test_number_of_processes_changes_nothing(tmp_path: Path, folder: Path, stand_in: ModuleType) -> None:
    for number in range(8):
        write(folder, f"article-{number}", f"A{number % 7} B{number % 5}")
    write(folder, "article_3", "A B")
    built = []
    for jobs in (1, 2, 3):
        settings = Settings(data=tmp_path / str(jobs), jobs=jobs)
        report = build([str(folder)], settings, stand_in, progress=lambda *_: None)
        sums = (settings.data / "dumps" / "SHA256SUMS").read_text()
        built.append((sums, report.intake, everything(settings.data)))
    assert built[0] == built[1] == built[2]
    assert built[0][1].read == 8
    assert len(built[0][1].failures) == 1


@pytest.mark.usefixtures("few_at_once")
def test_article_that_ends_its_process_fails_alone(data: Path, folder: Path, stand_in: ModuleType) -> None:
    for number in range(6):
        write(folder, f"article-{number}", "X B" if number == 3 else f"A{number} B")
    report = build([str(folder)], Settings(data=data, jobs=2), stand_in, progress=lambda *_: None)
    assert report.intake.failures == (
        f"{folder / 'article-3.txt'}: the process that worked on it ended (killed by SIGKILL)",
    )
    assert (report.intake.read, len(events(data))) == (5, 5)
