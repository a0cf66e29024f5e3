"""Line ends and control characters of others: none begins a header field, a line of a log or a terminal's command."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from attacks import ATTACKS
from flask.testing import FlaskClient
from live import Live, eventually

AIDGRAPH = str(Path(sys.executable).parent / "aidgraph")
BREAK = "a\r\nSet-Cookie: pwned=1\r\n\r\n<script>alert(1)</script>"
ADDRESSES = (
    *("/sparql?query={}", "/sparql?query=ASK{{}}&format={}", "/sparql?query=ASK{{}}&default-graph-uri={}"),
    *("/page/country/{}", "/id/country/{}", "/data/country/{}.ttl", "/data/country/italy.jsonld?profile={}"),
    *("/data/country/italy.jsonld?frame={}", "/ontology/{}", "/scheme/{}", "/search?q={}", "/fragments?subject={}"),
    *("/graphs?graph={}", "/graphs/{}", "/reconcile/view?id={}", "/reconcile?queries={}", "/events?sort={}"),
    *("/.well-known/void?format={}", "/dumps/{}", "/static/{}", "/{}"),
)
FIELDS = (
    *("Accept", "Accept-Language", "Accept-Encoding", "X-Request-Id", "User-Agent", "If-None-Match", "Range", "Link"),
    *("X-Forwarded-For", "X-Forwarded-Proto", "Origin", "Referer", "Authorization", "Cookie"),
)


def headers_of(server: Live, sent: bytes) -> list[bytes]:
    """The header lines of the first answer to what is sent as it is."""
    with server.socket() as connection:
        connection.sendall(sent)
        received = b""
        while b"\r\n\r\n" not in received and (piece := connection.recv(1 << 16)):
            received += piece
    return received.partition(b"\r\n\r\n")[0].split(b"\r\n")


def names_of(lines: list[bytes]) -> set[bytes]:
    return {line.partition(b":")[0].lower() for line in lines[1:]}


@pytest.mark.parametrize("address", ADDRESSES)
def test_line_ends_in_an_address_begin_no_field(server: Live, address: str) -> None:
    sent = f"GET {address.format(quote(BREAK, safe=''))} HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"
    lines = headers_of(server, sent.encode())
    assert lines[0].startswith(b"HTTP/1.1 "), lines
    assert b"set-cookie" not in names_of(lines)


@pytest.mark.parametrize("field", FIELDS)
@pytest.mark.parametrize("ending", ["\r\n ", "\n", "\r", "\0"])
def test_line_ends_in_a_field_come_back_in_none(server: Live, field: str, ending: str) -> None:
    broken = f"{field}: x{ending}Set-Cookie: pwned=1\r\n"
    sent = f"GET /id/country/italy HTTP/1.1\r\nHost: a\r\n{broken}Connection: close\r\n\r\n"
    lines = headers_of(server, sent.encode())
    assert b"set-cookie" not in names_of(lines)
    assert not any(b"pwned" in line for line in lines)


def test_graph_of_others_writes_no_field(client: FlaskClient) -> None:
    for path in ("/page/country/italy", "/page/article/000-0888dd242fe82e2b", "/data/country/italy.jsonld"):
        fields = client.get(path).headers
        assert "Set-Cookie" not in fields
        assert not any("alert(1)" in value or "\x1b" in value for _, value in fields)


def test_access_log_has_one_object_a_line_whatever_is_sent(server: Live) -> None:
    log = server.log.parent / "access.log"
    for attack in (*ATTACKS, BREAK, '","status":200,"x":"', "\ud800"):
        place = quote(attack.encode("utf-8", "surrogatepass"), safe="")
        agent = "".join(letter for letter in attack if letter.isprintable() and ord(letter) < 256)
        assert server.ask(f"/page/{place}", headers={"User-Agent": agent}).status in (400, 404)
    assert eventually(lambda: "alert(1)" in log.read_text())
    written = log.read_bytes()
    assert written.isascii()
    assert not {*range(32)} - {10} & set(written)
    entries = [json.loads(line) for line in written.decode().splitlines()]
    assert {len(entry) for entry in entries} == {12}


def test_access_log_tells_no_token_and_no_query(server: Live) -> None:
    secret = "SELECT+%3Fsecret+%7B%7D"
    server.ask(f"/sparql?query={secret}", headers={"Authorization": "Bearer not-for-the-log"})
    server.ask("/page/country/italy?token=not-for-the-log")
    log = server.log.parent / "access.log"
    assert eventually(lambda: "/page/country/italy" in log.read_text())
    assert "not-for-the-log" not in log.read_text()
    assert "secret" not in log.read_text()


@pytest.mark.parametrize("name", ["\x1b]0;pwned\x07\x1b[2J.txt", "a\nfailed: b.txt", "gpj\u202etxt..txt"])
def test_refused_file_speaks_to_no_terminal(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    (folder / name).write_bytes(b"\0\1\2\3" * 100 + b"words")
    command = [AIDGRAPH, "build", str(folder), "--data", str(tmp_path / "data"), "--jobs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path)
    told = done.stdout + done.stderr
    assert (done.returncode, "rename the file" in told) == (1, True), told
    assert all(letter.isprintable() or letter == "\n" for letter in told), told
    assert "\nfailed: b.txt" not in told


def test_answer_in_a_table_speaks_to_no_terminal(hostile: Path, tmp_path: Path) -> None:
    command = [AIDGRAPH, "query", "SELECT ?name { ?s schema:name ?name }", "--data", str(hostile)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "\\x1b[2J" in done.stdout
    assert all(letter.isprintable() or letter == "\n" for letter in done.stdout)
