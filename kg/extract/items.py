"""What is given: noun phrases that are goods, money, people or services, with category and quantity.

The parse attaches "along with tents" and "to Haiti" wrongly at times, so items are looked for among
all nouns of the clause that the lexicon (``data/items.toml``) knows as help, not among objects alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import cast

from spacy.tokens import Token

from kg.extract.nlp import Paragraph
from kg.extract.numbers import Number
from kg.records import Category, Item, Quantity, Span

# Prepositions behind which goods still stand: "planes with tents", "aid such as rice", "laden with", "along with".
_WITH = frozenset({"with", "including", "of", "like", "as", "plus", "comprising", "worth", "among", "besides"})
_PERSON_UNITS = frozenset({"personnel"})


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item with the token that heads it. ``bare``: a number alone, whose goods were named before."""

    head: Token
    item: Item
    bare: bool = False


@dataclass(frozen=True, slots=True)
class _Words:
    vague: frozenset[str]
    heads: dict[str, Category]
    phrases: dict[tuple[str, ...], Category]
    modifiers: dict[str, Category]
    modifier_phrases: dict[tuple[str, ...], Category]


@cache
def _words() -> _Words:
    data = tomllib.loads(files("kg.extract").joinpath("data/items.toml").read_text("utf-8"))
    vague = frozenset(data.pop("vague")["heads"])
    heads: dict[str, Category] = {}
    phrases: dict[tuple[str, ...], Category] = {}
    modifiers: dict[str, Category] = {}
    modifier_phrases: dict[tuple[str, ...], Category] = {}
    for table in data.values():
        category = cast(Category, table["category"])
        for words, single, several in (
            (table.get("heads", ()), heads, phrases),
            (table.get("modifiers", ()), modifiers, modifier_phrases),
        ):
            for word in words:
                parts = tuple(word.split())
                if len(parts) == 1:
                    single.setdefault(word, category)
                else:
                    several.setdefault(parts, category)
    return _Words(vague, heads, phrases, modifiers, modifier_phrases)


def category_of(head: Token) -> Category | None:
    """The category of the noun phrase that ``head`` heads, or None if it is no kind of help."""
    words, lemma = _words(), _lemma(head)
    before = [_lemma(token) for token in _modifiers(head)]
    for length in range(len(before), 0, -1):
        phrase = (*before[-length:], lemma)
        if phrase in words.phrases:
            return words.phrases[phrase]
        if phrase in words.modifier_phrases:
            return words.modifier_phrases[phrase]
    for word in before:
        if (word, lemma) in words.phrases or (word, lemma) in words.modifier_phrases:
            return words.phrases.get((word, lemma)) or words.modifier_phrases[(word, lemma)]
    of = _of(head)
    if of is not None and (head.lower_, "of", _lemma(of)) in words.phrases:
        return words.phrases[(head.lower_, "of", _lemma(of))]
    if lemma not in words.vague:
        return words.heads.get(lemma)
    inner = None if of is None else category_of(of)
    if inner is not None and inner != "other":
        return inner
    # The modifier nearest to the noun says what it is: "emergency food aid" is food.
    for word in reversed(before):
        if word in words.modifiers:
            return words.modifiers[word]
        if word in words.heads and words.heads[word] not in ("personnel", "services", "other"):
            return words.heads[word]
    return inner or words.heads.get(lemma)


def _lemma(token: Token) -> str:
    """The form in which the tables have a word; the parser's own lemma is at times no word ("doses": "dos")."""
    word = token.lower_
    singular = (
        word.removesuffix("ies") + "y" if word.endswith("ies") else word,
        word.removesuffix("s"),
        word.removesuffix("es"),
    )
    known = _vocabulary()
    return next((form for form in (token.lemma_.lower(), word, *singular) if form in known), word)


@cache
def _vocabulary() -> frozenset[str]:
    words = _words()
    parts = (part for table in (words.phrases, words.modifier_phrases) for phrase in table for part in phrase)
    return words.vague | words.heads.keys() | words.modifiers.keys() | frozenset(parts)


def _modifiers(head: Token) -> list[Token]:
    """The words before a noun that say what kind it is; "medical and other equipment" has "medical"."""
    found = [
        c
        for c in head.children
        if c.dep_ in ("amod", "compound", "nmod", "advmod") and c.i < head.i and c.pos_ not in ("NUM",)
    ]
    inner = [
        g
        for c in found
        for g in c.subtree
        if g.i < head.i and g != c and g.dep_ in ("conj", "compound", "amod", "advmod")
    ]
    return sorted({*found, *inner}, key=lambda token: token.i)


def _of(head: Token) -> Token | None:
    return next(
        (p for c in head.children if c.lower_ == "of" and c.i > head.i for p in c.children if p.dep_ == "pobj"), None
    )


def find_items(paragraph: Paragraph, tokens: Iterable[Token], numbers: tuple[Number, ...]) -> Iterator[FoundItem]:
    """The items among the nouns of a clause, in order.

    Args:
        paragraph: where the tokens stand.
        tokens: nouns that may be items, chosen by the caller from the roles of the clause.
        numbers: the quantities of the paragraph.
    """
    taken: list[Span] = []
    for token in sorted({_measured(token, numbers) for token in tokens}, key=lambda t: t.i):
        found = _money(paragraph, token, numbers) or _goods(paragraph, token, numbers)
        if found is not None and all(
            found.item.span.end <= span.start or span.end <= found.item.span.start for span in taken
        ):
            taken.append(found.item.span)
            yield found


def counted_people(paragraph: Paragraph, token: Token, numbers: tuple[Number, ...]) -> FoundItem | None:
    """ "44 South Koreans": people sent, named by their nation."""
    number = next((n for n in numbers if token.i in (n.head, n.end) and n.currency is None), None)
    if number is None:
        return None
    words = token.doc[number.end : token.i + 1] if number.end <= token.i else token.doc[number.start : token.i + 1]
    return FoundItem(token, Item(paragraph.span(words), words.text, "personnel", _quantity(number, "personnel")))


def bare_number(paragraph: Paragraph, token: Token, numbers: tuple[Number, ...]) -> FoundItem | None:
    """ "Gabon has got more than 80": a number whose goods were named before. Its category is yet to be told."""
    number = next((n for n in numbers if n.start <= token.i < n.end and n.head is None and n.currency is None), None)
    if number is None or number.unit is not None or number.change:
        return None
    words = token.doc[number.start : number.end]
    item = Item(paragraph.span(words), words.text, "other", _quantity(number, "other"))
    return FoundItem(token, item, bare=True)


def _measured(token: Token, numbers: tuple[Number, ...]) -> Token:
    """ "20 tonnes of rice": rice is the item, the tonnes are its unit."""
    number = next((n for n in numbers if n.unit_at == token.i and n.head is not None), None)
    return token if number is None or number.head is None else token.doc[number.head]


def listed(start: int, trigger: Token) -> Iterator[Token]:
    """Nouns that go on a list of goods by the words before them, whatever the parse makes of them.

    Args:
        start: the token where the list begins.
        trigger: the verb of the clause; a word that opens another clause ends the list.
    """
    for token in trigger.doc[start : trigger.sent.end]:
        if token.i > max(start, trigger.i) and _opens_clause(token):
            return
        if token.pos_ in ("NOUN", "PROPN") and token.dep_ != "compound" and _joins_list(token):
            yield token


def _opens_clause(token: Token) -> bool:
    return token.dep_ in ("nsubj", "nsubjpass", "relcl") or (
        token.lower_ in ("which", "who", "while", "because", "after", "before", "when", "as")
        and (token.dep_ in ("mark", "advmod", "nsubj", "nsubjpass") and token.head.pos_ in ("VERB", "AUX"))
    )


def _joins_list(token: Token) -> bool:
    """Whether "and", a comma, "as well as", "plus" or "including" stands right before the noun phrase."""
    start, _ = _extent(token)
    while start > token.sent.start and token.doc[start - 1].pos_ in ("DET", "NUM", "SYM"):
        start -= 1
    before = token.doc[start - 1] if start > token.sent.start else None
    return before is not None and (
        before.lower_ in ("and", ",", "plus", "including", ":", "(")
        or token.doc[max(0, start - 3) : start].text.lower() == "as well as"
    )


def candidates(heads: Iterable[Token]) -> Iterator[Token]:
    """The heads themselves, what is joined to them, and what stands behind "with", "including" and the like."""
    for head in heads:
        yield head
        for child in head.children:
            if child.dep_ in ("conj", "appos") and child.pos_ in ("NOUN", "PROPN"):
                yield from candidates([child])
            elif child.dep_ == "prep" and (
                child.lower_ in _WITH - {"of", "as"} or (child.lower_ == "of" and category_of(head) is None)
            ):
                yield from candidates(p for p in child.children if p.dep_ == "pobj")
            elif child.dep_ == "prep":
                yield from candidates(
                    p for c in child.children if c.dep_ == "prep" and c.lower_ in ("with",) for p in c.children
                )


def _goods(paragraph: Paragraph, token: Token, numbers: tuple[Number, ...]) -> FoundItem | None:
    category = category_of(token) if token.pos_ in ("NOUN", "PROPN") else None
    if category is None:
        return None
    start, end = _extent(token)
    number = _number_of(token, numbers, start)
    if number is not None:
        start = max(start, min(number.end, token.i))
        end = max(end, _shared_number(token, category))
        category = "funds" if number.currency and category in ("other", "funds") else category
    span = paragraph.span(token.doc[start:end])
    return FoundItem(token, Item(span, token.doc[start:end].text, category, _quantity(number, category)))


def _shared_number(token: Token, category: Category) -> int:
    """ "one hundred virologists and epidemiologists": one item where the number counts both."""
    for child in token.children:
        if (
            child.dep_ == "conj"
            and category_of(child) == category
            and not any(c.dep_ in ("nummod", "det", "quantmod") for c in child.children)
            and child.i - token.i <= 3
        ):
            return child.i + 1
    return token.i + 1


def _money(paragraph: Paragraph, token: Token, numbers: tuple[Number, ...]) -> FoundItem | None:
    """ "$5 million", "10 million euros in aid": the whole amount is the item."""
    number = next((n for n in numbers if n.currency and (n.start <= token.i < n.end or n.head == token.i)), None)
    if number is None or (number.head == token.i and category_of(token) not in ("funds", "other", None)):
        return None
    if not number.start <= token.i < number.end and category_of(token) is None:
        return None
    words = token.doc[number.start : number.end]
    return FoundItem(token, Item(paragraph.span(words), words.text, "funds", _quantity(number, "funds")))


def _extent(head: Token) -> tuple[int, int]:
    """From the first modifier to the head, a directly following "of"-phrase or participle included."""
    lefts = [
        t.i
        for t in head.lefts
        if t.dep_ in ("amod", "compound", "nmod", "advmod", "quantmod", "poss") and not t.is_quote
    ]
    start = min([min((s.i for s in head.doc[i].subtree if s.i <= i), default=i) for i in lefts], default=head.i)
    end = head.i + 1
    while end < len(head.doc) and _goes_on(head, head.doc[end]):
        end += 1
    while head.doc[end - 1].is_punct or head.doc[end - 1].pos_ in ("ADP", "CCONJ", "DET"):
        end -= 1
    while start < head.i and (
        head.doc[start].pos_ in ("DET", "PUNCT", "PRON", "CCONJ", "SYM", "SPACE")
        or head.doc[start].tag_ == "POS"
        or not head.doc[start].text[0].isalnum()
    ):
        start += 1
    return start, max(end, head.i + 1)


def _goes_on(head: Token, token: Token) -> bool:
    if token.is_punct or token.pos_ == "CCONJ" or token.dep_ in ("conj", "appos", "relcl", "punct"):
        return False
    prepositions = {token.lower_} if token.dep_ == "prep" else set()
    while token.head != token and token.head != head:
        if token.dep_ in ("conj", "relcl", "cc", "punct", "advcl"):
            return False
        token = token.head
        prepositions |= {token.lower_} if token.dep_ in ("prep", "agent", "dative") else set()
    if token.head != head:
        return False
    if token.dep_ == "acl" and token.tag_ == "VBN":
        return not prepositions & {"to", "for", "by", "from"}
    return token.dep_ == "prep" and prepositions == {"of"}


def _number_of(token: Token, numbers: tuple[Number, ...], start: int) -> Number | None:
    for number in numbers:
        if (
            number.head == token.i
            or number.unit_at == token.i
            or (start <= number.start < token.i and number.head is None)
        ):
            return number
    return None


def _quantity(number: Number | None, category: Category) -> Quantity | None:
    if number is None:
        return None
    unit = None if number.currency else "people" if category in _PERSON_UNITS else number.unit
    return Quantity(number.value, number.minimum, number.maximum, number.qualifier, unit, number.currency)
