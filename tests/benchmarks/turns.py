"""Turns: the same questions to one server after the other, and what comes of it as rates, latencies and verdicts.

Whatever else a machine does changes from minute to minute, so servers are compared in short turns one after the other,
and in the other order the next time.
"""

from __future__ import annotations

import statistics
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Final

from answers import Asked, Checker, Verdict
from load import Crew, Told
from peers import Peer
from queries import Query

BELIEVED_AFTER: Final = 1.5
"""Seconds a turn in which answers of native Oxigraph are checked; later ones are taken as right."""


@dataclass(slots=True)
class Score:
    """What one server did in all turns of one row: answers a second, seconds that half and 95 % stayed below.

    ``processor`` is its own time for an answer, in seconds: what else the machine does matters little to it.
    """

    answers: int = 0
    rate: float = 0.0
    processor: float = 0.0
    turns: list[float] = field(default_factory=list)
    p50: float = 0.0
    p95: float = 0.0
    mean_bytes: float = 0.0
    verdict: Verdict = field(default_factory=Verdict)


@dataclass(slots=True)
class Row:
    """One row of the table: a query or stream, a number of clients, and the scores by server."""

    name: str
    kind: str
    clients: int
    scores: dict[str, Score]

    def ratio(self, one: str, other: str) -> float | None:
        """How many answers ``one`` gives in the time of one of ``other``; None where either was wrong or gave none."""
        here, there = self.scores[one], self.scores[other]
        if here.verdict.wrong or there.verdict.wrong or not (here.rate and there.rate):
            return None
        return here.rate / there.rate


class Texts:
    """Hands out questions; those of a turn are the same for every server and never come again."""

    def __init__(self) -> None:
        self._next: Counter[str] = Counter()

    def fresh(self, kinds: Iterable[Query], most: int) -> Asked:
        """At most so many questions that were not asked before; they count as asked once :meth:`use` says so."""
        given, asked = Counter(self._next), []
        for query in islice(kinds, most):
            if given[query.name] >= query.texts:
                break  # a short turn is better than a text that comes twice
            asked.append((query, query.text(given[query.name])))
            given[query.name] += 1
        return asked

    def use(self, asked: Asked) -> None:
        """These were asked."""
        self._next.update(query.name for query, _ in asked)


def play_row(
    crew: Crew,
    peers: Sequence[Peer],
    checker: Checker,
    questions: Callable[[int], Asked],
    *,
    name: str,
    kind: str,
    seconds: float,
    rounds: int,
    used: Callable[[Asked], None] = lambda asked: None,
) -> Row:
    """Play all turns of a row.

    Args:
        questions: those of the turn of this number.
        seconds: how long a turn takes.
        used: is given those that a server was asked.
    """
    told: dict[str, list[list[Told]]] = {peer.name: [] for peer in peers}
    row = Row(name, kind, len(crew), {peer.name: Score() for peer in peers})
    for turn in range(rounds):
        asked = questions(turn)
        for peer in peers if turn % 2 == 0 else peers[::-1]:
            requests, before = _requests(peer, asked), peer.processor_seconds()
            told[peer.name].append(crew.play(peer.address, requests, seconds))
            row.scores[peer.name].processor += peer.processor_seconds() - before
        # Native Oxigraph first: the others are held against it.
        for peer in sorted(peers, key=lambda peer: peer.name != "native"):
            believed = BELIEVED_AFTER if peer.name == "native" else None
            verdict = checker.check(crew, peer.address, asked, told[peer.name][-1], believe_after=believed)
            row.scores[peer.name].verdict += verdict
        used(asked[: max(len(crew) * len(one.answers) for turns in told.values() for one in turns[-1])])
    for peer_name, score in row.scores.items():
        _sum_up(score, told[peer_name])
    return row


def _requests(peer: Peer, asked: Asked) -> list[bytes]:
    """What goes over the wire; a text that repeats is written once."""
    accepts = {text: query.accept for query, text in asked}
    written = {text: peer.address.request(text, accept) for text, accept in accepts.items()}
    return [written[text] for _, text in asked]


def _sum_up(score: Score, turns: Sequence[Sequence[Told]]) -> None:
    """A client's last answer is let end, so each client's rate is over its own time, and the rates are added."""
    everything = [one for turn in turns for one in turn]
    latencies = sorted(seconds for one in everything for seconds in one.seconds)
    score.answers = len(latencies)
    score.processor /= max(1, score.answers)
    score.turns = [sum(len(one.answers) / one.elapsed for one in turn if one.elapsed) for turn in turns]
    score.rate = statistics.fmean(score.turns)
    score.mean_bytes = sum(one.bytes for one in everything) / max(1, len(latencies))
    if latencies:
        score.p50, score.p95 = (latencies[int(len(latencies) * share)] for share in (0.5, 0.95))
