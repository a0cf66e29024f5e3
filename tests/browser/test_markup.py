"""The HTML of every kind of page is what the standard wants, so that no browser has to guess."""

from __future__ import annotations

from collections import Counter
from xml.etree.ElementTree import Element

import pytest
from html5rdf import HTMLParser
from kinds import KINDS, Kind
from live import Live

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def parse(html: bytes) -> tuple[Element, list[str]]:
    """The tree, and what had to be guessed to get it: line, column, and the name of the error."""
    parser = HTMLParser()
    tree: Element = parser.parse(html.decode())
    return tree, [f"{line}:{column} {name}" for (line, column), name, _ in parser.errors]


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_page_is_parsed_without_an_error_and_no_id_comes_twice(site: Live, kind: Kind) -> None:
    answer = site.ask(kind.path, headers=BROWSER)
    assert (answer.status, answer.type) == (kind.status, "text/html")
    tree, errors = parse(answer.body)
    assert errors == []
    ids = Counter(element.get("id") for element in tree.iter() if element.get("id") is not None)
    assert [name for name, times in ids.items() if times > 1] == []


@pytest.mark.parametrize("broken", ["<p><div></p>", "<b><i></b></i>", "<a href=x><a href=y></a></a>", "<li id=a id=b>"])
def test_parser_tells_what_is_wrong(broken: str) -> None:
    assert parse(f"<!doctype html><title>x</title>{broken}".encode())[1]
