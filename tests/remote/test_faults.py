"""What networks and overloaded stores do, and what comes of it: an answer, or an error that says so."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest
from backends import PASSWORD, free_port, oxigraph, settings_for
from flaky import Flaky, flaky
from flask.testing import FlaskClient

from kg.errors import BackendError
from kg.remote.attaching import attached, folder_of
from kg.remote.backend import backend_of, secrets_of
from kg.remote.client import Client
from kg.remote.health import FAILURES, Breaker
from kg.remote.pushing import push
from kg.remote.store import RemoteStore
from kg.settings import Settings
from server.app import create_app

COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
BREAKING = ("reset", "503", "garbage", "page", "cut")
"""Faults that are no answer; the first two are tried again, what was half an answer is not."""


@pytest.fixture(scope="module")
def proxied(gold_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Flaky, Settings]]:
    """A store with the seed articles behind a proxy, and settings that name the proxy."""
    folder = tmp_path_factory.mktemp("store")
    with oxigraph(folder) as given, flaky(given["store"]) as proxy:
        data = tmp_path_factory.mktemp("data") / "data"
        shutil.copytree(gold_data, data, symlinks=True)
        push(settings_for(data, given))
        address = f"http://127.0.0.1:{proxy.server_port}/query"
        yield proxy, Settings(store=address, store_timeout=1.0)


@pytest.fixture
def proxy(proxied: tuple[Flaky, Settings]) -> Iterator[Flaky]:
    """The proxy, without faults before and after."""
    yield proxied[0]
    proxied[0].faults.clear()
    proxied[0].always = "ok"


@pytest.fixture
def settings(proxied: tuple[Flaky, Settings], tmp_path: Path) -> Settings:
    return replace(proxied[1], data=tmp_path)


@pytest.fixture
def breaker(tmp_path: Path) -> Breaker:
    return Breaker(tmp_path)


@pytest.fixture
def store(settings: Settings, breaker: Breaker) -> RemoteStore:
    return RemoteStore(Client(backend_of(settings), secrets_of({}), breaker))


@pytest.fixture
def site(settings: Settings) -> FlaskClient:
    """The site on the proxied store."""
    return create_app(attached(settings)).test_client()


@pytest.mark.parametrize("fault", ["reset", "503"])
def test_read_is_tried_again(fault: str, proxy: Flaky, store: RemoteStore) -> None:
    proxy.faults += [fault, fault]
    assert count(store) > 1000
    assert not proxy.faults


@pytest.mark.parametrize("fault", BREAKING)
def test_what_is_no_answer_is_told(fault: str, proxy: Flaky, store: RemoteStore) -> None:
    proxy.always = fault
    with pytest.raises(BackendError, match=r"http://127\.0\.0\.1:\d+: "):
        count(store)


def test_update_is_not_sent_twice(proxy: Flaky, settings: Settings, breaker: Breaker) -> None:
    proxy.faults.append("reset")
    proxy.seen.clear()
    with pytest.raises(BackendError):
        Client(backend_of(settings), secrets_of({}), breaker).update("INSERT DATA {}", may_repeat=False)
    assert proxy.seen == ["/update reset"]


def test_slow_answer_is_given_up_in_time(proxy: Flaky, store: RemoteStore) -> None:
    proxy.faults.append("delay")
    began = time.monotonic()
    with pytest.raises(BackendError, match="no answer within 1 s"):
        count(store)
    assert time.monotonic() - began < 1.9


def test_store_that_is_gone_is_not_asked_for_a_while(proxy: Flaky, store: RemoteStore, breaker: Breaker) -> None:
    proxy.always = "503"
    for _ in range(FAILURES):
        with pytest.raises(BackendError):
            count(store)
    proxy.seen.clear()
    with pytest.raises(BackendError, match="is not asked for a while"):
        count(store)
    assert not proxy.seen
    assert breaker.read().state(time.time()) == "open"


def test_breaker_closes_when_a_trial_is_answered(tmp_path: Path) -> None:
    now = [1000.0]
    breaker = Breaker(tmp_path, lambda: now[0])
    for _ in range(FAILURES):
        breaker.fail("gone")
    assert not breaker.admits()
    now[0] += 6
    assert breaker.admits()
    assert not breaker.admits()  # one trial at a time
    breaker.succeed()
    assert breaker.admits()
    assert breaker.read().state(now[0]) == "closed"
    assert breaker.read().error == "gone"  # for whoever looks


def test_breaker_of_one_process_is_that_of_another(tmp_path: Path) -> None:
    for _ in range(FAILURES):
        Breaker(tmp_path).fail("gone")
    assert not Breaker(tmp_path).admits()


@pytest.mark.parametrize("fault", BREAKING)
def test_page_says_that_the_store_is_gone_and_recovers(fault: str, proxy: Flaky, site: FlaskClient) -> None:
    proxy.always = fault
    answer = site.get("/page/country/italy")
    assert answer.status_code == 503, answer.text
    proxy.always = "ok"
    Breaker(site.application.extensions["aidgraph"].settings.data).succeed()
    assert "Italy" in site.get("/page/country/italy").text


def test_health_tells_of_the_store(proxy: Flaky, site: FlaskClient) -> None:
    assert health(site) == {
        "state": "closed", "failures": 0, "last_error": None, "last_error_at": None,
    }  # fmt: skip
    proxy.always = "503"
    answer = site.get("/healthz")
    assert answer.status_code == 503
    assert (answer.json or {})["backend"]["failures"] > 0
    assert "503" in (answer.json or {})["backend"]["last_error"]


def test_store_that_is_gone_at_the_start_is_no_error_if_it_was_there_before(settings: Settings, proxy: Flaky) -> None:
    attached(settings)
    proxy.always = "reset"
    assert attached(settings).data == folder_of(settings)


def test_credentials_are_told_nowhere(tmp_path: Path) -> None:
    places = (f"http://127.0.0.1:{free_port()}/query", f"http://name:{PASSWORD}@localhost/query")
    environment = os.environ | {"AIDGRAPH_STORE_USER": "dba", "AIDGRAPH_STORE_PASSWORD": PASSWORD}
    for place in places:
        command = [str(Path(sys.executable).with_name("aidgraph")), "query", "ASK {}", "--store", place, "--data", "d"]
        done = subprocess.run(command, env=environment, cwd=tmp_path, capture_output=True, text=True, timeout=60)
        assert done.returncode == 1
        assert done.stderr.startswith("aidgraph: ")
        assert PASSWORD not in done.stdout + done.stderr
    assert not holds(tmp_path, PASSWORD)


def count(store: RemoteStore) -> int:
    """How many triples there are."""
    found = store.query(COUNT)
    assert isinstance(found, ox.QuerySolutions)
    return int(next(found)["n"].value)


def health(site: FlaskClient) -> object:
    """What is told of the store."""
    return (site.get("/healthz").json or {})["backend"]


def holds(folder: Path, word: str) -> list[Path]:
    """The files that have the word in them."""
    return [path for path in folder.rglob("*") if path.is_file() and word.encode() in path.read_bytes()]
