"""What pages embed: JSON-LD in the shapes that sites write, and meta tags."""

from __future__ import annotations

import json
from typing import Any

import pytest
from lxml.html import document_fromstring

from kg.read.embedded import clean_title, read_json_ld, read_meta_tags, tags
from kg.read.given import Given
from kg.records import Genre, PartialDate

HEADLINE = "Norway sends tents to Chile"
CONTENTS = {
    "published": "2010-03-03",
    "language": "fr",
    "url": "https://a.example/",
    "section": "Opinion",
    "license": "https://a.example/terms",
    "authors": "Kari Lund",
}
"""What a meta tag of each field may hold; of the others, any words."""


def json_ld(*values: Any, head: str = "") -> Given:
    scripts = "".join(f'<script type="application/ld+json">{json.dumps(value)}</script>' for value in values)
    return read_json_ld(document_fromstring(f"<html><head>{head}{scripts}</head><body><p>x</p></body></html>"))


def meta(head: str) -> Given:
    return read_meta_tags(document_fromstring(f"<html><head>{head}</head><body><p>x</p></body></html>"))


def article(**fields: Any) -> dict[str, Any]:
    return {"@context": "https://schema.org", "@type": "NewsArticle", "headline": HEADLINE} | fields


@pytest.mark.parametrize(
    "value",
    [
        article(),
        [{"@type": "WebSite", "name": "x"}, article()],
        {"@context": "https://schema.org", "@graph": [{"@type": "WebPage", "name": "x"}, article()]},
        {"@type": "WebPage", "name": "x", "mainEntity": article()},
        article(**{"@type": ["Thing", "http://schema.org/NewsArticle"]}),
        article(headline=["Norway sends tents to Chile", "Tents!"]),
        article(headline={"@value": HEADLINE, "@language": "en"}),
        article(headline="  Norway sends\n tents to Chile "),
    ],
)
def test_article_is_found(value: Any) -> None:
    assert json_ld(value).headline == HEADLINE


def test_article_of_this_page_is_taken_among_several() -> None:
    head = '<link rel="canonical" href="https://a.example/2">'
    other, own = article(url="https://a.example/1", headline="Other"), article(url="https://a.example/2#article")
    assert json_ld(other, own, head=head).headline == HEADLINE


def test_most_telling_type_is_taken_where_nothing_else_decides() -> None:
    assert json_ld(article(**{"@type": "Article"}, headline="Other"), article()).headline == HEADLINE


@pytest.mark.parametrize(
    "value",
    [
        {"@type": "ItemList", "itemListElement": [article()]},
        {"@type": "Recipe", "headline": HEADLINE},
        [],
        None,
        3,
        {"@graph": {"@graph": None}},
        {"@type": None, "headline": HEADLINE},
    ],
)
def test_what_is_no_article_says_nothing(value: Any) -> None:
    assert json_ld(value) == Given()


@pytest.mark.parametrize("text", ["{", "[" * 100_000, '{"@type": "NewsArticle", "headline": }', "var x = 1;", ""])
def test_broken_json_says_nothing(text: str) -> None:
    page = document_fromstring(f'<html><head><script type="application/ld+json">{text}</script></head></html>')
    assert read_json_ld(page) == Given()


@pytest.mark.parametrize("around", ["<!-- {} -->", "//<![CDATA[\n{}\n//]]>", "/*<![CDATA[*/{}/*]]>*/", " {} ;"])
def test_json_hidden_from_old_browsers_is_read(around: str) -> None:
    script = around.replace("{}", json.dumps(article()))
    page = document_fromstring(f'<html><head><script type="application/ld+json">{script}</script></head></html>')
    assert read_json_ld(page).headline == HEADLINE


@pytest.mark.parametrize(
    ("author", "authors"),
    [
        ("Kari Lund", ("Kari Lund",)),
        ("By Kari Lund and Ola Moe", ("Kari Lund", "Ola Moe")),
        ({"@type": "Person", "name": "Kari Lund"}, ("Kari Lund",)),
        ([{"@type": "Person", "name": "Kari Lund"}, {"@type": "Person", "name": "Ola Moe"}], ("Kari Lund", "Ola Moe")),
        ({"@type": "Person", "name": ["Kari Lund", "Ola Moe"]}, ("Kari Lund", "Ola Moe")),
        ({"@type": "Organization", "name": "Kari Lund"}, ()),
        ({"@type": "NewsMediaOrganization", "name": "Kari Lund"}, ()),
        ("Reuters", ()),
        ("admin", ()),
        ("https://a.example/kari-lund", ()),
        ("kari@a.example", ()),
        ({"@type": "Person", "name": None}, ()),
        (7, ()),
    ],
)
def test_authors_are_persons(author: Any, authors: tuple[str, ...]) -> None:
    assert json_ld(article(author=author)).authors == authors


@pytest.mark.parametrize(
    ("date", "iso"),
    [
        ("2010-03-03", "2010-03-03"),
        ("2010-03-03T23:30:00-05:00", "2010-03-03"),
        ("2010-03-03 08:00", "2010-03-03"),
        ("2010-03", "2010-03"),
        ("20100303", "2010-03-03"),
        ("20100303T081500Z", "2010-03-03"),
        ("March 3, 2010", "2010-03-03"),
        ("2010-13-40", None),
        ("yesterday", None),
        (1267603200, None),
    ],
)
def test_day_is_the_one_that_is_written(date: Any, iso: str | None) -> None:
    assert json_ld(article(datePublished=date)).published == (PartialDate(iso) if iso else None)


@pytest.mark.parametrize(
    ("value", "licence"),
    [
        ("https://creativecommons.org/licenses/by-sa/4.0/", "https://creativecommons.org/licenses/by-sa/4.0/"),
        ({"@type": "CreativeWork", "url": "https://a.example/terms"}, "https://a.example/terms"),
        ({"@id": "https://a.example/terms"}, "https://a.example/terms"),
        ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/"),
        ("All rights reserved", None),
    ],
)
def test_licence_is_an_address(value: Any, licence: str | None) -> None:
    assert json_ld(article(license=value)).license == licence


@pytest.mark.parametrize(("kind", "genre"), tags().types.items())
def test_genre_is_that_of_the_type(kind: str, genre: Genre | None) -> None:
    assert json_ld(article(**{"@type": kind})).genre == genre


def test_genre_is_told_by_the_section_too() -> None:
    assert json_ld(article(articleSection="Opinion")).genre == "opinion"
    assert json_ld(article(articleSection="World")).genre is None


@pytest.mark.parametrize("value", ["en", "en-GB", {"@type": "Language", "name": "English", "alternateName": "en"}])
def test_language_is_a_code(value: Any) -> None:
    assert json_ld(article(inLanguage=value)).language == "en"


def test_references_are_followed() -> None:
    graph = [article(publisher={"@id": "#p"}), {"@type": "Organization", "@id": "#p", "name": "Coast Wire"}]
    assert json_ld({"@graph": graph}).publisher == "Coast Wire"


@pytest.mark.parametrize("name", [name for names in tags().meta.values() for name in names])
def test_every_meta_tag_is_read(name: str) -> None:
    field = next(field for field, names in tags().meta.items() if name in names)
    given = meta(f'<meta name="{name.upper()}" content="{CONTENTS.get(field, HEADLINE)}">')
    assert getattr(given, "genre" if field == "section" else field)


@pytest.mark.parametrize("attribute", ["name", "property", "itemprop"])
def test_meta_tag_is_named_by_any_attribute(attribute: str) -> None:
    assert meta(f'<meta {attribute}="datePublished" content="2010-03-03">').published == PartialDate("2010-03-03")


def test_authors_of_two_tags_are_not_told_twice() -> None:
    head = '<meta name="citation_author" content="Lund, Kari"><meta name="citation_author" content="Ola Moe">'
    assert meta(f'{head}<meta name="author" content="Kari Lund, Ola Moe">').authors == ("Kari Lund", "Ola Moe")


def test_licences_of_several_kinds_are_nobodys() -> None:
    links = "".join(
        f'<a rel="license" href="http://creativecommons.org/licenses/{code}/4.0/">x</a>' for code in ("by", "by-nd")
    )
    assert read_meta_tags(document_fromstring(f"<html><body>{links}</body></html>")).license is None


def test_address_that_is_relative_is_none() -> None:
    assert meta('<link rel="canonical" href="/2010/tents">').url is None


@pytest.mark.parametrize(
    ("title", "clean"),
    [
        ("Aid sent | The Fjord Herald", "Aid sent"),
        ("Aid sent &#8211; The Fjord Herald", "Aid sent"),
        ("The Fjord Herald: Aid sent", "Aid sent"),
        ("Aid sent &amp;#39;at last&amp;#39;", "Aid sent 'at last'"),
        ("The Fjord Herald", "The Fjord Herald"),
        (" - ", None),
    ],
)
def test_clean_title(title: str, clean: str | None) -> None:
    assert clean_title(title, "The Fjord Herald") == clean
