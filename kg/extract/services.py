"""Help that is done rather than handed over: work, treatment, rescue, repair, and help without goods."""

from __future__ import annotations

from kg.extract.frames import is_giving_noun
from kg.extract.items import FoundItem
from kg.extract.lexicon import lexicon
from kg.extract.parties import Parties
from kg.extract.said import PLACES, Context, Said
from kg.extract.tokens import Token

_AT_WORK = ("personnel", "medical-equipment")
_AT_WORK_ALONE = (*_AT_WORK, "transport", "vehicles")  # "two planes of Chad shuttle between Mali and Niger"
# People, too, who are no kind of staff: those who are treated, fed or brought to safety.
_HELPED = frozenset({
    "patient", "wounded", "survivor", "victim", "refugee", "family", "sick", "injured", "child", "life", "population",
    "household", "case", "civilian", "casualty", "village", "orphan", "homeless",
})  # fmt: skip


def read_assist(context: Context) -> Said | None:
    """ "Sweden helped Turkey": whom it helped, or where."""
    donors, helped = context.parties(context.clause.agents), _helped(context)
    if not helped.principals or not donors.principals:
        return None
    return Said(donors, helped, context.items(context.clause.after("with", "by")))


def _helped(context: Context) -> Parties:
    found = context.parties(context.clause.patients)
    return found if found.principals else context.there("in", "across")


def read_care(context: Context) -> Said | None:
    """ "Surgeons treated 90 patients": people are the object, and where they are tells whom it helps.

    "The role of the navy in saving lives" praises; it tells no act.
    """
    clause = context.clause
    if _is_praise(clause.trigger):
        return None
    if not any(_is_helped(token.lemma_.lower()) or token.pos_ == "PRON" for token in clause.patients):
        return read_assist(context) if clause.patients else None
    donors = context.parties(clause.agents)
    items = [found for found in context.items(clause.agents) if found.item.category in _AT_WORK]
    if not donors.principals and not items:
        return None
    where = context.there(*PLACES, *clause.frame.takers)
    helped = where if where.principals else context.parties(clause.patients)
    return Said(donors, helped, [*items, *context.items(clause.after("with"))])


def _is_praise(trigger: Token) -> bool:
    return trigger.lemma_ == "save" and trigger.tag_ == "VBG" and not any(c.dep_ == "aux" for c in trigger.children)


def read_reach(context: Context) -> Said | None:
    """ "UNICEF has reached 40,000 children in Yemen": help got to people, who are counted."""
    patients = context.clause.patients
    counted = any(token.pos_ == "NUM" or token.ent_type_ == "CARDINAL" for token in patients)
    if context.clause.frame.lemma != "reach" or not (counted or any(_is_helped(t.lemma_.lower()) for t in patients)):
        return None
    # Whoever is meant by the words themselves: "the count kept by a university reached 40,000" helps nobody.
    named = [token for token in context.clause.agents if context.scene.at(context.paragraph, token.i) is not None]
    bodies = [token for token in named if token.pos_ != "PRON" or not counted]
    donors, where = context.parties(bodies), context.there(*PLACES)
    return Said(donors, where, context.items(context.clause.after("with"))) if donors.principals else None


def _is_helped(lemma: str) -> bool:
    return lemma in _HELPED or lexicon().is_people(lemma)


def read_work(context: Context) -> Said | None:
    """ "Swiss engineers carried out repairs in Aceh": staff, a hospital, or somebody who does a service."""
    clause = context.clause
    acts = [clause.trigger] if clause.trigger.pos_ == "NOUN" else [*clause.patients, *clause.after("in")]
    at_work = _AT_WORK_ALONE if clause.frame.alone else _AT_WORK
    people = [found for found in context.items(clause.agents) if found.item.category in at_work]
    items = [found for found in context.items(acts) if _is_service(context, found)]
    donors = context.parties(clause.agents)
    if not donors.principals and not people:
        return None
    where = context.there("for", *PLACES)
    # "The deliveries will be carried out by …" names an act of giving without goods.
    does_help = bool(items) or any(is_giving_noun(token) for token in acts)
    if not does_help and not (clause.frame.alone and (people or (where.principals and clause.patients))):
        return None
    helped = where if where.principals else context.parties(clause.patients)
    return Said(donors, helped, [*people, *items])


def _is_service(context: Context, found: FoundItem) -> bool:
    """A service, or what is run to give one: "ran a clinic"."""
    return found.item.category == "services" or (
        context.clause.frame.alone and found.item.category in ("medical-equipment", "shelter", "water-sanitation")
    )
