"""``/openapi.json`` is valid and tells all routes that there are, and no others."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import reduce
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient

from server.front.queries import METHODS
from server.openapi.document import describe
from server.problems import Problem

UNTOLD = {"OPTIONS", "QUERY"}
"""OPTIONS goes without saying; for QUERY OpenAPI 3.1 has no place."""


@pytest.fixture(scope="module")
def description() -> Any:
    return json.loads(json.dumps(describe()))


def operations(description: Any) -> Iterator[tuple[str, str, Any]]:
    for path, methods in description["paths"].items():
        for method, operation in methods.items():
            yield path, method, operation


def test_every_route_and_method_is_told_and_no_other(app: Flask, description: Any) -> None:
    there: dict[str, set[str]] = {}
    for rule in app.url_map.iter_rules():
        path = re.sub(r"<(?:path:|int:)?(\w+)>", r"{\1}", rule.rule)
        there.setdefault(path, set()).update((rule.methods or set()) - UNTOLD)
    there["/sparql"] = {*METHODS} - UNTOLD  # answered by the front
    told = {path: {method.upper() for method in methods} for path, methods in description["paths"].items()}
    assert told == there


def test_every_reference_leads_somewhere(description: Any) -> None:
    references = set(re.findall(r'"\$ref": "([^"]+)"', json.dumps(description)))
    assert references
    for reference in references:
        assert reference.startswith("#/")
        assert reduce(lambda part, name: part[name], reference.split("/")[1:], description)


def test_every_path_parameter_is_told(description: Any) -> None:
    for path, _, operation in operations(description):
        told = {one["name"] for one in operation.get("parameters", []) if one["in"] == "path"}
        assert told == set(re.findall(r"\{(\w+)\}", path)), path


def test_every_tag_is_explained(description: Any) -> None:
    used = {tag for _, _, operation in operations(description) for tag in operation["tags"]}
    assert used == {tag["name"] for tag in description["tags"]}


def test_writing_and_nothing_else_needs_the_token(description: Any) -> None:
    secured = {(path, method) for path, method, operation in operations(description) if "security" in operation}
    graphs = {(path, method) for path in ("/graphs", "/graphs/{name}") for method in ("put", "post", "delete")}
    assert secured == graphs | {("/update", "post")}


def test_every_status_of_a_problem_is_explained(description: Any) -> None:
    statuses = {str(problem.status) for problem in Problem.__subclasses__()}
    assert statuses <= set(description["components"]["responses"])


def test_it_is_served_and_found_from_the_start_page(client: FlaskClient, description: Any) -> None:
    links = client.get("/").headers.getlist("Link")
    found = re.search(r'<([^>]+)>; rel="service-desc"; type="([^"]+)"', ", ".join(links))
    assert found, links
    answer = client.get(found[1])
    assert (answer.status_code, answer.content_type) == (200, found[2])
    assert json.loads(answer.data) == description


def test_it_is_not_sent_twice(client: FlaskClient) -> None:
    tag = client.get("/openapi.json").headers["ETag"]
    assert client.get("/openapi.json", headers={"If-None-Match": tag}).status_code == 304
