"""Whether an answer is right: a fast wrong server would win otherwise.

What is right is told by the engine itself, asked in this process on the same store. That is as much work as the
measured server did, so native Oxigraph is checked so for a while in each round, and from then on taken at its word; the
others are compared with it byte by byte, and where bytes differ (another order, other prefixes) by content.
"""

from __future__ import annotations

import json
import time
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import pyoxigraph as ox
from load import Address, Crew, Told
from queries import CSV, JSON, NTRIPLES, TURTLE, Query

Asked = Sequence[tuple[Query, str]]
"""What was asked in a round: the query, and its text."""
SHOWN: Final = 5

_ROWS: Final = {JSON: ox.QueryResultsFormat.JSON, CSV: ox.QueryResultsFormat.CSV}
_GRAPHS: Final = {TURTLE: ox.RdfFormat.TURTLE, NTRIPLES: ox.RdfFormat.N_TRIPLES}


def content(body: bytes, accept: str) -> frozenset[str]:
    """The rows or triples of an answer, whatever their order; equal rows are told apart by a number.

    Raises:
        ValueError: it is not what its media type says.
    """
    if accept in _GRAPHS:
        try:
            return frozenset(str(triple) for triple in ox.parse(body, _GRAPHS[accept]))
        except SyntaxError as error:
            raise ValueError(str(error)) from error
    if accept == CSV:
        return _numbered(body.decode().splitlines())
    results = json.loads(body)
    return _numbered(json.dumps(row, sort_keys=True) for row in results["results"]["bindings"])


def _numbered(rows: Iterable[str]) -> frozenset[str]:
    counts: defaultdict[str, int] = defaultdict(int)
    numbered = set()
    for row in rows:
        counts[row] += 1
        numbered.add(f"{counts[row]} {row}")
    return frozenset(numbered)


@dataclass(slots=True)
class Verdict:
    """How many answers of a round were found right, and what was wrong with others; the first few are kept in words.

    ``believed``: those of native Oxigraph that were not looked at. ``unseen``: those whose body was not kept.
    """

    right: int = 0
    believed: int = 0
    unseen: int = 0
    wrong: int = 0
    faults: list[str] = field(default_factory=list)

    def blame(self, query: Query, text: str, fault: str) -> None:
        self.wrong += 1
        if len(self.faults) < SHOWN:
            self.faults.append(f"{query.name}: {fault}\n{text}")

    def __iadd__(self, other: Verdict) -> Verdict:
        self.right += other.right
        self.believed += other.believed
        self.unseen += other.unseen
        self.wrong += other.wrong
        self.faults = [*self.faults, *other.faults][:SHOWN]
        return self


class Checker:
    """Knows which digests of which texts are right."""

    def __init__(self, store: ox.Store) -> None:
        self._store = store
        self._right: defaultdict[str, set[str]] = defaultdict(set)
        self._expected: dict[str, frozenset[str]] = {}

    def forget(self) -> None:
        """Drop what is known of texts that are not asked again."""
        self._right.clear()
        self._expected.clear()

    def check(
        self, crew: Crew, address: Address, asked: Asked, told: Sequence[Told], *, believe_after: float | None = None
    ) -> Verdict:
        """Check every answer of a round; ``believe_after`` so many seconds of checking the rest is taken as right."""
        verdict, begun = Verdict(), time.monotonic()
        for client, one in enumerate(told):
            for place, (status, digest) in enumerate(one.answers):
                number = client + place * len(told)
                query, text = asked[number]
                if status != 200:
                    verdict.blame(query, text, f"status {status}: {digest}" if status else f"broken: {digest}")
                elif digest in self._right[text]:
                    verdict.right += 1
                elif believe_after is not None and time.monotonic() - begun > believe_after:
                    verdict.believed += 1
                    self._right[text].add(digest)
                elif (body := crew.body(address, number)) is None:
                    verdict.unseen += 1
                elif fault := self.fault(query, text, body):
                    verdict.blame(query, text, fault)
                else:
                    verdict.right += 1
                    self._right[text].add(digest)
        return verdict

    def fault(self, query: Query, text: str, body: bytes) -> str:
        """What is wrong with an answer; empty if nothing is."""
        expected = self.expected(query, text)
        try:
            got = content(body, query.accept)
        except (ValueError, KeyError) as error:
            return f"the answer cannot be read: {error}"
        if got == expected or (query.may_add and got >= expected):
            return ""
        missing, more = sorted(expected - got), sorted(got - expected)
        return f"{len(missing)} missing, {len(more)} too many, such as {(missing + more)[0]}"

    def expected(self, query: Query, text: str) -> frozenset[str]:
        """What the engine answers on this store, as :func:`content` tells it."""
        if text not in self._expected:
            results = self._store.query(text)
            if isinstance(results, ox.QueryTriples):
                body = results.serialize(format=_GRAPHS[query.accept])
            else:
                body = results.serialize(format=_ROWS[query.accept])
            self._expected[text] = content(body or b"", query.accept)
        return self._expected[text]
