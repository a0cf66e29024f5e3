"""The article itself: its metadata, what it mentions and what it is about."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import pyoxigraph as ox

from kg.merge.event import UNNAMED
from kg.rdf.licence import may_republish
from kg.rdf.scope import Scope, Triples, describe
from kg.rdf.terms import A, Term, date_literal, iri_or_text, schema, text_literal
from kg.records import Article, Genre

_GENRES: Final[dict[Genre, str]] = {
    "report": "ReportageNewsArticle",
    "opinion": "OpinionNewsArticle",
    "analysis": "AnalysisNewsArticle",
    "background": "BackgroundNewsArticle",
}
"""schema.org's classes below NewsArticle; it has none for press releases and situation reports."""


def article_triples(scope: Scope) -> Triples:
    """All triples with the article as their subject."""
    article = scope.reading.article
    yield from describe(scope.article, *_own_facts(article), *_linked_facts(scope))


def _own_facts(article: Article) -> Iterator[tuple[ox.NamedNode, Term]]:
    yield A, schema("NewsArticle")
    if article.genre in _GENRES:
        yield A, schema(_GENRES[article.genre])
    yield schema("identifier"), text_literal(article.id)
    yield schema("sha256"), ox.Literal(article.sha256)
    yield schema("headline"), text_literal(article.headline, language=article.language)
    yield schema("inLanguage"), ox.Literal(article.language)
    if article.published:
        yield schema("datePublished"), date_literal(article.published)
    if article.dateline:
        yield schema("dateline"), text_literal(article.dateline.span.of(article.text))
    if article.license:
        yield schema("license"), iri_or_text(article.license)
    if article.url:
        yield schema("url"), iri_or_text(article.url)
    if may_republish(article.license):
        # The whole text and not its paragraphs, so that offsets of evidence can be checked against it.
        yield schema("articleBody"), text_literal(article.text, language=article.language)


def _linked_facts(scope: Scope) -> Iterator[tuple[ox.NamedNode, Term]]:
    reading = scope.reading
    if reading.publisher:
        yield schema("publisher"), scope.entity(reading.publisher)
    for author in reading.authors:
        yield schema("author"), scope.entity(author)
    for key in sorted(mentioned_keys(scope)):
        yield schema("mentions"), scope.entity(key)
    for key in sorted(_about_keys(scope)):
        yield schema("about"), scope.entity(key)


def mentioned_keys(scope: Scope) -> set[str]:
    """Whatever the article's words or facts speak of by a name; an unnamed party is nothing to look up."""
    reading = scope.reading
    keys = {mention.entity for mention in reading.mentions} | set(reading.about)
    for report in reading.reports:
        keys |= {*report.donors, *report.recipients, *report.implementers, *report.locations, report.crisis or ""}
    for figure in reading.figures:
        keys |= {figure.place or "", figure.crisis or ""}
    keys |= {quotation.speaker for quotation in reading.quotations}
    keys |= {key for role in reading.roles for key in (role.person, role.of or "")}
    return {key for key in keys if key and not key.startswith(UNNAMED)}


def _about_keys(scope: Scope) -> set[str]:
    """What the reading takes the article to be about, and the crises of the givings that it tells."""
    crises = {report.crisis for report in scope.reading.reports if report.crisis}
    return {key for key in crises | set(scope.reading.about) if not key.startswith(UNNAMED)}
