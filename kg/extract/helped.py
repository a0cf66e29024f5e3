"""Whom uncounted goods are for: "rations for 3,000 families" tells no number of rations, but how far they go.

Such a number is the quantity of the item where it has none of its own. The words between the two are read first,
since the parse seldom hangs "for" on the right noun; the verb is asked where the people stand before the goods.
"""

from __future__ import annotations

import re

from kg.extract.item_words import is_helped
from kg.extract.numbers import Number
from kg.extract.tokens import Token

_FARTHEST = 14  # tokens between the goods and those they are for
# "for", "to", "among", "to feed", "for the needs of", at the end of the words between; no new clause in them.
_FOR = re.compile(
    r"[^,;:.()“”\"]*\b(?:for|to|among|amongst|of"
    r"|(?:to|that|which)\s+(?:(?:can|could|will|would)\s+)?(?:house|shelter|feed|treat|serve|supply|accommodate|vaccinate"
    r"|immunise|immunize|protect|sustain|reach|benefit|cover|last|equip|lodge|clothe|inoculate|nourish)"
    r"|housing|sheltering|feeding|serving|benefiting|covering|reaching)"
    r"(?:\s+(?:cover|meet)?\s*(?:the\s+)?(?:(?:basic|urgent|immediate)\s+)?"
    r"(?:needs|use|treatment|benefit|care|relief|feeding)\s+of|\s+distribution\s+(?:to|among))?"
    r"(?:\s+(?:the|its|their|all|these|those))?",
    re.I,
)
_RECEIVE = frozenset({"receive", "get", "obtain", "collect", "gain"})
_GIVE = frozenset({
    "give", "provide", "supply", "hand", "issue", "offer", "serve", "allot", "send", "equip", "reach", "furnish",
    "assist", "help", "support", "aid",
})  # fmt: skip


def people_helped(token: Token, numbers: tuple[Number, ...]) -> Number | None:
    """The number of people, families or cases that goods or services are for, if the sentence tells one.

    Args:
        token: the noun that heads the goods.
        numbers: the quantities of the paragraph.
    """
    counted = [n for n in numbers if n.head is not None and n.currency is None and _is_helped(token, n)]
    start = token.i + 1
    behind = (n for n in counted if start <= n.start <= start + _FARTHEST)
    found = next((n for n in behind if _FOR.fullmatch(token.doc[start : n.start].text.strip())), None)
    return found or next((n for n in counted if _is_served(token, n)), None)


def _is_helped(token: Token, number: Number) -> bool:
    head = token.doc[number.head or 0]
    return head.sent.start == token.sent.start and (number.unit == "people" or is_helped(head))


def _is_served(token: Token, number: Number) -> bool:
    """Whether the counted people are those who get the goods: "3,000 families received soap"."""
    verb = _verb_of(token)
    people = token.doc[number.head or 0]
    if verb is None or people.head != verb:
        return False
    if people.dep_ == "nsubj":
        return verb.lemma_ in _RECEIVE
    brought = any(child.lower_ == "with" and child.is_ancestor(token) for child in verb.children)
    kinds = ("nsubjpass", "dative", "dobj") if brought else ("nsubjpass", "dative")
    return people.dep_ in kinds and verb.lemma_ in _GIVE


def _verb_of(token: Token) -> Token | None:
    """The verb that governs the goods, lists and "with" passed over."""
    while token.dep_ in ("conj", "appos", "pobj", "prep", "dobj", "nsubj", "nsubjpass", "oprd", "attr"):
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
    return None
