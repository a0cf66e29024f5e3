"""What a clause says in each sense of giving: who gives, who is helped, with what.

One small reader a sense (``transfer``, ``assist``, ``arrive`` …), each from the roles of
:class:`kg.extract.frames.Clause` to parties and items. None means that the clause tells no giving.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract.frames import Clause, Sense, agents, is_giving_noun
from kg.extract.items import FoundItem, bare_number, candidates, category_of, counted_people, find_items, listed
from kg.extract.modality import standing
from kg.extract.nlp import Paragraph
from kg.extract.numbers import Number
from kg.extract.parties import Parties, parties
from kg.extract.scene import Scene

_LEAVING = frozenset({"leave", "depart", "quit"})
_ASK_FOR = frozenset({"call", "appeal", "plead", "beg"})  # what they want stands behind "for"
_AT_WORK = frozenset({"treat", "work", "operate", "dig", "search", "vaccinate", "serve", "save"})
_CARRIERS = frozenset({
    "plane", "aircraft", "flight", "ship", "convoy", "jet", "train", "vessel", "airlift", "shipment", "consignment",
    "delivery", "detachment", "squadron", "fleet",
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Said:
    """What one clause says; parties may be missing, to be told by the discourse."""

    donors: Parties
    recipients: Parties
    items: list[FoundItem]


@dataclass(frozen=True, slots=True)
class Context:
    """A clause with what its words can be looked up in."""

    scene: Scene
    paragraph: Paragraph
    numbers: tuple[Number, ...]
    clause: Clause

    def parties(self, heads: Iterable[Token]) -> Parties:
        """Who these phrases mean."""
        return parties(self.scene, self.paragraph, heads)

    def listed(self, heads: Iterable[Token]) -> list[FoundItem]:
        """The items that these phrases head, and what else stands on the same list."""
        heads = list(candidates(heads))
        start = min((head.i for head in heads), default=None)
        more = [] if start is None else listed(start + 1, self.clause.trigger)
        return self._found([*heads, *more])

    def items(self, heads: Iterable[Token]) -> list[FoundItem]:
        """The items that these phrases head."""
        return self._found(candidates(heads))

    def _found(self, tokens: Iterable[Token]) -> list[FoundItem]:
        """The items, leaving out words that name somebody: an African Union Mission is no mission sent."""
        tokens = list(tokens)
        named = (token for token in tokens if not self._is_name(token))
        found = list(find_items(self.paragraph, named, self.numbers))
        found += [people for token in tokens if (people := self._people(token)) is not None]
        return found or [bare for token in tokens if (bare := bare_number(self.paragraph, token, self.numbers))]

    def _people(self, token: Token) -> FoundItem | None:
        """ "Ninety Russians": people counted by their nation."""
        ref = self.scene.at(self.paragraph, token.i)
        if ref is None or ref.form != "demonym" or token.pos_ not in ("NOUN", "PROPN"):
            return None
        return counted_people(self.paragraph, token, self.numbers)

    def _is_name(self, token: Token) -> bool:
        ref = self.scene.at(self.paragraph, token.i)
        return ref is not None and ref.form in ("name", "seat", "capital")


def read_clause(context: Context) -> tuple[Said, ...]:
    """What the clause says in the sense of its frame; nothing if that is no giving.

    More than one thing where its goods come from several nations, each told with its own: "50 Japanese rescuers
    and 30 Korean doctors arrived".
    """
    said = _READERS[context.clause.frame.sense](context)
    return () if said is None else _by_nation(context, said)


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
        Said(Parties(keys, said.donors.implementers), said.recipients, items) for keys, items in groups.items()
    )


def _goods(context: Context, *more: Token) -> list[FoundItem]:
    clause = context.clause
    brought = clause.after("in") if clause.frame.lemma.endswith(" in") else ()
    return context.listed([*clause.patients, *clause.after("with", "including", "along"), *brought, *more])


def _destination(context: Context) -> Parties:
    """Who the goods are for. An organisation that passes them on counts only where no country is told."""
    clause = context.clause
    sharing = clause.after("with") if clause.trigger.lemma_ == "share" else ()
    found = context.parties([*clause.receivers, *clause.after("to", "for", "towards", "toward"), *sharing])
    ends = tuple(key for key in found.principals if not key.startswith(("organization/", "person/")))
    if found.principals:
        return Parties(ends or found.principals, found.implementers)
    if clause.frame.phase == "pledged":
        return Parties()  # "announced in New York": the place of a promise is not where the help goes
    return _there(context, "in", "into", "at", "across")


def _there(context: Context, *prepositions: str) -> Parties:
    """The states or regions where something is: nobody is helped by an organisation's name behind "at"."""
    found = context.parties(context.clause.after(*prepositions))
    return Parties(tuple(key for key in found.principals if key.startswith(("country/", "place/"))))


def _transfer(context: Context) -> Said | None:
    items = _goods(context)
    if not items and not context.clause.patients and not context.clause.after("by"):
        return _arrive(context)  # "45 rescuers flew to Chad": who is sent is the subject
    if not items:
        return None
    return Said(_givers(context), _destination(context), items)


def _raise(context: Context) -> Said | None:
    """ "has raised its contribution to $2 million": the sum behind "to" is what is promised now."""
    clause = context.clause
    if not any(is_giving_noun(token) for token in clause.patients):
        return None
    sums = [found for found in context.items(clause.after("to")) if found.item.category == "funds"]
    return Said(context.parties(clause.agents), context.parties(clause.after("for")), sums) if sums else None


def _givers(context: Context) -> Parties:
    """Who acts; if nobody is told to, whose the goods are: "Russian specialists were dispatched"."""
    found = context.parties(context.clause.agents)
    if not found.principals:
        found = context.parties(_promisers(context.clause.trigger))
    return found if found.principals else context.parties(context.clause.patients)


def _promisers(trigger: Token) -> tuple[Token, ...]:
    """Who says that help will come: "Riga promised that doctors would be flown out"."""
    verb = trigger.head
    will = any(child.dep_ == "aux" and child.lower_ in ("will", "would") for child in trigger.children)
    return agents(verb) if will and trigger.dep_ == "ccomp" and verb.pos_ == "VERB" else ()


def _assist(context: Context) -> Said | None:
    helped = context.parties(context.clause.patients)
    donors = context.parties(context.clause.agents)
    if not helped.principals or not donors.principals:
        return None
    return Said(donors, helped, context.items(context.clause.after("with", "by")))


def _arrive(context: Context) -> Said | None:
    clause = context.clause
    items = [found for found in context.items(clause.agents) if found.item.category not in ("funds", "services")]
    items = [found for found in items if not _is_carrier(found)]
    carriers = [token for token in clause.agents if _moves(token)]
    if not items and not carriers:
        return None
    there = _there(context, "in", "at", "to", "for", "into", "on")
    there = there if there.principals else context.parties(clause.patients)
    origin = clause.patients if clause.frame.lemma in _LEAVING else ()
    there = there if not origin else context.parties(clause.after("to", "for"))
    donors = context.parties([*clause.agents, *clause.after("from"), *origin])
    donors = Parties(tuple(key for key in donors.principals if not key.startswith("person/")), donors.implementers)
    return Said(donors, there, [*items, *context.items(clause.after("with", "carrying"))])


def _is_carrier(found: FoundItem) -> bool:
    return found.item.category == "transport"


def _moves(token: Token) -> bool:
    return token.lemma_.lower() in _CARRIERS or category_of(token) in ("transport", "vehicles")


def _carry(context: Context) -> Said | None:
    items = _goods(context)
    if not items:
        return None
    return Said(_givers(context), _destination(context), items)


def _receive(context: Context) -> Said | None:
    items = _goods(context)
    if not items:
        return None
    return Said(context.parties(context.clause.after("from", "by")), context.parties(context.clause.agents), items)


def _request(context: Context) -> Said | None:
    """A state asks for itself; an organisation that appeals asks for those it helps."""
    clause = context.clause
    asks_for = clause.after("for", "of")
    items = context.items(asks_for if clause.trigger.lemma_ in _ASK_FOR else [*clause.patients, *asks_for])
    if not items:
        return None
    askers = context.parties(clause.agents)
    donors = context.parties([*clause.after("to", "from"), *clause.patients])
    states = tuple(key for key in askers.principals if not key.startswith(("organization/", "person/")))
    behind = context.parties(
        t for found in items for c in found.head.children if c.lower_ in ("for", "in") for t in c.subtree
    )
    asked = tuple(key for key in donors.principals if key not in behind.principals)
    return Said(Parties(asked), Parties(states or behind.principals), items)


def _need(context: Context) -> Said | None:
    items = context.items(context.clause.patients)
    if not items or standing(context.clause.trigger).modality == "asserted":
        return None
    donors = context.parties(t for head in context.clause.patients for t in head.children if t.dep_ == "poss")
    return Said(donors, context.parties(context.clause.agents), items)


def _thank(context: Context) -> Said | None:
    items = context.items(context.clause.after("for"))
    if not items:
        return None
    return Said(context.parties(context.clause.patients), context.parties(context.clause.agents), items)


def _work(context: Context) -> Said | None:
    clause = context.clause
    acts = [clause.trigger] if clause.trigger.pos_ == "NOUN" else [*clause.patients, *clause.after("in")]
    people = [
        found for found in context.items(clause.agents) if found.item.category in ("personnel", "medical-equipment")
    ]
    items = [found for found in context.items(acts) if found.item.category == "services"]
    donors = context.parties(clause.agents)
    if not donors.principals and not people:
        return None
    # "The deliveries will be carried out by …" names an act of giving without goods.
    does_help = bool(items) or any(is_giving_noun(token) for token in acts)
    if not does_help and not (people and (clause.trigger.lemma_ in _AT_WORK or " " in clause.frame.lemma)):
        return None
    where = _there(context, "in", "for", "at")
    helped = where if where.principals else context.parties(clause.patients)
    return Said(donors, helped, [*people, *items])


_READERS: dict[Sense, Callable[[Context], Said | None]] = {
    "transfer": _transfer,
    "assist": _assist,
    "arrive": _arrive,
    "carry": _carry,
    "receive": _receive,
    "request": _request,
    "need": _need,
    "raise": _raise,
    "thank": _thank,
    "work": _work,
}
