"""The benchmarks run and print what they should, on a handful of articles and without limits of time."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from kg.loading import load_files

HERE = Path(__file__).parent


def run(script: str, *options: str) -> str:
    command = [sys.executable, str(HERE / script), *options]
    done = subprocess.run(command, capture_output=True, text=True, cwd=HERE.parents[1], timeout=600)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


@pytest.mark.slow
def test_speed_is_told_beside_bare_spacy_and_shacl_apart() -> None:
    told = run("speed.py", "--articles", "2", "--repeats", "1")
    assert re.search(r"^2 articles, \d+ paragraphs, \d+ words, 1 runs, jobs 1$", told, re.M)
    for clock in ("wall", "processor"):
        assert re.search(rf"^{clock}: bare spaCy \d+ words/s, build \d+ words/s, ratio \d\.\d\d$", told, re.M)
    stages = ["reading", "merging", "writing", "indexing", "validating", "dumping"]
    assert [line.partition(":")[0] for line in told.splitlines()[3:]] == stages
    assert re.search(r"^validating: .* \(apart\)$", told, re.M)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/clear_refs").exists(), reason="peaks of memory are read from Linux's /proc")
def test_memory_is_told_at_every_tenth() -> None:
    told = run("memory.py", "--articles", "40", "--jobs", "2")
    assert len(re.findall(r"^\d+ articles: peak \d+ MiB here, \d+ MiB in the largest worker$", told, re.M)) == 10
    assert re.search(r"^merging, writing and dumping: peak \d+ MiB here", told, re.M)
    assert re.search(r"^second half to first half: \d\.\d\d, at most 1\.10 is flat$", told, re.M)


def test_made_up_articles_are_the_same_every_time(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(HERE)
    from articles import made_up_articles

    first = list(made_up_articles(3))
    assert list(made_up_articles(5))[:3] == first
    assert len(set(first)) == 3
    assert all(300 <= len(text.split()) <= 600 for text in first)


def test_making_an_index_is_told_with_its_time_and_memory(tmp_path: Path) -> None:
    (tmp_path / "one.nt").write_text("<http://x/a> <http://x/b> <http://x/c> .\n")
    load_files(tmp_path / "data", [tmp_path / "one.nt"])
    told = run("index.py", str(tmp_path / "data"), "--repeats", "1")
    assert re.fullmatch(
        r"1 quads: \d+\.\d\d s \(\d+\.\d\d s of the processor\), peak \d+ MiB \(\d+ before\), "
        r"0 documents, \d+\.\d MiB on disk\n",
        told,
    )


def test_reconciling_is_told_for_each_sort_of_cells(tmp_path: Path) -> None:
    load_files(tmp_path / "data", [HERE.parents[1] / "ontology" / "example.ttl"])
    told = run("reconcile.py", str(tmp_path / "data"), "--batches", "1").splitlines()
    assert len(told) == 7
    assert re.fullmatch(r"names with their type +1 batches: +[\d.]+ ms in the middle, .*; 100% right", told[0])


def test_fragments_are_told_for_each_shape_of_pattern(tmp_path: Path) -> None:
    load_files(tmp_path / "data", [HERE.parents[1] / "ontology" / "example.ttl"])
    told = run("fragments.py", str(tmp_path / "data"))
    assert re.search(r"^a predicate and an object +1 triples: first page [\d.]+ ms, again [\d.]+ ms, ", told, re.M)
    assert re.search(r"^nothing +0 triples: ", told, re.M)


def test_dumps_are_told_format_by_format(tmp_path: Path) -> None:
    (tmp_path / "one.nt").write_text("<http://x/a> <http://x/b> <http://x/c> .\n")
    load_files(tmp_path / "data", [tmp_path / "one.nt"])
    told = run("dumps.py", str(tmp_path / "data")).splitlines()
    assert re.fullmatch(r"1 quads, sorted in \d+\.\d s, peak \d+ MiB", told[0])
    assert [line.partition(":")[0] for line in told[1:]] == ["ttl", "nt", "nq", "trig", "jsonld", "hdt", "parquet"]
    assert re.fullmatch(r"nq: .* a second, peak \d+ MiB; aidgraph.nq.gz .* MB, .*; zst is \d\.\d\d of gz", told[3])


@pytest.mark.slow
def test_validators_are_told_apart_and_agree() -> None:
    told = run("validation.py", "--articles", "2")
    assert re.search(r"^2 articles: [\d,]+ triples$", told, re.M)
    assert len(re.findall(r"^  .+, (?:fast|reference): [\d,]+ ms, \d+ MiB, \d+x, 0 findings$", told, re.M)) == 6


def test_made_up_briefs_are_the_same_wherever_one_begins_and_their_gold_is_in_their_words(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.syspath_prepend(HERE)
    from briefs import made_up_briefs

    some = list(made_up_briefs(0, 400))
    assert [brief.text for brief in made_up_briefs(390, 400)] == [brief.text for brief in some[390:]]
    assert 70 <= sum(len(brief.text.split()) for brief in some) / len(some) <= 90
    for brief in some:
        told = [event["evidence"][0] for event in brief.gold["aid_events"]]
        told += [fact["evidence"] for kind in ("statistics", "quotations") for fact in brief.gold[kind]]
        assert all(words in brief.text for words in told)


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="memory is read from Linux's /proc")
def test_builds_of_more_articles_are_told_tabled_and_drawn(tmp_path: Path) -> None:
    told = run("scale.py", str(tmp_path), "--articles", "4", "--jobs", "1")
    assert re.search(r"^4 articles, [\d,]+ quads, jobs 1: [\d.]+ s, runs 1, .* peak \d+ MiB$", told, re.M)
    rows = run("plot.py", str(tmp_path / "results.json"), str(tmp_path / "scale.svg")).splitlines()
    assert [row.split(" | ")[0] for row in rows[2:]] == ["| 4"]
    assert (tmp_path / "scale.svg").read_text().count("10 more articles") == 1
