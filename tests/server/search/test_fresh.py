"""The very next search after a write shows what was written, and not what was deleted."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from live import TOKEN, Live, running

WRITER = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "application/sparql-update"}
PREFIXES = "PREFIX schema: <http://schema.org/> PREFIX country: <https://w3id.org/aidgraph/id/country/> "


def found(server: Live, path: str, words: str) -> list[str]:
    answer = server.ask(f"{path}?q={words}&exact=1")
    assert answer.status == 200, answer.text
    data = answer.json
    return [hit["label"] for hit in data.get("hits", data.get("suggestions"))]


@pytest.mark.parametrize("path", ["/search.json", "/search/suggest"])
def test_search_is_never_older_than_the_last_write(publish: Callable[..., None], tmp_path: Path, path: str) -> None:
    publish(tmp_path / "data")
    with running(tmp_path / "data", tmp_path, "--workers", "2") as server:
        assert found(server, path, "lemuria") == []
        for verb, expected in (("INSERT", ["Lemuria"]), ("DELETE", [])):
            text = f"{PREFIXES} {verb} DATA {{ country:lemuria a schema:Country ; schema:name 'Lemuria' }}"
            assert server.ask("/update", "POST", headers=WRITER, body=text.encode()).status == 204
            assert [found(server, path, "lemuria") for _ in range(3)] == [expected] * 3
