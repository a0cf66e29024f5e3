"""The HTML of every kind of page is what the standard wants, so that no browser has to guess."""

from __future__ import annotations

from collections import Counter

import pytest
from justhtml import JustHTML
from kinds import KINDS, Kind
from live import Live

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


def parse(html: bytes) -> JustHTML:
    return JustHTML(html.decode(), collect_errors=True, sanitize=False)


@pytest.mark.parametrize("kind", KINDS, ids=str)
def test_page_is_parsed_without_an_error_and_no_id_comes_twice(site: Live, kind: Kind) -> None:
    answer = site.ask(kind.path, headers=BROWSER)
    assert (answer.status, answer.type) == (kind.status, "text/html")
    document = parse(answer.body)
    assert document.errors == []
    ids = Counter(node.attrs["id"] for node in document.query("[id]"))
    assert [name for name, times in ids.items() if times > 1] == []


@pytest.mark.parametrize("broken", [b"<p><div></p>", b"<b><i></b></i>", b"<a href=x><a href=y></a></a>"])
def test_parser_tells_what_is_wrong(broken: bytes) -> None:
    assert parse(b"<!doctype html><title>x</title>" + broken).errors
