"""Why a number with a measure may still be no figure: people who are helped, what is imagined, a value left behind.

Aid is told in the same nouns as harm: "food for 20,000 displaced people" counts a gift, not the displaced. The words
around the number decide, and what they decide against is noted for whoever asks why.
"""

from __future__ import annotations

from kg.extract.clauses import governing_verb
from kg.extract.found import Found, counted_kind
from kg.extract.lexicon import lexicon
from kg.extract.measure_words import measure_table
from kg.extract.numbers import Number
from kg.extract.tokens import Doc, Token


def objection(doc: Doc, number: Number, found: Found) -> str | None:
    """Why a number with a measure is still no figure, or ``None``."""
    if found.rule == "done":
        return None
    table, trigger = measure_table(), doc[found.trigger]
    before = doc[number.start - 1] if number.start else None
    risen = found.rule.startswith("total") and found.rule != "total revised"
    if before is not None and before.lower_ == "from" and risen:
        return "the value before a rise or fall"
    kind = counted_kind(doc, number)
    own = found.measure == "population" or found.rule.startswith(("total", "as before"))
    if kind in ("people", "bare") and before is not None and not own:
        governor = doc[number.head].head if number.head is not None else before
        purpose = _is_purpose(doc, number)
        if purpose and found.measure != "missing":
            return "people whom something is for"
        if before.lower_ == "to" and kind == "people" and doc[number.start - 2].lemma_.lower() not in lexicon().rising:
            return "people to whom something is given"
        if before.lemma_.lower() in table.helping.lemmas or _is_helped(doc, number, governor):
            return "people who are helped"
    verb = trigger if trigger.pos_ in ("VERB", "AUX") else governing_verb(trigger)
    if verb is not None and _is_imagined(verb):
        return "imagined, not told"
    return None


def _is_purpose(doc: Doc, number: Number) -> bool:
    """Whether "for" brings the people; "Indonesia accounts for 130,000" serves nobody."""
    before, earlier = doc[number.start - 1], doc[max(0, number.start - 2)]
    if before.lower_ == "for":
        return earlier.lemma_.lower() != "account"
    return before.pos_ in ("PRON", "DET") and earlier.lower_ == "for"


def _is_helped(doc: Doc, number: Number, governor: Token) -> bool:
    """Whether a helping verb has the counted people as object."""
    if number.head is None or doc[number.head].dep_ not in ("dobj", "dative"):
        return False
    return governor.lemma_.lower() in measure_table().helping.lemmas


def _is_imagined(verb: Token) -> bool:
    """Whether the verb is under a modal or a condition, or the infinitive of a plan."""
    table = measure_table()
    if verb.dep_ == "xcomp" and verb.head.lemma_.lower() in table.planned.lemmas:
        return True
    return any(child.lower_ in table.imagined.words for child in verb.children if child.dep_ in ("aux", "mark"))
