"""New data under a running server: no error, and whoever asks after it was published gets it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
from live import TOKEN, Live, eventually, exchange, running

NUMBER = ox.NamedNode("http://example.org/number")
ASK = f"/sparql?query={quote(f'SELECT ?n {{ <http://example.org/x> <{NUMBER.value}> ?n }}')}"


def said(number: int) -> ox.Quad:
    return ox.Quad(ox.NamedNode("http://example.org/x"), NUMBER, ox.Literal(number))


class Asker(threading.Thread):
    """Asks the same again and again, on one connection, and remembers what it was told."""

    def __init__(self, live: Live) -> None:
        super().__init__(daemon=True)
        self.live = live
        self.is_over = threading.Event()
        self.told: list[tuple[int, list[str]]] = []

    def run(self) -> None:
        connection = self.live.connect()
        while not self.is_over.is_set():
            answer = exchange(connection, ASK)
            rows = answer.rows if answer.status == 200 else [{"n": answer.text}]
            self.told.append((answer.status, [row["n"] for row in rows]))
        connection.close()


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory, publish: Any) -> Iterator[tuple[Live, Path]]:
    """A server of two processes on data of its own, and that folder."""
    folder = tmp_path_factory.mktemp("versions")
    publish(folder / "data", said(0))
    with running(folder / "data", folder, "--workers", "2") as server:
        yield server, folder / "data"
        assert server.stop() == 0


@pytest.fixture
def askers(own: tuple[Live, Path]) -> Iterator[list[Asker]]:
    """Clients that ask all the time; none of them ever got an error."""
    found = [Asker(own[0]) for _ in range(4)]
    for asker in found:
        asker.start()
    yield found
    for asker in found:
        asker.is_over.set()
        asker.join(60)
    assert {status for asker in found for status, _ in asker.told} == {200}


def numbers(live: Live) -> set[str]:
    """What is said now, on enough new connections that both processes have been asked."""
    return {row["n"] for _ in range(16) for row in live.ask(ASK).rows}


def write(live: Live, number: int) -> int:
    old, new = f"?x <{NUMBER.value}> ?n", f"?x <{NUMBER.value}> {number}"
    update = f"DELETE {{ {old} }} INSERT {{ {new} }} WHERE {{ {old} }}"
    headers = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
    return live.ask("/update", "POST", headers=headers, body=update.encode()).status


def test_published_data_is_seen_at_once_and_without_an_error(
    own: tuple[Live, Path], askers: list[Asker], publish: Any
) -> None:
    live, data = own
    kept = [live.connect() for _ in range(6)]
    for number in range(1, 4):
        publish(data, said(number))
        # What was published before is still said: a generation adds to the one before.
        assert str(number) in {row["n"] for connection in kept for row in exchange(connection, ASK).rows}
        for connection in kept:
            assert {row["n"] for row in exchange(connection, ASK).rows} == {str(one) for one in range(number + 1)}
    for connection in kept:
        connection.close()
    assert all(len(asker.told) > 5 for asker in askers)


def test_answers_never_go_back_in_time(own: tuple[Live, Path], askers: list[Asker], publish: Any) -> None:
    live, data = own
    for number in range(10, 13):
        publish(data, said(number))
        assert str(number) in numbers(live)
    counts = [[len(rows) for _, rows in asker.told] for asker in askers]
    assert all(count == sorted(count) for count in counts)


def test_written_data_is_seen_once_the_write_is_answered(own: tuple[Live, Path], askers: list[Asker]) -> None:
    live, _ = own
    for number in range(100, 104):
        assert write(live, number) == 204
        assert numbers(live) == {str(number)}
    assert all(len(asker.told) > 5 for asker in askers)


def test_etag_changes_with_the_data(own: tuple[Live, Path]) -> None:
    live, _ = own
    first = live.ask(ASK)
    known = {"If-None-Match": first.headers["ETag"]}
    assert live.ask(ASK, headers=known).status == 304
    assert write(live, 200) == 204
    again = live.ask(ASK, headers=known)
    assert (again.status, again.rows) == (200, [{"n": "200"}])
    assert again.headers["ETag"] != first.headers["ETag"]


@pytest.mark.slow
def test_query_that_runs_meanwhile_keeps_the_data_that_it_began_with(own: tuple[Live, Path]) -> None:
    live, _ = own
    assert write(live, 300) == 204
    joined = "{ SELECT * { ?a ?b ?c } LIMIT 200 } ?d ?e ?f FILTER(STRLEN(STR(?c)) < STRLEN(STR(?f)))"
    found: list[Any] = []
    query = f"SELECT (MIN(?n) AS ?least) (MAX(?n) AS ?most) {{ ?x <{NUMBER.value}> ?n {joined} }}"
    asking = threading.Thread(target=lambda: found.append(live.query(query)))
    asking.start()
    assert eventually(lambda: any(one.seconds > 0.1 and one.state == "R" for one in live.workers_now()))
    assert write(live, 301) == 204
    assert numbers(live) == {"301"}
    asking.join()
    assert found[0].rows == [{"least": "300", "most": "300"}], found[0].text


def test_old_workers_and_old_files_go(own: tuple[Live, Path]) -> None:
    live, data = own
    written = iter(range(400, 500))

    def is_tidy() -> bool:
        number = next(written)
        assert write(live, number) == 204
        assert numbers(live) == {str(number)}
        return len(list((data / "stores").iterdir())) <= 3 and len(live.workers_now()) <= 6

    assert eventually(is_tidy)
