"""What a clause says in each sense of giving: who gives, who is helped, with what.

One small reader a sense (``transfer``, ``assist``, ``arrive`` …), each from the roles of
:class:`kg.extract.frames.Clause` to parties and items. None means that the clause tells no giving.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kg.extract.frames import Clause, Sense
from kg.extract.item_words import category_of
from kg.extract.items import FoundItem
from kg.extract.parties import Parties
from kg.extract.said import PLACES, Context, Said, is_offer, states
from kg.extract.services import read_assist, read_care, read_reach, read_work
from kg.extract.subjects import agents, is_passive, objects_of
from kg.extract.sums import (
    read_asked,
    read_decline,
    read_echo,
    read_forgive,
    read_need,
    read_raise,
    read_rank,
    read_request,
    read_thank,
)
from kg.extract.tokens import Token

_SHARING = frozenset({"share", "split", "divide"})
_LEAVING = frozenset({"leave", "depart", "quit"})
_ANYBODY = frozenset({"people", "person", "man", "woman", "member"})  # who moves may be fleeing, not helping
_GROUPS = frozenset({
    "team", "brigade", "crew", "contingent", "delegation", "mission", "detachment", "unit", "squad", "staff",
    "personnel", "battalion", "platoon", "force", "group", "party",
})  # fmt: skip
_CARRIERS = frozenset({
    "plane", "aircraft", "flight", "ship", "convoy", "jet", "train", "vessel", "airlift", "shipment", "consignment",
    "delivery", "detachment", "batch", "cargo", "squadron", "fleet", "transport", "freighter", "airlifter", "column",
})  # fmt: skip


def read_clause(context: Context) -> tuple[Said, ...]:
    """What the clause says in the sense of its frame; nothing if that is no giving.

    More than one thing where its goods come from several nations, each told with its own: "50 Japanese rescuers
    and 30 Korean doctors arrived".
    """
    said = _READERS[context.clause.frame.sense](context)
    return () if said is None else _respectively(context, said) or _by_nation(context, said)


def _respectively(context: Context, said: Said) -> tuple[Said, ...]:
    """ "Oslo and Bern gave 2 and 3 million, respectively": to each its own; empty if nothing is said to be so."""
    if all(token.lower_ != "respectively" for token in context.clause.trigger.sent):
        return ()
    givers, takers, items = said.donors.principals, said.recipients.principals, said.items
    if len(givers) == len(items) > 1:
        return tuple(replace(said, donors=Parties((key,)), items=[one]) for key, one in zip(givers, items, strict=True))
    if len(takers) == len(items) > 1:
        return tuple(
            replace(said, recipients=Parties((key,)), items=[one]) for key, one in zip(takers, items, strict=True)
        )
    return ()


def _by_nation(context: Context, said: Said) -> tuple[Said, ...]:
    groups: dict[tuple[str, ...], list[FoundItem]] = {}
    nation: tuple[str, ...] = ()
    for found in said.items:
        nation = context.parties([found.head]).principals or nation
        groups.setdefault(nation, []).append(found)
    nations = {key for keys in groups for key in keys}
    countries = all(key.startswith("country/") for key in nations) and not nations & set(said.recipients.principals)
    if len(groups) < 2 or () in groups or not countries:
        return (said,)
    return tuple(
        Said(Parties(keys, said.donors.implementers), said.recipients, items, said.phase)
        for keys, items in groups.items()
    )


def _destination(context: Context) -> Parties:
    """Who the goods are for. An organisation that passes them on counts only where no country is told."""
    clause = context.clause
    sharing = clause.after("with") if clause.trigger.lemma_ == "share" else ()
    ends = clause.after("to", "for", "towards", "toward", *clause.frame.takers)
    found = context.parties([*clause.receivers, *ends, *sharing, *_sharers(clause.trigger)])
    if states(found):
        return Parties(states(found), found.implementers)
    if clause.frame.phase == "pledged" and clause.main == clause.trigger:
        return found  # "announced in New York": the place of a promise is not where the help goes
    where = _place_of_help(context)
    return Parties(where.principals, found.principals) if where.principals else found


def _sharers(trigger: Token) -> list[Token]:
    """ "$3 million, to be shared by the two", "tents to be split between both countries": those behind it."""
    verbs = (t for t in trigger.subtree if t != trigger and t.lemma_ in _SHARING and t.tag_ == "VBN")
    behind = (c for verb in verbs for c in verb.children if c.lower_ in ("by", "among", "between", "amongst"))
    return [head for preposition in behind for head in objects_of(preposition)]


def _place_of_help(context: Context) -> Parties:
    """The place behind the verb; before it only a country: "in New York the Union turned over a cheque"."""
    clause = context.clause
    words = [word for word in PLACES if word not in (*clause.frame.givers, "to", "on", "off")]
    found = context.there(*words)
    opening = [head for word, head in clause.obliques if word in words and head.i < clause.trigger.i]
    if not clause.agents or not opening or any(head not in opening for head in clause.after(*words)):
        return found
    refs = [context.scene.at(context.paragraph, head.i) for head in opening]
    return found if all(ref is not None and ref.entity.startswith("country/") for ref in refs) else Parties()


def _transfer(context: Context) -> Said | None:
    items = context.goods()
    clause = context.clause
    if not items and not clause.patients and not clause.after("by"):
        return _arrive(context)  # "45 rescuers flew to Chad": who is sent is the subject
    if not items:
        return None
    if _stand_behind(clause, items) and (is_passive(clause.trigger) or _acts_on_state(context)):
        return _fitted_out(context, items)
    return Said(_givers(context), _destination(context), items)


def _stand_behind(clause: Clause, items: list[FoundItem]) -> bool:
    """Whether all goods of a clause stand behind "with": what it acts on is then no goods."""
    behind = clause.after("with")
    return bool(behind) and all(found.head.i > behind[0].left_edge.i - 1 for found in items)


def _acts_on_state(context: Context) -> bool:
    """ "Oslo supplied Togo with tents": the object is a country by its name."""
    refs = [context.scene.at(context.paragraph, token.i) for token in context.clause.patients[:1]]
    return any(ref is not None and ref.entity.startswith("country/") and ref.form != "demonym" for ref in refs)


def _fitted_out(context: Context, items: list[FoundItem]) -> Said | None:
    """ "Togo was provided with tents": who is acted on gets the goods; a plane that "set down with nurses" brings
    them."""
    clause = context.clause
    if any(_moves(token) for token in clause.patients):
        return _arrive(context)
    helped = context.parties(clause.patients)
    if not states(helped):
        return Said(_givers(context), _destination(context), items)
    givers = context.parties([*clause.agents, *clause.after(*clause.frame.givers, "by")])
    return Said(givers, Parties(states(helped)), items)


def _givers(context: Context) -> Parties:
    """Who acts; if nobody is told to, where the goods are from, or whose they are: "Russian specialists were sent"."""
    clause = context.clause
    named = (clause.agents, clause.after(*clause.frame.givers), _promisers(clause.trigger), _origin(context))
    found = (context.parties(heads) for heads in named)
    return next((one for one in found if one.principals), None) or context.parties(clause.patients)


def _origin(context: Context) -> tuple[Token, ...]:
    """ "Rice was rushed in from Vietnam": those behind "from", if nobody else is said to act."""
    return () if context.clause.agents else context.clause.after("from")


def _promisers(trigger: Token) -> tuple[Token, ...]:
    """Who says that help will come: "Riga promised that doctors would be flown out"."""
    verb = trigger.head
    will = any(child.dep_ == "aux" and child.lower_ in ("will", "would") for child in trigger.children)
    return agents(verb) if will and trigger.dep_ == "ccomp" and verb.pos_ == "VERB" else ()


def _arrive(context: Context) -> Said | None:
    clause = context.clause
    moved = clause.patients if clause.trigger.pos_ == "NOUN" or not clause.agents else ()
    movers = tuple(_whole(token) for token in (*clause.agents, *moved))
    leaving = clause.frame.lemma in _LEAVING
    origin = clause.patients if leaving else ()
    coming = {found.item.category for found in context.items(movers)}
    nobody = ("person/", "organization/") if coming == {"vaccines"} else ("person/",)  # Pfizer's doses, not its gift
    # Where they come from tells whose they are only if nothing else does: "a Danish ship left Riga".
    donors = _without(context.parties(movers), nobody)
    if not donors.principals:
        donors |= _without(context.parties([*clause.after("from"), *origin]), nobody)
    items = [found for found in context.items(movers) if _can_come(found, donors)]
    brought = context.items(clause.after("with", "carrying"))
    if not donors.principals:  # "a ship with Finnish pumps"
        donors = _without(context.parties(found.head for found in (*items, *brought)), nobody)
    if not items and not any(_moves(token) for token in movers) and not (brought and donors.principals):
        return None
    there = context.there("for", *PLACES)
    if is_offer(clause.after("with")):
        return None  # "came forward with an offer": the offer tells it
    if leaving:
        there = context.parties(clause.after("to", "for"))
    elif not there.principals:
        there = context.parties(token for token in clause.patients if token not in movers)
    return Said(donors, there, [*items, *brought])


def _whole(token: Token) -> Token:
    """ "20 nurses from Peru, who came": the nurses came, though the parse has Peru come."""
    source = token.head
    behind = token.dep_ == "pobj" and source.lower_ in ("from", "of") and source.dep_ == "prep"
    return source.head if behind and source.head.pos_ == "NOUN" else token


def _without(found: Parties, kinds: tuple[str, ...]) -> Parties:
    return Parties(tuple(key for key in found.principals if not key.startswith(kinds)), found.implementers)


def _can_come(found: FoundItem, donors: Parties) -> bool:
    """Goods and helpers come; money does if it is told from whom; carriers bring, and anybody may be a refugee."""
    lemma, category = found.head.lemma_.lower(), found.item.category
    if lemma in _ANYBODY or category in ("services", "transport"):
        return False
    if category == "personnel" and found.head.tag_ == "NN" and found.item.quantity is None and lemma not in _GROUPS:
        return False  # "a nurse who had come back" brings no help of somebody's
    return category != "funds" or bool(donors.principals)


def _moves(token: Token) -> bool:
    return token.lemma_.lower() in _CARRIERS or category_of(token) in ("transport", "vehicles")


def _carry(context: Context) -> Said | None:
    items = context.goods()
    return Said(_givers(context), _destination(context), items) if items else None


def _receive(context: Context) -> Said | None:
    clause = context.clause
    items = context.goods()
    if not items:
        return None
    donors = context.parties(clause.after(*clause.frame.givers))
    offered = is_offer([*clause.patients, *clause.after(*clause.frame.goods)])
    return Said(donors, context.parties(clause.agents), items, "pledged" if offered else None)


_READERS: dict[Sense, Callable[[Context], Said | None]] = {
    "transfer": _transfer,
    "line": _transfer,
    "assist": read_assist,
    "arrive": lambda context: _arrive(context) or read_reach(context),
    "carry": _carry,
    "receive": _receive,
    "decline": read_decline,
    "request": read_request,
    "asked": read_asked,
    "need": read_need,
    "raise": lambda context: read_raise(context) or (_transfer(context) if context.clause.frame.words else None),
    "rank": read_rank,
    "thank": read_thank,
    "forgive": read_forgive,
    "echo": read_echo,
    "work": read_work,
    "care": lambda context: read_care(context) or (None if context.clause.patients else _arrive(context)),
}
