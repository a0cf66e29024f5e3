"""Whatever the bytes, reading gives an article that keeps its promises, or says why there is none."""

from __future__ import annotations

import json
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.errors import ArticleError
from kg.read.jsonl import JsonArticle, parse_line
from kg.read.page import parse_html
from kg.read.sources import Reader
from kg.read.text import parse_text
from kg.records import Article

quick = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
"""Few examples a run, for every commit; a deadline would measure the machine."""

SENTENCE = "Norway sent 200 tents to Chile on Tuesday, where an earthquake left thousands without shelter."
TAGS = (
    *("p", "div", "table", "tr", "td", "h1", "ul", "li", "a", "blockquote", "article", "br", "b", "!--", "font", "pre"),
    *("title", "meta name=author content='X Y'", "meta property='og:title' content=A", "link rel=canonical href='/a'"),
    "script type='application/ld+json'",
)

words = st.text(max_size=60) | st.sampled_from([
    SENTENCE,
    '{"@type": "NewsArticle", "headline": ["a", {"@value": 3}], "author": {"name": null}, "datePublished": 5}',
    '{"@graph": [{"@type": ["NewsArticle"], "publisher": {"@id": "#p"}}, {"@id": "#p", "name": "The Herald"}]}',
])  # fmt: skip


def element(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    """A tag with something in it, closed or not."""
    return st.builds(
        lambda tag, parts, closed: f"<{tag}>{''.join(parts)}{f'</{tag.split()[0]}>' if closed else ''}",
        st.sampled_from(TAGS),
        st.lists(inner, max_size=5),
        st.booleans(),
    )


def read(reader: Reader, data: bytes) -> Article | None:
    """The article, None where the reader refuses the bytes in a line that names the source."""
    try:
        return reader(data, id="a", source="a.file")
    except ArticleError as error:
        assert str(error).startswith("a.file: ")
        assert "\n" not in str(error)
        return None


def check(article: Article | None) -> None:
    """Blocks are in order, within the text, not empty, and leave nothing but white space between them."""
    if article is None:
        return
    spans = [block.span for block in article.blocks]
    assert spans
    assert all(one.end <= other.start for one, other in pairwise(spans))
    assert all(span.of(article.text).strip() == span.of(article.text) != "" for span in spans)
    covered = "".join(span.of(article.text) for span in spans)
    assert "".join(covered.split()) == "".join(article.text.split())
    assert article.headline.strip()


@pytest.mark.parametrize("reader", [parse_text, parse_html, parse_line])
@given(data=st.binary(max_size=400))
@quick
def test_any_bytes(reader: Reader, data: bytes) -> None:
    check(read(reader, data))


@given(text=st.text(max_size=400) | st.lists(words, max_size=9).map("\n".join))
@quick
def test_any_text(text: str) -> None:
    check(read(parse_text, text.encode("utf-8", "surrogatepass")))


@given(markup=st.recursive(words, element, max_leaves=25))
@quick
def test_any_page(markup: str) -> None:
    check(read(parse_html, markup.encode("utf-8", "surrogatepass")))


@given(markup=st.recursive(words, element, max_leaves=25))
@quick
def test_any_words_before_a_story_leave_it_whole(markup: str) -> None:
    story = f"<article><p>{SENTENCE}</p><p>{SENTENCE[::-1]}</p></article>"
    page = f"<html><body><div>{markup.replace('<', ' ')}</div>{story}</body></html>"
    article = read(parse_html, page.encode("utf-8", "replace").replace(b"\0", b" "))
    assert article is not None
    assert SENTENCE in article.text


@given(
    fields=st.dictionaries(
        st.sampled_from(JsonArticle.__struct_fields__),
        st.none() | words | st.lists(words, max_size=2) | st.sampled_from(["en", "2020-01-02", "opinion"]),
    )
)
@quick
def test_any_line(fields: dict[str, object]) -> None:
    check(read(parse_line, json.dumps(fields | {"id": "a"}).encode()))
