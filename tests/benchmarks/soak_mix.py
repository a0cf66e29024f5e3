"""What the soak asks, and how it knows whether an answer is right.

Each question is put together with its right answer, which is taken from the store directly and before anything runs.
Writes go to graphs and subjects of their own, so that they change no other answer. A question is asked with a comment
or parameter of its own half of the time, so that caches answer no more than they would in use.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import random
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote, urlencode

import pyoxigraph as ox

SCHEMA: Final = "http://schema.org/"
AID: Final = "https://w3id.org/aidgraph/ontology#"
_NAME: Final = ox.NamedNode(f"{SCHEMA}name")
_NOTE: Final = "http://example.org/soak/"
KNOWN: Final = 60
"""Things of each kind that are asked for."""

_PREFIXES: Final = f"PREFIX schema: <{SCHEMA}> PREFIX aid: <{AID}> "
_QUERIES: Final = (
    "SELECT ?donor (COUNT(*) AS ?n) { ?e a aid:AidEvent ; aid:donor ?donor } GROUP BY ?donor",
    "SELECT ?kind (COUNT(*) AS ?n) { ?i aid:category ?kind } GROUP BY ?kind",
    "SELECT ?phase (COUNT(?e) AS ?n) { ?e aid:phase ?phase ; aid:crisis ?c } GROUP BY ?phase",
    "SELECT ?e ?c { ?e aid:fulfils ?f . ?e aid:donor ?c }",
    "SELECT ?a (COUNT(?q) AS ?n) { ?q a schema:Quotation ; schema:isPartOf ?a } GROUP BY ?a HAVING (COUNT(?q) > 1)",
    "SELECT ?g (COUNT(*) AS ?n) { GRAPH ?g { ?e a aid:AidEvent } } GROUP BY ?g HAVING (COUNT(*) > 2)",
)

_LISTS: Final = ("/", "/events", "/articles", "/entities", "/map", "/timeline", "/sparql", "/dumps/")


@dataclass(frozen=True, slots=True)
class Request:
    """One request. ``check`` says what is wrong with the body of an answer with one of these ``statuses``, or ""."""

    kind: str
    path: str
    check: Callable[[bytes], str]
    method: str = "GET"
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None
    statuses: tuple[int, ...] = (200,)


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity: its IRI, the rest of its address, its name, and how many triples are about it."""

    iri: str
    path: str
    name: str
    triples: int


@dataclass(frozen=True)
class Known:
    """What is known of the graph before it is served."""

    things: Sequence[Thing]
    answers: Sequence[tuple[str, list[list[str]]]]
    dumps: Sequence[tuple[str, str]]
    """Names of dumps with their SHA-256."""


def learn(store: ox.Store, data: Path, *, base: str, seed: int = 1) -> Known:
    """Take right answers from the store and the dumps' own files."""
    chance = random.Random(seed)
    things = list[Thing]()
    for kind in ("Country", "Place", "Person"):
        found = [iri for (iri,) in _rows_of(store.query(f"SELECT ?s {{ ?s a <{SCHEMA}{kind}> }}"))]
        for iri in chance.sample(found, min(KNOWN, len(found))):
            node = ox.NamedNode(iri)
            names = [quad.object.value for quad in store.quads_for_pattern(node, _NAME, None, ox.DefaultGraph())]
            number = sum(1 for _ in store.quads_for_pattern(node, None, None, ox.DefaultGraph()))
            if iri.startswith(f"{base}id/") and names:
                things.append(Thing(iri, iri.removeprefix(f"{base}id/"), names[0], number))
    answers = [(query, _rows_of(store.query(_PREFIXES + query))) for query in _QUERIES]
    names = sorted(path.name for path in (data / "dumps").glob("aidgraph.*"))
    dumps = [(name, hashlib.sha256((data / "dumps" / name).read_bytes()).hexdigest()) for name in names]
    return Known(things, answers, dumps)


def _rows_of(answer: Any) -> list[list[str]]:
    return sorted([term.value for term in row] for row in answer)


class Mix:
    """Requests in a given mixture, without end. One for each client: it keeps what the client wrote."""

    def __init__(self, known: Known, token: str, client: int, *, seed: int = 1) -> None:
        self._known, self._token, self._client = known, token, client
        self._chance = random.Random(f"{seed} {client}")
        self._number = 0

    def __iter__(self) -> Iterator[Sequence[Request]]:
        """Requests to be made one after the other, as long as they are answered rightly."""
        makers: dict[Callable[[], Sequence[Request]], float] = {
            self.page: 24, self.listing: 8, self.data: 12, self.sparql: 24, self.search: 8, self.reconcile: 6,
            self.fragment: 10, self.health: 4,
            **({self.dump: 2} if self._known.dumps else {}),
            **({self.graph: 2} if self._client % 4 == 0 else {}),
            **({self.update: 0.3} if self._client == 0 else {}),
        }  # fmt: skip
        while True:
            yield self._chance.choices(list(makers), list(makers.values()))[0]()

    def each(self) -> list[Request]:
        """One of each kind, to see whether all is well."""
        makers = [self.page, self.listing, self.data, self.sparql, self.search, self.reconcile]
        makers += [self.fragment, self.graph]
        if self._known.dumps:
            makers.append(self.dump)
        return [request for make in makers for request in make()]

    def _thing(self) -> Thing:
        return self._chance.choice(self._known.things)

    def page(self) -> list[Request]:
        thing = self._thing()
        return [Request("page", f"/page/{thing.path}", lambda body: _has(body, f"{thing.name}", "</html>"))]

    def listing(self) -> list[Request]:
        path = self._chance.choice(_LISTS)
        headers = {"Accept": "text/html"}
        return [Request("list", path, lambda body: _has(body, "</html>"), headers=headers)]

    def data(self) -> list[Request]:
        thing = self._thing()

        def check(body: bytes) -> str:
            quads = [one for one in ox.parse(body, format=ox.RdfFormat.N_TRIPLES) if one.subject.value == thing.iri]
            return "" if len(quads) == thing.triples else f"{len(quads)} triples for {thing.triples}"

        return [Request("data", f"/data/{thing.path}.nt", check)]

    def sparql(self) -> list[Request]:
        query, rows = self._chance.choice(self._known.answers)
        own = f"# {self._client} {self._count()}\n" if self._chance.random() < 0.5 else ""
        path = f"/sparql?{urlencode({'query': f'{own}{_PREFIXES}{query}'}, quote_via=quote)}"

        def check(body: bytes) -> str:
            got = sorted(list(csv.reader(io.StringIO(body.decode())))[1:])
            return "" if got == rows else f"{len(got)} rows for {len(rows)}"

        return [Request("sparql", path, check, headers={"Accept": "text/csv"})]

    def search(self) -> list[Request]:
        thing = self._thing()
        path = f"/search.json?{urlencode({'q': thing.name})}"
        return [Request("search", path, lambda body: _has(body, thing.name, json_of=True))]

    def reconcile(self) -> list[Request]:
        thing = self._thing()
        body = urlencode({"queries": json.dumps({"q0": {"query": thing.name}})}).encode()

        def check(answer: bytes) -> str:
            names = [one["name"] for one in json.loads(answer)["q0"]["result"]]
            return "" if thing.name in names else f"{thing.name} is none of {names}"

        headers = {"Content-Type": "application/x-www-form-urlencoded"}
        return [Request("reconcile", "/reconcile", check, "POST", headers, body)]

    def fragment(self) -> list[Request]:
        thing = self._thing()
        path = f"/fragments?{urlencode({'subject': thing.iri})}"

        def check(body: bytes) -> str:
            text = body.decode()
            counts = {int(line.split('"')[1]) for line in text.splitlines() if "void#triples>" in line and '"' in line}
            return "" if thing.triples in counts else f"{counts} triples for {thing.triples}"

        return [Request("fragments", path, check, headers={"Accept": "application/n-quads"})]

    def dump(self) -> list[Request]:
        name, digest = self._chance.choice(self._known.dumps)

        def check(body: bytes) -> str:
            return "" if hashlib.sha256(body).hexdigest() == digest else f"another file of {len(body)} bytes"

        return [Request("dumps", f"/dumps/{name}", check)]

    def health(self) -> list[Request]:
        return [Request("health", "/healthz", lambda body: _has(body, '"ok"'))]

    def graph(self) -> list[Request]:
        """Put a graph, read it back, and delete it: what was written is what is read."""
        path = f"/graphs?{urlencode({'graph': f'{_NOTE}graph/{self._client}'})}"
        line = f'<{_NOTE}{self._client}> <{_NOTE}said> "{self._count()}" .'
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "text/turtle"}
        return [
            Request("write", path, _anything, "PUT", headers, line.encode(), (200, 201, 204)),
            Request("read", path, lambda body: _has(body, line), headers={"Accept": "application/n-triples"}),
            Request("write", path, _anything, "DELETE", headers, None, (200, 204, 404)),
        ]

    def update(self) -> list[Request]:
        """Change the default graph, for which the index is made anew."""
        subject = f"{_NOTE}note/{self._client}"
        text = f"DELETE {{ <{subject}> ?p ?o }} INSERT {{ <{subject}> <{_NOTE}said> {self._count()} }} "
        text += f"WHERE {{ OPTIONAL {{ <{subject}> ?p ?o }} }}"
        headers = {"Authorization": f"Bearer {self._token}", "Content-Type": "application/sparql-update"}
        return [Request("update", "/update", _anything, "POST", headers, text.encode(), (200, 204))]

    def _count(self) -> int:
        self._number += 1
        return self._number


def _anything(_: bytes) -> str:
    return ""


def _has(body: bytes, *words: str, json_of: bool = False) -> str:
    text = json.dumps(json.loads(body), ensure_ascii=False) if json_of else body.decode()
    missing = [word for word in words if word not in text]
    return f"without {missing}" if missing else ""
