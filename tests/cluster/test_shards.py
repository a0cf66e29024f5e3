"""Shards: outcomes to files and back, and which files count."""

from __future__ import annotations

from dataclasses import fields, replace
from pathlib import Path

import msgspec
import pytest

from kg.chunks import Failed, Outcome, Taken, Task
from kg.cluster.orders import Made, Order, Terms, Versions, divided
from kg.cluster.shards import BrokenShard, dump_outcomes, find_shard, keep_shard, open_shard, parse_outcomes, shard_key
from kg.cluster.worker import make_shard
from kg.errors import ClusterError
from kg.rdf.iris import Iris
from kg.rdf.parts import Lines, core_lines
from kg.read import Source
from kg.readings import Origin
from kg.records import Reading

IRIS = Iris("https://example.org/")


@pytest.fixture
def outcomes(gold_readings: tuple[Reading, ...]) -> list[Outcome]:
    """What may become of articles: every kind, and lines of corrections."""
    origins = [Origin(one.article.id, one.article.id, "/a.txt", "/", "1", "2") for one in gold_readings]
    cores = [core_lines(one, IRIS) for one in gold_readings]
    corrected = Lines(cores[0], b'<x:s> <x:p> <x:o> .\n<x:s> <x:p> "a . b" .\n').dump()
    contents = [msgspec.json.encode(one) for one in gold_readings]
    return [
        Taken(origins[0], contents[0], ("a remark",), corrected, "digest"),
        Failed("a.txt: cannot be read"),
        Taken(origins[1], None, digest="digest"),
        Taken(origins[1], contents[1], (), cores[1], "digest"),
        Taken(origins[1], contents[1], (), None),
    ]


@pytest.fixture
def terms(tmp_path: Path) -> Terms:
    return Terms(Versions("1", "3", "rules"), "made_up_rules", IRIS.base, "", str(tmp_path), "probe-1")


def test_outcomes_come_back_as_they_were(outcomes: list[Outcome]) -> None:
    rows, quads = dump_outcomes(outcomes, IRIS)
    assert parse_outcomes(rows, quads, IRIS) == outcomes
    assert len(rows.splitlines()) == len(outcomes)
    told = {field.name for field in fields(Taken)} - {"parse"}  # a parse stays where it was made: it is large
    assert told == {"origin", "content", "remarks", "lines", "digest"}


def test_quads_of_a_shard_are_n_quads_in_the_graphs_of_their_articles(outcomes: list[Outcome]) -> None:
    import pyoxigraph as ox

    _, quads = dump_outcomes(outcomes, IRIS)
    graphs = {str(quad.graph_name) for quad in ox.parse(quads, format=ox.RdfFormat.N_QUADS)}
    articles = [one.origin.id for one in outcomes if isinstance(one, Taken)]
    assert {str(IRIS.article(article)) for article in articles} < graphs


def test_shard_is_found_whole_and_opened(terms: Terms, outcomes: list[Outcome]) -> None:
    made = keep_shard(terms, "k1", outcomes)
    assert find_shard(terms, "k1") == made
    assert open_shard(terms, made) == outcomes
    assert find_shard(terms, "k2") is None


def test_shard_in_which_nothing_was_read_is_answered_and_not_written(terms: Terms, outcomes: list[Outcome]) -> None:
    made = keep_shard(terms, "k1", outcomes[1:3])
    assert open_shard(terms, made) == outcomes[1:3]
    assert list(Path(terms.shards).iterdir()) == []


@pytest.mark.parametrize("ending", ["nq", "jsonl"])
def test_damaged_shard_does_not_count(terms: Terms, outcomes: list[Outcome], ending: str) -> None:
    made = keep_shard(terms, "k1", outcomes)
    path = Path(terms.shards, "k1", f"k1.{ending}.zst")
    path.write_bytes(path.read_bytes()[:-9])
    assert find_shard(terms, "k1") is None
    with pytest.raises(BrokenShard, match="was changed"):
        open_shard(terms, made)


def test_shard_that_is_gone_is_told(terms: Terms) -> None:
    with pytest.raises(BrokenShard, match="there is no shard k1"):
        open_shard(terms, Made("k1", "digest"))


def test_key_changes_with_versions_and_articles(terms: Terms) -> None:
    other = Terms(Versions("1", "3", "other"), terms.module, terms.base, "", terms.shards, "probe-2")
    keys = {shard_key(terms, [("a", "1")]), shard_key(other, [("a", "1")]), shard_key(terms, [("a", "2")])}
    assert len(keys) == 3


def test_division_is_the_same_again_after_articles_that_are_missing() -> None:
    tasks = [Task(Source(f"a{one:04}", Path(f"/news/a{one:04}.txt")), None) for one in range(800)]
    whole = [tuple(part) for part in divided(tasks)]
    rest = [tuple(part) for part in divided([task for task in tasks if task not in {*whole[0], *whole[3][:5]}])]
    assert [task for part in whole for task in part] == tasks
    assert len(set(whole) - set(rest)) <= 4
    assert {8 <= len(part) <= 16 for part in whole[:-1]} == {True}


@pytest.mark.parametrize(
    ("other", "word"),
    [
        ({"aidgraph": "0.1"}, r"it has aidgraph .*, expected 0\.1; install the same release"),
        ({"python": "2.7"}, r"it has Python .*, expected 2\.7"),
        ({"rules": "2"}, "its rules, tables or language model are other ones"),
        ({}, "does not see the folder of shards"),
    ],
)
def test_worker_that_is_not_like_us_refuses(terms: Terms, other: dict[str, str], word: str, rules: object) -> None:
    order = Order(replace(terms, versions=replace(Versions.here("1"), **other)), ())
    with pytest.raises(ClusterError, match=rf"worker on .*: .*{word}"):
        make_shard(order)


def test_worker_that_does_not_see_the_articles_refuses(terms: Terms, rules: object, tmp_path: Path) -> None:
    (tmp_path / "probe-1").touch()
    task = Task(Source("a", Path("/no/such/folder/a.txt")), None)
    order = Order(replace(terms, versions=Versions.here("1")), (task,))
    with pytest.raises(ClusterError, match="does not see the folder /no/such/folder"):
        make_shard(order)
