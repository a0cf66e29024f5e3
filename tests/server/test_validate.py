"""``aidgraph validate`` on an endpoint: our own server, asked in pages."""

from __future__ import annotations

import pyoxigraph as ox
import pytest
from live import Live

from kg.endpoint import Endpoint
from kg.validate.remote import fetch_quads
from server.cli import cli, run


@pytest.mark.parametrize("at_once", [100, 10_000])
def test_everything_is_fetched_whatever_the_size_of_a_page(live: Live, store: ox.Store, at_once: int) -> None:
    endpoint = Endpoint(f"http://127.0.0.1:{live.port}/sparql")
    fetched = {quad.triple for quad in fetch_quads(endpoint.address, endpoint.ask, at_once=at_once)}
    assert fetched == {quad.triple for quad in store}


def test_command_validates_an_endpoint(live: Live, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(cli, ["validate", f"http://127.0.0.1:{live.port}/sparql"]) == 0
    assert capfd.readouterr().out == "Conforms: no findings.\n"


def test_command_tells_what_an_endpoint_answers_instead(live: Live, capfd: pytest.CaptureFixture[str]) -> None:
    assert run(cli, ["validate", f"http://127.0.0.1:{live.port}/nowhere"]) == 1
    assert "/nowhere: answered 404" in capfd.readouterr().err
