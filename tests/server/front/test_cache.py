"""Remembered answers: bounded in bytes, the longest unused out first, never those of another key."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from server.front.cache import LARGEST, OVERHEAD, AnswerCache, Stored


def stored(size: int, query: str = "ASK {}") -> Stored:
    return Stored([(b"etag", b'"1"')], b"x" * size, query)


def test_cache_remembers_and_counts() -> None:
    cache = AnswerCache(1 << 20)
    cache.put("key", stored(10), key_size=3)
    assert cache.get("key") == stored(10)
    assert cache.get("other") is None
    assert (cache.hits, cache.misses, len(cache), cache.size) == (1, 1, 1, 10 + 3 + OVERHEAD)


def test_cache_never_gives_another_version() -> None:
    cache = AnswerCache(1 << 20)
    form = ("text/csv", "identity", None, b"localhost")
    cache.put(("1-a", b"query=x", b"", form), stored(1), key_size=1)
    assert cache.get(("2-b", b"query=x", b"", form)) is None
    assert cache.get(("1-a", b"query=x", b"", ("text/csv", "gzip", None, b"localhost"))) is None


def test_cache_lets_the_longest_unused_go() -> None:
    cache = AnswerCache(10 * (100 + OVERHEAD))
    for number in range(10):
        cache.put(number, stored(100), key_size=0)
    assert cache.get(0) is not None
    cache.put(10, stored(100), key_size=0)
    assert [number for number in range(11) if cache.get(number) is None] == [1]


def test_cache_takes_no_answer_that_would_push_out_everything_else() -> None:
    cache = AnswerCache(1 << 20)
    cache.put("large", stored((1 << 20) // LARGEST), key_size=0)
    cache.put("long key", stored(0), key_size=(1 << 20) // LARGEST)
    assert (len(cache), cache.size) == (0, 0)


def test_cache_of_no_size_remembers_nothing() -> None:
    cache = AnswerCache(0)
    cache.put("key", stored(0), key_size=0)
    assert cache.get("key") is None


@given(st.lists(st.tuples(st.booleans(), st.integers(0, 30), st.integers(0, 3000)), max_size=200))
def test_cache_is_never_larger_than_it_may_be(steps: list[tuple[bool, int, int]]) -> None:
    cache, kept = AnswerCache(20_000), {}
    for is_put, key, size in steps:
        if is_put:
            if cache.get(key) is None:
                kept[key] = stored(size)
            cache.put(key, stored(size), key_size=1)
        else:
            assert cache.get(key) in (None, kept.get(key))
        assert 0 <= cache.size <= cache.most


def test_stored_head_has_what_every_answer_has() -> None:
    head = stored(5).head
    assert head.startswith(b'etag: "1"\r\n')
    assert b"access-control-allow-origin: *\r\n" in head
    assert head.endswith(b"content-length: 5\r\n")
