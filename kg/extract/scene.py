"""What is known of an article before its facts are read: who is named where, and what it is about.

A document has a topic: the crisis, the place it struck, the day. Donors and items stand in clauses,
but recipient, crisis and date often only in the document; the scene is where a clause looks them up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from kg.extract.context import is_about_relief
from kg.extract.nlp import Paragraph, Parsed
from kg.extract.tokens import Doc, Span, Token
from kg.records import Entity

Form = Literal["name", "demonym", "capital", "seat", "pronoun", "description", "crisis"]


@dataclass(frozen=True, slots=True)
class Ref:
    """Tokens ``start`` to ``end`` (exclusive) of a paragraph that stand for an entity.

    ``form`` tells how: by its name, by a demonym ("Russian"), a capital or seat of power that acts
    for its country, a pronoun, a description ("the country"), or as words for a crisis.
    """

    paragraph: int
    start: int
    end: int
    entity: str
    form: Form


@dataclass(frozen=True, slots=True)
class Topic:
    """What the whole article is about; ``why`` says how each was found. ``struck`` are countries or places."""

    crisis: str | None = None
    struck: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Scene:
    """A parsed article with its references resolved. ``refs`` are in text order and do not overlap.

    ``affiliations`` gives the country or organisation that a person speaks for, by entity key; ``groups`` the
    parties that words for several of them stand for ("both countries"), by paragraph and token.
    """

    parsed: Parsed
    entities: Mapping[str, Entity]
    refs: tuple[Ref, ...]
    topic: Topic = field(default_factory=Topic)
    affiliations: Mapping[str, str] = field(default_factory=dict)
    groups: Mapping[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)

    @cached_property
    def _covered(self) -> Mapping[tuple[int, int], Ref]:
        return {(ref.paragraph, token): ref for ref in self.refs for token in range(ref.start, ref.end)}

    @cached_property
    def _by_paragraph(self) -> Mapping[int, tuple[Ref, ...]]:
        found: dict[int, list[Ref]] = {}
        for ref in self.refs:
            found.setdefault(ref.paragraph, []).append(ref)
        return {index: tuple(refs) for index, refs in found.items()}

    @cached_property
    def about_relief(self) -> bool:
        """Whether the article is about people in need, be their crisis named or not."""
        if self.topic.crisis is not None:
            return True
        headline = " ".join(p.doc.text for p in self.parsed.paragraphs if p.kind in ("headline", "standfirst"))
        body = (p.doc.text for p in self.parsed.paragraphs if p.kind == "paragraph")
        return is_about_relief((headline, *body))

    def refs_in(self, paragraph: Paragraph) -> tuple[Ref, ...]:
        """The references of one paragraph, in order."""
        return self._by_paragraph.get(paragraph.index, ())

    def at(self, paragraph: Paragraph, token: int) -> Ref | None:
        """The reference that covers the token with this index in the paragraph."""
        return self._covered.get((paragraph.index, token))

    def entity_at(self, paragraph: Paragraph, token: Token) -> Entity | None:
        """The entity that the token stands for."""
        ref = self.at(paragraph, token.i)
        return None if ref is None else self.entities.get(ref.entity)

    def country_of(self, key: str) -> str | None:
        """The country that an entity is, lies in, belongs to or speaks for."""
        entity = self.entities.get(key)
        if entity is None:
            return None
        if entity.type == "person":
            of = self.affiliations.get(key)
            return None if of is None else self.country_of(of)
        return entity.key if entity.type == "country" else entity.part_of

    def crisis_at(self, paragraph: Paragraph, token: int) -> str | None:
        """The crisis in force at a token.

        The last one named in its sentence; else the one that the sentences before left in force, as long as the
        telling does not come back to the news (:meth:`_force`); at the start of a paragraph the one of the
        paragraph before, if that names one only and the sentence goes on telling the past.
        """
        sentence = paragraph.doc[token].sent
        named = [ref for ref in self._crisis_refs(paragraph.index) if ref.start < sentence.end]
        if self.topic.crisis is not None:
            named = [ref for ref in named if ref.entity == self.topic.crisis or _reaches(paragraph.doc, ref, token)]
        if any(ref.start >= sentence.start for ref in named):
            return named[-1].entity
        if named:
            return self._force(paragraph, named[-1], sentence)
        before = {ref.entity for ref in self._crisis_refs(paragraph.index - 1)}
        if len(before) == 1 and not returns_to_news(sentence):
            return before.pop()
        return self.topic.crisis

    def _force(self, paragraph: Paragraph, last: Ref, sentence: Span) -> str | None:
        """What a crisis named before in the paragraph is for a later sentence: still in force, or left behind.

        The topic and whatever opens the paragraph as news stay. A crisis of the past, or one told in passing, is
        left where the text comes back to now, or names a country that the topic struck and the other did not.
        """
        if last.entity == self.topic.crisis or self.topic.crisis is None:
            return last.entity
        opens = paragraph.doc[last.start].sent.start == 0 and not self._is_past(last.entity)
        if not opens and self._is_beside(last.entity) and not self._is_past(last.entity):
            return self.topic.crisis
        following = [sent for sent in paragraph.doc.sents if last.end <= sent.start <= sentence.start]
        back = not opens and any(returns_to_news(sent) for sent in following)
        return self.topic.crisis if back or self._names_topic(paragraph, sentence, last.entity) else last.entity

    def _is_beside(self, crisis: str) -> bool:
        """Whether a crisis struck no country but those of the topic: told in passing, it goes with its sentence."""
        struck = self.entities[crisis].struck
        return bool(struck) and set(struck) <= set(self.topic.struck)

    def _is_past(self, crisis: str) -> bool:
        """Whether a crisis began a year or more before the article."""
        published, start = self.parsed.article.published, self.entities[crisis].start
        return published is not None and start is not None and published.last.year - start.first.year >= 1

    def _names_topic(self, paragraph: Paragraph, sentence: Span, other: str) -> bool:
        struck = set(self.topic.struck) - set(self.entities[other].struck)
        here = (ref for ref in self.refs_in(paragraph) if sentence.start <= ref.start < sentence.end)
        roots = ((ref, paragraph.doc[ref.start : ref.end].root) for ref in here)
        return any(ref.entity in struck and root.dep_ not in ("nsubj", "poss") for ref, root in roots)

    def _crisis_refs(self, paragraph: int) -> list[Ref]:
        return [ref for ref in self._by_paragraph.get(paragraph, ()) if ref.entity.startswith("crisis/")]


def _reaches(doc: Doc, ref: Ref, token: int) -> bool:
    """Whether a crisis is told of a token's clause: one in a relative clause is not of the words outside it."""
    heads = (doc[ref.start : ref.end].root, *doc[ref.start : ref.end].root.ancestors)
    inner = next((head for head in heads if head.dep_ == "relcl"), None)
    return inner is None or inner.sent != doc[token].sent or inner.is_ancestor(doc[token]) or inner.i == token


def returns_to_news(sentence: Span) -> bool:
    """Whether a sentence speaks of now, by its verb or by a word: then it is about the article's own crisis again."""
    root = sentence.root
    words = [root, *(child for child in root.children if child.dep_ in ("aux", "auxpass"))]
    if any(word.tag_ in ("VBZ", "VBP") or word.lower_ in _PRESENT_MODALS for word in words):
        return True
    text = f" {sentence.text.lower()} "
    return any(f" {words}" in text and text[text.index(words) + len(words)] in " ,.;:" for words in _NOW)


_PRESENT_MODALS = frozenset({"can", "will", "must", "may", "shall"})
# Words that set what is told against the past: general English.
_NOW = ("now", "today", "this time", "this week", "this month", "this year", "these days", "at present")
