"""Whole articles in the layouts of many outlets: what is told of each, and that its text is kept."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from kg.read import parse_text
from kg.records import Article

SHORT = {
    "p": "paragraph", "h": "headline", "s": "standfirst", "d": "dateline", "b": "byline",
    "c": "caption", "cr": "credit", "l": "licence", "x": "chrome",
}  # fmt: skip
LAYOUTS: list[dict[str, Any]] = tomllib.loads(Path(__file__).with_name("layouts.toml").read_text(encoding="utf-8"))[
    "layout"
]
each_layout = pytest.mark.parametrize("layout", LAYOUTS, ids=[layout["name"] for layout in LAYOUTS])


def read(layout: dict[str, Any]) -> Article:
    return parse_text(layout["text"].encode(), id="article", source="article.txt")


@each_layout
def test_layout_blocks(layout: dict[str, Any]) -> None:
    article = read(layout)
    blocks = [(block.kind, block.span.of(article.text)) for block in article.blocks]
    assert [kind for kind, _ in blocks] == [SHORT[kind] for kind in layout["kinds"].split()], blocks


@each_layout
def test_layout_metadata(layout: dict[str, Any]) -> None:
    article = read(layout)
    assert article.headline == layout["headline"]
    assert article.publisher == layout.get("publisher")
    assert article.authors == tuple(layout.get("authors", ()))
    assert (article.published and article.published.iso) == layout.get("published")
    assert (article.dateline and article.dateline.place) == layout.get("place")
    assert (article.genre, article.license) == (layout.get("genre"), layout.get("license"))
    assert (article.url, article.language) == (layout.get("url"), "en")


@each_layout
def test_layout_story_begins_after_the_page(layout: dict[str, Any]) -> None:
    article = read(layout)
    assert article.spans("paragraph")[0].of(article.text).startswith(layout["first"])


@each_layout
def test_layout_text_is_kept(layout: dict[str, Any]) -> None:
    assert read(layout).text == layout["text"]


ODD = [
    "By", "a|b|c", "(Photo: )", "Related stories", ":\na", "🔷 a", "– – –a", "[Cover: x", "May", "A" * 700,
    "a\x0cb\x85c",
    "Advertisement\n\nENDS", "MOSCOW, March 21. /TASS/.", "(Reuters) -", "PARIS —", "By Jane Doe",
    "CC BY 4.0", "\u200ba",
    "Photo: A\n\nPhoto: B / C", "World", "Read more\nRead more", "3 May 2011", "1.\n2.", "a\u2028b",
]  # fmt: skip


@pytest.mark.parametrize("text", [*ODD, *(layout["text"] for layout in LAYOUTS)])
def test_blocks_cover_all_but_white_space(text: str) -> None:
    article = read({"text": text})
    end = 0
    for block in article.blocks:
        assert block.span.start >= end
        assert not article.text[end : block.span.start].strip()
        assert block.span.of(article.text) == block.span.of(article.text).strip() != ""
        end = block.span.end
    assert not article.text[end:].strip()


@pytest.mark.parametrize("text", ODD)
def test_article_always_has_a_headline(text: str) -> None:
    headline = read({"text": text}).headline
    assert headline.strip()
    assert len(headline) <= 250
