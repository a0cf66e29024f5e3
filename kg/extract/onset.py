"""The day on which a disaster struck: as the tables of crises have it, else as the article itself tells it.

"Two days after the quake" needs that day, and most articles are about a disaster that no table knows to the day.
They nearly always tell it once: "the quake of 12 January", "Saturday's earthquake", "a cyclone struck on Friday".
"""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.calendars import Anchor, full_day
from kg.extract.candidates import name_words
from kg.extract.clauses import clause_of
from kg.extract.nlp import Paragraph
from kg.extract.scene import Scene
from kg.extract.story import Onset
from kg.extract.time_words import time_table
from kg.extract.times import find_times
from kg.extract.tokens import Doc, Token
from kg.records import PartialDate

_RECENT = 366  # days: a disaster longer ago than a year is history that the article tells beside the news
_MODIFIERS = ("compound", "nmod", "nummod", "amod", "npadvmod")


def onset_of(scene: Scene, paragraph: Paragraph, anchor: Anchor) -> Onset:
    """Answers, for tokens of this paragraph, when the crisis that they speak of began."""

    def struck(token: Token) -> PartialDate | None:
        crisis = scene.entities.get(scene.crisis_at(paragraph, token.i) or "")
        if crisis is not None and crisis.start is not None and len(crisis.start.parts) == 3:
            return crisis.start
        if crisis is not None and crisis.key != scene.topic.crisis:
            return None
        begun = crisis.start if crisis is not None else None
        return next((day for day in _told(scene, anchor) if _fits(day, begun)), None)

    return struck


def _fits(day: PartialDate, begun: PartialDate | None) -> bool:
    """Whether a day lies in the month or year in which the crisis is known to have begun."""
    return begun is None or (begun.first <= day.first and day.last <= begun.last)


def _told(scene: Scene, anchor: Anchor) -> Iterator[PartialDate]:
    """The days on which the article says that a disaster struck, in text order; none of the distant past."""
    written = full_day(anchor.date)
    for paragraph in scene.parsed.paragraphs:
        for time in find_times(paragraph.doc, anchor):
            day = full_day(time.date)
            old = written is not None and day is not None and not 0 <= (written - day).days <= _RECENT
            if day is not None and not old and _dates_blow(paragraph.doc, time.start, time.end):
                yield time.date


def _dates_blow(doc: Doc, start: int, end: int) -> bool:
    """Whether a date tells when a disaster struck: beside its noun, or beside a verb whose subject it is."""
    root = doc[start:end].root
    noun = root
    while noun.dep_ in ("poss", "pobj", "prep", *_MODIFIERS) and noun.head != noun:
        noun = noun.head
        if noun.pos_ in ("NOUN", "PROPN"):
            return is_blow(noun)
    verb = clause_of(root)
    if verb.lemma_.lower() not in time_table().onset.verbs:
        return False
    roles = [child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass", "agent", "dobj")]
    return any(is_blow(token) for role in roles for token in (role, *role.children))


def is_blow(token: Token) -> bool:
    """Whether a noun names a disaster that comes on one day."""
    table, word = time_table().onset, token.lemma_.lower()
    return word in table.nouns or name_words().disasters.get(word) in table.sudden
