"""Which nouns of a clause may be goods: the heads of its roles, what is joined to them, what stands on the same list.

The parse attaches "along with tents" and "to Haiti" wrongly at times, and cuts long lists short. So a list is followed
by the words before its members ("and", a comma, "as well as") and not by the parse alone.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.item_words import category_of, phrase_start
from kg.extract.numbers import find_numbers
from kg.extract.tokens import Token

# Prepositions behind which goods still stand: "planes with tents", "aid such as rice", "laden with", "along with".
_WITH = frozenset({"with", "including", "like", "plus", "comprising", "worth", "among", "besides", "alongside"})
_LOADED = frozenset({
    "carry", "load", "lade", "bring", "bear", "transport", "contain", "hold", "fill", "pack", "stock", "haul", "convey",
    "accompany", "include", "comprise", "equip",
})  # fmt: skip
_JOINTS = frozenset({"and", ",", "plus", "including", ":", "(", ";", "besides", "or", "nor", "alongside", "comprising"})
_LONG_JOINTS = frozenset({
    "as well as", "along with", "together with", "in addition to", "on top of", "apart from", "but also", "such as",
    "among them", "among these", "aside from", "coupled with", "not to mention", "accompanied by", "in particular",
    "notably", "namely", "for example", "not only",
})  # fmt: skip
_PURPOSES = frozenset({"for", "by", "against", "into", "on", "from", "because", "after", "during"})
_ORDINALS = frozenset({"first", "second", "third", "only"})
_INDEFINITE = frozenset({"a", "an", "one"})
_MODIFIES = ("amod", "compound", "nmod", "advmod", "quantmod", "nummod", "poss")


def candidates(heads: Iterable[Token]) -> Iterator[Token]:
    """The heads themselves, what is joined to them, and what stands behind "with", "including", "carrying"."""
    for head in heads:
        yield head
        for child in head.children:
            if child.dep_ in ("conj", "appos") and child.pos_ in ("NOUN", "PROPN"):
                yield from candidates([child])
            elif child.dep_ == "prep" and (
                child.lower_ in _WITH or (child.lower_ == "of" and category_of(head) is None)
            ):
                yield from candidates(_objects(child))
            elif child.lower_ == "in" and head.pos_ in ("NUM", "SYM"):
                yield from candidates(_objects(child))  # "$2 million in food and tents"
            elif child.dep_ == "prep":
                yield from candidates(p for c in child.children if c.lower_ == "with" for p in _objects(c))
            elif child.dep_ == "acl" and child.lemma_ in _LOADED:
                yield from candidates(_load(child))


def _objects(preposition: Token) -> list[Token]:
    return [child for child in preposition.children if child.dep_ == "pobj"]


def _load(participle: Token) -> list[Token]:
    """What is aboard: "carrying tents", "laden with tents"."""
    direct = [child for child in participle.children if child.dep_ == "dobj"]
    links = ("with", "of", "by") if participle.lemma_ == "accompany" else ("with", "of")
    behind = (p for c in participle.children if c.lower_ in links for p in _objects(c))
    return [*direct, *behind]


def listed(start: int, trigger: Token) -> Iterator[Token]:
    """Nouns that go on a list of goods by the words before them, whatever the parse makes of them.

    Args:
        start: the token where the list begins.
        trigger: the verb of the clause; a word that opens another clause ends the list.
    """
    for token in trigger.doc[start : trigger.sent.end]:
        if token.i > max(start, trigger.i) and _opens_clause(token):
            return
        if token.lower_ == "from" and token.dep_ == "prep":
            yield from _spread(token)
        if token.pos_ not in ("NOUN", "PROPN") or token.dep_ == "compound":
            continue
        if _joins_list(token) and not _tells_purpose(token):
            yield token


def _opens_clause(token: Token) -> bool:
    return token.dep_ in ("nsubj", "nsubjpass", "relcl") or (
        token.lower_ in ("which", "who", "while", "because", "after", "before", "when", "as")
        and (token.dep_ in ("mark", "advmod", "nsubj", "nsubjpass") and token.head.pos_ in ("VERB", "AUX"))
    )


def _spread(origin: Token) -> Iterator[Token]:
    """ "From soap to mattresses": both ends of a range of goods; "from Mali to Chad" names none."""
    ends = [*_objects(origin)]
    beside = (*origin.children, *origin.head.children, *(child for end in ends for child in end.children))
    ends += [p for c in beside if c.lower_ == "to" and c.i > origin.i for p in _objects(c)][:1]
    if len(ends) == 2 and all(category_of(end) is not None for end in ends):
        yield from ends


def _joins_list(token: Token) -> bool:
    """Whether a joint ("and", a comma, "as well as") stands right before the noun phrase, its number included."""
    doc, start = token.doc, _left_edge(token)
    before = doc[start - 1] if start > token.sent.start else None
    if before is None:
        return False
    if before.lower_ == "in":  # "$2 million (€1.8 million) in tents"
        return doc[start - 2].text == ")" or any(n.end == start - 1 and n.currency for n in find_numbers(doc))
    words = [doc[max(token.sent.start, start - length) : start].text.lower() for length in (1, 2, 3)]
    return before.lower_ in _JOINTS or any(word in _LONG_JOINTS for word in words)


def _left_edge(token: Token) -> int:
    """The first token of the noun phrase, with what counts it."""
    lefts = [s.i for t in token.lefts if t.dep_ in _MODIFIES for s in t.subtree if s.i <= token.i]
    start = min([*lefts, phrase_start(token)])
    for number in find_numbers(token.doc):
        if number.end == start or token.i in (number.head, number.unit_at):
            start = min(start, number.start) if number.start < token.i else start
    while start > token.sent.start and token.doc[start - 1].pos_ in ("DET", "NUM", "SYM"):
        start -= 1
    return start


def _tells_purpose(token: Token) -> bool:
    """Whether the noun is joined to what the goods are for: "money for food and water"."""
    first = token
    while first.dep_ in ("conj", "appos") and first.head.i < first.i:
        first = first.head
    if first == token or first.dep_ != "pobj" or first.head.lower_ not in _PURPOSES:
        return False
    return category_of(first) is not None and not any(n.head == token.i for n in find_numbers(token.doc))


def renames(token: Token) -> bool:
    """Whether the noun says of goods told before what they are: "30 nurses, the largest team so far"."""
    doc, start = token.doc, _left_edge(token)
    if start == 0 or doc[start - 1].text != "," or doc[start].lower_ not in ("the", *_INDEFINITE):
        return False
    if doc[start].lower_ == "the":
        ranked = any(t.tag_ in ("JJS", "RBS") or t.lower_ in _ORDINALS for t in doc[start : token.i])
        return ranked or token.dep_ == "appos"
    if any(child.dep_ == "conj" for child in token.children):
        return False
    last = max((t.i for t in token.subtree), default=token.i)
    behind = doc[last + 1].text if last + 1 < len(doc) else "."
    return token.dep_ == "appos" and behind in (",", ".", ";") and not any(
        t.dep_ == "conj" or t.lower_ in ("and", "or") for t in doc[last + 1 : last + 3]
    )
