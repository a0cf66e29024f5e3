"""A data folder that version 0.5 of the program made (``old/data-0.5.tar.xz``): it is taken over as it is.

The archive was made by that version from the articles that ``words`` writes with seed 1, three of them, and then
``load`` of the quads that ``kills.OTHERS`` has.
"""

from __future__ import annotations

import tarfile
from pathlib import Path

import pytest
import words
from kills import dump_of, graph_of, with_others

from kg.backup import back_up
from kg.pipeline import BuildReport, build, remove
from kg.restore import restore
from kg.settings import Settings

OLD = Path(__file__).parent / "old" / "data-0.5.tar.xz"


def make(data: Path, seed: int) -> BuildReport:
    words.write_articles(data.parent / "articles", seed, number=3)
    settings = Settings(data=data, jobs=1, dump_formats=("nq",))
    return build([str(data.parent / "articles")], settings, words, progress=lambda *_: None, shacl=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    with tarfile.open(OLD) as archive:
        archive.extractall(tmp_path / "old", filter="data")
    return tmp_path / "old" / "data"


@pytest.fixture
def fresh(tmp_path: Path) -> Path:
    return tmp_path / "fresh" / "data"


def test_next_build_reads_nothing_and_keeps_what_others_loaded(data: Path, fresh: Path) -> None:
    report = make(data, 1)
    make(fresh, 1)
    assert (report.intake.read, report.intake.unchanged) == (0, 3)
    assert graph_of(data) == with_others(graph_of(fresh))


def test_builds_go_on_from_it(data: Path, fresh: Path) -> None:
    make(data, 1)  # the articles lie in another folder now
    make(data, 2)
    make(fresh, 2)
    assert graph_of(data) == with_others(graph_of(fresh))
    assert dump_of(data).splitlines(keepends=True) == sorted(with_others(graph_of(fresh)))


def test_article_is_removed_from_it(data: Path, fresh: Path) -> None:
    make(fresh, 1)
    gone = sorted((fresh.parent / "articles").iterdir())[0].stem
    for folder in (data, fresh):
        remove([gone], Settings(data=folder, dump_formats=("nq",)), progress=lambda *_: None)
    assert graph_of(data) == with_others(graph_of(fresh))


def test_it_is_backed_up_as_it_is(data: Path, tmp_path: Path) -> None:
    back_up(data, tmp_path / "backup", base=Settings().base)
    new = tmp_path / "new" / "data"
    restore(tmp_path / "backup", new)
    assert graph_of(new) == graph_of(data)
    assert make(new, 1).intake.read == 0
    make(data, 1)
    assert graph_of(new) == graph_of(data)
