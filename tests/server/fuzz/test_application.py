"""Whole requests: to the Flask application, and to the front with its workers; no 500 for anybody, and no traceback."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Coroutine, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from cases import bodies, cases, headers, methods, parameters, paths, tally
from flask import Flask
from hypothesis import given
from hypothesis import strategies as st

from kg.settings import Settings
from server.app import create_app
from server.front.asgi import Front
from server.front.exchange import Message, Scope
from server.front.start import ForkerProcess, create_front

TOKEN = "a-token-of-the-tests"


def check(status: int, content_type: str, body: bytes, *, is_head: bool) -> None:
    """What has to be true of every answer."""
    assert 200 <= status < 500 or status in (503, 504), body
    assert b"Traceback" not in body
    if content_type == "application/problem+json" and not is_head:
        problem = json.loads(body)
        assert problem["status"] == status and problem["detail"]


@pytest.fixture(scope="module")
def loud(publish: Any, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    """The application, which lets through what would be a 500."""
    folder = tmp_path_factory.mktemp("loud")
    publish(folder)
    app = create_app(Settings(data=folder, token=TOKEN))
    app.config["PROPAGATE_EXCEPTIONS"] = True
    return app


@cases(20)
@given(method=methods, path=paths, address=parameters, fields=headers, body=bodies, has_token=st.booleans())
def test_site_answers_or_refuses(
    loud: Flask, method: str, path: str, address: bytes, fields: Mapping[str, str], body: bytes, has_token: bool
) -> None:
    tally["site"] += 1
    known = {**fields, "Authorization": f"Bearer {TOKEN}"} if has_token else {**fields}
    known.pop("Host", None)  # the test client refuses odd ones itself
    environ = {"PATH_INFO": path.encode().decode("latin-1"), "QUERY_STRING": quote(address, safe="%&=+;")}
    with loud.test_client() as client:
        answer = client.open(
            "/", method=method, headers=known, data=body, environ_overrides=environ, buffered=True
        )
    check(answer.status_code, answer.content_type or "", answer.data, is_head=method == "HEAD")


@dataclass
class Answered:
    """What an ASGI application sent."""

    messages: list[Message] = field(default_factory=list)

    async def send(self, message: Message) -> None:
        self.messages.append(message)

    @property
    def status(self) -> int:
        status: int = self.messages[0]["status"]
        return status

    @property
    def content_type(self) -> str:
        return dict(self.messages[0]["headers"]).get(b"content-type", b"").decode("latin-1")

    @property
    def body(self) -> bytes:
        return b"".join(message.get("body", b"") for message in self.messages[1:])


class Hosted:
    """The front with its workers in an event loop of the test's own."""

    def __init__(self, front: Front) -> None:
        self._front = front
        self._loop = asyncio.new_event_loop()
        self._life: asyncio.Queue[Message] = asyncio.Queue()
        self._started = asyncio.Event()
        self._task = self._loop.create_task(front({"type": "lifespan"}, self._life.get, self._hear))
        self._life.put_nowait({"type": "lifespan.startup"})
        self.run(self._started.wait())

    def run(self, work: Coroutine[Any, Any, Any]) -> None:
        self._loop.run_until_complete(asyncio.wait_for(work, 60))

    async def _hear(self, message: Message) -> None:
        self._started.set()

    def ask(self, scope: Scope, body: bytes) -> Answered:
        """One request, its body in two pieces."""
        answered = Answered()
        pieces = [body[:5], body[5:]]

        async def receive() -> Message:
            if not pieces:
                await asyncio.sleep(60)  # the client waits
            return {"type": "http.request", "body": pieces.pop(0), "more_body": bool(pieces)}

        self.run(self._front(scope, receive, answered.send))
        return answered

    def close(self) -> None:
        """End as the server ends."""
        self._life.put_nowait({"type": "lifespan.shutdown"})
        self.run(self._task)
        self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        self._loop.run_until_complete(asyncio.sleep(0.1))  # connections to workers close
        self._loop.close()


@pytest.fixture(scope="module")
def hosted(publish: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosted]:
    folder = tmp_path_factory.mktemp("hosted")
    publish(folder)
    settings = Settings(data=folder, token=TOKEN, query_timeout=5.0, copy_memory=0)
    with ForkerProcess(settings) as forker:
        hosted = Hosted(create_front(settings, forker.address))
        yield hosted
        hosted.close()


@cases(20)
@given(method=methods, path=st.one_of(st.just("/sparql"), paths), address=parameters, fields=headers, body=bodies)
def test_front_answers_or_refuses(
    hosted: Hosted, method: str, path: str, address: bytes, fields: Mapping[str, str], body: bytes
) -> None:
    tally["front"] += 1
    scope: Scope = {
        "type": "http", "method": method, "path": path, "query_string": address, "scheme": "http", "root_path": "",
        "headers": [(name.lower().encode(), value.encode("latin-1")) for name, value in fields.items()],
        "client": ("192.0.2.1", 1), "server": ("127.0.0.1", 80), "http_version": "1.1",
    }  # fmt: skip
    answered = hosted.ask(scope, body)
    check(answered.status, answered.content_type, answered.body, is_head=method == "HEAD")


def test_hosted_front_really_answers(hosted: Hosted, data: Path) -> None:
    """The test above would pass on a front that refuses everything."""
    scope: Scope = {
        "type": "http", "method": "GET", "path": "/sparql", "query_string": b"query=ASK%7B%3Fs+%3Fp+%3Fo%7D",
        "headers": [(b"accept", b"application/sparql-results+json")], "client": None, "scheme": "http",
        "root_path": "", "server": None, "http_version": "1.1",
    }  # fmt: skip
    answered = hosted.ask(scope, b"")
    assert json.loads(answered.body) == {"head": {}, "boolean": True}
