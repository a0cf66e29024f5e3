"""How long pages of fragments take: ``python tests/benchmarks/fragments.py DATA``.

Patterns of each shape, answered as N-Quads in this process by the application, without network: milliseconds of the
first page with the count, of the same page asked for again (its count is known then), and of each of the pages when a
client goes through up to a hundred of them; at last those of a page in the middle of the largest fragment.
"""

from __future__ import annotations

import argparse
import re
import time
from pathlib import Path
from statistics import fmean
from urllib.parse import quote

from flask.testing import FlaskClient

from kg.formats import PREFIXES
from kg.settings import Settings
from server.app import create_app

TYPE, EVENT = quote(f"{PREFIXES['rdf']}type"), quote(f"{PREFIXES['aid']}AidEvent")
PATTERNS = {
    "everything": "",
    "a predicate": f"predicate={TYPE}",
    "a predicate and an object": f"predicate={TYPE}&object={EVENT}",
    "an object": f"object={EVENT}",
    "nothing": "subject=http%3A%2F%2Fexample.org%2Fnothing",
}
PAGES = 100
_TOTAL = re.compile(rb'<http://rdfs.org/ns/void#triples> "(\d+)"')


def main() -> None:
    """Measure, and print a line for each pattern."""
    parser = argparse.ArgumentParser(description=__doc__.split(":")[0])
    parser.add_argument("data", type=Path)
    client = create_app(Settings(data=parser.parse_args().data)).test_client()
    client.get("/events")  # opens the store and the index
    for name, pattern in PATTERNS.items():
        body, first = ask(client, pattern, 1)
        _, again = ask(client, pattern, 1)
        total = int(_TOTAL.findall(body)[0])
        pages = range(2, min(PAGES, -(-total // 100)) + 1)
        each = fmean(ask(client, pattern, page)[1] for page in pages) if pages else 0.0
        print(
            f"{name:26} {total:9,} triples: first page {1000 * first:.1f} ms, again {1000 * again:.1f} ms, "
            f"each of {len(pages)} more {1000 * each:.1f} ms",
            flush=True,
        )
        if name == "everything":
            print(f"{'':26} page {total // 200:,}: {1000 * ask(client, pattern, max(1, total // 200))[1]:.1f} ms")


def ask(client: FlaskClient, pattern: str, page: int) -> tuple[bytes, float]:
    """A page and the seconds that it took."""
    began = time.perf_counter()
    answer = client.get(f"/fragments?{pattern}&page={page}", headers={"Accept": "application/n-quads"})
    took = time.perf_counter() - began
    assert answer.status_code == 200, answer.text
    return answer.data, took


if __name__ == "__main__":
    main()
