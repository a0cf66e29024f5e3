"""What is known of an article before its facts are read: who is named where, and what it is about.

A document has a topic: the crisis, the place it struck, the day. Donors and items stand in clauses,
but recipient, crisis and date often only in the document; the scene is where a clause looks them up.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from kg.extract.nlp import Paragraph, Parsed
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
    """What the whole article is about; ``why`` says how each was found."""

    crisis: str | None = None
    struck: str | None = None
    why: str = ""


@dataclass(frozen=True, slots=True)
class Scene:
    """A parsed article with its references resolved. ``refs`` are in text order and do not overlap."""

    parsed: Parsed
    entities: Mapping[str, Entity]
    refs: tuple[Ref, ...]
    topic: Topic = field(default_factory=Topic)

    def refs_in(self, paragraph: Paragraph) -> tuple[Ref, ...]:
        """The references of one paragraph, in order."""
        return tuple(ref for ref in self.refs if ref.paragraph == paragraph.index)

    def at(self, paragraph: Paragraph, token: int) -> Ref | None:
        """The reference that covers the token with this index in the paragraph."""
        return next((ref for ref in self.refs_in(paragraph) if ref.start <= token < ref.end), None)

    def country_of(self, key: str) -> str | None:
        """The country that an entity is, lies in or belongs to."""
        entity = self.entities.get(key)
        if entity is None:
            return None
        return entity.key if entity.type == "country" else entity.part_of

    def crisis_at(self, paragraph: Paragraph, token: int) -> str | None:
        """The crisis in force at a token: the one last named in the paragraph's sentences so far, else later in
        the sentence, else the last named in earlier paragraphs, else the topic's."""
        named = [ref for ref in self.refs if ref.entity.startswith("crisis/")]
        sentence = paragraph.doc[token].sent
        here = [ref for ref in named if ref.paragraph == paragraph.index and ref.start < sentence.end]
        if here:
            return here[-1].entity
        return self.topic.crisis
