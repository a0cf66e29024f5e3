"""What is told of a worker that died, by its last words as Rust, RocksDB and Python write them."""

from __future__ import annotations

import pytest

from server.engine.lastwords import Aborted, explain_death
from server.problems import REPAIR, Exhausted, Unavailable


@pytest.mark.parametrize("words", ["memory allocation of 65536 bytes failed", "MemoryError: \n"])
def test_death_of_hunger_names_the_memory(words: str, capsys: pytest.CaptureFixture[str]) -> None:
    problem = explain_death(words, 256)
    assert (type(problem), problem.extra) == (Exhausted, {"memory": 256})
    assert "256 MiB" in problem.detail
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("error", ["StoreError: /srv/data/store: damaged", "MissingError: /srv/data/store: no store"])
def test_store_that_cannot_be_opened_is_worth_asking_later_and_its_place_is_told_to_the_operator_alone(
    error: str, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = explain_death(f"Traceback:\nkg.errors.{error}", 256)
    assert (type(problem), problem.extra) == (Unavailable, {"retry-after": REPAIR})
    assert "/srv" not in problem.detail
    assert "/srv" in capsys.readouterr().err


def test_abort_in_a_sort_can_be_told_from_others() -> None:
    words = "thread panicked:\nuser-provided comparison function does not correctly implement a total order!"
    assert type(explain_death(words, 256)) is Aborted


@pytest.mark.parametrize(("words", "told"), [("line one\nfatal: two", "fatal: two"), ("", "it was ended")])
def test_death_of_unknown_cause_is_told_to_the_operator_too(
    words: str, told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    problem = explain_death(words, 256)
    assert (type(problem), problem.detail) == (Exhausted, f"The engine gave up on the query: {told}.")
    assert problem.extra == ({} if words else {"retry-after": 5})  # what an operator or the system ended may work again
    assert capsys.readouterr().err == f"aidgraph: a worker died: {words}\n"
