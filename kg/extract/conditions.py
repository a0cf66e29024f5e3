"""Whether an act hangs on a condition: "if the road opens", "should the rains fail", "provided that the truce holds".

Apart from the other signs of doubt because a condition stands beside the act, in a clause of its own, and not above it.
"""

from __future__ import annotations

from kg.extract.modal_words import modal_words
from kg.extract.tokens import Token

_SUBJECTS = ("nsubj", "nsubjpass", "expl", "csubj")


def is_conditional(word: Token) -> bool:
    """Whether a verb stands in the condition itself: "if Fiji sends tents"."""
    return any(child.dep_ in ("mark", "advmod") and child.lower_ in modal_words()["if"] for child in word.children)


def has_condition(word: Token) -> bool:
    """Whether a verb that tells no past has a condition beside it: "will send tents if the road opens"."""
    if word.tag_ in ("VBD", "VBN", "VBG") and not any(child.tag_ == "MD" for child in word.children):
        return False
    return any(_is_condition(child) for child in word.children if child.dep_ == "advcl")


def _is_condition(clause: Token) -> bool:
    """A clause with "if" and a subject: neither "if necessary" nor "even if" nor "whether or not"."""
    words = modal_words()
    marks = [child for child in clause.children if child.dep_ in ("mark", "advmod") and child.lower_ in words["if"]]
    finite = any(child.dep_ in _SUBJECTS for child in clause.children)
    if marks:
        before = clause.doc[marks[0].i - 1].lower_ if marks[0].i else ""
        return finite and before not in ("even", "as") and marks[0].lower_ != "whether"
    return clause.lower_ in words["provided"] and any(child.dep_ == "ccomp" for child in clause.children)


def opens_inverted(trigger: Token) -> bool:
    """Whether the sentence opens with a condition without "if": "should the rains fail", "were the road to reopen"."""
    first = trigger.sent[0]
    if first.is_punct and len(trigger.sent) > 1:
        first = trigger.sent[1]
    if first.lower_ not in modal_words()["inverted"]:
        return False
    following = first.doc[first.i + 1] if first.i + 1 < len(first.doc) else None
    return following is not None and following.pos_ in ("DET", "NOUN", "PROPN", "PRON", "ADJ", "NUM")
