"""What the scene knows and a reading does not keep, without spaCy's types: for those who explain a reading.

A reading holds facts. How the text was cut into sentences, and whom a pronoun stood for on the way, is worth
nothing to the graph, and all to somebody who wonders where a fact came from.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.nlp import Paragraph
from kg.extract.scene import Form, Ref, Scene
from kg.records import Span


@dataclass(frozen=True, slots=True)
class Reference:
    """Words that stand for an entity in the scene: a name, or what takes up one (``form``)."""

    span: Span
    entity: str
    form: Form


def sentences(scene: Scene) -> tuple[Span, ...]:
    """Every sentence that was read, in text order, without white space around it.

    Headline, standfirst, paragraphs and captions are read; what lies outside of these sentences is not.
    """
    text = scene.parsed.article.text
    found = (paragraph.span(sentence) for paragraph in scene.parsed.paragraphs for sentence in paragraph.doc.sents)
    return tuple(span for span in (_trimmed(span, text) for span in found) if span.start < span.end)


def references(scene: Scene) -> tuple[Reference, ...]:
    """Who stands where, in text order: names, pronouns and descriptions alike."""
    paragraphs = scene.parsed.paragraphs
    return tuple(Reference(_span(paragraphs[ref.paragraph], ref), ref.entity, ref.form) for ref in scene.refs)


def _span(paragraph: Paragraph, ref: Ref) -> Span:
    return paragraph.span(paragraph.doc[ref.start : ref.end])


def _trimmed(span: Span, text: str) -> Span:
    words = span.of(text)
    return Span(span.start + len(words) - len(words.lstrip()), span.end - len(words) + len(words.rstrip()))
