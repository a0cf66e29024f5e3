"""How fast the pages are: ``python tests/benchmarks/pages.py --data DIR [--most 12] [--no-browser]``.

For each kind of page the real server is asked for several, hubs among them, one after the other on one connection, and
each once after a first one that is not counted: a server fills its templates and columns only once. Told are the
median and the 95th percentile of the milliseconds until the whole page had come, the kibibytes of the largest one as
gzip, and, from Chromium with an empty cache at the largest, the requests and the milliseconds to the first contentful
paint. What the site aims at is said beneath: a median under 50 ms, and under 60 KiB.

The clock runs here, so that it counts the way over loopback too. Nothing fails for being slow; a page that is not
answered by 200 does.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from addresses import pages_of
from playwright.sync_api import Browser

from kg.index.opened import open_index
from kg.store import open_snapshot

sys.path.extend(str(Path(__file__).parents[1] / folder / "helpers") for folder in ("browser", "server"))
from live import Live, running
from showing import find_browser, opened, running_browser

MILLISECONDS: Final = 50.0
KIBIBYTES: Final = 60.0
"""What a page may take (see the issue of the site): its median, and its size as gzip without the scripts."""

REPEATS: Final = 5
"""How often a page is asked for that is the only one of its kind."""

_HEADERS: Final = {"Accept": "text/html", "Accept-Encoding": "gzip"}
_PAINT: Final = "() => performance.getEntriesByName('first-contentful-paint')[0]?.startTime ?? NaN"


@dataclass(frozen=True, slots=True)
class Measured:
    """One kind of page: milliseconds of each, KiB and address of the largest, and what a browser saw of that one."""

    kind: str
    times: list[float]
    size: float
    largest: str
    requests: int = 0
    paint: float = float("nan")

    @property
    def median(self) -> float:
        return statistics.median(self.times)

    @property
    def p95(self) -> float:
        return sorted(self.times)[int(len(self.times) * 0.95)]

    def row(self) -> str:
        """The line of the table."""
        browser = f"{self.requests:>9}{self.paint:>12.0f}" if self.requests else f"{'-':>9}{'-':>12}"
        numbers = f"{len(self.times):>6}{self.median:>12.1f}{self.p95:>9.1f}{self.size:>10.1f}"
        return f"{self.kind:<18}{numbers}{browser}  {self.largest[:60]}"


HEAD: Final = (
    f"{'page':<18}{'pages':>6}{'median ms':>12}{'p95 ms':>9}{'KiB gzip':>10}{'requests':>9}{'paint ms':>12}  largest"
)


def measure(server: Live, pages: dict[str, list[str]], browser: Browser | None) -> Iterator[Measured]:
    """Each kind in turn.

    Raises:
        SystemExit: a page was not answered by 200.
    """
    with closing(server.connect()) as connection:
        for kind, paths in pages.items():
            if not paths:
                continue  # this graph has none
            first, *others = paths
            _ask(connection, first)
            answers = [(path, *_ask(connection, path)) for path in others or [first] * REPEATS]
            times = [seconds * 1000 for _, seconds, _ in answers]
            largest, _, size = max(answers, key=lambda answer: answer[2])
            seen = _look(browser, server, largest) if browser else (0, float("nan"))
            yield Measured(kind, times, size / 1024, largest, *seen)


def _ask(connection: http.client.HTTPConnection, path: str) -> tuple[float, int]:
    """Seconds until all of it was there, and its bytes as gzip."""
    started = time.perf_counter()
    connection.request("GET", path, headers=_HEADERS)
    response = connection.getresponse()
    body = response.read()
    seconds = time.perf_counter() - started
    if response.status != 200:
        sys.exit(f"{path}: status {response.status}\n{body[:2000].decode(errors='replace')}")
    packed = response.headers["Content-Encoding"] == "gzip"
    return seconds, len(body if packed else gzip.compress(body))


def _look(browser: Browser, server: Live, path: str) -> tuple[int, float]:
    """How many requests a browser with an empty cache makes for it, and milliseconds until it paints something."""
    with opened(browser, server.address) as shown:
        shown.open(path)
        shown.page.wait_for_function(f"() => !isNaN(({_PAINT})())")
        return len(shown.requests), shown.page.evaluate(_PAINT)


def main() -> None:
    parser = argparse.ArgumentParser(description="How fast the pages are.")
    parser.add_argument("--data", type=Path, required=True, help="a data folder; its index is made if it has none")
    parser.add_argument("--most", type=int, default=13, help="pages of a kind, the first one not counted")
    parser.add_argument("--only", default="", help="kinds of pages, with commas between them")
    parser.add_argument("--no-browser", action="store_true", help="do without Chromium")
    given = parser.parse_args()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        server = stack.enter_context(running(given.data, folder, "--workers", "1"))
        server.ask("/")  # has the index made where there is none
        snapshot = open_snapshot(given.data)
        index = stack.enter_context(closing(open_index(snapshot.path.parent)))
        print(f"{len(snapshot.store):,} quads\n{HEAD}")
        browser = stack.enter_context(running_browser()) if find_browser() and not given.no_browser else None
        found = []
        pages = pages_of(index, given.most)
        wanted = given.only.split(",") if given.only else list(pages)
        for one in measure(server, {kind: pages[kind] for kind in wanted}, browser):
            found.append(one)
            print(one.row(), flush=True)
    slow = [one.kind for one in found if one.median >= MILLISECONDS]
    large = [one.kind for one in found if one.size >= KIBIBYTES]
    print(f"median of {MILLISECONDS:.0f} ms or more: {', '.join(slow) or 'none'}")
    print(f"{KIBIBYTES:.0f} KiB or more: {', '.join(large) or 'none'}")


if __name__ == "__main__":
    main()
