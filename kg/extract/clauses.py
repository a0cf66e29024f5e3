"""Which clause a word stands in, by the dependency parse.

Sentences of news pack several facts, each with its own date and place, into coordinated and subordinate clauses;
the sentence is too large a unit to look for what belongs together.
"""

from __future__ import annotations

from kg.extract.tokens import Token

_CLAUSES = frozenset(("ROOT", "ccomp", "advcl", "relcl", "acl", "parataxis", "csubj", "csubjpass", "pcomp"))
_VERBS = ("VERB", "AUX")


def clause_of(token: Token) -> Token:
    """The head of the clause that the token stands in: a verb, or the root of a sentence without one.

    An infinitive after "plans to" belongs to the clause of its governing verb, and so does an auxiliary.
    """
    while token.head != token:
        if token.dep_ in _CLAUSES or (token.dep_ == "conj" and token.pos_ in _VERBS and token.head.pos_ in _VERBS):
            return token
        token = token.head
    return token


def is_apart(clause: Token) -> bool:
    """Whether a semicolon stands between a clause and the one that the parse puts it under: each says its own."""
    first, last = sorted((clause.i, clause.head.i))
    return any(token.text == ";" for token in clause.doc[first:last])


def governing_verb(token: Token) -> Token | None:
    """The nearest verb above the token, or ``None``."""
    while token.head != token:
        token = token.head
        if token.pos_ in _VERBS:
            return token
    return token if token.pos_ in _VERBS else None
