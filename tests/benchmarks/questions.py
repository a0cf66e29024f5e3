"""How long the competency questions take on a store: ``python tests/benchmarks/questions.py DATA``.

Each is asked of the snapshot in this process, as ``aidgraph query`` does, until all rows are there.
"""

from __future__ import annotations

import statistics
import sys
import time
from importlib.resources import files
from pathlib import Path
from typing import Final

import pyoxigraph as ox

from kg.store import open_snapshot

TIMES: Final = 3
LOOK_UP: Final = "SELECT ?p ?o { ?event a <https://w3id.org/aidgraph/ontology#AidEvent> ; ?p ?o } LIMIT 50"


def ask_all(data: Path) -> dict[str, float]:
    """Milliseconds of each question, the median of three, by its name; ``look-up`` is the first rows of an event."""
    store = open_snapshot(data).store
    folder = files("ontology").joinpath("questions")
    texts = {path.name.removesuffix(".rq"): path.read_text() for path in folder.iterdir() if path.name.endswith(".rq")}
    return {name: _median(store, text) for name, text in sorted({**texts, "look-up": LOOK_UP}.items())}


def _median(store: ox.Store, text: str) -> float:
    taken = []
    for _ in range(TIMES):
        began = time.perf_counter()
        answer = store.query(text)
        if not isinstance(answer, ox.QueryBoolean):
            for _row in answer:
                pass
        taken.append((time.perf_counter() - began) * 1000)
    return round(statistics.median(taken), 2)


if __name__ == "__main__":
    for name, milliseconds in ask_all(Path(sys.argv[1])).items():
        print(f"{name}: {milliseconds:,.1f} ms")
