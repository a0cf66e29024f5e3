"""Whether runaway queries hurt others: ``python tests/benchmarks/runaways.py [--limit 5] [--runaways 200]``.

One client asks for point look-ups, first alone, then while four others ask queries that would take hours or gigabytes:
cross joins to count and to sort, a regular expression on all pairs of texts, the closure of a path, and the ORDER BY
over mixed terms that aborts the engine. Told are the look-ups' latencies, what came of each runaway and when, and what
the server's processes take before and after; ``--runaways`` asks so many more of them before the last look.

A runaway has to end within its limit and a second, with 503 or 504; 200 is right if the answer is whole, which the
abort's may be where a server evaluates it otherwise. Fails if ours does not keep to this, if a look-up's p95 is more
than three times the quiet one, or if processes, files or memory stay behind.
"""

from __future__ import annotations

import argparse
import math
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import repeat
from pathlib import Path
from typing import Final

from answers import content
from endpoint import made_up_data
from load import Crew, Told
from peers import NAMES, Peer, Use, end_when_told, start
from queries import JSON, Query, make_queries
from turns import Texts

from kg.formats import PREFIXES
from kg.store import open_snapshot

OTHERS: Final = 4
GRACE: Final = 1.0  # seconds past the limit in which a runaway has to be refused
WORSE: Final = 3.0  # times the quiet p95
LEFT_BEHIND: Final = 1.25  # times what the server took before
SETTLING: Final = 5.0
LOOK_UPS: Final = 8_000  # a second, at most
RUNAWAYS: Final = {
    "cross join": "SELECT (COUNT(*) AS ?n) {{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }} LIMIT {0}",
    "sorted cross join": "SELECT ?a ?d {{ ?a a ?b . ?d a ?e }} ORDER BY ?d ?a LIMIT {0}",
    "regex": 'SELECT * {{ ?x oa:exact ?a . ?y oa:exact ?b FILTER(REGEX(CONCAT(?a, ?b), "(.*a.*b){{12}}x{0}", "i")) }}',
    "path": "SELECT (COUNT(*) AS ?n) {{ ?a (schema:mentions|^schema:mentions|schema:about)* ?b }} LIMIT {0}",
    "abort": "SELECT * {{ ?a ?b ?c }} ORDER BY ?c LIMIT {0}",
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one runaway."""

    kind: str
    how: str
    seconds: float

    @property
    def is_good(self) -> bool:
        return self.how in ("refused", "answered")


def _runaway(number: int) -> tuple[str, str]:
    """Kind and text of the runaway of this number; no two texts are the same."""
    kinds = list(RUNAWAYS)
    kind = kinds[number % len(kinds)]
    prefixes = "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in ("oa", "schema"))
    return kind, prefixes + RUNAWAYS[kind].format(5 + number)


def _ask_runaways(crew: Crew, peer: Peer, numbers: Sequence[int], limit: float, seconds: float) -> list[Outcome]:
    """Ask runaways by all clients of the crew until the time is over or they are."""
    asked = [_runaway(number) for number in numbers]
    lower = f"&timeout={limit:g}" if peer.name == "ours" else ""
    told = crew.play(peer.address, [peer.address.request(text, JSON, lower) for _, text in asked], seconds)
    outcomes = []
    for client, one in enumerate(told):
        for place, ((status, _), taken) in enumerate(zip(one.answers, one.seconds, strict=True)):
            number = client + place * len(crew)
            is_whole = status != 200 or _is_whole(crew.body(peer.address, number))
            how = how_ended(status, taken, limit=limit) if is_whole else "answered in part"
            outcomes.append(Outcome(asked[number][0], how, taken))
    return outcomes


def _is_whole(body: bytes | None) -> bool:
    """Whether an answer with status 200 is one, and not the beginning of one; what is too long to keep is believed."""
    try:
        return body is None or content(body, JSON) is not None
    except (ValueError, KeyError):
        return False


def how_ended(status: int, seconds: float, *, limit: float) -> str:
    """What came of a runaway with this status (0: none) after these seconds; ``refused`` and ``answered`` are good."""
    if status in (503, 504):
        return "refused" if seconds <= limit + GRACE else "refused too late"
    if status == 200:
        return "answered" if seconds <= limit + GRACE else "answered too late"
    return f"status {status}" if status else "broken or lost"


def _look_up(crew: Crew, peer: Peer, query: Query, texts: Texts, seconds: float) -> Told:
    asked = texts.fresh(repeat(query), int(seconds * LOOK_UPS))
    texts.use(asked)
    return crew.play(peer.address, [peer.address.request(text, query.accept) for _, text in asked], seconds)[0]


@dataclass(frozen=True, slots=True)
class LookUps:
    """Milliseconds that half, 95 % and all of the look-ups took at most, and how many got no answer."""

    p50: float
    p95: float
    longest: float
    answered: int
    lost: int

    def __str__(self) -> str:
        lost = f", {self.lost} lost" if self.lost else ""
        return f"p50 {self.p50:.2f}, p95 {self.p95:.2f}, longest {self.longest:.0f} ms, {self.answered} answered{lost}"


def _look_ups(told: Told) -> LookUps:
    """Those that got no answer count as having taken for ever."""
    pairs = zip(told.answers, told.seconds, strict=True)
    ordered = sorted(taken * 1000 if status == 200 else math.inf for (status, _), taken in pairs)
    lost = ordered.count(math.inf)
    half, most = (ordered[int(len(ordered) * share)] for share in (0.5, 0.95))
    return LookUps(half, most, ordered[-1], len(ordered) - lost, lost)


def try_server(peer: Peer, query: Query, given: argparse.Namespace) -> list[str]:
    """Put one server to the test and print what came of it; what it did not keep to, in words."""
    texts, limit = Texts(), given.limit
    with Crew(1) as reader, Crew(OTHERS, first=20, patience=limit + given.patience) as others:
        _look_up(reader, peer, query, texts, 1.0)  # files read, workers started
        before, quiet = peer.use(), _look_ups(_look_up(reader, peer, query, texts, given.seconds))
        busy_seconds = max(given.seconds, 2 * (limit + GRACE))
        with ThreadPoolExecutor(1) as pool:
            running = pool.submit(_ask_runaways, others, peer, range(OTHERS * 1000), limit, busy_seconds)
            time.sleep(0.5)
            busy = _look_ups(_look_up(reader, peer, query, texts, busy_seconds))
            outcomes = running.result()
        time.sleep(SETTLING)
        between = peer.use()
        if given.runaways and peer.is_alive():
            numbers = range(OTHERS * 1000, OTHERS * 1000 + given.runaways)
            outcomes += _ask_runaways(others, peer, numbers, limit, given.runaways * (limit + given.patience))
            time.sleep(SETTLING)
        after = peer.use()
    print(f"{peer.name} ({peer.version}), limit {limit:g} s, {len(outcomes)} runaways")
    print(f"  look-ups quiet: {quiet}\n  look-ups busy: {busy}")
    print("\n".join(_lines(outcomes)))
    for name, use in (("before", before), ("after the first", between), ("after all", after)):
        print(f"  {name}: {use.memory:.0f} MiB, {use.processes} processes, {use.files} files")
    return [*_broken_rules(outcomes, quiet, busy, before, after), *([] if peer.is_alive() else ["it died"])]


def _lines(outcomes: Sequence[Outcome]) -> Iterator[str]:
    for kind in RUNAWAYS:
        mine = [outcome for outcome in outcomes if outcome.kind == kind]
        counts = ", ".join(f"{number} {how}" for how, number in Counter(outcome.how for outcome in mine).items())
        longest = max((outcome.seconds for outcome in mine), default=0.0)
        yield f"  {kind}: {counts or 'none was asked'}; the longest took {longest:.2f} s"


def _broken_rules(outcomes: Sequence[Outcome], quiet: LookUps, busy: LookUps, before: Use, after: Use) -> Iterator[str]:
    if bad := [outcome for outcome in outcomes if not outcome.is_good]:
        yield f"{len(bad)} runaways {', '.join(sorted({outcome.how for outcome in bad}))}"
    if busy.p95 > WORSE * quiet.p95 or busy.lost:
        yield f"the p95 of a look-up is {busy.p95 / quiet.p95:.1f} times the quiet one, {busy.lost} were lost"
    if after.processes > before.processes:
        yield f"{after.processes - before.processes} processes are left"
    if after.files > LEFT_BEHIND * before.files:
        yield f"{after.files - before.files} files are left open"
    if after.memory > LEFT_BEHIND * before.memory:
        yield f"{after.memory - before.memory:.0f} MiB are left"


def main() -> None:
    end_when_told()
    parser = argparse.ArgumentParser(description="Whether runaway queries hurt others.")
    parser.add_argument("--data", type=Path, help="data folder to serve; without it a graph is made up")
    parser.add_argument("--articles", type=int, default=15_000, help="how many to make up")
    parser.add_argument("--peers", type=lambda text: text.split(","), default="ours", help=f"of {', '.join(NAMES)}")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long look-ups are measured, quiet and busy")
    parser.add_argument("--limit", type=float, default=5.0, help="seconds that a query may take")
    parser.add_argument("--patience", type=float, default=10.0, help="seconds past the limit that a client waits")
    parser.add_argument("--runaways", type=int, default=0, help="so many more, to see what they leave behind")
    parser.add_argument("--aidgraph", default="", help="another command than the installed aidgraph to serve ours")
    parser.add_argument("--ours", type=str.split, default="", help="options for aidgraph serve, as one word")
    parser.add_argument("--rdflib", default="", help="virtual environment with rdflib-endpoint")
    given = parser.parse_args()
    native = ["--timeout-s", f"{given.limit:.0f}"]
    options = {"ours": [given.aidgraph, *given.ours], "native": native, "rdflib": [given.rdflib]}
    broken: dict[str, list[str]] = {}
    with tempfile.TemporaryDirectory() as folder:
        data = given.data or made_up_data(Path(folder), given.articles, 1)
        point = next(query for query in make_queries(open_snapshot(data).store) if query.name == "point")
        for name in given.peers:
            with start(name, data, options[name]) as peer:
                broken[name] = try_server(peer, point, given)
                print("  " + ("; ".join(broken[name]) or "keeps to all rules"), flush=True)
    if broken.get("ours"):
        sys.exit("ours does not keep to the rules")


if __name__ == "__main__":
    main()
