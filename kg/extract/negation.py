"""Whether a clause denies what its verb says: "did not send", "no tents", "not a single tent", "neither Chad nor Mali".

The parse marks "not" at the verb only; English denies through a subject or object as often, and has words with "no"
that deny nothing ("no fewer than", "not only").
"""

from __future__ import annotations

from kg.extract.modal_words import modal_words
from kg.extract.tokens import Token

_ROLES = ("nsubj", "nsubjpass", "dobj", "attr")


def is_negated(word: Token, trigger: Token) -> bool:
    """Whether a verb is denied by itself, or by a subject or object that does not hold the trigger."""
    if any(child.dep_ == "neg" and not _is_no_denial(child) for child in word.children):
        return True
    roles = [child for child in word.children if child.dep_ in _ROLES and not child.is_ancestor(trigger)]
    return any(_is_none(role) for role in roles)


def _is_none(role: Token) -> bool:
    """ "Nobody", "no tents", "not a single tent", "neither Chad"."""
    words = modal_words()
    if role.lower_ in words["nobody"]:
        return not any(child.lower_ in words["only"] for child in role.children)
    small = [child for child in role.children if child.i < role.i and child.dep_ in ("det", "neg", "preconj", "cc")]
    none = [child for child in small if child.lower_ in ("no", "not", "neither")]
    return any(not _is_no_denial(child) for child in none) or (_is_not_one(role) and not none)


def _is_not_one(role: Token) -> bool:
    """ "Not one ship", "not a single ship", wherever the parse has put the "not"."""
    doc, start = role.doc, role.left_edge.i
    words = [token.lower_ for token in doc[start : start + 3]]
    return words[:1] == ["not"] and (words[1:2] == ["one"] or words[1:3] == ["a", "single"])


def _is_no_denial(no: Token) -> bool:
    """ "Not only", "no fewer", "no less"."""
    following = no.doc[no.i + 1] if no.i + 1 < len(no.doc) else None
    return following is not None and following.lower_ in modal_words()["only"]
