"""Whether a verb tells the past or looks ahead, and whether it is a perfect: what a date beside it can mean.

The parser's own morphology gives tense and aspect word by word; a plan ("is to leave"), a purpose or a perfect is
made of several words, so they are read together here.
"""

from __future__ import annotations

from kg.extract.calendars import Tense
from kg.extract.clauses import governing_verb
from kg.extract.time_words import time_table
from kg.extract.tokens import Token

_HAVE = frozenset(("has", "have", "had", "having", "'ve", "’ve"))
_PAST_AUXILIARIES = frozenset(("has", "have", "had", "was", "were", "did", "been", "'ve", "’ve"))


def tense_of(token: Token) -> Tense:
    """Whether the verb above a date tells the past, looks ahead, or leaves it open."""
    verb, table = governing_verb(token), time_table().tense
    if token.i and token.nbor(-1).lower_ == "since":
        return "past"
    if verb is None:
        return "open"
    auxiliaries = auxiliaries_of(verb)
    planned = "to" in auxiliaries and (verb.head.lemma_.lower() in table.ahead or _is_to(verb))
    due = _is_due(verb) and not auxiliaries & {"has", "have", "had"}
    if planned or due or auxiliaries & set(table.modals) or any(child.lower_ == "due" for child in verb.children):
        return "ahead"
    if verb.lemma_.lower() in table.telling or verb.tag_ in ("VBD", "VBN") or auxiliaries & _PAST_AUXILIARIES:
        return "past"
    return "ahead" if verb.tag_ in ("VBZ", "VBP", "VBG") and verb.dep_ in ("ROOT", "ccomp", "conj") else "open"


def _is_to(verb: Token) -> bool:
    """ "Is to leave on Tuesday", but not "his aim was to leave"."""
    be = verb.head
    return be.lemma_ == "be" and verb.dep_ == "xcomp" and not any(c.dep_ in ("attr", "acomp") for c in be.children)


def _is_due(verb: Token) -> bool:
    """ "Expected on Monday", but not "set out on Monday"."""
    table = time_table().tense
    behind = verb.doc[verb.i + 1].lower_ if verb.i + 1 < len(verb.doc) else ""
    return verb.lemma_.lower() in table.ahead and verb.tag_ == "VBN" and behind not in table.particles


def auxiliaries_of(verb: Token) -> set[str]:
    """The auxiliaries of a verb, in lower case."""
    return {child.lower_ for child in verb.children if child.dep_ in ("aux", "auxpass")}


def is_perfect(verb: Token) -> bool:
    """Whether a verb is a perfect, of its own or of the verb that it is joined to: "has sent and distributed"."""
    if auxiliaries_of(verb) & _HAVE:
        return True
    own = any(child.dep_ in ("nsubj", "nsubjpass", "aux", "auxpass") for child in verb.children)
    return verb.dep_ == "conj" and not own and verb.tag_ == "VBN" and is_perfect(verb.head)


def is_simple_past(verb: Token) -> bool:
    """ "Sent", "were sent", "was sending": a past that a story goes on in."""
    auxiliaries = auxiliaries_of(verb)
    if auxiliaries & _HAVE or auxiliaries & set(time_table().tense.modals):
        return False
    return verb.tag_ == "VBD" or bool(auxiliaries & {"was", "were", "did"})
