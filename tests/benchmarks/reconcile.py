"""How long batches of ten reconciliation queries take: ``python tests/benchmarks/reconcile.py DATA``.

The cells are names of the graph itself, drawn with a fixed seed: as they are, with a slip of the finger, with words in
another order or left out, of no thing at all; and events by donor, recipient and month. Answered in this process by the
application, without network: milliseconds a batch, in the middle and at the 95th of 100, and how many cells had the
right thing first. The data folder is read only but for its index, which is made if it is missing.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Any

from flask.testing import FlaskClient

from kg.index.making import make_index
from kg.index.opened import has_index, open_index
from kg.settings import Settings
from kg.store import open_snapshot
from server.app import create_app

BATCH = 10
CLASSES = {
    "country": "Country", "organization": "Organisation", "person": "Person", "place": "Place", "crisis": "Crisis",
}  # fmt: skip

_EVENTS = """
SELECT donor.iri, recipient.iri, event.first, thing.iri FROM event JOIN thing USING (id)
JOIN link AS gives ON gives.source = event.id AND gives.role = 'donor'
JOIN thing AS donor ON donor.id = gives.target
JOIN link AS gets ON gets.source = event.id AND gets.role = 'recipient'
JOIN thing AS recipient ON recipient.id = gets.target WHERE event.first IS NOT NULL LIMIT 20000
"""

Cell = tuple[dict[str, Any], str | None]
"""A query, and the IRI of the thing that is meant."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What came of the batches of one sort. Seconds; ``right``: the share of cells with the right thing first."""

    batches: int
    middle: float
    high: float
    right: float


def main() -> None:
    """Measure, and print a line for each sort of cells."""
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("data", type=Path)
    parser.add_argument("--batches", type=int, default=40)
    options = parser.parse_args()
    client = create_app(Settings(data=options.data)).test_client()
    for name, cells in sorts(options.data).items():
        measured = measure(client, cells, options.batches)
        print(
            f"{name:28} {measured.batches:4} batches: {1000 * measured.middle:7.1f} ms in the middle, "
            f"{1000 * measured.high:7.1f} ms at most but for 5 of 100; {measured.right:.0%} right",
            flush=True,
        )


def measure(client: FlaskClient, cells: Iterator[Cell], batches: int) -> Measured:
    """Ask so many batches, after one that is not counted."""
    times, right = [], []
    for number in range(batches + 1):
        drawn = [next(cells) for _ in range(BATCH)]
        queries = {f"q{place}": query for place, (query, _) in enumerate(drawn)}
        began = time.perf_counter()
        answer = client.post("/reconcile", data={"queries": json.dumps(queries)})
        took = time.perf_counter() - began
        assert answer.status_code == 200, answer.text
        if number:
            times.append(took)
            right += [is_right(answer.json[key]["result"], cell) for key, cell in zip(queries, drawn, strict=True)]
    high = quantiles(times, n=20)[-1] if len(times) > 1 else times[0]
    return Measured(batches, median(times), high, sum(right) / len(right))


def is_right(result: list[dict[str, Any]], cell: Cell) -> bool:
    """Whether the thing that is meant comes first, or none does where none is meant."""
    _, meant = cell
    if meant is None:
        return not any(one["match"] for one in result)
    best = [one["id"] for one in result if one["score"] == result[0]["score"]]
    return any(meant.endswith(one) for one in best)


def sorts(data: Path) -> dict[str, Iterator[Cell]]:
    """Endless cells by the name of their sort."""
    folder = open_snapshot(data).path.parent
    if not has_index(folder):
        make_index(folder)
    index = open_index(folder)
    places = ", ".join("?" * len(CLASSES))
    rows = index.execute(f"SELECT name, kind, iri FROM thing WHERE kind IN ({places})", [*CLASSES])
    named = [tuple(row) for row in rows]
    events = [tuple(row) for row in index.execute(_EVENTS)]
    index.close()
    return {
        "names with their type": _cells(named, lambda name, _: name, typed=True),
        "names without a type": _cells(named, lambda name, _: name, typed=False),
        "names with a slip": _cells(named, slip, typed=True),
        "words in another order": _cells(named, shuffled, typed=True),
        "a word left out": _cells(named, shorter, typed=False),
        "names of nothing": _nothing(),
        "events by what is known": _events(events),
    }


def _cells(
    named: list[tuple[Any, ...]], change: Callable[[str, random.Random], str], *, typed: bool
) -> Iterator[Cell]:
    chance = random.Random(1)
    while True:
        name, kind, iri = chance.choice(named)
        yield {"query": change(name, chance), **({"type": CLASSES[kind]} if typed else {})}, iri


def _nothing() -> Iterator[Cell]:
    chance = random.Random(2)
    while True:
        yield {"query": " ".join("".join(chance.choices("bcdfghjklmnpqrstvwxz", k=7)) for _ in range(2))}, None


def _events(events: list[tuple[Any, ...]]) -> Iterator[Cell]:
    chance = random.Random(3)
    while True:
        donor, recipient, day, iri = chance.choice(events)
        known = {"donor": donor, "recipient": recipient, "date": day[:7]}
        conditions = [{"pid": pid, "v": value} for pid, value in known.items()]
        yield {"type": "Aid event", "properties": conditions}, iri


def slip(name: str, chance: random.Random) -> str:
    """The name with two letters within it changed about."""
    place = chance.randrange(1, max(2, len(name) - 1))
    return name[: place - 1] + name[place : place + 1] + name[place - 1 : place] + name[place + 1 :]


def shuffled(name: str, chance: random.Random) -> str:
    """The last word first, with a comma."""
    *words, last = name.split()
    return f"{last}, {' '.join(words)}" if words else last


def shorter(name: str, chance: random.Random) -> str:
    """The name without one of its words."""
    words = name.split()
    if len(words) > 2:
        words.pop(chance.randrange(len(words)))
    return " ".join(words)


if __name__ == "__main__":
    main()
