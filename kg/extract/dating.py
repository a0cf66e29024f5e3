"""Which of the dates around a clause of giving is its own.

A sentence of news holds several acts, and its dates belong to one each: to the clause, to the clause above it, to the
telling ("said on Friday"), to a disaster or a meeting that is only named. The nearest date, which is what one would
take without a parse, is wrong for about one clause in three of the development articles. So a date is looked for from
the clause upwards, and each step up is taken only where the grammar lets the date carry over.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from kg.extract.clauses import clause_of, is_apart
from kg.extract.date_owners import SUBJECTS, climb, is_bound, owner_of
from kg.extract.tenses import auxiliaries_of, is_perfect, is_simple_past
from kg.extract.time_words import time_table
from kg.extract.times import Time
from kg.extract.tokens import Doc, Token
from kg.records import PartialDate, Phase

_VERBS = ("VERB", "AUX")
_OPENING = 6  # tokens into a sentence
_THEN = frozenset(("when", "as", "while", "where", "whereupon"))
_AHEAD: tuple[Phase, ...] = ("requested", "pledged")


@dataclass(frozen=True, slots=True)
class Dated:
    """When an act happened. ``told`` is false where only what stands around it suggests the date."""

    date: PartialDate | None = None
    told: bool = False


def date_of(times: Iterable[Time], trigger: Token, phase: Phase | None) -> Dated:
    """The date of the act that a verb or noun tells.

    Args:
        times: the dates of its paragraph.
        trigger: the verb or noun of giving.
        phase: how far the act has come; what is asked or promised happens when it is told.
    """
    times, doc = tuple(times), trigger.doc
    sentence = trigger.sent
    here = [time for time in times if sentence.start <= time.start < sentence.end]
    own = _of_noun(doc, here, trigger)
    if own is not None:
        return Dated(own.date, True)
    found = _from_clauses(doc, here, trigger, phase)
    if found.date is None:
        found = _of_line(doc, times, trigger)
    if found.date is None and len(here) == 1:
        found = Dated(_of_opening(doc, here[0], trigger), False)
    silent = not any(owner_of(doc, time) is not None for time in here)
    if found.date is None and silent and is_simple_past(_finite(trigger)):
        found = Dated(_frame(doc, times, sentence.start), False)
    return found


# ---------------------------------------------------------------- dates of the clause and those above


def _from_clauses(doc: Doc, here: list[Time], trigger: Token, phase: Phase | None) -> Dated:
    """The date of the trigger's clause, else of the nearest clause above that lends it one."""
    by_clause: dict[int, list[Time]] = {}
    for time in here:
        owner = owner_of(doc, time)
        if owner is not None:
            by_clause.setdefault(owner.i, []).append(time)
    clause, told, fronted = clause_of(trigger), trigger.pos_ in _VERBS, False
    while True:
        times = [time for time in by_clause.get(clause.i, ()) if not fronted or time.end <= clause.i]
        times = [time for time in times if not is_bound(doc, time, clause)]
        if times:
            return Dated(min(times, key=lambda time: abs(time.start - trigger.i)).date, told)
        dated = _dated_head(here, clause) or _in_front(by_clause, clause)
        if dated is not None:
            return Dated(dated, told)
        step = _step(clause, phase)
        if step is None:
            return _of_subject(here, clause, phase)
        told, fronted = told and step.told, step.fronted
        clause = clause_of(clause.head)


def _in_front(by_clause: dict[int, list[Time]], clause: Token) -> PartialDate | None:
    """The date of what is done at the same time: "addressing the House on Friday, he promised"."""
    joined = [
        child for child in clause.children if child.dep_ == "advcl" and child.tag_ == "VBG" and child.i < clause.i
    ]
    dates = [time.date for child in joined if not is_perfect(child) for time in by_clause.get(child.i, ())]
    return dates[0] if dates else None


def _dated_head(here: list[Time], clause: Token) -> PartialDate | None:
    """The date that a relative clause says more of: "on 3 May, when", "the flood of 1971, when"."""
    if clause.dep_ not in ("relcl", "advcl", "acl"):
        return None
    if not any(child.lower_ == "when" for child in clause.children):
        return None
    head = clause.head
    start = head.left_edge.i
    near = [time for time in here if start <= time.start and time.end <= clause.left_edge.i]
    return near[-1].date if near and head.pos_ not in _VERBS else None


def _of_subject(here: list[Time], clause: Token, phase: Phase | None) -> Dated:
    """What a text asks or promises it does when it is issued: "the appeal, launched on Friday, calls for"."""
    if phase not in _AHEAD:
        return Dated()
    issued = {
        child.i
        for subject in clause.children
        if subject.dep_ in ("nsubj", "nsubjpass")
        for child in subject.children
        if child.dep_ == "acl" and child.tag_ == "VBN"
    }
    dates = [time.date for time in here if clause_of(clause.doc[time.start : time.end].root).i in issued]
    return Dated(dates[0], False) if dates else Dated()


@dataclass(frozen=True, slots=True)
class _Step:
    """A step up: whether the date of the clause above is surely this one's, and whether only one in front is."""

    told: bool = True
    fronted: bool = False


def _step(clause: Token, phase: Phase | None) -> _Step | None:
    """How the clause above lends its date, None if it does not."""
    head = clause.head
    if head == clause or is_apart(clause):
        return None
    if clause.dep_ == "conj":
        return _joined(clause)
    if clause.dep_ in ("ccomp", "parataxis"):
        return _reported(clause, phase)
    if clause.dep_ == "advcl" and _is_finite(clause):
        marks = {child.lower_ for child in clause.children if child.dep_ in ("mark", "advmod")}
        return _Step() if marks & _THEN and not is_perfect(clause) else None
    if is_perfect(clause):
        return None
    return _Step(told=clause.dep_ not in ("relcl", "csubj", "csubjpass", "acl") or clause.tag_ == "VBG")


def _joined(clause: Token) -> _Step | None:
    """ "On Friday X sent tents and Y gave water": a date in front is for both, one behind the first verb for that."""
    if is_perfect(clause) and not is_perfect(clause.head):
        return None
    before = clause.doc[clause.i - 1]  # the parse may take "Y" for more of what X sent
    own = any(child.dep_ in SUBJECTS for child in clause.children) or (before.pos_ == "PROPN" and _is_finite(clause))
    return _Step(fronted=True) if own else _Step(told=False)


def _reported(clause: Token, phase: Phase | None) -> _Step | None:
    """ "Said on Friday that": the day of a promise or of what is under way, hardly that of what is done, and for a
    perfect not at all."""
    telling = clause.head.lemma_.lower() in time_table().tense.telling or clause.dep_ == "parataxis"
    if phase in _AHEAD or auxiliaries_of(clause) & {"is", "are"}:
        return _Step()
    if is_perfect(clause):
        return None
    return _Step(told=not telling and not _speaks(clause.head))


def _speaks(verb: Token) -> bool:
    return any(child.dep_ == "ccomp" for child in verb.children)


def _is_finite(verb: Token) -> bool:
    return verb.tag_ in ("VBD", "VBZ", "VBP", "MD") or any(
        child.dep_ in ("aux", "auxpass") and child.lower_ not in ("to", "having", "being") for child in verb.children
    )


def _finite(trigger: Token) -> Token:
    """The verb that tells the tense of a trigger: its own, or the one above a noun or infinitive."""
    verb = trigger
    while verb.head != verb and (verb.pos_ not in _VERBS or not _is_finite(verb)):
        verb = verb.head
    return verb


# ---------------------------------------------------------------- nouns of giving


def _of_noun(doc: Doc, here: list[Time], trigger: Token) -> Time | None:
    """A date in the phrase of a noun of giving: "the January shipment", "the delivery on Friday"."""
    if trigger.pos_ not in ("NOUN", "PROPN"):
        return None
    for time in here:
        root = doc[time.start : time.end].root
        if trigger in climb(root) and not is_bound(doc, time, trigger):
            return time
    return None


# ---------------------------------------------------------------- dates around the sentence


def _of_line(doc: Doc, times: tuple[Time, ...], trigger: Token) -> Dated:
    """The date in the label of a list's line: "• Oman, 4 June: two planes of tents"."""
    text = doc.text
    start = text.rfind("\n", 0, trigger.idx) + 1
    colon = text.find(":", start, trigger.idx)
    label = [time for time in times if start <= doc[time.start].idx and doc[time.end - 1].idx < colon]
    return Dated(label[0].date, True) if len(label) == 1 else Dated()


def _of_opening(doc: Doc, time: Time, trigger: Token) -> PartialDate | None:
    """The one date of a sentence that opens with it: "of those fed in May, half owed their bread to Oslo"."""
    main = clause_of(trigger)
    opening = time.start - trigger.sent.start <= _OPENING and time.end <= main.i and main.head == main
    owner = owner_of(doc, time)
    bare = owner is not None and not any(child.dep_ in SUBJECTS for child in owner.children)
    return time.date if opening and bare and not is_bound(doc, time, main) else None


def _frame(doc: Doc, times: tuple[Time, ...], sentence: int) -> PartialDate | None:
    """The month or year that an earlier sentence of the paragraph set the scene with: "I was there in January".

    Days told since must lie in it. A day alone sets no scene: what follows "On 3 May a ship came" need not have
    happened then.
    """
    days: list[PartialDate] = []
    line = doc.text.rfind("\n", 0, doc[sentence].idx)
    for time in reversed([time for time in times if time.start < sentence and doc[time.start].idx > line]):
        owner = owner_of(doc, time)
        if owner is None or is_bound(doc, time, owner) or "week" in doc[time.start : time.end].text.lower():
            continue  # a week or weekend sets no scene for its month
        if len(time.date.parts) < 3:
            inside = all(time.date.first <= day.first and day.last <= time.date.last for day in days)
            return time.date if inside else None
        days.append(time.date)
    return None
