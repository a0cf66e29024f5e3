"""Numbers that leave their measure to the words before: gapped lists, rankings, comparisons, counts told again.

News does not repeat what the reader still holds: "Spain has lost 8,000 people, Belgium 2,100", "France follows with
5,400", "40 deaths and 1,300 infections, against 31 and 1,029 a day before", "the count now stands at 5,210". Such a
number is bare; it is a figure only right after one, so that a list of gifts never becomes a list of deaths.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract.found import Found, last_token, measure_index
from kg.extract.measure_totals import brings_total, word_before
from kg.extract.measure_words import VerbFrame, measure_table
from kg.extract.nlp import Paragraph
from kg.extract.numbers import Number
from kg.extract.scene import Scene
from kg.extract.tokens import Doc, Token
from kg.records import Measure

# Measures that a bare "count" can mean.
_COUNTS: tuple[Measure, ...] = ("deaths", "cases", "recoveries", "injured", "missing", "displaced")
_OPENING = 6  # tokens: "Of the 50 confirmed dead,"
_STATE = 5  # tokens from a number to its state: "have all been badly damaged"
_RAISED = re.compile(r"\b(?:did|had|have|has|do)\b\s*(?:so\b)?\s*(?:[.,;!]|$)")


@dataclass(frozen=True, slots=True)
class Told:
    """A figure told before: where, its number, what it was found by, and whether it was a rise or fall."""

    paragraph: Paragraph
    number: Number
    found: Found
    change: bool


def find_continued(
    scene: Scene, paragraph: Paragraph, numbers: Sequence[Number], at: int, told: Sequence[Told]
) -> Found | None:
    """The measure that a bare number takes over from the figures before it, or ``None``.

    Args:
        scene: the article with its references.
        paragraph: where the number stands.
        numbers: the numbers of the paragraph.
        at: the index of the number among them.
        told: the figures of the article so far, in text order.
    """
    number = numbers[at]
    if number.head is not None or number.currency or number.unit == "percent":
        return None
    doc = paragraph.doc
    if found := _recounted(scene, paragraph, number, told) or _did(doc, number):
        return found
    if found := _of_the_whole(doc, number):
        return found
    before = told[-1] if told else None
    if before is None or before.paragraph is not paragraph or at == 0 or before.number not in numbers[at - 1 : at]:
        return None
    found = _wrecked_too(doc, number, before) or _compared(paragraph, numbers, at, told)
    return found or _gapped(scene, paragraph, number, before)


def _wrecked_too(doc: Doc, number: Number, before: Told) -> Found | None:
    """ "Some 300 houses fell and 4,000 were badly damaged": buildings again, with a state of their own."""
    state = next((token for token in doc[number.end : number.end + _STATE] if token.pos_ not in ("AUX", "ADV")), None)
    same = doc[before.number.start].sent == doc[number.start].sent and before.found.measure == "damage"
    if not same or state is None or state.lower_ not in measure_table().wrecked.words:
        return None
    return Found("damage", state.i, "as before")


def _of_the_whole(doc: Doc, number: Number) -> Found | None:
    """ "Of the dead, 30 were in Lima, 20 in Callao": a part of what opens the sentence, with a place behind it."""
    sentence = doc[number.start].sent
    whole = next((token for token in sentence[: _OPENING] if token.lower_ in measure_index("total")), None)
    if sentence[0].lower_ not in ("of", "among") or whole is None or whole.i >= number.start:
        return None
    after = [token.lower_ for token in doc[number.end : number.end + 3]]
    while after and after[0] in ("were", "was", "are", "is", "came", "died", "lived"):
        after.pop(0)
    placed = bool(after) and after[0] in (*measure_table().place.prepositions, "from")
    return Found(measure_index("total")[whole.lower_], whole.i, "part of the whole") if placed else None


def _gapped(scene: Scene, paragraph: Paragraph, number: Number, before: Told) -> Found | None:
    """ "Up 4,871", "and 300 in Spain", "Belgium 2,100", "in Mali 1.2 million", "France follows with 5,400"."""
    doc, first = paragraph.doc, before.number
    between = doc[last_token(first) + 1 : number.start]
    same_sentence = doc[first.start].sent == doc[number.start].sent
    again = Found(before.found.measure, before.found.trigger, "as before", change=before.change or number.change)
    if same_sentence and number.change:
        return Found(before.found.measure, before.found.trigger, "as before")
    if follows_place(scene, paragraph, number):
        return again if same_sentence else None
    following = doc[number.end : number.end + 1].text.lower()
    parted = any(token.lower_ in (",", "and", ";") for token in between)
    if same_sentence and parted and following in ("in", "of", "across", "on"):
        return again
    ranked = _is_ranked(doc, number, between.start)
    return again if ranked and _names_place(scene, paragraph, between.start, number.start) else None


def follows_place(scene: Scene, paragraph: Paragraph, number: Number) -> bool:
    """Whether the name of a place stands right before the number, as in a gapped list."""
    at = number.start - 1
    while at > 0 and paragraph.doc[at].lower_ in ("with", "for", "had", "has"):
        at -= 1
    entity = scene.entity_at(paragraph, paragraph.doc[at]) if at >= 0 else None
    return entity is not None and entity.type in ("country", "place")


def _names_place(scene: Scene, paragraph: Paragraph, start: int, end: int) -> bool:
    entities = (scene.entity_at(paragraph, paragraph.doc[at]) for at in range(start, end))
    return any(entity is not None and entity.type in ("country", "place") for entity in entities)


def _is_ranked(doc: Doc, number: Number, start: int) -> bool:
    """Whether a verb of ranking and "with" bring the number: "Poland was next with 180"."""
    group = measure_table().following
    if number.start == 0 or doc[number.start - 1].lower_ not in group.words:
        return False
    return any(token.lemma_.lower() in group.lemmas for token in doc[start : number.start])


def _compared(paragraph: Paragraph, numbers: Sequence[Number], at: int, told: Sequence[Told]) -> Found | None:
    """The value of another time, set against the figure at the same place of the list before it."""
    doc, sentence = paragraph.doc, paragraph.doc[numbers[at].start].sent
    first = next((i for i in range(at, -1, -1) if _is_set_against(doc, numbers[i])), None)
    if first is None or numbers[first].start < sentence.start:
        return None
    bare = [number for number in numbers[first:] if number.end <= sentence.end and number.head is None]
    partners = [one for one in told if one.paragraph is paragraph and sentence.start <= one.number.start
                and one.number.start < numbers[first].start]
    if len(partners) != len(bare):
        return None
    partner = partners[at - first]
    return Found(partner.found.measure, partner.found.trigger, "as before", change=partner.change)


def _is_set_against(doc: Doc, number: Number) -> bool:
    before = doc[max(0, number.start - 2) : number.start].text.lower()
    return any(before == phrase or before.endswith(" " + phrase) for phrase in measure_table().against.phrases)


def _recounted(scene: Scene, paragraph: Paragraph, number: Number, told: Sequence[Told]) -> Found | None:
    """ "The count now stands at 5,210", "It had reached 500,000 on June 28"."""
    doc = paragraph.doc
    if not brings_total(doc, number) or doc[number.start - 1].lower_ == "of":
        return None
    subject = _counting_subject(doc, number)
    if subject is None:
        return None
    denied = {measure_index("noun").get(token.lemma_.lower()) for token in doc[number.start].sent}
    for measure in _recalled(paragraph, subject, told):
        if measure not in denied:
            return Found(measure, subject.i, "total recounted")
    epidemic = _is_epidemic(scene, paragraph, number)
    counts_cases = subject.lower_ in ("count", "tally", "total") and "deaths" in denied and epidemic
    return Found("cases", subject.i, "total recounted") if counts_cases else None


def _counting_subject(doc: Doc, number: Number) -> Token | None:
    """The noun of a reckoning that the number is told of, or "it", with no "of" that tells what is counted."""
    verb = word_before(doc, number)
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    while verb.dep_ in ("xcomp", "conj", "advcl", "aux") and not _subject(verb) and verb.head != verb:
        verb = verb.head
    subject = _subject(verb)
    if subject is None or subject.i > number.start:
        return None
    counting = subject.lemma_.lower() in measure_table().counting.lemmas
    own = any(child.lower_ == "of" for child in subject.children)
    return subject if (counting and not own) or subject.lower_ == "it" else None


def _subject(verb: Token) -> Token | None:
    return next((child for child in verb.children if child.dep_ in ("nsubj", "nsubjpass")), None)


def _recalled(paragraph: Paragraph, subject: Token, told: Sequence[Told]) -> Iterator[Measure]:
    """Measures that "the count" or "it" may mean, likeliest first: a total of the sentence before, then any figure."""
    doc, start = paragraph.doc, subject.sent.start
    earlier = [sentence for sentence in doc.sents if sentence.end <= start]
    near = earlier[-1].start if earlier else start
    here = [one for one in told if one.paragraph is paragraph and near <= one.number.start < start]
    yield from (one.found.measure for one in reversed(here) if one.found.rule.startswith("total"))
    if earlier:
        nouns = (token for token in earlier[-1] if token.dep_ in ("nsubj", "nsubjpass", "compound"))
        yield from (measure_index("total")[token.lower_] for token in nouns if token.lower_ in measure_index("total"))
    if subject.lower_ == "it":
        return
    recent = [one for one in told if paragraph.index - one.paragraph.index <= 1 and one.found.measure in _COUNTS]
    yield from (one.found.measure for one in reversed(recent) if one.found.rule.startswith("total"))
    yield from (one.found.measure for one in reversed(recent))


def _is_epidemic(scene: Scene, paragraph: Paragraph, number: Number) -> bool:
    return is_epidemic(scene, scene.crisis_at(paragraph, number.start))


def is_epidemic(scene: Scene, crisis: str | None) -> bool:
    """Whether the crisis with this key is a disease."""
    entity = scene.entities.get(crisis) if crisis is not None else None
    return entity is not None and entity.disaster is not None and entity.disaster.endswith("epidemic")


def _did(doc: Doc, number: Number) -> Found | None:
    """ "It was feared that 3,000 would die; 1,200 did": the verb before, now told as done."""
    sentence = doc[number.start].sent
    if not _RAISED.match(doc.text[doc[number.end - 1].idx + len(doc[number.end - 1]) :].lstrip()):
        return None
    rows: list[VerbFrame] = [row for row in measure_table().verb if row.role == "subject" and "people" in row.counted]
    for token in reversed(doc[sentence.start : number.start]):
        lemmas = _verbal(token)
        row = next((row for row in rows if not row.needs and not row.negated and lemmas & set(row.lemmas)), None)
        if row is not None:
            starved = "starve" in lemmas  # those who did starve are dead
            return Found("deaths" if starved else row.measure, token.i, "done")
    return None


def _verbal(token: Token) -> set[str]:
    """The lemma of a verb; a gerund may be tagged as a noun: "in danger of starving"."""
    if token.pos_ == "VERB":
        return {token.lemma_.lower()}
    low = token.lower_
    return {low[:-3], low[:-3] + "e"} if token.pos_ == "NOUN" and low.endswith("ing") else set()
