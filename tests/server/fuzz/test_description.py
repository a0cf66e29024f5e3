"""Requests that schemathesis makes from ``/openapi.json``: each answer is one that the description tells of.

Of the faults of a server only 503 and 504 are allowed, which say what to do about them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from cases import IS_LARGE, cases, tally
from live import TOKEN, Live, running
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from server.openapi.document import describe

CHECKS = [
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
]


TEXTS = ("application/n-triples", "application/sparql-query", "application/sparql-update", "text/turtle")


@schemathesis.serializer(*TEXTS)
def as_text(_context: object, value: object) -> bytes:
    """Bodies that the description calls texts, sent as such."""
    return value if isinstance(value, bytes) else str(value).encode(errors="replace")


schema = schemathesis.openapi.from_dict(describe())
schema.config.phases.coverage.enabled = IS_LARGE  # a thousand cases more


@pytest.fixture(scope="module")
def server(publish: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Live]:
    """A server on a graph of its own, since much of what is sent is written."""
    folder = tmp_path_factory.mktemp("described")
    publish(folder)
    with running(folder, folder, "--workers", "1") as server:
        yield server


@schema.parametrize()
@cases(0.25)  # for each route and method
def test_answer_is_as_described(server: Live, case: schemathesis.Case) -> None:
    tally["described"] += 1
    response = case.call(base_url=server.address, headers={"Authorization": f"Bearer {TOKEN}"})
    allowed = [] if response.status_code in (503, 504) else [not_a_server_error]
    case.validate_response(response, checks=[*CHECKS, *allowed])
