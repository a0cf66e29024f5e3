"""Articles read on a cluster, with a stand-in for extraction: what comes of it is what comes of reading them here."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from kg.chunks import Outcome, Task
from kg.cluster import client
from kg.cluster.client import read_on_cluster
from kg.errors import ClusterError, SettingsError
from kg.intake import Intake, Spreading, read_here, take_in
from kg.read import Piped, find_sources
from kg.readings import Origin, open_readings
from kg.settings import Settings

PATIENCE = 60.0


@dataclass(frozen=True)
class Kept:
    """What a build leaves: a reading and its lines for each article, and what it tells."""

    readings: dict[Origin, tuple[Any, bytes | None]]
    intake: Intake


@pytest.fixture
def built(tmp_path: Path, rules: Any) -> Callable[..., Kept]:
    """Builds readings in a data folder of this name, on a cluster if its address is given."""

    def build(name: str, sources: Path | str, address: str = "", patience: float = PATIENCE, **more: Any) -> Kept:
        settings = Settings(data=tmp_path / name, jobs=1, cluster=address, **more)
        settings.data.mkdir(exist_ok=True)
        way: Spreading = partial(read_on_cluster, patience=patience) if address else read_here
        with open_readings(settings.data) as readings:
            intake = take_in([str(sources)], readings, rules, settings, lambda *_: None, spreading=way)
            kept = {origin: readings.with_lines(origin.id) for origin in readings.origins()}
        assert all(kept.values())
        return Kept({origin: found for origin, found in kept.items() if found}, intake)

    return build


@pytest.mark.slow
def test_cluster_reads_what_is_read_here(cluster: Any, articles: Any, built: Any) -> None:
    folder = articles(70, unreadable=7)
    there, here = built("there", folder, cluster.address), built("here", folder)
    assert there == here
    assert len(there.readings) == 69
    assert [lines is not None for _, lines in there.readings.values()] == [True] * 69
    assert "LookupError" in there.intake.failures[0]
    assert len(cluster.read) == 70


@pytest.mark.slow
def test_killed_workers_lose_nothing(cluster: Any, articles: Any, built: Any) -> None:
    folder, killed, ended = articles(128), [], threading.Event()

    def kill() -> None:
        while len(killed) < 4 and not ended.wait(1.0):
            if cluster.kill_a_reader():
                killed.append(time.monotonic())

    killer = threading.Thread(target=kill)
    killer.start()
    there = built("there", folder, cluster.address)
    ended.set()
    killer.join()
    assert killed
    assert there == built("here", folder)
    assert len(cluster.read) <= 128 + 16 * 2 * len(killed)  # what the dead had begun, and no more
    read = cluster.read
    assert built("again", folder, cluster.address, shards=str(folder.parent / "there" / "shards")) == there
    assert cluster.read == read


@pytest.mark.slow
def test_article_that_kills_its_workers_is_told_and_the_others_are_read(
    cluster: Any, articles: Any, built: Any
) -> None:
    folder = articles(20, deadly=3)
    there = built("there", folder, cluster.address)
    assert there.intake.failures == (f"{folder}/a003.txt: every process that read it ended",)
    assert len(there.readings) == 19


@pytest.mark.slow
def test_interrupted_build_goes_on_with_the_shards_that_are_there(
    cluster: Any, articles: Any, built: Any, rules: Any, tmp_path: Path
) -> None:
    folder = articles(64)
    settings = Settings(data=tmp_path / "there", cluster=cluster.address)
    tasks = [Task(source, None) for source in find_sources([folder])]
    outcomes: Generator[tuple[Task, Outcome]] = read_on_cluster(tasks, rules, settings)
    with closing(outcomes):
        next(outcomes)
    made = {line for path in settings.data.rglob("*.jsonl.zst") for line in [path.name]}
    assert made
    there = built("there", folder, cluster.address)
    assert there == built("here", folder)
    assert len(cluster.read) < 2 * 64


@pytest.mark.slow
def test_lost_scheduler_is_told_and_the_next_build_finishes(
    start_cluster: Any, articles: Any, built: Any, rules: Any, tmp_path: Path
) -> None:
    folder, first = articles(64), start_cluster("first")
    first.hire()
    settings = Settings(data=tmp_path / "there", cluster=first.address)
    tasks = [Task(source, None) for source in find_sources([folder])]
    outcomes = read_on_cluster(tasks, rules, settings)
    next(outcomes)
    first.scheduler.kill()
    with pytest.raises(ClusterError, match="scheduler of the cluster is gone"):
        list(outcomes)
    second = start_cluster("second")
    second.hire()
    assert built("there", folder, second.address) == built("here", folder)


@pytest.mark.slow
def test_changed_article_is_read_again_and_no_other(cluster: Any, articles: Any, built: Any) -> None:
    folder = articles(40)
    built("there", folder, cluster.address)
    (folder / "a005.txt").write_text("Another headline\n\nAnother aid was told of.\n")
    (folder / "a006.txt").unlink()
    there = built("there", folder, cluster.address)
    assert (there.intake.read, there.intake.unchanged, there.intake.removed) == (1, 38, ("a006",))
    assert cluster.read.count("a005") == 2
    assert len(cluster.read) == 41
    assert there.readings == built("here", folder).readings


@pytest.mark.slow
def test_corrections_go_along(cluster: Any, articles: Any, built: Any, tmp_path: Path) -> None:
    folder, corrections = articles(3), tmp_path / "corrections"
    corrections.mkdir()
    (corrections / "a001.corrections.yaml").write_text("by: nobody\nwrong: [\n")
    there = built("there", folder, cluster.address, corrections=corrections)
    assert there == built("here", folder, corrections=corrections)
    assert str(corrections / "a001.corrections.yaml") in there.intake.failures[0]


@pytest.mark.slow
def test_worker_with_other_rules_is_refused(start_cluster: Any, articles: Any, built: Any) -> None:
    cluster = start_cluster("cluster")
    cluster.hire(1, RULES_FINGERPRINT="2")
    with pytest.raises(ClusterError, match=r"worker on .*: its rules, tables or language model are other ones"):
        built("there", articles(1), cluster.address)


@pytest.mark.slow
def test_cluster_without_workers_is_told(start_cluster: Any, articles: Any, built: Any) -> None:
    with pytest.raises(ClusterError, match="has had no worker for 1 s; start some with `dask worker`"):
        built("there", articles(1), start_cluster("cluster").address, patience=1.0)


def test_unreachable_scheduler_is_told(articles: Any, built: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "_JOINING", 0.5)
    with pytest.raises(ClusterError, match=r"tcp://127.0.0.1:9: no scheduler of Dask answers there"):
        built("there", articles(1), "tcp://127.0.0.1:9")


def test_standard_input_is_refused(articles: Any, rules: Any, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path / "there", cluster="tcp://127.0.0.1:9")
    tasks = [Task(source, None) for source in find_sources([Piped(articles(1) / "a000.txt", "a")])]
    with pytest.raises(SettingsError, match="standard input cannot be read by a cluster"):
        next(read_on_cluster(tasks, rules, settings))
