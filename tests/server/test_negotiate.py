"""Content negotiation, as a table of headers."""

from __future__ import annotations

import pytest

from server.media import GRAPH_OFFERS, HTML_OFFER, RESULT_OFFERS
from server.negotiate import choose, named, parse_accept

FIREFOX = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"
PAGES = (*GRAPH_OFFERS, HTML_OFFER)


@pytest.mark.parametrize(
    ("accept", "expected"),
    [
        (None, "text/turtle"),
        ("", "text/turtle"),
        ("*/*", "text/turtle"),
        ("*", "text/turtle"),
        ("nonsense", "text/turtle"),
        (FIREFOX, "text/html"),
        ("text/html", "text/html"),
        ("text/turtle;charset=utf-8", "text/turtle"),
        ('application/ld+json;profile="http://www.w3.org/ns/json-ld#compacted"', "application/ld+json"),
        ('application/ld+json; profile="a b,c"; q=0.5, application/n-triples;q=0.4', "application/ld+json"),
        ("application/rdf+xml;q=0.5, application/n-triples;q=0.7", "application/n-triples"),
        ("text/*", "text/turtle"),
        ("application/*", "application/ld+json"),
        ("application/*, application/ld+json;q=0", "application/n-triples"),
        ("*/*;q=0.1, application/trig", "application/trig"),
        ("*/*, application/trig", "application/trig"),
        ("TEXT/Turtle", "text/turtle"),
        ("application/rdf+xml, text/html;q=0.9", "application/rdf+xml"),
        ("text/turtle;q=2, application/trig", "application/trig"),
        ("text/turtle;q=0, */*", "application/ld+json"),
        ("text/turtle;level=1, application/n-quads;q=0.1", "application/n-quads"),
    ],
)
def test_choose_takes_what_the_client_likes_best(accept: str | None, expected: str) -> None:
    offer = choose(PAGES, accept)
    assert offer is not None
    assert offer.media_type == expected


@pytest.mark.parametrize("accept", ["image/png", "text/turtle;q=0", "*/*;q=0", "text/turtle;level=1", "a/b, c/*"])
def test_choose_finds_nothing_for_a_client_that_takes_none(accept: str) -> None:
    assert choose(GRAPH_OFFERS, accept) is None


def test_choose_keeps_the_media_type_that_was_named() -> None:
    offer = choose(RESULT_OFFERS, "application/json")
    assert offer is not None
    assert (offer.media_type, offer.name) == ("application/json", "json")


def test_parse_accept_reads_a_profile_with_a_comma_in_it() -> None:
    ranges = parse_accept('application/ld+json;profile="x,y";q=0.2, text/html')
    assert [(found.subtype, found.quality) for found in ranges] == [("html", 1.0), ("ld+json", 0.2)]


@pytest.mark.parametrize(("name", "expected"), [("csv", "text/csv"), ("TEXT/CSV", "text/csv"), ("png", None)])
def test_named_finds_by_short_name_or_media_type(name: str, expected: str | None) -> None:
    offer = named(RESULT_OFFERS, name)
    assert (offer and offer.media_type) == expected
