"""Requests that others would have this machine make: a listener waits for them here, and nobody comes."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from live import TOKEN, Live

from kg.errors import AidgraphError, SettingsError
from kg.loading import read_quads
from kg.read.page import parse_html
from server.jsonld.documents import load_frozen
from server.problems import Refused
from server.syntax.allowed import Allowed, parse_address
from server.syntax.network import guard_query, guard_update

STORY = "<p>" + "Norway has sent 200 tents to Chile after the earthquake of last week. " * 5 + "</p>"
INWARD = ("127.0.0.1", "10.0.0.1", "169.254.169.254", "::1", "fd00::1", "::ffff:10.0.0.1", "64:ff9b::a00:1", "0.0.0.0")


class Trap:
    """A listener on this machine that counts who comes."""

    def __init__(self) -> None:
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.address = f"http://127.0.0.1:{self._listener.getsockname()[1]}/"
        self.visits = 0
        self._thread = threading.Thread(target=self._listen, daemon=True)
        self._thread.start()

    def _listen(self) -> None:
        while True:
            try:
                visitor, _ = self._listener.accept()
            except OSError:
                return
            self.visits += 1
            visitor.close()

    def close(self) -> None:
        self._listener.shutdown(socket.SHUT_RDWR)
        self._thread.join()
        self._listener.close()


@pytest.fixture
def trap() -> Iterator[Trap]:
    trap = Trap()
    yield trap
    trap.close()


def test_trap_counts_who_comes(trap: Trap) -> None:
    host, _, port = trap.address.removeprefix("http://").rstrip("/").partition(":")
    with socket.create_connection((host, int(port))) as visitor:
        visitor.recv(1)
    assert trap.visits == 1


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {{ SERVICE <{0}> {{ ?s ?p ?o }} }}",
        "SELECT * {{ SERVICE SILENT <{0}> {{ ?s ?p ?o }} }}",
        "PREFIX a: <{0}> SELECT * {{ service a: {{ ?s ?p ?o }} }}",
        "SELECT * {{ BIND(<{0}> AS ?x) SERVICE ?x {{ ?s ?p ?o }} }}",
        "BASE <{0}> SELECT * {{ SERVICE <> {{ ?s ?p ?o }} }}",
        "SELECT * FROM <{0}> {{ ?s ?p ?o }}",
        "DESCRIBE <{0}>",
    ],
)
def test_query_reaches_nobody(server: Live, trap: Trap, query: str) -> None:
    answer = server.query(query.format(trap.address))
    assert answer.status in (200, 403), answer.text
    assert trap.visits == 0


@pytest.mark.parametrize("update", ["LOAD <{0}>", "LOAD SILENT <{0}>", "LOAD <{0}> INTO GRAPH <urn:a>"])
def test_update_reaches_nobody(server: Live, trap: Trap, update: str) -> None:
    headers = {"Content-Type": "application/sparql-update", "Authorization": f"Bearer {TOKEN}"}
    answer = server.ask("/update", "POST", headers=headers, body=update.format(trap.address).encode())
    assert answer.status in (204, 403), answer.text
    assert trap.visits == 0


@pytest.mark.parametrize("path", ["/graphs?graph={}", "/reconcile/view?id={}", "/fragments?subject={}", "/search?q={}"])
def test_address_in_a_parameter_is_only_a_name(server: Live, trap: Trap, path: str) -> None:
    server.ask(path.format(trap.address))
    assert trap.visits == 0


@pytest.mark.parametrize("profile", ["", ";profile={}"])
@pytest.mark.parametrize("link", ['<{}>; rel="http://www.w3.org/ns/json-ld#context"', '<{}>; rel="profile"'])
def test_context_or_frame_of_others_is_not_fetched(server: Live, trap: Trap, link: str, profile: str) -> None:
    headers = {"Accept": f"application/ld+json{profile.format(trap.address)}", "Link": link.format(trap.address)}
    server.ask("/data/country/italy.jsonld", headers=headers)
    assert trap.visits == 0


def test_frozen_loader_knows_our_context_only(trap: Trap) -> None:
    with pytest.raises(Exception, match="No document is loaded from the network"):
        load_frozen(trap.address, {})
    assert trap.visits == 0


def test_file_of_json_ld_fetches_no_context(tmp_path: Path, trap: Trap) -> None:
    file = tmp_path / "a.jsonld"
    file.write_text(f'{{"@context": "{trap.address}", "@id": "urn:a", "name": "b"}}')
    with pytest.raises(AidgraphError):
        list(read_quads(file))
    assert trap.visits == 0


@pytest.mark.parametrize(
    "part",
    [
        "<img src='{0}'><iframe src='{0}'></iframe><script src='{0}'></script><link rel=stylesheet href='{0}'>",
        "<base href='{0}'><meta http-equiv=refresh content='0; url={0}'>",
        "<!DOCTYPE html SYSTEM '{0}'>",
        "<link rel=amphtml href='{0}'><link rel=canonical href='{0}'><meta property='og:url' content='{0}'>",
        "<script type='application/ld+json'>{{\"@context\": \"{0}\", \"@type\": \"NewsArticle\"}}</script>",
        "<?xml version='1.0'?><?xml-stylesheet href='{0}'?>",
    ],
)
def test_page_that_is_read_is_read_alone(trap: Trap, part: str) -> None:
    page = part.format(trap.address) + f"<html><body>{STORY}"
    assert "200 tents" in parse_html(page.encode(), id="a", source="a.html").text
    assert trap.visits == 0


@pytest.mark.parametrize("address", INWARD)
def test_public_name_that_leads_inward_is_refused(address: str) -> None:
    """A name whose answer changes (DNS rebinding) is looked at each time."""
    allowed = Allowed.of(["https://data.example.com/sparql"], resolve=lambda host, port: [address])
    asked = parse_address("https://data.example.com/sparql")
    assert asked is not None
    assert "private network" in allowed.refusal(asked)


@pytest.mark.parametrize(
    "target",
    [
        "http://127.1/", "http://0x7f000001/", "http://2130706433/", "http://[::1]/", "http://localhost./", "file:///etc/passwd",
        "https://data.example.com@127.0.0.1/sparql", "https://data.example.com/sparql/../admin", "gopher://127.0.0.1/",
        "https://data.example.com/sparql%2f..%2fadmin", "https://data.example.com:22/sparql",
    ],
)  # fmt: skip
def test_what_no_entry_covers_is_refused(target: str) -> None:
    allowed = Allowed.of(["https://data.example.com/sparql"], resolve=lambda host, port: ["93.184.216.34"])
    with pytest.raises(Refused):
        guard_query(f"SELECT * {{ SERVICE <{target}> {{ }} }}", allowed)
    with pytest.raises(Refused):
        guard_update(f"LOAD <{target}>", allowed)


@pytest.mark.parametrize("entry", ["file:///", "*", "//a", "http://user:word@a/", "javascript:alert(1)"])
def test_setting_of_services_takes_plain_addresses(entry: str) -> None:
    with pytest.raises(SettingsError):
        Allowed.of([entry])
