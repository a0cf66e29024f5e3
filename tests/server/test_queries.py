"""The fixed queries: each runs, and each can be given its values."""

from __future__ import annotations

from importlib import resources

import pyoxigraph as ox
import pytest

from server.queries import query_text, select

NAMES = sorted(file.name.removesuffix(".rq") for file in resources.files("server").joinpath("rq").iterdir())
ITALY = ox.NamedNode("https://w3id.org/aidgraph/id/country/italy")
GIVEN = {
    "this": ITALY,
    "role": ox.NamedNode("https://w3id.org/aidgraph/ontology#recipient"),
    "property": ox.NamedNode("https://w3id.org/aidgraph/ontology#recipient"),
    "prefix": ox.Literal("https://w3id.org/aidgraph/id/country/"),
}


def given(name: str) -> dict[str, ox.NamedNode | ox.Literal]:
    """The values that a query is run with: those of its comment's variables."""
    comment = query_text(name).partition("\n")[0]
    return {key: value for key, value in GIVEN.items() if f"?{key}" in comment}


@pytest.mark.parametrize("name", NAMES)
def test_query_runs_with_the_values_that_its_comment_names(store: ox.Store, name: str) -> None:
    rows = list(select(store, name, given(name), limit=1000))
    for variable, value in given(name).items():
        assert all(row[variable] == value for row in rows)


def test_select_gives_each_query_only_what_was_asked(store: ox.Store) -> None:
    rows = list(select(store, "subjects", {"this": ITALY, "property": GIVEN["property"]}))
    assert [row["subject"].value.rpartition("/")[2] for row in rows] == ["russia-to-italy-pledged-2020-03-21"]


def test_select_pages(store: ox.Store) -> None:
    everything = [row["subject"] for row in select(store, "incoming", {"this": ITALY})]
    paged = [row["subject"] for n in range(4) for row in select(store, "incoming", {"this": ITALY}, limit=1, offset=n)]
    assert paged == everything
    assert len(paged) == 4
