"""How fast the endpoint is beside native Oxigraph: ``python tests/benchmarks/endpoint.py [--seconds 4]``.

Clients in processes of their own ask one query after the other over loopback, as many as ``--clients`` says, ours and
the others in turns of ``--seconds`` on the same texts; every answer is checked after the turn. A ratio is of the
answers a second of ours to those of native Oxigraph, over ``--rounds`` turns each.

Three parts: ``queries`` asks each query for itself, each text once, and gives geometric means over their classes;
``mix`` asks all of them in one stream by their shares, each text once; ``repeats`` asks 1,000 texts of that mix over
and over by Zipf's law, after each was asked a first time. DESCRIBE of ours answers more triples than native (labels and
evidence), so that small queries are also told without it.

Without ``--data`` a graph is made up (``graph.py``) and loaded with ``aidgraph load``. rdflib-endpoint wants a virtual
environment of its own (``pip install 'rdflib-endpoint[cli]'``) and a small graph: ``--peers ours,rdflib --rdflib VENV
--articles 1330 --clients 1`` (it has no right form for DESCRIBE). Fails if an answer of the first server was wrong; a
row in which any was has no ratio. Clients and servers share the machine: expect noise.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack
from dataclasses import asdict
from functools import partial
from itertools import islice, repeat
from pathlib import Path
from statistics import geometric_mean
from typing import Any, Final

import pyoxigraph as ox
from answers import Asked, Checker
from graph import write_graph
from load import Crew
from peers import NAMES, Peer, end_when_told, program, start
from queries import Query, make_queries, mixed, repeated, repertoire
from turns import Row, Texts, play_row

from kg.store import open_snapshot

PARTS: Final = ("queries", "mix", "repeats")
CLASSES: Final = ("small", "filter", "heavy", "large")
MOST: Final = {"small": 6_000, "filter": 4_000, "heavy": 500, "large": 200, "mix": 4_000, "repeats": 12_000}
"""Questions made ready for a second of a turn; a turn that runs out of them ends early and is as good."""
WARM_UP: Final = 1.0


def run(given: argparse.Namespace, data: Path) -> dict[str, Any]:
    """Start the servers, play all rows and print the tables; what came of it, for a file of JSON."""
    store = open_snapshot(data).store
    queries = [query for query in make_queries(store) if not given.only or query.name in given.only]
    rows: list[Row] = []
    with ExitStack() as stack:
        peers = [stack.enter_context(start(name, data, given.options[name])) for name in given.peers]
        about = _about(given, len(store), peers)
        parts = Parts(given, store, peers, queries)
        for clients in given.clients:
            with Crew(clients) as crew:
                for row in parts.play(crew):
                    rows.append(row)
                    print(_line(row), flush=True)
        about["memory"] = {peer.name: asdict(peer.use()) for peer in peers}
    means = _means(rows, given.peers)
    print("\n".join(_mean_lines(means)))
    return {**about, "rows": [_as_json(row, given.peers) for row in rows], "means": means}


def _about(given: argparse.Namespace, quads: int, peers: Sequence[Peer]) -> dict[str, Any]:
    """What was measured on what; printed, too."""
    about = {
        "quads": quads,
        "versions": {peer.name: peer.version for peer in peers},
        "seconds": given.seconds,
        "rounds": given.rounds,
        "cores": len(os.sched_getaffinity(0)),
        "python": platform.python_version(),
    }
    versions = ", ".join(f"{peer.name} is {peer.version}" for peer in peers)
    print(f"{quads:,} quads, {about['cores']} cores; {versions}")
    print(f"{given.rounds} turns of {given.seconds:g} s for each server")
    print("answers a second; latencies and the server's processor time for an answer in ms")
    heads = "".join(f"{peer.name + '/s':>10}{'p50':>9}{'p95':>9}{'cpu':>8}" for peer in peers)
    print(f"{'query':12}{'clients':>8}{heads}{'ratio':>8}{'KiB':>8}  checked", flush=True)
    return about


class Parts:
    """The parts of a run, played anew by each crew."""

    def __init__(
        self, given: argparse.Namespace, store: ox.Store, peers: Sequence[Peer], queries: Sequence[Query]
    ) -> None:
        self._given, self._store, self._peers, self._queries = given, store, peers, queries
        self._texts, self._repertoire = Texts(), repertoire(queries, even=given.even)
        self._known = Checker(store)  # what is right for the texts that repeat
        self._is_warm = False

    def play(self, crew: Crew) -> Iterator[Row]:
        """All rows of the parts that were asked for."""
        self._warm_up(crew)
        for part in self._given.parts:
            yield from _PLAYED[part](self, crew)

    def _warm_up(self, crew: Crew) -> None:
        """Each server reads its files and starts its workers before anything counts."""
        asked = self._texts.fresh(mixed(self._queries, "warm-up", even=True), 20 * len(self._queries))
        self._texts.use(asked)
        for peer in self._peers:
            crew.play(peer.address, [peer.address.request(text, query.accept) for query, text in asked], WARM_UP)

    def _each_query(self, crew: Crew) -> Iterator[Row]:
        for query in self._queries:
            yield self._fresh_row(crew, query.name, query.kind, partial(_always, query))

    def _mix(self, crew: Crew) -> Iterator[Row]:
        seed, even = self._given.seed, self._given.even
        yield self._fresh_row(crew, "mix", "mix", lambda turn: mixed(self._queries, f"{seed} {turn}", even=even))

    def _fresh_row(self, crew: Crew, name: str, kind: str, kinds: Callable[[int], Iterable[Query]]) -> Row:
        """A row of texts that were never asked before."""
        most, checker = int(MOST[kind] * self._given.seconds), Checker(self._store)
        seconds, rounds = self._given.seconds, self._given.rounds

        def questions(turn: int) -> Asked:
            return self._texts.fresh(kinds(turn), most)

        used = self._texts.use
        return play_row(
            crew, self._peers, checker, questions, name=name, kind=kind, seconds=seconds, rounds=rounds, used=used
        )

    def _repeats(self, crew: Crew) -> Iterator[Row]:
        """Once in a run each text is asked a first time: what is measured is a server that has been up a while."""
        peers, known, most = self._peers, self._known, int(MOST["repeats"] * self._given.seconds)
        if not self._is_warm:
            self._is_warm = True
            name, longest = "first time", self._given.first_time
            yield play_row(
                crew, peers, known, lambda turn: self._repertoire, name=name, kind=name, seconds=longest, rounds=1
            )

        def questions(turn: int) -> Asked:
            return list(islice(repeated(self._repertoire, f"{self._given.seed} {turn}"), most))

        seconds, rounds = self._given.seconds, self._given.rounds
        yield play_row(crew, peers, known, questions, name="repeats", kind="repeats", seconds=seconds, rounds=rounds)


def _always(query: Query, turn: int) -> Iterable[Query]:
    return repeat(query)


_PLAYED: Final = {"queries": Parts._each_query, "mix": Parts._mix, "repeats": Parts._repeats}


def _line(row: Row) -> str:
    scores = row.scores.values()
    told = "".join(
        f"{one.rate:10.1f}{one.p50 * 1000:9.2f}{one.p95 * 1000:9.2f}{one.processor * 1000:8.2f}" for one in scores
    )
    names = list(row.scores)
    ratio = row.ratio(*names[:2]) if len(names) > 1 else None
    size = max(one.mean_bytes for one in scores) / 1024
    line = f"{row.name:12}{row.clients:8}{told}{_shown(ratio):>8}{size:8.1f}  {_checked(row)}"
    faults = [f"  {name}: {fault}" for name, one in row.scores.items() for fault in one.verdict.faults]
    return "\n".join([line, *faults])


def _shown(ratio: float | None) -> str:
    return "-" if ratio is None else f"{ratio:.2f}"


def _checked(row: Row) -> str:
    verdicts = [one.verdict for one in row.scores.values()]
    told = {name: sum(getattr(one, name) for one in verdicts) for name in ("right", "believed", "unseen", "wrong")}
    return ", ".join(f"{number} {name}" for name, number in told.items() if number or name == "right")


def _means(rows: Sequence[Row], peers: Sequence[str]) -> dict[str, dict[str, float]]:
    """Geometric means of the ratios of the first server to each other, over the classes, by number of clients."""
    groups = {kind: [row for row in rows if row.kind == kind] for kind in (*CLASSES, "mix", "repeats")}
    groups["small without describe"] = [row for row in groups["small"] if row.name != "describe"]
    groups["all queries"] = [row for kind in CLASSES for row in groups[kind]]
    means: dict[str, dict[str, float]] = {}
    for kind, members in groups.items():
        for clients in sorted({row.clients for row in members}):
            for other in peers[1:]:
                ratios = [row.ratio(peers[0], other) for row in members if row.clients == clients]
                if known := [ratio for ratio in ratios if ratio is not None]:
                    means.setdefault(f"{kind} to {other}", {})[str(clients)] = round(geometric_mean(known), 3)
    return means


def _mean_lines(means: dict[str, dict[str, float]]) -> Iterator[str]:
    yield "ratios, geometric means over the queries of a class, by number of clients"
    for kind, by_clients in means.items():
        yield f"{kind:36}" + "".join(f"{clients + ':':>6} {mean:5.2f}" for clients, mean in by_clients.items())


def _as_json(row: Row, peers: Sequence[str]) -> dict[str, Any]:
    ratios = {other: row.ratio(peers[0], other) for other in peers[1:]}
    return {**asdict(row), "ratios": ratios}


def made_up_data(folder: Path, articles: int, seed: int) -> Path:
    """A data folder with a made-up graph, loaded by our own command."""
    graph, data = folder / "graph.nq.gz", folder / "data"
    print(f"making up {articles} articles", flush=True)
    write_graph(graph, articles, seed=seed)
    subprocess.run([program("aidgraph"), "load", str(graph), "--data", str(data)], check=True)
    return data


def _listed(text: str) -> list[str]:
    return [part for part in text.split(",") if part]


def parse_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="The endpoint beside native Oxigraph and rdflib-endpoint.")
    parser.add_argument("--data", type=Path, help="data folder to serve; without it a graph is made up")
    parser.add_argument("--articles", type=int, default=15_000, help="how many to make up")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--clients", type=_listed, default="1,4,16")
    parser.add_argument("--seconds", type=float, default=4.0, help="how long a turn takes")
    parser.add_argument("--first-time", type=float, default=120.0, help="longest that texts are asked that then repeat")
    parser.add_argument("--rounds", type=int, default=2, help="turns of each server for each row")
    parser.add_argument(
        "--peers", type=_listed, default="ours,native", help=f"of {', '.join(NAMES)}; ratios are to the first"
    )
    parser.add_argument("--parts", type=_listed, default=",".join(PARTS), help=f"of {', '.join(PARTS)}")
    parser.add_argument("--only", type=_listed, default="", help="queries to ask, by name; all without it")
    parser.add_argument("--even", action="store_true", help="mix: all queries equally often")
    parser.add_argument("--aidgraph", default="", help="another command than the installed aidgraph to serve ours")
    parser.add_argument("--rdflib", default="", help="virtual environment with rdflib-endpoint")
    parser.add_argument("--ours", type=str.split, default="", help="options for aidgraph serve, as one word")
    parser.add_argument("--native", type=str.split, default="", help="options for oxigraph serve, as one word")
    parser.add_argument("--json", type=Path, help="file to write everything to")
    given = parser.parse_args(arguments)
    given.clients = [int(number) for number in given.clients]
    given.options = {"ours": [given.aidgraph, *given.ours], "native": given.native, "rdflib": [given.rdflib]}
    for name, known in (("peers", NAMES), ("parts", PARTS)):
        if unknown := set(getattr(given, name)) - set(known):
            parser.error(f"--{name}: {', '.join(sorted(unknown))} is none of {', '.join(known)}")
    return given


def main() -> None:
    end_when_told()
    given = parse_options()
    with tempfile.TemporaryDirectory() as folder:
        data = given.data or made_up_data(Path(folder), given.articles, given.seed)
        result = run(given, data)
    if given.json:
        given.json.write_text(json.dumps(result, indent=1) + "\n", encoding="utf-8")
    if any(row["scores"][given.peers[0]]["verdict"]["wrong"] for row in result["rows"]):
        sys.exit(f"an answer of {given.peers[0]} was wrong")


if __name__ == "__main__":
    main()
