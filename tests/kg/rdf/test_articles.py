"""The article's own triples."""

from collections.abc import Callable
from typing import Any

from kg.records import Dateline, Entity, Mention, PartialDate, Quotation, Reading, Report, Span

Look = Callable[..., dict[str, dict[str, set[str]]]]
Make = Callable[..., Reading]


def own(facts: Look, reading: Reading) -> dict[str, set[str]]:
    return facts(reading)["article/a-1"]


def test_article_tells_what_its_page_tells(facts: Look, reading: Make) -> None:
    about: dict[str, Any] = {
        "published": PartialDate("2021-05"),
        "dateline": Dateline(Span(0, 10), "Aid", None, None),
        "genre": "opinion",
        "url": "http://example.org/a",
        "license": "All rights reserved",
    }
    read = reading(
        article=about,
        entities=(
            *reading().entities,
            Entity("organization/p", "organization", "P"),
            Entity("person/q", "person", "Q"),
        ),
        publisher="organization/p",
        authors=("person/q",),
    )
    found = own(facts, read)
    assert found.pop("mentions") == {"<country/arland>", "<country/beland>"}
    assert found == {
        "type": {"<NewsArticle>", "<OpinionNewsArticle>"},
        "identifier": {'"a_1"'},
        "sha256": {'"' + "0" * 64 + '"'},
        "headline": {'"Aid lands."@en'},
        "inLanguage": {'"en"'},
        "datePublished": {'"2021-05"^^<xsd:gYearMonth>'},
        "dateline": {'"Aid lands."'},
        "license": {'"All rights reserved"'},
        "url": {"<http://example.org/a>"},
        "publisher": {"<organization/p>"},
        "author": {"<person/q>"},
    }


def test_text_is_published_only_with_a_free_licence(facts: Look, reading: Make) -> None:
    free = own(facts, reading(article={"license": "CC BY 4.0"}))
    assert {body.rpartition("@")[2] for body in free["articleBody"]} == {"en"}
    assert "😀 some nations" in next(iter(free["articleBody"]))
    assert "articleBody" not in own(facts, reading(article={"license": "CC BY-ND 4.0"}))
    assert "articleBody" not in own(facts, reading())


def test_mentions_are_all_named_entities_and_no_unnamed_party(facts: Look, reading: Make) -> None:
    read = reading(
        mentions=(Mention(Span(0, 1), "unnamed/some-nations"), Mention(Span(0, 1), "place/c")),
        entities=(*reading().entities, Entity("place/c", "place", "C"), Entity("person/d", "person", "D")),
        quotations=(Quotation("person/d", Span(0, 3), Span(0, 9)),),
        reports=(Report("pledged", "denied", (Span(0, 3),), ("unnamed/some-nations",), ("country/beland",)),),
    )
    assert own(facts, read)["mentions"] == {"<place/c>", "<person/d>", "<country/beland>"}


def test_article_is_about_its_main_entities_and_the_crises_of_its_reports(facts: Look, reading: Make) -> None:
    crisis = Entity("crisis/e", "crisis", "E", disaster="flood")
    report = Report("pledged", "asserted", (Span(0, 3),), ("country/arland",), crisis="crisis/e")
    read = reading(entities=(*reading().entities, crisis), reports=(report,), about=("country/beland",))
    assert own(facts, read)["about"] == {"<crisis/e>", "<country/beland>"}
