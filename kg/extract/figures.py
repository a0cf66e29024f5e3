"""Figures about a crisis and its effects: deaths, cases, displaced people, damage, population.

A number is a figure only if words beside it tell a measure (:mod:`kg.extract.measures`); every other number may be
a quantity of aid. People who are helped, and what may happen, are no figures: each number that was passed over
for such a reason leaves a note.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace

from kg.extract.clauses import clause_of, governing_verb
from kg.extract.figure_chains import Told, find_continued, is_epidemic
from kg.extract.figure_changes import is_change
from kg.extract.figure_objections import objection
from kg.extract.figure_places import place_of
from kg.extract.found import Found, last_token
from kg.extract.measure_words import measure_table
from kg.extract.measures import find_measure
from kg.extract.nlp import Paragraph
from kg.extract.numbers import Number, find_numbers
from kg.extract.scene import Scene
from kg.extract.times import Anchor, Time, find_times, time_at
from kg.extract.tokens import Doc, Token
from kg.records import Figure, Measure, Note, PartialDate, Span

# Measures of a state that lasts; they have no day unless their clause names one.
_TIMELESS: tuple[Measure, ...] = ("population", "affected-countries", "other")


@dataclass(frozen=True, slots=True)
class _Reading:
    """One paragraph under the rules. ``told`` are the figures of the article so far."""

    scene: Scene
    paragraph: Paragraph
    numbers: tuple[Number, ...]
    times: tuple[Time, ...]
    anchor: Anchor
    told: list[Told] = field(default_factory=list)


def find_figures(
    scene: Scene,
    anchor: Anchor,
    *,
    numbers: Mapping[int, tuple[Number, ...]] | None = None,
    times: Mapping[int, tuple[Time, ...]] | None = None,
) -> tuple[tuple[Figure, ...], tuple[Note, ...]]:
    """The figures of an article, in text order, and why other numbers with a measure were left out.

    A figure that an earlier paragraph or the headline told already is not repeated.

    Args:
        scene: the article with its references.
        anchor: the article's own dates.
        numbers: the numbers by index of paragraph, if they were found before.
        times: the dates by index of paragraph, if they were found before.
    """
    figures: list[Figure] = []
    notes: list[Note] = []
    told: list[Told] = []
    for paragraph in scene.parsed.paragraphs:
        index, doc = paragraph.index, paragraph.doc
        reading = _Reading(
            scene, paragraph,
            numbers[index] if numbers is not None else find_numbers(doc),
            times[index] if times is not None else find_times(doc, anchor), anchor, told,
        )
        for found in _read(reading):
            if isinstance(found, Note):
                notes.append(found)
            elif not any(_repeats(found, figure) for figure in figures):
                figures.append(found)
    return tuple(figures), tuple(notes)


def _read(reading: _Reading) -> Iterator[Figure | Note]:
    doc = reading.paragraph.doc
    for position, number in enumerate(reading.numbers):
        found = find_measure(doc, number)
        if found is None or _is_caught_up(found, reading, number):
            found = find_continued(reading.scene, reading.paragraph, reading.numbers, position, reading.told) or found
        if found is None:
            continue
        reason = objection(doc, number, found)
        if reason:
            yield Note(_span(reading, number.start, last_token(number) + 1), f"no figure: {reason}")
            continue
        change = is_change(doc, reading.numbers, position, found) and not _adds_another(reading, number, found)
        found = replace(_of_the_crisis(reading, number, found), change=change)
        reading.told.append(Told(reading.paragraph, number, found, bool(found.change)))
        following = reading.numbers[position + 1] if position + 1 < len(reading.numbers) else None
        yield _figure(reading, number, found, following)


def _adds_another(reading: _Reading, number: Number, found: Found) -> bool:
    """Whether "another" and "more" only go on counting: "killed 40 people and left 2,000 more homeless".

    The missing are never told as a rise so: "another 300 are missing" stands beside the dead.
    """
    doc = reading.paragraph.doc
    words = {token.lower_ for token in doc[max(0, number.start - 1) : last_token(number) + 3]}
    if not words & {"another", "more", "others", "other", "further"} or words & {"new", "additional", "fresh", "daily"}:
        return False
    before = reading.told[-1] if reading.told and reading.told[-1].paragraph is reading.paragraph else None
    same = before is not None and doc[before.number.start].sent == doc[number.start].sent
    return found.measure == "missing" or (same and before is not None and before.found.measure != found.measure)


def _is_caught_up(found: Found, reading: _Reading, number: Number) -> bool:
    """Whether the words that told the measure belong to another number: "2,000 a day, against 31 and 1,029"."""
    return number.head is None and any(
        one.paragraph is reading.paragraph and one.found.trigger == found.trigger for one in reading.told
    )


def _of_the_crisis(reading: _Reading, number: Number, found: Found) -> Found:
    """A caseload is people in need, in the language of relief, unless the crisis is a disease."""
    doc, scene = reading.paragraph.doc, reading.scene
    noun = doc[found.trigger]
    told = doc[found.trigger + 1 : found.trigger + 2].text.lower() == "of"  # "the caseload of dengue"
    if noun.lemma_.lower() != "caseload" or found.measure != "cases" or told:
        return found
    ill = is_epidemic(scene, scene.crisis_at(reading.paragraph, number.start))
    return found if ill else replace(found, measure="affected-people")


def _figure(reading: _Reading, number: Number, found: Found, following: Number | None) -> Figure:
    scene, paragraph = reading.scene, reading.paragraph
    worldwide = found.measure == "affected-countries"
    date = _date(reading, number, found)
    return Figure(
        measure=found.measure,
        quantity=number.quantity,
        evidence=_evidence(reading, number, found),
        change=bool(found.change),
        place=None if worldwide else place_of(scene, paragraph, number, following, found.rule),
        crisis=_crisis(reading, number, found, date),
        date=date,
        rule=found.rule,
    )


def _crisis(reading: _Reading, number: Number, found: Found, date: PartialDate | None) -> str | None:
    """The crisis in force; a figure of the article's own day is its topic's unless the paragraph names another."""
    scene, paragraph = reading.scene, reading.paragraph
    if found.measure == "population":
        return None
    named = any(ref.form == "crisis" for ref in scene.refs_in(paragraph))
    running = date is not None and date == reading.anchor.published and scene.topic.crisis is not None
    return scene.topic.crisis if running and not named else scene.crisis_at(paragraph, number.start)


def _date(reading: _Reading, number: Number, found: Found) -> PartialDate | None:
    """The day that the text ties the figure to: one in its clause, else the article's for "so far" and the like."""
    doc = reading.paragraph.doc
    if found.measure == "population":
        return None
    time = time_at(reading.times, doc, found.trigger)
    if time is not None and not _dates_the_telling(doc, time, found.trigger):
        return time.date
    if found.measure in _TIMELESS:
        return None
    sentence = doc[number.start].sent.text.lower()
    present = any(phrase in sentence for phrase in measure_table().present.phrases)
    return (reading.anchor.published or reading.anchor.date) if present or _is_present(doc[found.trigger]) else None


def _dates_the_telling(doc: Doc, time: Time, trigger: int) -> bool:
    """Whether the date belongs to "officials said on Monday" rather than to what they said."""
    clause = clause_of(doc[time.start : time.end].root)
    return clause != clause_of(doc[trigger]) and any(child.dep_ == "ccomp" for child in clause.children)


def _is_present(trigger: Token) -> bool:
    """Whether the figure is told in the present or the present perfect."""
    verb = trigger if trigger.pos_ in ("VERB", "AUX") else governing_verb(trigger)
    while verb is not None and verb.dep_ in ("acl", "xcomp", "pcomp"):
        verb = governing_verb(verb)
    if verb is None:
        return False
    auxiliaries = {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}
    return verb.tag_ in ("VBZ", "VBP") or bool(auxiliaries & {"has", "have", "is", "are", "'ve", "’ve"})


def _evidence(reading: _Reading, number: Number, found: Found) -> Span:
    """The words from the measure to the number, with the subject of the verb between them."""
    doc = reading.paragraph.doc
    trigger, sentence = doc[found.trigger], doc[number.start].sent
    ends = [number.start, last_token(number), found.trigger, *([found.also] if found.also is not None else [])]
    verb = trigger if trigger.pos_ in ("VERB", "AUX") else governing_verb(trigger)
    if verb is not None and min(ends) - 12 <= verb.i <= max(ends) + 12:
        ends.append(verb.i)
        ends.extend(child.left_edge.i for child in verb.children if child.dep_ in ("nsubj", "nsubjpass"))
    return _span(reading, max(min(ends), sentence.start), min(max(ends) + 1, sentence.end))


def _span(reading: _Reading, start: int, end: int) -> Span:
    return reading.paragraph.span(reading.paragraph.doc[start:end])


def _repeats(figure: Figure, earlier: Figure) -> bool:
    """Whether a figure says again what an earlier one said, perhaps without the place."""
    same = (figure.measure, figure.change) == (earlier.measure, earlier.change)
    quantity, first = figure.quantity, earlier.quantity
    equal = (quantity.value, quantity.minimum, quantity.maximum) == (first.value, first.minimum, first.maximum)
    return same and equal and (figure.place == earlier.place or figure.place is None)
