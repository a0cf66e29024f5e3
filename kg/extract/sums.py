"""What is asked for, thanked for, turned down, raised or ranked, and givers who do as another did before."""

from __future__ import annotations

from kg.extract.asking import asked_by
from kg.extract.frames import is_giving_noun
from kg.extract.items import FoundItem
from kg.extract.modality import standing
from kg.extract.parties import Parties
from kg.extract.said import Context, Said, states
from kg.extract.subjects import objects_of
from kg.extract.tokens import Token

_ASK_FOR = frozenset({"call", "appeal", "plead", "beg", "turn"})  # what they want stands behind "for"
_SUMS = frozenset({
    "help", "support", "total", "tally", "sum", "effort", "response", "assistance", "funding", "own", "aid",
})  # fmt: skip


def read_request(context: Context) -> Said | None:
    """A state asks for itself; an organisation that appeals asks for those it helps."""
    clause = context.clause
    asks_for = clause.after("for", "of")
    urges = any(child.dep_ in ("xcomp", "ccomp") for child in clause.trigger.children)  # "urged doctors to stay"
    goods = asks_for if urges or clause.trigger.lemma_ in _ASK_FOR else [*clause.patients, *asks_for]
    items = context.items(goods) or context.items(_wanted(clause.trigger))
    if not items:
        return None
    donors = context.parties([*clause.after("to", "from"), *clause.patients])
    behind = _beneficiaries(context, items)
    askers = context.parties(clause.agents)  # "asked its members": the askers are no givers
    asked = tuple(key for key in donors.principals if key not in (*behind.principals, *askers.principals))
    return Said(Parties(asked), Parties(states(askers) or behind.principals), items)


def _wanted(verb: Token) -> list[Token]:
    """What stands behind "for" in a clause below the verb: "pleaded for trucks to come", "asks all he knows for
    tents"."""
    behind = [token for token in verb.subtree if token.lower_ == "for" and token.i > verb.i]
    come = [c for token in behind if token.dep_ == "mark" for c in token.head.children if c.dep_ == "nsubj"]
    return [*come, *(t for token in behind[:1] for t in objects_of(token))]


def _beneficiaries(context: Context, items: list[FoundItem]) -> Parties:
    """Those for whom an organisation asks: behind "for" or "in", near the goods or the verb."""
    clause = context.clause
    near = (t for found in items for c in found.head.children if c.lower_ in ("for", "in") for t in c.subtree)
    found = context.parties(near)
    return found if found.principals else Parties(states(context.parties(clause.after("for"))))


def read_asked(context: Context) -> Said | None:
    """ "Tonga called on Fiji to send water": who is asked would give, who asks would get it."""
    clause, asking = context.clause, asked_by(context.clause.trigger)
    items = context.goods()
    if not items or asking is None:
        return None
    ends = context.parties([*clause.receivers, *clause.after("to", "for", "towards", "in")])
    asked = context.parties(clause.agents)
    askers = tuple(key for key in states(context.parties(asking.askers)) if key not in asked.principals)
    return Said(Parties(asked.principals), Parties(states(ends) or askers), items)


def read_need(context: Context) -> Said | None:
    """What somebody would like to have: told only where it is imagined."""
    items = context.items(context.clause.patients)
    if not items or standing(context.clause.trigger).modality != "hypothetical":
        return None
    donors = context.parties(t for head in context.clause.patients for t in head.children if t.dep_ == "poss")
    return Said(donors, context.parties(context.clause.agents), items)


def read_thank(context: Context) -> Said | None:
    """Thanks for goods tell that they were given."""
    items = context.items(context.clause.after("for"))
    if not items:
        return None
    return Said(context.parties(context.clause.patients), context.parties(context.clause.agents), items)


def read_decline(context: Context) -> Said | None:
    """What is turned down was offered."""
    clause = context.clause
    items = context.goods()
    if not items:
        return None
    donors = context.parties(clause.after(*clause.frame.givers))
    donors = donors if donors.principals else context.parties(clause.patients)
    return Said(donors, context.parties(clause.agents), items) if donors.principals else None


def read_raise(context: Context) -> Said | None:
    """ "has raised its contribution to $2 million": the sum behind "to" is what is promised now."""
    clause = context.clause
    if not any(_is_sum(token) for token in clause.patients):
        return None
    # "from $2 million to $5 million" is one phrase to the parse
    behind = clause.after("to", "with", "by", "at"), clause.after("from")
    found = (context.items(heads) for heads in behind)
    sums = next((items for items in found if any(one.item.category == "funds" for one in items)), [])
    # Who puts a sum on a pledge tells of it, and whose pledge it is tells who gives.
    named = Parties() if clause.trigger.lemma_ == "put" else context.parties(clause.agents)
    donors = named if named.principals else context.parties(clause.patients)
    helped = tuple(key for key in context.parties(clause.after("for", "to", "in")).principals)
    sums = [one for one in sums if one.item.category == "funds"]
    return Said(donors, Parties(tuple(key for key in helped if key not in donors.principals)), sums) if sums else None


def _is_sum(token: Token) -> bool:
    """What can be made larger: a pledge, a total, "its own" (to the parse a word beside it: "its own tenfold")."""
    own = any(child.lower_ == "own" for child in token.children)
    return own or is_giving_noun(token) or token.lemma_.lower() in _SUMS


def read_rank(context: Context) -> Said | None:
    """ "Norway is the largest donor to Malawi, with $20 million": nothing without a sum or goods."""
    clause = context.clause
    verb = clause.trigger if clause.trigger.pos_ == "VERB" else clause.trigger.head
    words = (verb, clause.trigger)
    sums = [p for word in words for c in word.children if c.lower_ in ("with", "at") for p in c.children]
    items = [found for found in context.items(sums) if found.item.quantity is not None]
    who = clause.agents if clause.trigger.pos_ == "VERB" else _subject_of(clause.trigger)
    if not items:
        return None
    return Said(context.parties(who), context.parties(clause.after("to", "for", "in")), items)


def _subject_of(noun: Token) -> list[Token]:
    return [child for child in noun.head.children if noun.dep_ == "attr" and child.dep_ == "nsubj"]


def read_forgive(context: Context) -> Said | None:
    """Debt let go: who owes it is told by the debt ("Ghana's debt", "the debts of Ghana")."""
    clause = context.clause
    debts = [token for head in clause.patients for token in (head, *head.subtree)]
    items = [found for found in context.items(clause.patients) if found.item.category == "funds"]
    donors = context.parties(clause.agents)
    debtors = context.parties([*debts, *clause.after("for", "of")])
    helped = tuple(key for key in debtors.principals if key not in donors.principals)
    return Said(donors, Parties(helped), items) if items and donors.principals else None


def read_echo(context: Context) -> Said | None:
    """Who does as another did, with goods of its own or with the same."""
    clause = context.clause
    # "and so did Oman": the parse makes an object of who stands behind the verb
    behind = clause.patients if clause.trigger.lemma_ == "do" else ()
    donors = context.parties(behind or clause.agents)
    if not donors.principals:
        return None
    return Said(donors, context.parties(clause.after("to")), context.items(clause.after("with", "by")))
