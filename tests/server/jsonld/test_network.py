"""No JSON-LD makes this server look anything up: a listener on the loopback that every document names hears nothing."""

from __future__ import annotations

import json
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pyoxigraph as ox
import pytest
from pyld import jsonld

from kg.errors import AidgraphError
from kg.loading import load_files
from kg.settings import Settings
from kg.writing import Update, perform
from server.app import create_app
from server.jsonld import FRAMES, Form, dump_jsonld, load_frozen

TOKEN = "a.token-of-the-tests"

CONTEXTS: dict[str, Callable[[str], Any]] = {
    "remote": lambda url: url,
    "in a list": lambda url: [{"a": "urn:a"}, url],
    "imported": lambda url: {"@import": url},
    "of a term": lambda url: {"t": {"@id": "urn:t", "@context": url}},
    "of a type": lambda url: {"T": {"@id": "urn:T", "@context": {"@import": url}}},
    "deeper": lambda url: {"n": {"@id": "urn:n"}},
}
PROCESSORS: dict[str, Callable[[Any, Any], object]] = {
    "expand": lambda document, options: jsonld.expand(document, options),
    "compact": lambda document, options: jsonld.compact({}, document["@context"], options),
    "flatten": lambda document, options: jsonld.flatten(document, None, options),
    "frame": lambda document, options: jsonld.frame([], document, options),
    "to_rdf": lambda document, options: jsonld.to_rdf(document, options),
}


class Listener:
    """A server that answers nothing and remembers whether somebody came."""

    def __init__(self) -> None:
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._socket.setblocking(False)
        self.url = f"http://127.0.0.1:{self._socket.getsockname()[1]}/context"

    def was_asked(self) -> bool:
        try:
            self._socket.accept()[0].close()
        except BlockingIOError:
            return False
        return True

    def close(self) -> None:
        self._socket.close()


@pytest.fixture
def listener() -> Iterator[Listener]:
    made = Listener()
    yield made
    made.close()


def hostile(kind: str, url: str) -> dict[str, Any]:
    below = {"@context": url, "@id": "urn:y", "a": 1} if kind == "deeper" else {"@id": "urn:y", "a": 1}
    return {"@context": CONTEXTS[kind](url), "@id": "urn:x", "@type": "T", "t": below, "n": below, "p": 1}


def test_listener_hears_who_comes(listener: Listener) -> None:
    with socket.create_connection(("127.0.0.1", int(listener.url.split(":")[2].split("/")[0]))):
        assert listener.was_asked()
    assert not listener.was_asked()


@pytest.mark.parametrize("kind", CONTEXTS)
@pytest.mark.parametrize("name", PROCESSORS)
def test_no_processor_looks_a_context_up(name: str, kind: str, listener: Listener) -> None:
    if name == "compact" and kind == "deeper":
        kind = "remote"  # what is compacted with has nothing deeper
    with pytest.raises(jsonld.JsonLdError):
        PROCESSORS[name](hostile(kind, listener.url), {"documentLoader": load_frozen})
    assert not listener.was_asked()


@pytest.mark.parametrize("name", ["expand", "flatten", "to_rdf"])
def test_no_processor_looks_a_document_up(name: str, listener: Listener) -> None:
    with pytest.raises(jsonld.JsonLdError):
        PROCESSORS[name](listener.url, {"documentLoader": load_frozen})
    assert not listener.was_asked()


@pytest.mark.parametrize("profile", [None, "expanded", "compacted", "flattened", "framed"])
@pytest.mark.parametrize("name", [None, *FRAMES])
def test_no_form_of_ours_needs_the_loader_of_the_library(
    monkeypatch: pytest.MonkeyPatch, profile: str | None, name: str | None
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(jsonld, "_default_document_loader", lambda url, _options: asked.append(url))
    triple = ox.Triple(ox.NamedNode("urn:x"), ox.NamedNode("http://schema.org/name"), ox.Literal("x"))
    assert b"urn:x" in dump_jsonld([triple], "urn:x", "http://localhost/context.jsonld", Form(profile, name))
    assert asked == []


@pytest.mark.parametrize("kind", CONTEXTS)
def test_no_upload_looks_a_context_up(tmp_path: Path, kind: str, listener: Listener) -> None:
    perform(tmp_path, Update("INSERT DATA { <http://x/s> <http://x/p> 1 }", "http://x/"))
    client = create_app(Settings(data=tmp_path, token=TOKEN)).test_client()
    body, headers = json.dumps(hostile(kind, listener.url)), {"Authorization": f"Bearer {TOKEN}"}
    response = client.put("/graphs?graph=urn:g", data=body, content_type="application/ld+json", headers=headers)
    assert (response.status_code, response.content_type) == (400, "application/problem+json"), response.text
    assert client.get("/graphs?graph=urn:g").status_code == 404
    assert not listener.was_asked()


@pytest.mark.parametrize("kind", CONTEXTS)
def test_no_file_that_is_loaded_looks_a_context_up(tmp_path: Path, kind: str, listener: Listener) -> None:
    file = tmp_path / "hostile.jsonld"
    file.write_text(json.dumps(hostile(kind, listener.url)), encoding="utf-8")
    with pytest.raises(AidgraphError):
        load_files(tmp_path / "data", [file])
    assert not listener.was_asked()


@pytest.mark.parametrize("relation", ["frame", "context"])
def test_no_link_of_a_request_is_followed(client: Any, relation: str, listener: Listener) -> None:
    link = f'<{listener.url}.jsonld>; rel="http://www.w3.org/ns/json-ld#{relation}"'
    response = client.get("/data/country/italy.jsonld", headers={"Link": link})
    assert response.status_code == 400, response.text
    assert not listener.was_asked()
