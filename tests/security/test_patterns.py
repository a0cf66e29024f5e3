"""Text made to be slow: four times as much of it may not take much more than four times as long.

Patterns are met where they are used, on whole articles and whole headers, so that a limit before a pattern counts and
a pattern that nobody thought of is met too. Times are of the processor, the least of three, and only their ratio
counts: 16 is what work with the square of the length would take.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from kg.errors import AidgraphError
from kg.read.page import parse_html
from kg.read.text import parse_text
from server.encoding import choose_encoding
from server.media import GRAPH_OFFERS
from server.negotiate import choose
from server.problems import Problem
from server.profiles import wanted_form
from server.syntax.allowed import Allowed
from server.syntax.network import guard_query

SHORT = 8_000
WORST = 10.0
"""Of four times the length: linear is 4, with its logarithm 5; the square is 16."""
FLOOR = 0.05
"""Seconds that are no matter whatever they grow by."""

STORY = "Norway sends tents\n\nNorway has sent 200 tents to Chile after the earthquake of last week.\n\n"
PUMPS = (
    *(" ", "\t", "\n", "\n ", " \n", "a", "A", "1", "a ", "A ", "Aa ", "Aa, ", "A.", "A. ", "a-", "1,", "1."),
    *("1 ", "1/", "(", "(a", "(a) ", "[", "“", "\"", "'", "’", "— ", " - ", "- ", "|", " | ", ": ", "a: ", "/", "//"),
    *("http://a/", "By Aa ", "by ", "and ", "of ", "the ", "in the ", "between ", "hundred ", "hundred and "),
    *("1 January ", "January ", "Monday ", "$1 ", "Photo: ", "(Photo ", "CC BY ", "LONDON, ", "LONDON (", "<", "&amp;"),
)


def seconds(work: Callable[[str], object], text: str) -> float:
    """The least that it takes, refusals included."""
    taken = []
    for _ in range(3):
        began = time.process_time()
        with suppress(AidgraphError, Problem):
            work(text)
        taken.append(time.process_time() - began)
    return min(taken)


def check(work: Callable[[str], object], pump: str, head: str = "", size: int = SHORT) -> None:
    short, long = (head + (pump * (length // len(pump))) for length in (size, 4 * size))
    more = seconds(work, long)
    assert more < FLOOR or more < WORST * seconds(work, short), f"{more:.2f} s for {pump!r}"


def square(text: str) -> None:
    """What the check is there to find."""
    sum(1 for start in range(0, len(text), 4) for _ in text[start:])


def test_check_finds_work_that_grows_with_the_square() -> None:
    with pytest.raises(AssertionError, match="s for"):
        check(square, "a", size=4_000)


@pytest.mark.parametrize("pump", PUMPS)
def test_text_is_read_in_time_that_grows_with_it(pump: str) -> None:
    check(lambda text: parse_text(text.encode(), id="a", source="a"), pump, STORY)


@pytest.mark.parametrize("place", ["<p>{}</p>", "<title>{}</title>", "<meta name=author content='{}'>"])
@pytest.mark.parametrize("pump", [" ", "a ", "Aa, ", " - ", " | ", "\n \n", "&amp;", "by Aa and "])
def test_page_is_read_in_time_that_grows_with_it(place: str, pump: str) -> None:
    story = "".join(f"<p>{STORY}</p>" for _ in range(3))

    def read(text: str) -> None:
        parse_html(f"<html>{place.format(text)}<body>{story}</body></html>".encode(), id="a", source="a")

    check(read, pump)


@pytest.mark.parametrize("pump", [",", ";", "a/b,", "a/b;q=0.1,", "*/*", '"', "\\", " ", "a/b;profile=", '<a>;a="'])
def test_header_is_read_in_time_that_grows_with_it(pump: str) -> None:
    check(lambda text: choose(GRAPH_OFFERS, text), pump)
    check(lambda text: choose_encoding(text.encode()), pump)
    check(lambda text: wanted_form({}, text, text, "http://a/"), pump)


@pytest.mark.parametrize("pump", ["SERVICE ", "<", "'", '"""', "\\u0041", "#\n", "?a ", "{ ", "a:b ", "PREFIX a: <a> "])
def test_query_is_looked_through_in_time_that_grows_with_it(pump: str) -> None:
    check(lambda text: guard_query(text, Allowed()), pump, "SELECT * { SERVICE <http://a/> {} } ")
