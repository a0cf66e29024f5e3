"""Reports of giving, from clauses: each is read as an act, and acts that tell one giving become one report.

The steps, in order: :mod:`kg.extract.frames` finds the clauses, :mod:`kg.extract.modality` says how sure
and how far, :mod:`kg.extract.senses` who, whom and what, :mod:`kg.extract.sharing` what else the verb
governs; :mod:`kg.extract.acts` joins the acts of a sentence, :mod:`kg.extract.discourse` fills what they leave
out, and :mod:`kg.extract.acts` folds the sentences that tell the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from kg.extract.acts import Act, fold, join_sentences
from kg.extract.chronicle import Chronicle
from kg.extract.context import context_of
from kg.extract.dating import date_of
from kg.extract.discourse import fill_gaps, objection
from kg.extract.frames import Clause, find_clauses
from kg.extract.item_words import is_vague
from kg.extract.lines import find_lines
from kg.extract.modality import standing
from kg.extract.nlp import Paragraph
from kg.extract.numbers import find_numbers
from kg.extract.parties import parties, places
from kg.extract.said import Context, Said
from kg.extract.scene import Scene
from kg.extract.senses import read_clause
from kg.extract.sharing import echoed, with_gapped
from kg.extract.times import Anchor, Time
from kg.extract.tokens import Token
from kg.records import Item, Note, Report

# What may stand between the party that heads a line of a list and its colon: "(WFP)", ", 25 August".
_LABEL_END = re.compile(r"(\s*\([^)\n]{1,20}\))?(, [^:\n]{3,20})?(:|\s[–—]\s)")
_DEFINITE = frozenset({"the", "these", "those", "its", "their", "this"})


def find_reports(scene: Scene, anchor: Anchor) -> tuple[tuple[Report, ...], tuple[Note, ...]]:
    """All reports of giving in the article, and what was seen and not taken.

    Args:
        scene: the article with its references.
        anchor: the article's own dates.
    """
    notes: list[Note] = []
    days = Chronicle(scene, anchor)
    paragraphs = scene.parsed.paragraphs
    acts = [act for paragraph in paragraphs for act in _acts(scene, paragraph, days.times(paragraph), notes)]
    kept = []
    for act in fill_gaps(scene, join_sentences(acts)):
        why = objection(scene, act)
        if why is None:
            kept.append(act)
        else:
            notes.append(Note(act.evidence[0], f"{act.rule} is not taken: {why}"))
    return tuple(_report(act) for act in fold(kept)), tuple(notes)


def _acts(scene: Scene, paragraph: Paragraph, times: tuple[Time, ...], notes: list[Note]) -> Iterator[Act]:
    numbers = find_numbers(paragraph.doc)
    before: Act | None = None
    found = (*find_clauses(paragraph), *find_lines(scene, paragraph, numbers))
    for clause in sorted(found, key=lambda clause: clause.trigger.i):
        state = standing(clause.main)
        if state.modality is None:
            notes.append(Note(paragraph.span(clause.trigger.sent), f"“{clause.trigger.text}” is not read: {state.why}"))
            continue
        context = Context(scene, paragraph, numbers, clause)
        phase = clause.frame.phase
        if state.phase is not None and clause.frame.phase != "requested":
            phase = state.phase
        for said in read_clause(context):
            act = replace(_act(context, said), phase=said.phase or phase, modality=state.modality)
            when = date_of(times, clause.trigger, act.phase)
            act = replace(act, date=when.date, told=when.told)
            echo = echoed(act, before) if act.sense == "echo" else act
            if echo is None:
                continue
            for one in with_gapped(context, echo):
                before = one if _may_be_echoed(one) else before
                yield one


def _may_be_echoed(act: Act) -> bool:
    """Whether what follows may do as this act did; who was reached may be followed by another, whoever gave."""
    told = act.donors or (act.sense in ("arrive", "receive") and act.recipients and act.items)
    return bool(told) and act.modality == "asserted"


def _act(context: Context, said: Said) -> Act:
    clause, scene, paragraph = context.clause, context.scene, context.paragraph
    trigger = clause.trigger
    donors = _no_bystanders(said.donors.principals)
    # Help goes to a state or people; a person named as its receiver stands for nobody if no office is known.
    helped = (key for key in said.recipients.principals if not key.startswith("person/"))
    recipients = tuple(key for key in helped if key not in donors)
    return Act(
        at=(paragraph.index, trigger.i),
        sentence=(paragraph.index, trigger.sent.start),
        sense=clause.frame.sense,
        rule=f"{clause.frame.sense}: {clause.frame.lemma}",
        phase=clause.frame.phase,
        weak=_is_weak(clause) or (clause.frame.sense == "receive" and _is_some_help(said)),
        refers=any(_is_definite(found.head) for found in said.items),
        modality="asserted",
        context="relief" if clause.frame.sense == "line" else context_of(trigger),
        bare=any(found.bare for found in said.items),
        own=bool(said.recipients.principals) and not recipients and _names_own(context, donors),
        donors=donors,
        recipients=recipients,
        implementers=said.donors.implementers,
        items=tuple(found.item for found in said.items),
        locations=places(scene, paragraph, clause.after("in", "to", "at", "near", "into", "from")),
        label=_label(scene, paragraph, trigger),
        crisis=scene.crisis_at(paragraph, trigger.i),
        date=None,
        evidence=(paragraph.span(trigger.sent),),
    )


def _names_own(context: Context, donors: tuple[str, ...]) -> bool:
    """Whether the clause names the giver, or a place in it, as where the help goes: not "the country"."""
    for token in context.clause.tokens:
        ref = context.scene.at(context.paragraph, token.i)
        if ref is None or token.i < context.clause.trigger.i or ref.form not in ("name", "capital"):
            continue
        if (
            context.scene.entities[ref.entity].type in ("country", "place")
            and context.scene.country_of(ref.entity) in donors
        ):
            return True
    return False


def _label(scene: Scene, paragraph: Paragraph, trigger: Token) -> tuple[str, ...]:
    """The party that heads a line of a list: "• Oman: one ship was sent"."""
    doc, line = paragraph.doc, paragraph.doc.text.rfind("\n", 0, trigger.idx) + 1
    for ref in scene.refs_in(paragraph):
        if doc[ref.start].idx < line or ref.start > trigger.i:
            continue
        end = doc[ref.end - 1].idx + len(doc[ref.end - 1])
        before, behind = doc.text[line : doc[ref.start].idx], doc.text[end : trigger.idx]
        if not any(c.isalnum() for c in before) and _LABEL_END.match(behind):
            return parties(scene, paragraph, [doc[ref.start : ref.end].root]).principals
        return ()
    return ()


def _is_weak(clause: Clause) -> bool:
    trigger = clause.trigger
    if trigger.pos_ not in ("VERB", "AUX"):
        return True
    depends = trigger.dep_ in ("advcl", "acl", "pcomp", "xcomp") and trigger.tag_ in ("VB", "VBG")
    return clause.frame.sense == "assist" and depends


def _is_some_help(said: Said) -> bool:
    """ "Haiti got help": no goods, and no word of how far they have come."""
    return all(found.item.category == "other" and found.item.quantity is None for found in said.items)


def _is_definite(head: Token) -> bool:
    return any(child.dep_ in ("det", "poss") and child.lower_ in _DEFINITE for child in head.children)


def _no_bystanders(keys: tuple[str, ...]) -> tuple[str, ...]:
    """A person is a party only where no state or organisation is: "President X ordered the Y army"."""
    others = tuple(key for key in keys if not key.startswith("person/"))
    return others or keys


def _telling(items: tuple[Item, ...]) -> tuple[Item, ...]:
    """The items in text order, each once, without "aid" and the like where the report says elsewhere what that is."""
    clear = [item for item in items if item.quantity is not None or not is_vague(item)]
    told: list[Item] = []
    for item in sorted(clear or items, key=lambda one: (one.quantity is None, one.span)):
        if not any(_repeats(item, other) for other in told):
            told.append(item)
    return tuple(sorted(told, key=lambda one: one.span))


def _repeats(item: Item, other: Item) -> bool:
    """Whether an item only names again what another counts: "the tents" after "500 winter tents"."""
    if item.category != other.category:
        return False
    if item.quantity is not None:
        return item.quantity == other.quantity
    if item.category == "funds" and other.quantity is not None and " " not in item.name:
        return True  # "money", "funds" beside a sum
    name, other_name = item.name.lower(), other.name.lower()
    return name == other_name or (other.quantity is not None and other_name.endswith(f" {name}"))


def _report(act: Act) -> Report:
    return Report(
        phase=act.phase or "delivered",
        modality=act.modality,
        evidence=tuple(sorted(act.evidence)),
        donors=tuple(sorted(act.donors)),
        recipients=tuple(sorted(act.recipients)),
        implementers=tuple(sorted(act.implementers)),
        items=_telling(act.items),
        date=act.date,
        locations=tuple(sorted(act.locations)),
        crisis=act.crisis,
        rule=act.rule,
    )
