"""Numbers that several processes keep and any of them adds up."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask

from server.watch.board import BOUNDS, GROUPS, ROUTES, Board, first_word, read_boards

ROOT = Path(__file__).parents[3]
REGISTRY = json.loads((ROOT / "tests" / "server" / "registry.json").read_text(encoding="utf-8"))


@pytest.fixture
def board(tmp_path: Path) -> Iterator[Board]:
    board = Board(tmp_path)
    yield board
    board.close()


@pytest.mark.parametrize(
    ("path", "method", "status", "key"),
    [
        ("/sparql", "GET", 200, ("sparql", "GET", "2xx")),
        ("/", "HEAD", 304, ("pages", "HEAD", "3xx")),
        ("/graphs/a/b", "PUT", 201, ("graphs", "PUT", "2xx")),
        ("/id/country/italy", "POST", 405, ("addresses", "POST", "4xx")),
        ("/.well-known/void", "GET", 503, ("descriptions", "GET", "5xx")),
        ("/sparqling", "BREW", 404, ("other", "other", "4xx")),
        ("", "GET", 0, ("pages", "GET", "none")),
        ("*", "OPTIONS", 204, ("pages", "OPTIONS", "2xx")),
        ("/\x00\ud800", "GET", 404, ("other", "GET", "4xx")),
    ],
)
def test_count_finds_the_group(
    board: Board, tmp_path: Path, path: str, method: str, status: int, key: tuple[str, str, str]
) -> None:
    board.count(path, method, status, 0.003)
    (numbers,) = read_boards(tmp_path)
    assert numbers.count(*key) == sum(numbers.histogram(key[0])[0]) == 1


@pytest.mark.parametrize(("seconds", "bucket"), [(0.0, 0), (0.001, 0), (0.0011, 1), (30.0, 13), (31.0, 14)])
def test_observe_puts_a_bound_into_its_own_bucket(board: Board, tmp_path: Path, seconds: float, bucket: int) -> None:
    board.observe("engine", seconds)
    (numbers,) = read_boards(tmp_path)
    buckets, total = numbers.histogram("engine")
    assert [place for place, number in enumerate(buckets) if number] == [bucket]
    assert (len(buckets), total) == (len(BOUNDS) + 1, seconds)


def test_every_route_of_the_server_has_a_group(app: Flask) -> None:
    """A new route that is counted under ``other`` would be noticed by nobody."""
    assert {first_word(rule.rule) for rule in app.url_map.iter_rules()} == set(GROUPS)
    assert set(GROUPS.values()) | {"other"} == set(ROUTES)


def test_numbers_of_a_dead_process_count_but_not_its_state(tmp_path: Path) -> None:
    script = (
        "import os, sys; from pathlib import Path; from server.watch.board import Board\n"
        "board = Board(Path(sys.argv[1])); board.add('writes'); board.put('workers', 4); os.abort()"
    )
    done = subprocess.run([sys.executable, "-c", script, tmp_path], cwd=ROOT, capture_output=True, timeout=60)
    assert done.returncode < 0, done.stderr
    (numbers,) = read_boards(tmp_path)
    assert (numbers.is_alive, numbers.single("writes"), numbers.single("workers")) == (False, 1, 0)


def test_numbers_of_a_live_process_are_seen_while_it_counts(board: Board, tmp_path: Path) -> None:
    board.put("workers", 4)
    (numbers,) = read_boards(tmp_path)
    assert (numbers.is_alive, numbers.single("workers")) == (True, 4)
    board.put("workers", 2)
    (later,) = read_boards(tmp_path)
    assert later.single("workers") == 2


def test_file_that_is_just_being_made_is_passed_over(board: Board, tmp_path: Path) -> None:
    (tmp_path / "half.numbers").write_bytes(b"")
    assert len([*read_boards(tmp_path)]) == 1
