"""Remembered answers: bounded in bytes, the longest unused out first, never those of another key."""

from __future__ import annotations

import tracemalloc
from collections.abc import Hashable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from server.front.cache import LARGEST, OVERHEAD, AnswerCache, Stored
from server.front.shared import LONG, SharedAnswers


def stored(size: int, query: str = "") -> Stored:
    return Stored([(b"etag", b'"1"')], b"x" * size, query)


def cache_of(most: int, shared: SharedAnswers | None = None) -> AnswerCache:
    """A cache that was asked of version 1, as one is before it is given anything."""
    cache = AnswerCache(most, shared)
    assert cache.get("1", key("nothing")) is None
    return cache


def key(name: object, form: object = None) -> tuple[bytes, bytes, Hashable]:
    return (str(name).encode(), b"", form)


def test_cache_remembers_and_counts() -> None:
    cache = cache_of(1 << 20)
    cache.put("1", key("abc"), stored(10), seconds=1)
    assert cache.get("1", key("abc")) == stored(10)
    assert cache.get("1", key("other")) is None
    assert (cache.hits, cache.misses, len(cache), cache.size) == (1, 2, 1, 10 + 3 + OVERHEAD)


def test_cache_never_gives_another_version(tmp_path: Path) -> None:
    cache = cache_of(1 << 20, SharedAnswers(tmp_path, 1 << 20))
    cache.put("1", key("x", "csv"), stored(1), seconds=1)
    assert cache.get("1", key("x", "tsv")) is None
    assert cache.get("1", key("x", "csv")) == stored(1)
    assert cache.get("2", key("x", "csv")) is None


def test_answers_of_older_versions_are_let_go() -> None:
    cache = cache_of(1 << 20)
    cache.put("1", key("x"), stored(10), seconds=0)
    assert cache.get("2", key("x")) is None
    assert (len(cache), cache.size) == (0, 0)
    cache.put("1", key("late"), stored(10), seconds=0)
    assert (len(cache), cache.size) == (0, 0)
    cache.put("2", key("x"), stored(20), seconds=0)
    assert cache.get("2", key("x")) == stored(20)


def test_size_is_what_answers_take() -> None:
    """Small answers are mostly overhead, so that a cache which counts too little of it takes more than it may."""
    cache = cache_of(1 << 24)
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        for number in range(1000):
            fields = [(b"content-type", b"text/csv; charset=utf-8"), (b"etag", b'W/"%d"' % number)]
            body, query = f"{number}".ljust(500).encode(), f"{number}".ljust(300)
            answer = Stored([*fields, (b"cache-control", b"no-cache")], body, query)
            form = (f"text/csv;{number}", "gzip", None, b"localhost", "http")
            cache.put("1", (f"query={number}".ljust(400).encode(), b"", form), answer, seconds=0)
            if number % 2:
                assert answer.head
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert 0.8 < (after - before) / cache.size < 1.05


def test_cache_lets_the_longest_unused_go() -> None:
    cache = cache_of(10 * (101 + OVERHEAD))
    for number in range(10):
        cache.put("1", key(number), stored(100), seconds=0)
    assert cache.get("1", key(0)) is not None
    cache.put("1", key("n"), stored(100), seconds=0)
    assert [name for name in (*range(10), "n") if cache.get("1", key(name)) is None] == [1]


def test_cache_takes_no_answer_that_would_push_out_everything_else() -> None:
    cache = cache_of(1 << 20)
    cache.put("1", key("large"), stored((1 << 20) // LARGEST), seconds=0)
    cache.put("1", key("k" * ((1 << 20) // LARGEST)), stored(0), seconds=0)
    assert (len(cache), cache.size) == (0, 0)


def test_cache_of_no_size_remembers_nothing() -> None:
    cache = cache_of(0)
    cache.put("1", key("key"), stored(0), seconds=0)
    assert cache.get("1", key("key")) is None


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30), st.integers(0, 3000)), max_size=200))
def test_cache_is_never_larger_than_it_may_be(steps: list[tuple[bool, int, int]]) -> None:
    cache, kept = cache_of(20_000), {}
    for is_put, number, size in steps:
        if is_put:
            if cache.get("1", key(number)) is None:
                kept[number] = stored(size)
            cache.put("1", key(number), stored(size), seconds=0)
        else:
            assert cache.get("1", key(number)) in (None, kept.get(number))
        assert 0 <= cache.size <= cache.most


def test_shared_answers_are_those_of_every_process_of_this_version(tmp_path: Path) -> None:
    one, other = (cache_of(1 << 20, SharedAnswers(tmp_path, 1 << 20)) for _ in range(2))
    one.put("1", key("slow"), stored(9, "SELECT"), seconds=LONG)
    one.put("1", key("quick"), stored(9), seconds=LONG / 2)
    assert other.get("1", key("slow")) == stored(9, "SELECT")
    assert other.get("1", key("quick")) is None
    other.put("2", key("slow"), stored(3), seconds=1)
    assert [folder.name for folder in tmp_path.iterdir()] == ["2"]
    assert cache_of(1 << 20, SharedAnswers(tmp_path, 0)).get("1", key("slow")) is None


def test_shared_answers_are_bounded(tmp_path: Path) -> None:
    cache = cache_of(1 << 20, SharedAnswers(tmp_path, 5000))
    for number in range(20):
        cache.put("1", key(number), stored(1000), seconds=1)
    assert 3 <= len(list((tmp_path / "1").iterdir())) <= 4


def test_stored_head_has_what_every_answer_has() -> None:
    head = stored(5).head
    assert head.startswith(b'etag: "1"\r\n')
    assert b"access-control-allow-origin: *\r\n" in head
    assert head.endswith(b"content-length: 5\r\n")
