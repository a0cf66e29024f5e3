"""Errors: one body a form, and never a traceback."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Never

import pytest
from flask import Flask

from kg.errors import StoreError
from kg.settings import Settings
from server.app import create_app
from server.problems import QUIET, UNUSABLE, log_reason, unusable


@pytest.fixture(scope="module")
def faulty(data: object, app: Flask) -> Flask:
    """An application with a route that has a bug."""
    broken = create_app(Settings(data=app.extensions["aidgraph"].settings.data))
    broken.add_url_rule("/bug", view_func=lambda: {}["secret"])
    broken.add_url_rule("/disk", "disk", view_func=lambda: Path("/nowhere/secret").read_text())
    broken.add_url_rule("/store", "store", view_func=lost)
    return broken


def lost() -> Never:
    raise StoreError("/srv/secret: the store cannot be opened")


@pytest.mark.parametrize(
    ("accept", "media_type", "start"),
    [
        (None, "application/problem+json", '{"type": "about:blank", "title": "Not Found", "status": 404'),
        ("application/json", "application/json", '{"type"'),
        ("text/html,*/*;q=0.8", "text/html", "<!doctype html>"),
        ("text/plain", "text/plain", "404 Not Found\n"),
        ("image/png", "application/problem+json", '{"type"'),
    ],
)
def test_error_comes_in_the_form_asked_for(app: Flask, accept: str | None, media_type: str, start: str) -> None:
    response = app.test_client().get("/nowhere", headers={"Accept": accept} if accept else {})
    assert (response.status_code, response.mimetype) == (404, media_type)
    assert response.text.startswith(start)
    assert response.headers["Access-Control-Allow-Origin"] == "*"
    assert "default-src 'none'" in response.headers["Content-Security-Policy"]


@pytest.mark.parametrize("accept", ["application/json", "text/html", "text/plain"])
def test_a_fault_of_ours_is_500_without_its_traceback(faulty: Flask, accept: str) -> None:
    response = faulty.test_client().get("/bug", headers={"Accept": accept})
    assert response.status_code == 500
    assert "secret" not in response.text
    assert "Traceback" not in response.text


def test_a_fault_of_the_disk_is_503_with_a_time_to_come_back_and_without_its_path(faulty: Flask) -> None:
    response = faulty.test_client().get("/disk", headers={"Accept": "application/json"})
    assert (response.status_code, response.headers["Retry-After"]) == (503, "30")
    assert "secret" not in response.text


def test_a_fault_of_the_store_is_told_in_the_log_and_its_place_not_to_the_client(
    faulty: Flask, capsys: pytest.CaptureFixture[str]
) -> None:
    response = faulty.test_client().get("/store", headers={"Accept": "application/json"})
    assert (response.status_code, response.headers["Retry-After"], response.json["detail"]) == (503, "30", UNUSABLE)
    assert "secret" not in response.text
    assert "/srv/secret: the store cannot be opened" in capsys.readouterr().err


def test_error_page_shows_what_was_asked_as_text(app: Flask) -> None:
    response = app.test_client().get("/id/<script>alert(1)</script>", headers={"Accept": "text/html"})
    assert "&lt;script&gt;" in response.text
    assert "<script>" not in response.text


def test_error_of_a_method_names_those_allowed(app: Flask) -> None:
    response = app.test_client().post("/events")
    assert (response.status_code, response.json["title"]) == (405, "Method Not Allowed")
    assert "GET" in response.headers["Allow"]


def test_log_has_the_same_reason_once_in_a_while(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = 1000 * QUIET
    monkeypatch.setattr(time, "monotonic", lambda: clock)
    for _ in range(3):
        log_reason(unusable("/srv/one: gone"))
        log_reason(unusable("/srv/other: gone"))
    clock += QUIET
    log_reason(unusable("/srv/one: gone"))
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["aidgraph: /srv/one: gone", "aidgraph: /srv/other: gone", "aidgraph: /srv/one: gone"]
