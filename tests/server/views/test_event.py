"""The page of an event: its sentence, its chain, who says what, and where they differ."""

from __future__ import annotations

import re

import pytest
from flask.testing import FlaskClient


def words(text: str) -> str:
    """The page as it is read."""
    return " ".join(re.sub(r"<[^>]+>", " ", text.partition("<main")[2]).split())


def section(client: FlaskClient, name: str, path: str = "/page/event/given") -> str:
    """The part of a page under the heading with this id."""
    text = client.get(path).text
    found = re.search(rf'<section[^>]* aria-labelledby="{name}">(.*?)</section>', text, re.DOTALL)
    assert found is not None, text
    return found[1]


def test_event_page_begins_with_a_sentence(things: FlaskClient) -> None:
    read = words(things.get("/page/event/given").text)
    assert "Northland gave tents (about 40 tents) and maize to ارض الجنوب on 4 May 2010 ( Great flood )" in read


def test_event_page_shows_names_in_their_language_and_direction(things: FlaskClient) -> None:
    assert ' lang="ar"><bdi>ارض الجنوب</bdi></a>' in things.get("/page/event/given").text


@pytest.mark.parametrize(("event", "other"), [("given", "on a day not told"), ("asked", "4 May 2010")])
def test_event_page_shows_the_chain_over_several_steps(things: FlaskClient, event: str, other: str) -> None:
    chain = section(things, "chain", f"/page/event/{event}")
    read = words(f"<main>{chain}")
    assert "2 May 2010 : Northland pledges aid" in read
    assert other in read
    assert (chain.count('aria-current="step"'), read.count("No article tells of it.")) == (1, 1)


def test_event_page_shows_items_with_the_words_around_them(things: FlaskClient) -> None:
    items = section(things, "items")
    assert "NL sent around <mark>tents</mark>." in items
    assert "about 40 tents" in items


def test_event_page_says_where_articles_differ_and_where_they_agree(things: FlaskClient) -> None:
    compared = section(things, "compared")
    assert "The articles differ on: from, what." in compared
    assert compared.count('<span class="th-flag">differs</span>') == 4
    assert re.search(r'ارض الجنوب.{,40}<span class="minor">both articles</span>', compared)
    assert "the only article that says so" in compared


def test_event_page_numbers_the_sentences_that_hold_the_words_of_a_fact(things: FlaskClient) -> None:
    told = section(things, "reports")
    assert '<bdi>Northland</bdi></a><sup><a href="#told-1-1" aria-label="sentence 1">1</a></sup>' in told
    assert "They sent <mark>maize</mark>" in told
    assert 'href="/page/article/two#char-0-15"' in told


def test_event_page_shows_a_party_without_a_name_as_part_of_its_article(things: FlaskClient) -> None:
    assert '<a href="/page/article/two#party-several-states"><bdi>several states</bdi></a>' in section(
        things, "reports"
    )


def test_event_page_shows_denials_apart_and_says_so(things: FlaskClient) -> None:
    assert "None came" not in section(things, "reports")
    doubted = words(f"<main>{section(things, 'doubted')}")
    assert "None of this counts as given." in doubted
    assert "denied Doubt" in doubted


def test_event_of_which_little_is_known_is_still_told(things: FlaskClient) -> None:
    read = words(things.get("/page/event/asked").text)
    assert "asked Northland for help that is not described, on a day that no article tells." in read
    assert "The graph holds no report that asserts it." in read


def test_event_under_an_address_of_its_own_is_shown_as_an_event(things: FlaskClient) -> None:
    assert '<p class="kicker">Aid event</p>' in things.get("/page/odd").text
