"""Whether a clause only tells what somebody is asked to do: "called on Oslo to send tents".

Such a clause has the verb of a giving, but what it reports is a request: who is asked stands as the object of
the verb above it. One's own people are not asked but told: "asked its navy to ship flour" promises the flour.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extract.subjects import agents, coordinated, objects_of
from kg.extract.tokens import Token

_ASK = frozenset({"ask", "call", "urge", "appeal", "beg", "plead", "request", "implore", "exhort", "press", "invite",
                  "entreat", "petition", "tell", "instruct"})  # fmt: skip
_ASK_NOUN = frozenset({"appeal", "call", "request", "plea"})
_OWN = frozenset({"its", "his", "her", "their"})
_TELL = frozenset({"tell", "instruct"})  # said to one's own people; to others they are no request


@dataclass(frozen=True, slots=True)
class Asking:
    """``word`` asks, ``asked`` are the heads of those who are asked, ``askers`` of those who ask."""

    word: Token
    asked: tuple[Token, ...]
    askers: tuple[Token, ...]


def asked_by(verb: Token) -> Asking | None:
    """The request that the verb of a clause stands in; None if it stands in none."""
    word = verb.head
    if verb.dep_ not in ("xcomp", "ccomp", "advcl", "acl", "dobj") or verb.tag_ != "VB":
        return None
    if word.pos_ == "VERB" and word.lemma_ in _ASK:
        askers = agents(word)
    elif word.pos_ == "NOUN" and word.lemma_ in _ASK_NOUN:
        owners = [c for c in word.children if c.dep_ in ("poss", "amod", "compound")]
        askers = (*owners, *(t for c in word.children if c.lower_ == "by" for t in objects_of(c)))
    else:
        return None
    asked = _asked(word, verb)
    if not asked or (word.lemma_ in _TELL and not orders_own(word)):
        return None
    return Asking(word, asked, askers)


def orders_own(word: Token) -> bool:
    """Whether those who are asked belong to who asks: "asked its navy", "told his ministers"."""
    return any(c.dep_ == "poss" and c.lower_ in _OWN for token in _asked(word, None) for c in token.children)


def _asked(word: Token, verb: Token | None) -> tuple[Token, ...]:
    """ "asked Oslo to", "called on Oslo to", "appealed to donors for Oslo to send", "asked that Oslo send"."""
    direct = [t for c in word.children if c.dep_ in ("dobj", "dative") for t in coordinated(c)]
    behind = [t for c in word.children if c.lower_ in ("on", "upon", "to", "for") for t in objects_of(c)]
    small = [
        t
        for c in word.children
        if c == verb or (verb is None and c.dep_ in ("ccomp", "xcomp"))
        for s in c.children
        if s.dep_ == "nsubj"
        for t in coordinated(s)
    ]
    return tuple(dict.fromkeys([*direct, *behind, *small]))
