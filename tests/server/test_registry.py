"""Routes and media types are promises: a change of them has to be made in ``registry.json`` too."""

from __future__ import annotations

import json
from pathlib import Path

from flask import Flask

from kg.formats import GRAPH_FORMATS, RESULT_FORMATS
from server.media import GRAPH_OFFERS, RESULT_OFFERS

REGISTRY = json.loads(Path(__file__).with_name("registry.json").read_text(encoding="utf-8"))


def test_routes_are_those_of_the_registry(app: Flask) -> None:
    assert sorted({rule.rule for rule in app.url_map.iter_rules()}) == REGISTRY["routes"]


def test_media_types_are_those_of_the_registry() -> None:
    assert sorted(offer.media_type for offer in GRAPH_OFFERS) == REGISTRY["graph media types"]
    assert sorted(offer.media_type for offer in RESULT_OFFERS) == REGISTRY["result media types"]


def test_offers_name_formats_that_the_engine_writes() -> None:
    assert {offer.name for offer in GRAPH_OFFERS} == set(GRAPH_FORMATS)
    assert {offer.name for offer in RESULT_OFFERS} == set(RESULT_FORMATS)
    for offer in (*GRAPH_OFFERS[:6], *RESULT_OFFERS[:4]):
        written = GRAPH_FORMATS.get(offer.name) or RESULT_FORMATS[offer.name]
        assert offer.media_type == written.media_type.partition(";")[0]
