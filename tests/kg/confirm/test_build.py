"""Candidates, verdicts and builds, from one end to the other, without a language model."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.cli import cli, run
from kg.confirm.files import Row, dump_links, parse_links, write_links
from kg.confirm.run import refresh_candidates
from kg.errors import DataError, SettingsError
from kg.pipeline import BuildReport, build, remove
from kg.settings import Settings
from kg.store import open_snapshot

SEEDS = Path(__file__).parents[3] / "seeds"
PMP = "003_b6fb2db469438d69"
CRISIS, QID = "crisis/1908-messina-earthquake", "http://www.wikidata.org/entity/Q1"
YES = Row(CRISIS, QID, "yes", "Foreign desk", "2024-05-02")
SAME = ox.NamedNode("http://schema.org/sameAs")
BASE = Settings().base

Build = Callable[[], BuildReport]


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", links=tmp_path / "links.tsv")


@pytest.fixture
def run_build(settings: Settings, gold_extractor: object) -> Build:
    """Builds the seeds with the links as they are, validation included."""

    def build_seeds() -> BuildReport:
        return build([str(SEEDS)], settings, gold_extractor, progress=lambda *_: None)  # type: ignore[arg-type]  # gold

    return build_seeds


def graph(settings: Settings) -> ox.Store:
    return open_snapshot(settings.data).store


def links(settings: Settings, key: str, name: str | None = None) -> set[str]:
    """Where ``schema:sameAs`` of an entity leads to, in the default graph or in a named one."""
    where = ox.NamedNode(f"{BASE}{name}") if name else ox.DefaultGraph()
    found = graph(settings).quads_for_pattern(ox.NamedNode(f"{BASE}id/{key}"), SAME, None, where)
    return {quad.object.value for quad in found}  # type: ignore[union-attr]  # links are IRIs


def test_confirmed_link_is_in_the_graph_and_in_that_of_links(settings: Settings, run_build: Build) -> None:
    write_links(settings.links, [YES])
    report = run_build()
    assert (report.warnings, report.findings) == ((), ())
    assert QID in links(settings, CRISIS)
    assert links(settings, CRISIS, "id/links") == {QID}


def test_removed_line_removes_the_link_and_nothing_else(settings: Settings, run_build: Build) -> None:
    write_links(settings.links, [])
    run_build()
    before = {str(quad) for quad in graph(settings)}
    write_links(settings.links, [YES])
    run_build()
    write_links(settings.links, [])
    run_build()
    assert {str(quad) for quad in graph(settings)} == before


def test_confirmed_link_needs_no_article_to_be_read_again(
    settings: Settings, run_build: Build, gold_extractor: object
) -> None:
    write_links(settings.links, [])
    run_build()
    asked = list(gold_extractor.asked)  # type: ignore[attr-defined]  # the stand-in keeps what it was asked for
    write_links(settings.links, [YES])
    assert run_build().intake.read == 0
    assert gold_extractor.asked == asked  # type: ignore[attr-defined]  # the same


def test_wrong_and_stale_lines_are_told_and_lose_nothing(settings: Settings, run_build: Build) -> None:
    stale = replace(YES, entity="crisis/1908-mesina-earthquake")
    other = replace(YES, entity="country/italy")
    write_links(settings.links, [replace(YES, verdict="jes"), stale, other, YES])
    warnings = run_build().warnings
    assert [warning.partition(": ")[0] for warning in warnings] == ["links.tsv:2", "links.tsv:3", "links.tsv:4"]
    assert "nearest is 'crisis/1908-messina-earthquake'" in warnings[1]
    assert "country/italy is http://www.wikidata.org/entity/Q38 already" in warnings[2]
    assert links(settings, CRISIS, "id/links") == {QID}
    assert QID not in links(settings, "country/italy")


def test_link_goes_with_the_last_article_that_speaks_of_it(settings: Settings, run_build: Build) -> None:
    only = Row("person/luigi-di-maio", QID, "yes", "x", "2024-05-02")
    write_links(settings.links, [only, YES])
    run_build()
    report = remove([path.stem for path in SEEDS.glob("*.txt")], settings, progress=lambda *_: None)
    assert len(report.warnings) == 2
    assert links(settings, CRISIS) == set()


def test_missing_file_that_was_asked_for_stops_the_build_before_it_begins(
    settings: Settings, run_build: Build, gold_extractor: object
) -> None:
    with pytest.raises(SettingsError, match=r"links\.tsv: cannot be read"):
        run_build()
    assert gold_extractor.asked == []  # type: ignore[attr-defined]  # the stand-in keeps what it was asked for


def test_candidates_can_be_confirmed_in_their_own_file(settings: Settings, run_build: Build) -> None:
    write_links(settings.links, [])
    run_build()
    refresh_candidates(settings)
    rows = parse_links(settings.links.read_text(), settings.links).rows
    crisis = next(row for row in rows if row.entity == CRISIS)
    assert crisis.sentence
    edited = replace(crisis, same_as=QID, verdict="yes", by="desk", date="2024-05-02")
    write_links(settings.links, [edited if row is crisis else row for row in rows])
    assert run_build().warnings == ()
    assert refresh_candidates(settings).endswith(", 1 lines with a verdict")
    again = parse_links(settings.links.read_text(), settings.links).rows
    assert again[0] == edited
    assert [row for row in again if row.entity == CRISIS] == [edited]


def test_candidates_lack_whoever_is_linked(settings: Settings, run_build: Build) -> None:
    write_links(settings.links, [])
    run_build()
    refresh_candidates(settings)
    asked = {row.entity for row in parse_links(settings.links.read_text(), settings.links).rows}
    assert "country/italy" not in asked
    assert CRISIS in asked


def test_candidates_before_any_build_are_refused(settings: Settings) -> None:
    with pytest.raises(DataError, match="no article was built yet"):
        refresh_candidates(settings)


def test_command_writes_the_file(settings: Settings, run_build: Build, capsys: pytest.CaptureFixture[str]) -> None:
    write_links(settings.links, [])
    run_build()
    assert run(cli, ["candidates", "--data", str(settings.data), "--links", str(settings.links)]) == 0
    assert capsys.readouterr().out.startswith(f"{settings.links}: candidates for ")
    assert settings.links.read_text() != dump_links([])
