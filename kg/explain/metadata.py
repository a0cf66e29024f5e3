"""What an article says of itself, and which region of its text says so.

A reading keeps the values only. Where a value stands is found again here: a region of the page that holds its
words or its date. What stands nowhere was given beside the text, by a page's tags or a field, or worked out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from kg.explain.findings import Metadatum, place
from kg.read.dates import find_dates
from kg.records import Article, BlockKind, PartialDate, Span

_BESIDE: Final = "not in these words in the text"
_GUESSED: Final = "recognised by the text"
_FRAME: Final[tuple[BlockKind, ...]] = (
    "headline", "standfirst", "dateline", "byline", "credit", "licence", "chrome", "caption",
)  # fmt: skip
"""Regions that speak of the article; its paragraphs speak of the world."""


def metadata(article: Article) -> tuple[Metadatum, ...]:
    """All that is known of the article itself, each with its place."""
    return tuple(_metadata(article))


def _metadata(article: Article) -> Iterator[Metadatum]:
    yield Metadatum("headline", article.headline, _words_at(article, article.headline))
    if article.publisher:
        yield Metadatum("publisher", article.publisher, _words_at(article, article.publisher))
    for author in article.authors:
        yield Metadatum("author", author, _words_at(article, author))
    if article.published:
        yield Metadatum("published", article.published.iso, _date_at(article, article.published))
    if line := article.dateline:
        yield Metadatum("dateline", line.span.of(article.text), f"in the text {place(line.span)}")
    yield Metadatum("language", article.language, _GUESSED)
    if article.license:
        yield Metadatum("licence", article.license, _licence_at(article, article.license))
    if article.url:
        yield Metadatum("address", article.url, _words_at(article, article.url))
    if article.genre:
        yield Metadatum("genre", article.genre.replace("_", " "), _GUESSED)


def _words_at(article: Article, words: str) -> str:
    """Where the words stand: in a region around the text if there, else anywhere, else beside it."""
    folded = words.casefold()
    for block in article.blocks:
        at = block.span.of(article.text).casefold().find(folded)
        if block.kind in _FRAME and at >= 0:
            start = block.span.start + at
            return f"{block.kind} {place(Span(start, start + len(words)))}"
    at = article.text.casefold().find(folded)
    return f"in the text {place(Span(at, at + len(words)))}" if at >= 0 else _BESIDE


def _licence_at(article: Article, licence: str) -> str:
    """A licence is mostly told in other words than its address."""
    lines = article.spans("licence")
    return f"licence {place(lines[0])}" if lines else _words_at(article, licence)


def _date_at(article: Article, date: PartialDate) -> str:
    if article.dateline and article.dateline.date == date:
        return f"dateline {place(article.dateline.span)}"
    for block in article.blocks:
        if block.kind not in _FRAME:
            continue
        for found in find_dates(block.span.of(article.text)):
            if found.partial == date:
                start = block.span.start
                return f"{block.kind} {place(Span(start + found.span.start, start + found.span.end))}"
    return _BESIDE
