"""SERVICE and LOAD: what is refused never reaches the network, however it is written; what is allowed does."""

from __future__ import annotations

import contextlib
import random
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pyoxigraph as ox
import pytest

from server.problems import Refused
from server.syntax.allowed import Allowed
from server.syntax.network import NOWHERE, guard_query, guard_update

NOBODY = Allowed()
HERE = "<http://127.0.0.1:9/>"


@dataclass
class Listener:
    """A server that hangs up on everybody and remembers that they came."""

    port: int
    calls: list[object] = field(default_factory=list)

    @property
    def iri(self) -> str:
        return f"<http://127.0.0.1:{self.port}/>"


@pytest.fixture(scope="module")
def listener() -> Iterator[Listener]:
    with socket.create_server(("127.0.0.1", 0)) as server:
        found = Listener(server.getsockname()[1])
        threading.Thread(target=_hang_up, args=(server, found.calls), daemon=True).start()
        yield found
        server.shutdown(socket.SHUT_RDWR)


def _hang_up(server: socket.socket, calls: list[object]) -> None:
    while True:
        try:
            connection, caller = server.accept()
        except OSError:  # the socket is shut: the tests are over
            return
        calls.append(caller)
        connection.close()


def friend(*services: str) -> Allowed:
    return Allowed.of(services, resolve=lambda *_: ["93.184.215.14"])


# What the grammar has, what fools a word search, and what pyoxigraph alone lets pass.
CALLS = [
    "SELECT * { SERVICE HERE {} }",
    "SELECT * { SERVICE# a comment\nHERE {} }",
    "SELECT * { SERVICE#\rHERE#\r{} }",
    "SELECT * { SERVICEHERE{} }",
    "SELECT * { service HERE {} }",
    "SELECT * { {} UNION{}SERVICEHERE{} }",
    "PREFIX a: HERE SELECT * { SERVICE a: {} }",
    "PREFIX a: HERE SELECT * { SERVICEa:b{} }",
    "PREFIX silent: HERE SELECT * { SERVICE silent:b {} }",
    "SELECT * { ?s ?p 1SERVICEHERE{} }",
    "SELECT * { ?s ?p 1.e5SERVICEHERE{} }",
    "SELECT * { ?s ?p .5SERVICEHERE{} }",
    "SELECT * { ?s a1SERVICEHERE{} }",
    "SELECT * { ?s atrueSERVICEHERE{} }",
    "SELECT * { ?s ?p trueSERVICEHERE{} }",
    "SELECT * { ?s ?p 'x'SERVICEHERE{} }",
    "PREFIX x: <http://x/> SELECT * { ?s ?p x:a.b.SERVICEHERE{} }",
    "PREFIX x: <http://x:> SELECT * { ?s ?p x:SERVICEHERE{} }",
    "PREFIX x: <//x:> SELECT * { ?s ?p x:SERVICEHERE{} }",
    r"PREFIX x: <http:\u002f/x:> SELECT * { ?s ?p x:SERVICEHERE{} }",
    "SELECT * { VALUES (?a ?b) {(1 2)} FILTER(?a<?b)SERVICE#>\nHERE {} }",
    "SELECT * { VALUES ?a {''' # '''} SERVICE HERE {} }",
    "SELECT * { VALUES ?a {'''a' } SERVICE HERE {} #\\q'''\n}",
    'SELECT * { VALUES ?a {"""a" } SERVICE HERE {} #\\u00zz"""\n}',
    "SELECT * { VALUES ?d {2} BIND(1 < ?d && <<(<a:a> <b:b> <c:c>)>><?d AS ?e)SERVICE#>\nHERE {} }",
    "SELECT * { FILTER EXISTS { SERVICE HERE {} } }",
    "ASK { ?s<http://x/'>?o . FILTER(1<2) SERVICE HERE {} ?s ?p 'a' }",
    "CONSTRUCT { ?s ?p ?o } WHERE { { SELECT * { SERVICE HERE { ?s ?p ?o } } } }",
    "SELECT * { {} LATERAL { SERVICE HERE {} } }",
]


@pytest.mark.parametrize("call", CALLS)
def test_guard_query_refuses_every_service_clause(call: str) -> None:
    with pytest.raises(Refused) as caught:
        guard_query(call.replace("HERE", HERE), NOBODY)
    assert caught.value.extra["services"]
    assert "AIDGRAPH_SERVICES" in caught.value.detail


@pytest.mark.parametrize("call", CALLS)
def test_guard_query_lets_nothing_through_silently(call: str, listener: Listener) -> None:
    query = call.replace("HERE", listener.iri).replace("SERVICE", "SERVICE SILENT")
    with contextlib.suppress(Refused):
        run(guard_query(query, NOBODY))
    assert not listener.calls


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { ?s ?p ?o } # SERVICE <http://x/> {}",
        'SELECT * { ?s ?p "SERVICE <http://x/> {}" }',
        "SELECT * { ?s ?p '''\nSERVICE <http://x/> {}''' }",
        'SELECT * { ?s ?p """a "quoted" SERVICE <http://x/> {}""" }',
        r'SELECT * { ?s ?p "\" SERVICE <http://x/> {}" }',
        "SELECT * { ?service ?p ?o . $service ?p ?o }",
        "SELECT * { ?s <http://x/SERVICE> <http://x/#SERVICE> }",
        "PREFIX service: <http://x/> SELECT * { GRAPH service:g { ?s service:p ?o } }",
        "PREFIX x: <http://x/> SELECT * { ?s x:service ?o { ?a ?b ?c } }",
        "SELECT * { ?s ?p 'x'@service }",
        "PREFIX x: <http://x/> SELECT * { ?s x:p.service ?o }",
        "SELECT * { _:service ?p ?o }",
    ],
)
def test_guard_query_is_not_fooled_by_the_word(query: str) -> None:
    assert guard_query(query, NOBODY) == query
    run(query)  # the engine takes it, and asks nobody


def test_guard_query_names_each_target_once_and_why() -> None:
    with pytest.raises(Refused) as caught:
        guard_query("SELECT * { SERVICE <http://b/> {} SERVICE ?a {} SERVICE <http://b/> {} }", friend("http://c/"))
    assert caught.value.extra["services"] == ["<http://b/>", "?a"]
    assert "<http://b/> (no entry" in caught.value.detail
    assert "?a (a variable" in caught.value.detail


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("SELECT * { SERVICE <http://good.example/sparql> {} }", None),
        ("SELECT * { SERVICE SILENT <http://good.example/sparql> {} }", None),
        ("SELECT * { SERVICE<HTTP://GOOD.example:80/x/../sparql>{} }", "<http://good.example/sparql>"),
        ("PREFIX g: <http://good.example/> SELECT * { SERVICE g:sparql {} }", "<http://good.example/sparql>"),
        ("PREFIX : <http://good.example/sparql> SELECT * { SERVICE : {} }", "<http://good.example/sparql>"),
        ("BASE <http://good.example/a/b> SELECT * { SERVICE <../sparql> {} }", "<http://good.example/sparql>"),
        ("BASE <http://good.example/> PREFIX s: <sp> ASK { SERVICE s:arql {} }", "<http://good.example/sparql>"),
    ],
)
def test_guard_query_writes_allowed_targets_out(query: str, expected: str | None) -> None:
    guarded = guard_query(query, friend("http://good.example/sparql"))
    if expected is None:
        assert guarded == query
    else:
        assert expected in guarded[query.index("SERVICE") :]
        assert query[: query.index("SERVICE") + 7] == guarded[: query.index("SERVICE") + 7]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * { SERVICE <sparql> {} }",
        "SELECT * { SERVICE <//good.example/sparql> {} }",
        r"SELECT * { SERVICE <http://good.example/spar\u0071l> {} }",
        "PREFIX g: <http://good.example/> PREFIX g: <http://evil/> SELECT * { SERVICE g:sparql {} }",
        r"PREFIX g: <http://good.example/> SELECT * { SERVICE g:sparql\- {} }",
        "SELECT * { SERVICE g:sparql {} }",
        "BASE <http://evil/> SELECT * { SERVICE <sparql> {} }",
        "BASE <http://good.example/> SELECT * { SERVICE <//evil/sparql> {} }",
        "PREFIX g: <http://good.example> SELECT * { SERVICE g:_evil {} }",
    ],
)
def test_guard_query_refuses_a_target_in_doubt(query: str) -> None:
    with pytest.raises(Refused):
        guard_query(query, friend("http://good.example/sparql"))


def test_guard_query_makes_a_silent_refusal_one_empty_solution(listener: Listener) -> None:
    query = f"SELECT * {{ VALUES ?a {{1}} SERVICE SILENT {listener.iri} {{ ?s ?p ?o }} }}"
    guarded = guard_query(query, NOBODY)
    assert names(guarded) == ["a", "o", "p", "s"]
    assert run(guarded) == [['"1"^^<http://www.w3.org/2001/XMLSchema#integer>', None, None, None]]
    assert not listener.calls


def test_guard_query_refuses_a_variable_silently() -> None:
    guarded = guard_query("SELECT * { VALUES ?where { 1 } SERVICE SILENT ?where { ?s ?p ?o } }", NOBODY)
    assert names(guarded) == ["o", "p", "s", "where"]
    assert run(guarded) == [[None, None, None, '"1"^^<http://www.w3.org/2001/XMLSchema#integer>']]


def test_guard_query_does_not_change_a_string_that_looks_like_a_clause() -> None:
    query = f"SELECT * {{ BIND('SERVICE SILENT {HERE} {{}}' AS ?x) SERVICE SILENT HERE {{}} }}"
    assert guard_query(query.replace("HERE", HERE), NOBODY) == query.replace("HERE", NOWHERE)


def test_guard_query_refuses_a_silent_clause_in_one_reading_of_two() -> None:
    with pytest.raises(Refused):
        guard_query(f"SELECT * {{ FILTER(?a<?b)SERVICE SILENT#>\n{HERE} {{}} ?s a1 }}", NOBODY)


@pytest.mark.parametrize(
    "update",
    [
        "LOAD HERE",
        "LOADHERE INTO GRAPH <http://g/>",
        "CLEAR ALL;LOAD#\nHERE",
        "PREFIX a: HERE LOAD a:b",
        "PREFIX a: HERE LOADa:b",
        "PREFIX silent: HERE LOAD silent:x",
        "LOAD <file:///etc/passwd>",
        "INSERT { ?s ?p ?o } WHERE { SERVICE HERE { ?s ?p ?o } }",
        "DELETE { ?s ?p ?o } WHERE { ?s a1SERVICE HERE { ?s ?p ?o } }",
    ],
)
def test_guard_update_refuses_loading_and_asking(update: str) -> None:
    with pytest.raises(Refused) as caught:
        guard_update(update.replace("HERE", HERE), NOBODY)
    assert caught.value.extra["services"]


def test_guard_update_makes_a_silent_load_change_nothing(listener: Listener) -> None:
    store = small_store()
    store.update(guard_update(f"LOAD SILENT {listener.iri} INTO GRAPH <http://g/>", NOBODY))
    assert len(store) == 1
    assert not listener.calls


@pytest.mark.parametrize(
    "update",
    [
        "INSERT DATA { <a:a> <b:load> 'LOAD <http://x/>' } # LOAD <http://x/>",
        "PREFIX load: <http://x/> INSERT DATA { load:a load:b load:c }",
        "INSERT DATA { <a:a> <b:b> 'download the file' }",
    ],
)
def test_guard_update_is_not_fooled_by_the_word(update: str) -> None:
    assert guard_update(update, NOBODY) == update
    ox.Store().update(update)


def test_guard_update_lets_an_allowed_load_through(listener: Listener) -> None:
    update = guard_update(f"LOAD {listener.iri}", friend(listener.iri[1:-1]))
    with contextlib.suppress(OSError):
        ox.Store().update(update)
    time.sleep(0.05)
    assert listener.calls
    listener.calls.clear()


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_the_engine_follows_no_redirect(status: int, listener: Listener) -> None:
    """What an allowed address leads to is not looked at, because the engine does not go there."""
    answer = f"HTTP/1.1 {status} Elsewhere\r\nLocation: {listener.iri[1:-1]}\r\nContent-Length: 0\r\n\r\n"
    with socket.create_server(("127.0.0.1", 0)) as server:
        asked = threading.Thread(target=_answer_twice, args=(server, answer.encode()), daemon=True)
        asked.start()
        target = f"<http://127.0.0.1:{server.getsockname()[1]}/>"
        with pytest.raises(OSError, match=r"[Rr]edirect"):
            run(f"SELECT * {{ SERVICE {target} {{ ?s ?p ?o }} }}")
        with pytest.raises(OSError, match="redirect"):
            ox.Store().update(f"LOAD {target}")
        asked.join(timeout=5)
    assert not listener.calls


def _answer_twice(server: socket.socket, answer: bytes) -> None:
    for _ in range(2):
        connection, _ = server.accept()
        with connection:
            connection.recv(65536)
            connection.sendall(answer)


PIECES = [
    "SERVICE", "SERVICE SILENT", "service", "LOAD", "LOAD SILENT", "HERE", "x:", "x:a", "x:a.b.", "y:", "?a", "?b", "{",
    "}", "{}", "(", ")", ".", ";", ",", "<", ">", "<<(", ")>>", "'", '"', "'''", '"""', "''", "\\", "\\q", "#", "\n",
    " ", "a", "1", "1.", "1.e5", ".5", "true", "@en", "^^", "FILTER(", "?a<?b", "BIND(1 AS ?c)", "EXISTS {",
    "VALUES ?v {", "OPTIONAL {", "UNION", "GRAPH ?g {", "SELECT * {", "_:b", "[]", "<a:b>", "a:b",
    "%41", "/", "*", "|", "!", "=",
]  # fmt: skip


@pytest.mark.parametrize("seed", range(4))
def test_guards_let_no_token_soup_reach_the_network(seed: int, listener: Listener) -> None:
    soup = random.Random(seed)
    for _ in range(1500):
        body = "".join(soup.choice(PIECES) for _ in range(soup.randint(1, 12)))
        middle = soup.choice(("SERVICE", "SERVICE SILENT", "1SERVICE", "aSERVICE ")) + "HERE{}"
        text = f"PREFIX x: HERE PREFIX y: <http://y:> SELECT * {{ ?s ?p ?o . {body}{middle} }}".replace(
            "HERE", listener.iri
        )
        with contextlib.suppress(Refused, SyntaxError, OSError, ValueError):
            run(guard_query(text, NOBODY))
        text = f"PREFIX x: HERE {body}LOADHERE;{body}".replace("HERE", listener.iri)
        with contextlib.suppress(Refused, SyntaxError, OSError, ValueError, RuntimeError):
            ox.Store().update(guard_update(text, NOBODY))
    assert not listener.calls


def small_store() -> ox.Store:
    store = ox.Store()
    store.update("INSERT DATA { <a:a> <b:b> 1 }")
    return store


def run(query: str) -> list[list[str | None]]:
    """The rows of a query, or triples, or nothing for a yes or no; its evaluation is over when this returns."""
    results = small_store().query(query)
    if isinstance(results, ox.QueryBoolean):
        return []
    return [[str(value) if value is not None else None for value in row] for row in results]


def names(query: str) -> list[str]:
    results = small_store().query(query)
    assert isinstance(results, ox.QuerySolutions)
    return [variable.value for variable in results.variables]
