"""The page of an article: its text with marks, its facts, and why."""

from __future__ import annotations

from pathlib import Path

import pytest
from flask.testing import FlaskClient

from kg.readings import Origin, open_readings
from kg.records import Article, Entity, Figure, Mention, Note, Quantity, Reading, Report, Span
from server.views.reader import Link
from server.views.why import Why, read_why

TEXT = "Norway sent tents. Over 350 died."


def test_article_page_marks_the_evidence_in_a_text_that_may_be_shown(things: FlaskClient) -> None:
    text = things.get("/page/article/one").text
    assert '<p><mark id="char-0-21">NL sent around tents.<sup><a href="#report"' in text
    assert "</sup></mark> died &lt;there&gt;" not in text
    assert '<mark id="char-23-36">Over 350 died<sup>' in text
    assert "&lt;there&gt;.</p>" in text


def test_article_page_leads_from_a_fact_back_to_its_words(things: FlaskClient) -> None:
    row = things.get("/page/article/one").text.partition('<tr id="stat">')[2].partition("</tr>")[0]
    assert 'href="/page/article/one#char-23-36"' in row
    assert "over 350" in row


def test_article_page_lists_evidence_that_does_not_stand_in_the_text(things: FlaskClient) -> None:
    excerpts = things.get("/page/article/one").text.partition('id="excerpts"')[2].partition("</section>")[0]
    assert '<li id="char-9-12"><p>elsewhere</p>' in excerpts
    assert "char-0-21" not in excerpts


def test_article_page_shows_excerpts_only_where_the_text_may_not_be_shown(things: FlaskClient) -> None:
    text = things.get("/page/article/two").text
    assert 'id="text"' not in text
    assert '<li id="char-0-15"><p>They sent maize</p>' in text


def test_article_page_keeps_what_is_denied_apart(things: FlaskClient) -> None:
    text = things.get("/page/article/three").text
    assert "Said, but not as fact: none of it counts as given" in text
    assert "Aid that it reports" not in text


def test_article_page_has_a_place_for_parties_without_a_name(things: FlaskClient) -> None:
    text = things.get("/page/article/two").text
    assert '<span id="party-several-states"><bdi>several states</bdi></span>' in text


def test_article_page_says_that_it_cannot_tell_why(things: FlaskClient) -> None:
    text = things.get("/page/article/one").text
    assert "The reading of this article is not kept here" in text
    assert "<code>aidgraph explain one</code>" in text


@pytest.fixture
def kept(tmp_path: Path) -> Path:
    """A data folder with one reading."""
    span = Span(0, 18)
    reading = Reading(
        Article("a", "5a", TEXT, "Tents", (), remarks=("A remark.",)),
        (Entity("country/norway", "country", "Norway", reason="name in the gazetteer"),),
        (Mention(Span(0, 6), "country/norway"),),
        reports=(
            Report("dispatched", "asserted", (span,), ("country/norway",), rule="transfer: send; transfer: send"),
        ),
        figures=(Figure("deaths", Quantity(minimum=None), Span(19, 33), rule="toll"),),
        notes=(Note(Span(19, 33), "not taken: nobody is told"),),
    )
    with open_readings(tmp_path) as readings:
        readings.put(Origin("a", "a", "a.txt", "", "5a", "f"), reading)
    return tmp_path


ANCHORS = {"report-norway-unknown-dispatched", "stat-deaths"}


def why_of(data: Path, *, digest: str = "5a", anchors: set[str] = ANCHORS) -> Why:
    return read_why(data, "a", digest, anchors, {"country/norway": Link("Norway", "/page/country/norway")})


def test_why_tells_names_rules_and_what_was_not_taken(kept: Path) -> None:
    why = why_of(kept)
    assert [(name.link.href, name.words, name.why) for name in why.names] == [
        ("/page/country/norway", ("Norway",), "name in the gazetteer")
    ]
    assert why.rules == {"report-norway-unknown-dispatched": ("transfer: send",), "stat-deaths": ("toll",)}
    assert [(note.words, note.why) for note in why.not_taken] == [("Over 350 died.", "not taken: nobody is told")]
    assert (why.problem, why.remarks) == ("", ("A remark.",))


@pytest.mark.parametrize(
    ("digest", "anchors"), [("5b", ANCHORS), ("5a", {"stat-deaths"}), ("5a", {*ANCHORS, "quote-1-2"})]
)
def test_why_explains_no_other_build(kept: Path, digest: str, anchors: set[str]) -> None:
    why = why_of(kept, digest=digest, anchors=anchors)
    assert "of another build than this graph" in why.problem
    assert (why.names, why.rules) == ((), None)


def test_why_says_that_readings_are_damaged(tmp_path: Path) -> None:
    (tmp_path / "readings.sqlite").write_bytes(b"no database")
    assert "cannot be opened" in why_of(tmp_path).problem


def test_why_quotes_little_of_a_long_sentence(kept: Path, tmp_path: Path) -> None:
    text = "word " * 60
    reading = Reading(Article("a", "5a", text, "T", ()), notes=(Note(Span(0, 299), "no"),))
    with open_readings(tmp_path) as readings:
        readings.put(Origin("a", "a", "a.txt", "", "5a", "f"), reading)
    assert why_of(tmp_path, anchors=set()).not_taken[0].words == f"{'word ' * 16}…"
