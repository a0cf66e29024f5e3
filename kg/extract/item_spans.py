"""Where the words of an item begin and end: the noun phrase without its numeral, and goods that share a number."""

from __future__ import annotations

from kg.extract.item_words import category_of, phrase_start
from kg.extract.numbers import Number
from kg.extract.tokens import Token
from kg.records import Category

_MODIFIES = ("amod", "compound", "nmod", "advmod", "quantmod", "poss")
_NO_NAMES = frozenset({
    "more", "enough", "additional", "further", "extra", "some", "many", "several", "another", "sufficient", "only",
    "also", "even", "own", "just", "both", "not", "such", "about", "around", "mostly", "mainly",
    "chiefly", "especially", "yet",
})  # fmt: skip
_CUTS = frozenset({":", ";", "(", ")", "•", "–", "—"})  # between a label and what it heads: "Mali: family rations"
_MADE = frozenset({"mount", "fit", "equip", "build", "base", "mark"})  # participles that say what kind it is
_APART = 4  # tokens from one noun to the next in "nurses and laboratory technicians"


def extent(head: Token) -> tuple[int, int]:
    """From the first modifier to the head, a directly following "of"-phrase or participle included."""
    lefts = [t for t in head.lefts if t.dep_ in _MODIFIES and not t.is_quote]
    start = min([min((s.i for s in t.subtree if s.i <= t.i), default=t.i) for t in lefts], default=head.i)
    start = min(start, phrase_start(head))
    end = head.i + 1
    while end < len(head.doc) and _goes_on(head, head.doc[end]):
        end += 1
    while head.doc[end - 1].is_punct or head.doc[end - 1].pos_ in ("ADP", "CCONJ", "DET"):
        end -= 1
    start = max([start, *(i + 1 for i in range(start, head.i) if head.doc[i].text in _CUTS)])
    while start < head.i and _is_no_name(head.doc[start]):
        start += 1
    return start, max(end, head.i + 1)


def _is_no_name(token: Token) -> bool:
    return (
        token.pos_ in ("DET", "PUNCT", "PRON", "CCONJ", "SYM", "SPACE", "ADP")
        or token.tag_ == "POS"
        or token.lower_ in _NO_NAMES
        or not token.text[0].isalnum()
    )


def _goes_on(head: Token, token: Token) -> bool:
    if token.is_punct or token.pos_ == "CCONJ" or token.dep_ in ("conj", "appos", "relcl", "punct"):
        return False
    prepositions = {token.lower_} if token.dep_ == "prep" else set()
    first = token
    while first.head != first and first.head != head:
        if first.dep_ in ("conj", "relcl", "cc", "punct", "advcl"):
            return False
        first = first.head
        prepositions |= {first.lower_} if first.dep_ in ("prep", "agent", "dative") else set()
    if first.head != head:
        return False
    if first.dep_ == "acl" and first.tag_ == "VBN":
        return first.lemma_ in _MADE and not prepositions & {"to", "for", "by", "from"}
    return first.dep_ == "prep" and prepositions == {"of"}


def shared_end(token: Token, number: Number, category: Category) -> int:
    """The token after all that one number counts: "10 tonnes of rice, sugar and oil", "40 surgeons and nurses".

    Goods that are counted one by one share a number only in a pair; those that are weighed share it all.
    """
    weighed = number.unit_at is not None and number.unit_at != token.i
    end = token.i + 1
    while (following := _joined(token, end, category)) is not None:
        pair = end == token.i + 1 and token.doc[end].lower_ == "and" and token.doc[end + 1].lower_ != "other"
        if not (weighed or category == "personnel" or pair):
            break
        end = following
    return end


def _joined(token: Token, end: int, category: Category) -> int | None:
    """The end of the next noun phrase of the list, if it is of the same kind and has no number or article of its own.

    Read by the words, since the parse at times joins the second noun to the verb.
    """
    doc, last = token.doc, token.sent.end
    start = end
    while start < last and doc[start].lower_ in ("and", ",", "&"):
        start += 1
    if not end < start <= end + 2:
        return None
    stop = start
    while stop < min(last, start + _APART) and (doc[stop].pos_ in ("ADJ", "NOUN") or doc[stop].text in "-‑"):
        stop += 1
    if stop == start or doc[stop - 1].pos_ != "NOUN" or category_of(doc[stop - 1]) != category:
        return None
    return stop
