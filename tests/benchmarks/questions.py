"""How long the competency questions take on a store: ``python tests/benchmarks/questions.py DATA [QUESTION...]``.

Each is asked of the snapshot as ``aidgraph query`` does, until all rows are there, in a process of its own, which is
ended after two minutes: a question that compares everything with everything has no end on a large graph.
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from importlib.resources import files
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.store import open_snapshot

TIMES: Final = 3
LIMIT: Final = 120.0
"""Seconds that one question may take, asked three times."""
LOOK_UP: Final = "SELECT ?p ?o { ?event a <https://w3id.org/aidgraph/ontology#AidEvent> ; ?p ?o } LIMIT 50"


def questions() -> dict[str, str]:
    """The questions by name; ``look-up`` is the first rows of an event."""
    folder = files("ontology").joinpath("questions")
    texts = {path.name.removesuffix(".rq"): path.read_text() for path in folder.iterdir() if path.name.endswith(".rq")}
    return dict(sorted({**texts, "look-up": LOOK_UP}.items()))


def ask_all(data: Path) -> dict[str, float | None]:
    """Milliseconds of each question, the median of three; None if they took longer than :data:`LIMIT`."""
    return {name: _asked_apart(data, name) for name in questions()}


def _asked_apart(data: Path, name: str) -> float | None:
    try:
        command = [sys.executable, __file__, str(data), name]
        done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=LIMIT)
    except subprocess.TimeoutExpired:
        return None
    return float(done.stdout)


def median(store: ox.Store, text: str) -> float:
    """Milliseconds of one question."""
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = store.query(text)
        if not isinstance(answer, ox.QueryBoolean):
            for _row in answer:
                pass
        taken.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(taken), 2)


def main() -> None:
    data, *names = sys.argv[1:]
    if names:
        store, texts = open_snapshot(Path(data)).store, questions()
        for name in names:
            print(median(store, texts[name]))
        return
    for name, milliseconds in ask_all(Path(data)).items():
        print(f"{name}: {'not within the limit' if milliseconds is None else f'{milliseconds:,.1f} ms'}")


if __name__ == "__main__":
    main()
