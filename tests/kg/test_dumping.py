"""When dumps are written: at once, by a process of its own, or never; and what is told of those that are not there."""

from __future__ import annotations

import datetime
import fcntl
import os
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg import dumping
from kg.counts import count_facts
from kg.dump import dumped_version
from kg.dumping import dump_build, dump_newest, refresh_dumps
from kg.dumps.manifest import read_note
from kg.dumps.newer import NEWER, drop_newer, is_written, read_newer, tell_failure, write_newer
from kg.errors import StoreError
from kg.lock import write_lock
from kg.settings import Settings
from kg.store import Snapshot, current_version, new_generation, open_snapshot

STARTED = datetime.datetime(2026, 1, 2, 3, 4, 5, tzinfo=datetime.UTC)
NODE = ox.NamedNode("http://example.org/x")


def publish(data: Path, value: str) -> Snapshot:
    with write_lock(data), new_generation(data) as generation:
        generation.store.add(ox.Quad(NODE, NODE, ox.Literal(value)))
    return open_snapshot(data)


def dump(snapshot: Snapshot, settings: Settings) -> tuple[str, ...]:
    return dump_build(snapshot, settings, count_facts(snapshot.store), started=STARTED, rules="r1")


def until(true: Callable[[], bool]) -> None:
    end = time.monotonic() + 60
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(data=tmp_path / "data", dump_formats=("nt",), dumps="later")


@pytest.fixture
def dumps(settings: Settings) -> Path:
    return settings.data / "dumps"


@pytest.fixture
def not_started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """Arguments of processes that would have been started."""
    started: list[tuple[str, ...]] = []
    monkeypatch.setattr(dumping, "start_apart", lambda _, arguments, *__, **___: started.append(arguments))
    return started


def run_here(data: Path) -> None:
    """What the process does, in this one."""
    dump_newest(data, os.open(data / "place", os.O_RDWR | os.O_CREAT))


def test_dumps_are_written_now(settings: Settings, dumps: Path) -> None:
    snapshot = publish(settings.data, "one")
    assert dump(snapshot, replace(settings, dumps="now")) == ()
    assert dumped_version(dumps) == snapshot.version
    assert read_note(dumps)["started"] == STARTED.isoformat()


def test_format_that_is_left_out_is_a_warning(settings: Settings) -> None:
    snapshot = publish(settings.data, "one")
    assert dump(snapshot, replace(settings, dumps="now", dump_formats=("hdt",), hdt_limit=0)) == (
        "no dump in hdt: the graph has 1 triples, and the limit is 0 (setting hdt_limit)",
    )


def test_dumps_are_written_later_by_a_process(settings: Settings, dumps: Path) -> None:
    snapshot = publish(settings.data, "one")
    assert dump(snapshot, settings) == ()
    until(lambda: dumped_version(dumps) == snapshot.version)
    until(lambda: read_newer(dumps) is None)
    assert read_note(dumps)["started"] == STARTED.isoformat()
    assert not (dumps / "aidgraph.ttl.gz").exists()  # as the setting of the build says


def test_dumps_are_never_written(settings: Settings, dumps: Path) -> None:
    snapshot = publish(settings.data, "one")
    assert dump(snapshot, replace(settings, dumps="never")) == ()
    assert not dumps.exists()


def test_wanted_dumps_are_told_until_they_are_there(
    settings: Settings, dumps: Path, not_started: list[tuple[str, ...]]
) -> None:
    snapshot = publish(settings.data, "one")
    dump(snapshot, settings)
    wanted = read_newer(dumps)
    assert wanted is not None
    assert (wanted.version, wanted.rules, wanted.formats, wanted.reason) == (snapshot.version, "r1", ("nt",), "")
    assert [arguments[0] for arguments in not_started] == [str(settings.data)]
    run_here(settings.data)
    assert (read_newer(dumps), dumped_version(dumps)) == (None, snapshot.version)


def test_dumps_that_are_there_are_not_wanted(settings: Settings, not_started: list[tuple[str, ...]]) -> None:
    snapshot = publish(settings.data, "one")
    dump(snapshot, replace(settings, dumps="now"))
    dump(snapshot, settings)
    assert not_started == []


def test_newest_version_is_dumped(settings: Settings, dumps: Path, not_started: list[tuple[str, ...]]) -> None:
    dump(publish(settings.data, "one"), settings)
    newest = publish(settings.data, "two")
    run_here(settings.data)
    assert (dumped_version(dumps), read_newer(dumps)) == (newest.version, None)


def test_older_dumps_do_not_take_the_place_of_newer_ones(settings: Settings, dumps: Path) -> None:
    old = publish(settings.data, "one")
    new = publish(settings.data, "two")
    dump(new, replace(settings, dumps="now"))
    manifest = refresh_dumps(old, settings, count_facts(old.store))
    assert (dumped_version(dumps), manifest.triples) == (new.version, 2)


def test_build_meanwhile_does_no_harm(settings: Settings, dumps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    first = publish(settings.data, "one")
    describe = dumping.write_descriptions

    def build_meanwhile(*arguments: object) -> None:
        for value in ("two", "three", "four"):
            publish(settings.data, value)
        describe(*arguments)  # type: ignore[arg-type]  # handed on as they came

    monkeypatch.setattr(dumping, "write_descriptions", build_meanwhile)
    dump(first, replace(settings, dumps="now"))
    assert dumped_version(dumps) == first.version != current_version(settings.data)


def test_failure_is_told_in_the_log_and_beside_the_dumps(settings: Settings, dumps: Path) -> None:
    snapshot = publish(settings.data, "one")
    (dumps / "void.ttl" / "in-the-way").mkdir(parents=True)
    dump(snapshot, settings)
    until(lambda: (told := read_newer(dumps)) is not None and "cannot be written" in told.reason)
    until(lambda: "cannot be written" in (settings.data / "dumps.log").read_text())


def test_failure_does_not_hide_what_is_wanted_since(tmp_path: Path, settings: Settings) -> None:
    write_newer(tmp_path, dumping.Newer("1", "", "", "", (), 0))
    first = read_newer(tmp_path)
    write_newer(tmp_path, dumping.Newer("2", "", "", "", (), 0))
    assert first is not None
    tell_failure(tmp_path, first, "disk full")
    drop_newer(tmp_path, first)
    now = read_newer(tmp_path)
    assert now is not None
    assert (now.version, now.reason) == ("2", "")


def test_one_process_waits_for_its_turn(settings: Settings, not_started: list[tuple[str, ...]]) -> None:
    """The lock of the place is held by the process, which this test has instead: a second build starts none."""
    snapshot = publish(settings.data, "one")
    place = os.open(settings.data / "dumps.next", os.O_RDWR | os.O_CREAT)
    fcntl.flock(place, fcntl.LOCK_EX)
    dump(snapshot, settings)
    assert not_started == []
    os.close(place)
    dump(snapshot, settings)
    assert len(not_started) == 1


def test_process_without_anything_wanted_ends(settings: Settings, dumps: Path) -> None:
    publish(settings.data, "one")
    run_here(settings.data)
    assert not dumps.exists()


def test_writing_is_seen(settings: Settings, dumps: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[bool] = []
    monkeypatch.setattr(dumping, "write_descriptions", lambda *_: seen.append(is_written(dumps)))
    snapshot = publish(settings.data, "one")
    refresh_dumps(snapshot, settings, count_facts(snapshot.store))
    assert (seen, is_written(dumps)) == ([True], False)


@pytest.mark.parametrize("text", ["", "{}", "[1]"])
def test_damaged_note_wants_nothing(text: str, tmp_path: Path) -> None:
    (tmp_path / NEWER).write_text(text)
    assert read_newer(tmp_path) is None


def test_folder_that_cannot_be_written_to_is_told(settings: Settings) -> None:
    snapshot = publish(settings.data, "one")
    (settings.data / "dumps" / ".newer.json.lock").mkdir(parents=True)
    with pytest.raises(StoreError, match="cannot be left to another process"):
        dump(snapshot, settings)
