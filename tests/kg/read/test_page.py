"""Web pages of several makes to articles. The pages in ``pages/`` are invented; ``pages.toml`` says what is in them."""

from __future__ import annotations

import hashlib
import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.errors import ArticleError
from kg.read.page import parse_html
from kg.records import Article

PAGES = Path(__file__).parent / "pages"
EXPECTED: dict[str, dict[str, Any]] = tomllib.loads((PAGES / "pages.toml").read_text(encoding="utf-8"))
PROSE = "Norway has sent 200 tents to Chile, where an earthquake left thousands of people without shelter."
MORE = "The tents were handed over in Santiago on Tuesday, and more of them are to follow in the weeks to come."


def read(name: str) -> Article:
    return parse_html((PAGES / f"{name}.html").read_bytes(), id=name, source=f"{name}.html")


def page(body: str, *, head: str = "") -> Article:
    return parse_html(f"<html><head>{head}</head><body>{body}</body></html>".encode(), id="a", source="a.html")


def test_every_page_has_expectations() -> None:
    assert {path.stem for path in PAGES.glob("*.html")} == set(EXPECTED)


@pytest.mark.parametrize("name", EXPECTED)
def test_text_is_headline_and_paragraphs(name: str) -> None:
    article, expected = read(name), EXPECTED[name]
    first, *paragraphs = article.text.split("\n\n")
    assert first == article.headline == expected["headline"]
    assert [paragraph.split()[:2] for paragraph in paragraphs] == [start.split() for start in expected["paragraphs"]]


@pytest.mark.parametrize("name", EXPECTED)
def test_boilerplate_is_left_out(name: str) -> None:
    text = read(name).text
    assert [words for words in EXPECTED[name]["left_out"] if words in text] == []
    assert all(words in (PAGES / f"{name}.html").read_text("utf-8") for words in EXPECTED[name]["left_out"])


@pytest.mark.parametrize("name", EXPECTED)
def test_metadata(name: str) -> None:
    article = read(name)
    found = {
        "publisher": article.publisher,
        "authors": list(article.authors),
        "published": article.published.iso if article.published else None,
        "language": article.language,
        "license": article.license,
        "url": article.url,
        "genre": article.genre,
    }
    assert {key: value for key, value in found.items() if value} == EXPECTED[name]["metadata"]


def test_checksum_is_of_the_bytes() -> None:
    data = (PAGES / "wire.html").read_bytes()
    assert read("wire").sha256 == hashlib.sha256(data).hexdigest()


def test_offsets_count_in_the_extracted_text() -> None:
    article = read("wire")
    assert article.dateline is not None
    assert article.dateline.span.of(article.text) == "NAIROBI, Jan 8 (CW) -"
    assert [block.span.of(article.text)[:13] for block in article.blocks if block.kind == "paragraph"] == [
        "Kenya has pro", "The first mac", "The wells are"
    ]  # fmt: skip


def test_dateline_without_a_year_takes_that_of_the_page() -> None:
    head = '<meta property="article:published_time" content="2012-01-09">'
    article = page(f"<h1>Tents for Chile</h1><p>OSLO, Jan 8 (NTB) - {PROSE}</p><p>{MORE}</p>", head=head)
    assert article.dateline is not None
    assert article.dateline.date is not None
    assert article.dateline.date.iso == "2012-01-08"


@pytest.mark.parametrize(
    ("given", "printed", "headline"),
    [
        ("Tents for Chile", "Tents for Chile", "Tents for Chile"),
        ("Norway sends tents to the people of…", "Norway sends tents to the people of Chile", None),
        ("Tents for Chile, Norway says", "Norway says: tents for Chile", "Tents for Chile, Norway says"),
    ],
)
def test_headline_stands_once(given: str, printed: str, headline: str | None) -> None:
    head = f'<meta property="og:title" content="{given}">'
    article = page(f"<article><h1>{printed}</h1><p>{PROSE}</p><p>{MORE}</p></article>", head=head)
    assert article.text.split("\n\n") == [headline or printed, PROSE, MORE]


def test_first_paragraph_that_begins_like_the_headline_is_kept() -> None:
    article = page(f"<article><h1>Norway has sent 200 tents to Chile</h1><p>{PROSE}</p><p>{MORE}</p></article>")
    assert article.text.split("\n\n") == ["Norway has sent 200 tents to Chile", PROSE, MORE]


def test_table_is_kept_as_rows_and_not_read() -> None:
    rows = "".join(
        f"<tr><td>{who}</td><td>{what}</td></tr>"
        for who, what in [("From", "Aid"), ("Peru", "9 tents"), ("Mali", "rice")]
    )
    article = page(f"<article><h1>Aid so far</h1><p>{PROSE}</p><table>{rows}</table><p>{MORE}</p></article>")
    assert [block.span.of(article.text) for block in article.blocks if block.kind == "table"] == [
        "From | Aid", "Peru | 9 tents", "Mali | rice"
    ]  # fmt: skip
    assert article.remarks == ("a table of 3 rows is kept and not read for facts",)


@pytest.mark.parametrize("around", ["{}", "<article>{}</article>", "<div class=text>{}</div>"])
def test_brief_is_read_without_what_is_around_it(around: str) -> None:
    menu, related = "<nav><ul><li><a href=a>World</a></li></ul></nav>", "<aside><p><a>France sends rice</a></p></aside>"
    article = page(f"{menu}{around.replace('{}', f'<h1>Aid for all</h1><p>{PROSE}</p>')}{related}")
    assert article.text.split("\n\n") == ["Aid for all", PROSE]


def test_preformatted_text_has_paragraphs_at_blank_lines() -> None:
    article = page(f"<h1>Aid for all</h1><pre>{PROSE.replace(' where', chr(10) + 'where')}\n\n  {MORE}\n</pre>")
    assert article.text.split("\n\n") == ["Aid for all", PROSE, MORE]


def test_list_items_are_paragraphs() -> None:
    article = page(
        f"<article><h1>Aid so far</h1><p>{PROSE}</p><ul><li>9 tents</li><li>rice</li></ul><p>{MORE}</p></article>"
    )
    assert article.text.split("\n\n")[2:4] == ["- 9 tents", "- rice"]


def test_soft_hyphens_and_hard_spaces_do_not_cut_words() -> None:
    words = (
        PROSE.replace("thousands", "thou&shy;sands")
        .replace("200 tents", "200&nbsp;tents")
        .replace("Chile", "Chi&#8203;le")
    )
    assert page(f"<h1>Aid</h1><p>{words}</p><p>{MORE}</p>").text.split("\n\n")[1] == PROSE


@pytest.mark.parametrize(
    "markup",
    [
        f"<p>{PROSE}<p>{MORE}",
        f"<html><body><article><div><p>{PROSE}</b></span><p>{MORE}</article></p></html></html>",
        "<div>" * 400 + f"<p>{PROSE}</p><p>{MORE}</p>",
        f'<?xml version="1.0" encoding="utf-8"?><html xmlns="http://www.w3.org/1999/xhtml"><body><p>{PROSE}</p><p>{MORE}</p></body></html>',
        f"<!-- <p>old</p> --><p>{PROSE}</p><!--[if IE]><p>Get a browser</p><![endif]--><p>{MORE}</p>",
    ],
)
def test_malformed_page_is_read(markup: str) -> None:
    article = parse_html(markup.encode(), id="a", source="a.html")
    assert article.text.split("\n\n")[-2:] == [PROSE, MORE]


@pytest.mark.parametrize(
    "markup",
    [
        "<html><body></body></html>x",
        "<html><body><nav><ul><li><a href=a>World</a></li><li><a href=b>Aid</a></li></ul></nav></body></html>",
        "<html><body><p>Loading…</p><script>text = 'Norway has sent a hundred tents to Chile';</script></body></html>",
        "<h1>404 Not Found</h1><hr><center>server/1.2</center>",
        "word",
    ],
)
def test_page_without_an_article_is_refused(markup: str) -> None:
    with pytest.raises(ArticleError, match=r"a\.html: the page holds menus, links or notices and no article"):
        parse_html(markup.encode(), id="a", source="a.html")


@pytest.mark.parametrize(
    ("data", "words"),
    [(b"", "empty"), (b"\x00\x01\x02<p>" * 99, "control characters"), (b"%PDF-1.4 <p>", "a PDF document")],
)
def test_what_is_no_page_is_refused(data: bytes, words: str) -> None:
    with pytest.raises(ArticleError, match=words):
        parse_html(data, id="a", source="a.html")


def test_stray_control_character_is_remarked_upon() -> None:
    article = page(f"<h1>Aid for all</h1><p>{PROSE}\x07</p><p>{MORE}</p>")
    assert article.remarks[0].startswith("1 control character read as spaces")
    assert PROSE in article.text
